"""From what phones send to plain characters: one look for every dash, digit, space and bracket.

`plain` changes only how a character is written, never what it means, and remembers where each
came from. What it does not know it leaves alone, for the scanner to refuse by name.
"""

from __future__ import annotations

import re
import unicodedata

from engine.reading.results import Reason, Refusal

_ALIKE = {
    " ": "\t\u2800",
    "\n": "\r\v\f\x85",
    "": "\ufe0e\ufe0f\u0640",
    "-": "\u02d7\u2043\u2212\u2500\u2796\u30fc\uff70",
    "+": "\u2795",
    "*": "∗⁎",
    "×": "✕✖⨯╳⨉",
    "·": "∙⋅•・",
    "/": "÷∕⁄➗⟋",
    "^": "ˆ",
    "=": "🟰",
    "≈": "≃≅≒≐",
    "~": "∼〜˜",
    "→": "⇒⟶⟹➔➜➝➞➙⇨➡⟾↦",
    ".": "。｡٫․।۔",
    ",": "،、",
    ";": "؛",
    ":": "∶ː꞉",
    "?": "؟",
    "%": "٪",
    "(": "⟮",
    ")": "⟯",
    "|": "∣",
    '"': "“”„‟«»‹›",
    "'": "‘’‚‛ʼ´\u066c",
    "I": "\u0130",
    "ي": "ىی",
    "ه": "ةہە",
    "ك": "ک",
    "ا": "ٱ",
    "±": "∓",
    "…": "⋯",
}
"""What has its sign in no decomposition; `_sign` knows the rest by what Unicode says of it."""

_TABLE = {alias: plain for plain, aliases in _ALIKE.items() for alias in aliases}

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
FRACTIONS = {
    character: unicodedata.normalize("NFKC", character).split("\u2044")
    for character in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}
"""Each fraction character with its numerator and denominator as digits."""

_LONG_DASHES = frozenset("\u2014\u2015\u30fc\u2500")
_BY_CATEGORY = {"Cf": "", "Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}
_OVERRIDES = frozenset("\u202d\u202e")
"""They show digits in another order than they come in."""

_GROUPING = re.compile(
    r"(?<![0-9.,])(?:[1-9][0-9]{0,2}(?:[\u2009\u202f\u00a0][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+[.,][0-9]{3}"
    r"(?:[\u2009\u202f\u00a0][0-9]{3})*(?:[\u2009\u202f][0-9]{1,3}|\u00a0[0-9]{3}))(?![0-9/]|[.,][0-9])"
)
"""A number with its digits in groups of three, by spaces that phones put nowhere else."""

_GROUPERS = frozenset("\u2009\u202f\u00a0")
_SPACES = dict.fromkeys(map(ord, _GROUPERS), " ")
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_AS_THEY_ARE = frozenset(map(chr, range(32, 127))) | {"\n"}
_ENDS_IN_NAME = re.compile(r"[^\W\d_][0-9]*$")

_LATIN = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijABEZHIKMNOPTYXo"
)
"""Letters of other alphabets that look like Latin ones."""

_MARKS_ALIKE = {"\u0901": "\u0902"}
_SPELT = 0x20000
"""A mark that spells a vowel becomes the letter so far behind it, which nobody types."""
_NUKTA, _VIRAMA = 7, 9
"""Classes of marks: those from the second on, and the first, may be left out."""

_MARKED = re.compile(r"[0-9]+(?:[.,]?['_]*[0-9]+)+")


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
    >>> plain("e\u0301")[0] == "é", plain("أقلّ")[0] == plain("اقل")[0], plain("की")[0].isalpha()
    (True, True, True)
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text, None, False
    characters: list[str] = []
    positions: list[int] = []
    echo = False
    for position, character in enumerate(text):
        written: str | None = character
        if character not in _AS_THEY_ARE:
            written = _TABLE.get(character)
            if written is None and characters and (one := _composed(characters[-1], character)):
                characters[-1] = one
                continue
            if written is None:
                written = _alike(character, characters)
                echo = echo or (written.isdecimal() and not _is_styled(character))
            echo = echo or character in _LONG_DASHES
        if written:
            characters.append(written)
            positions.append(position)
    found = "".join(characters)
    if not _GROUPERS.isdisjoint(found):
        for group in reversed(list(_GROUPING.finditer(found))):
            for place in reversed(range(*group.span())):
                if found[place] in _GROUPERS:
                    found = found[:place] + found[place + 1 :]
                    del positions[place]
            echo = True
        found = found.translate(_SPACES)
    return found, positions, echo


def _alike(character: str, before: list[str]) -> str:
    """What is written for a character outside the table, by what Unicode says of it."""
    if character in _GROUPERS:
        return character
    if character in _SUBSCRIPTS:
        named = _ENDS_IN_NAME.search("".join(before[-16:]))
        return str(_SUBSCRIPTS.index(character)) if named else character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    category = unicodedata.category(character)
    if category in _BY_CATEGORY and character not in _OVERRIDES:
        return _BY_CATEGORY[category]
    if category[0] == "M" and before and unicodedata.category(before[-1]) == "Lo":
        return _marked(character)
    if category == "Lo":
        parts = unicodedata.normalize("NFD", character)
        return parts[0] if len(parts) > 1 and all(map(_is_accent, parts[1:])) else character
    if category in ("Lu", "Ll") or character >= "\ufe50":
        alike = unicodedata.normalize("NFKC", character)
        return _TABLE.get(alike, alike) if len(alike) == 1 else character
    return character


def _composed(letter: str, mark: str) -> str:
    """The one letter that a letter and the mark behind it are, if they are one."""
    both = unicodedata.normalize("NFC", letter + mark) if unicodedata.combining(mark) else ""
    return both if len(both) == 1 and unicodedata.category(both) != "Lo" else ""


def _marked(mark: str) -> str:
    """What a mark is written as behind a letter of a script without capitals."""
    return "" if _is_accent(mark) else chr(_SPELT + ord(_MARKS_ALIKE.get(mark, mark)))


def _is_accent(mark: str) -> bool:
    """Whether a mark of a script without capitals only says how a letter sounds."""
    kind = unicodedata.combining(mark)
    return kind == _NUKTA or kind > _VIRAMA


def written_out(text: str) -> str:
    """Plain text with its marks as they are written.

    >>> written_out(plain("की")[0]) == "की"
    True
    """
    if text.isascii():
        return text
    return "".join(chr(ord(one) - _SPELT) if _is_spelt_mark(one) else one for one in text)


def _is_spelt_mark(letter: str) -> bool:
    code = ord(letter) - _SPELT
    return 0 < code < _SPELT and unicodedata.category(chr(code))[0] == "M"


def latin(word: str) -> str:
    """A word with Latin letters for those that look like them.

    >>> latin("Н1"), latin("х1")
    ('H1', 'x1')
    """
    return word if word.isascii() else word.translate(_LATIN)


def _is_styled(character: str) -> bool:
    """Whether it is an ASCII digit in another style: full width, bold, subscript."""
    return unicodedata.normalize("NFKC", character).isascii()


def stranger(text: str, position: int) -> Refusal:
    """Why a character that belongs to no answer is refused."""
    character = text[position]
    reason: Reason = "odd_character"
    category = unicodedata.category(character)
    if character in "'_":
        for found in _MARKED.finditer(text):
            if found.start() < position < found.end():
                return Refusal("thousands", *found.span())
    elif character in "<>≤≥≠≮≯":
        reason = "comparison"
    elif character == "…":
        reason = "ellipsis"
    elif character == "∞":
        reason = "not_finite"
    elif category == "Sc" or character in "°℃℉′″#№":
        reason = "units"
    elif category in ("So", "Sk", "Cn") or character == "\u20e3":
        reason = "emoji"
    elif category.startswith("L"):
        reason = "words"
    return Refusal(reason, position, position + 1)
