"""From what phones send to plain characters: one look for every dash, digit, space and bracket.

`plain` changes only how a character is written, never what it means, and remembers where each
came from. What it does not know it leaves alone, for the scanner to refuse by name.
"""

from __future__ import annotations

import unicodedata

_ALIKE = {
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u2800\u3000",
    "\n": "\r\v\f\x85\u2028\u2029",
    # zero width: spaces and joiners, direction marks and isolates, soft hyphen, variation selectors
    # (not the overrides U+202D and U+202E, which show digits in another order than they come)
    "": "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2061\u2062"
    "\u2063\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff",
    # hyphens, dashes, minus signs, the long vowel mark beside 0 on Japanese keyboards
    "-": "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2796\u30fc\ufe58"
    "\ufe63\uff0d",
    "+": "\uff0b\ufe62\u2795",
    "*": "∗＊⁎",
    "×": "✕✖⨯╳⨉",
    "·": "∙⋅•・",
    "/": "÷∕⁄／➗⟋",
    "^": "＾ˆ",
    "=": "＝🟰﹦",
    "≈": "≃≅≒≐",
    "~": "∼～〜˜",
    "→": "⇒⟶⟹➔➜➝➞➙⇨➡⟾↦",
    ".": "．。｡٫․",
    ",": "，،",
    ";": "；؛、",
    ":": "：∶",
    "!": "！",
    "?": "？؟",
    "%": "％٪﹪",
    "(": "（⟮﹙",
    ")": "）⟯﹚",
    "[": "［",
    "]": "］",
    "{": "｛",
    "}": "｝",
    "|": "｜∣",
    "<": "＜",
    ">": "＞",
    '"': "“”„‟«»＂",
    "'": "‘’‚‛＇ʼ´\u066c",
    "_": "＿",
    "x": "\u0445\u0425",
    "±": "∓",
    "…": "⋯",
    "σ": "ς𝜎𝛔",
}
_TABLE = {alias: plain for plain, aliases in _ALIKE.items() for alias in aliases}

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
FRACTIONS = {
    character: unicodedata.normalize("NFKC", character).split("\u2044")
    for character in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}
"""Each fraction character with its numerator and denominator as digits."""

_LONG_DASHES = frozenset("\u2014\u2015\u30fc\u2500")
_ASCII_SPACE = frozenset("\t\r\v\f")
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_AS_THEY_ARE = frozenset(map(chr, range(32, 127))) | {"\n"}
_KEPT = frozenset("×·√±→…≈") | SUPERSCRIPTS.keys() | FRACTIONS.keys()


def plain(text: str) -> tuple[str, list[int] | None, bool]:
    """The text in plain characters.

    Args:
        text: anything.

    Returns:
        The plain text; for each of its characters the index it has in `text` (None when they are
        the same); and whether something in it is better echoed: digits of another script, or a long
        dash, which phones also make of two hyphens.

    >>> plain("－０．３")
    ('-0.3', [0, 1, 2, 3], False)
    >>> plain("١٫٥")[0]
    '1.5'
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text, None, False
    characters: list[str] = []
    positions: list[int] = []
    echo = False
    for position, character in enumerate(text):
        if character in _AS_THEY_ARE:
            characters.append(character)
            positions.append(position)
            continue
        written = character if character.isascii() else _TABLE.get(character)
        if character in _ASCII_SPACE:
            written = _TABLE[character]
        if character in _LONG_DASHES:
            echo = True
        elif written is None:
            written = _letter_or_digit(character, characters)
            echo = echo or (written.isdigit() and written.isascii() and not _is_styled(character))
        if written:
            characters.append(written)
            positions.append(position)
    return "".join(characters), positions, echo


def _letter_or_digit(character: str, before: list[str]) -> str:
    """A character that is no sign: an ASCII letter or digit if it is only a style of one."""
    if character in _KEPT:
        return character
    if character in _SUBSCRIPTS:
        follows_name = bool(before) and (before[-1].isalpha() or _in_name(before))
        return str(_SUBSCRIPTS.index(character)) if follows_name else character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    if unicodedata.category(character) in ("Lu", "Ll"):
        alike = unicodedata.normalize("NFKC", character)
        if len(alike) == 1:
            return alike
    return character


def _in_name(before: list[str]) -> bool:
    """Whether the characters so far end in a name with digits: the H1 of `H1₂`."""
    for character in reversed(before[-16:]):
        if character.isalpha():
            return True
        if not (character.isascii() and character.isdigit()):
            return False
    return False


def _is_styled(character: str) -> bool:
    """Whether it is an ASCII digit in another style: full width, bold, subscript."""
    return unicodedata.normalize("NFKC", character).isascii()
