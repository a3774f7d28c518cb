"""How a language's letters are set: its fonts, and which way they run.

Formulas, names and numbers run from left to right in every language. Where words run from the
right, each stretch of them is isolated (Unicode Standard Annex 9), so that neither takes the
other's signs along.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypedDict

from content.numbers import Numbers

LETTERS, SIGNS = "Noto Sans", "DejaVu Sans Mono"
"""Typst brings the second one itself."""

_OWN_LETTERS = {
    "ar": "Noto Sans Arabic",
    "hi": "Noto Sans Devanagari",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
    "zh": "Noto Sans CJK SC",
}
"""Fonts named so that Typst need not look for one; others it finds by the letter."""

_EAST = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
EAST_ASIAN = re.compile(f"[{_EAST}]")
"""Letters and signs that only an extra font has."""

_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_WORDS = re.compile(f"[{_FROM_RIGHT}]")
_BETWEEN = re.compile(f"[^{_FROM_RIGHT}]+")
_FORMULA = re.compile(r"[−+(\[|]*\w(?:.*[\w)\]%²³|])?|\?", re.DOTALL)
_PIECES = re.compile(f"[{_EAST}][、。，；：！？）」』》]*|[^\\s{_EAST}]+[^\\S\xa0\u202f]*|\\s+")
_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"

_NARROW = frozenset("1.,:;!|iIjl ()'·\u00a0\u202f")
_HEAVY = frozenset("ЖМШЩЮФжмшщюфыЫДдWMmw%@")
_MARKS = ("Mn", "Me", "Cf", "Co")


class Setting(TypedDict):
    """What a template needs to know of a language."""

    lang: str
    fonts: list[str]
    rtl: bool


@lru_cache(maxsize=64)
def setting(tag: str) -> Setting:
    """How a language is set.

    >>> setting("zh-Hans")
    {'lang': 'zh', 'fonts': ['Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans Mono'], 'rtl': False}
    """
    language = tag.replace("_", "-").partition("-")[0].lower()
    own = [_OWN_LETTERS[language]] if language in _OWN_LETTERS else []
    return {
        "lang": language if language.isascii() and len(language) in {2, 3} else "en",
        "fonts": [LETTERS, *own, SIGNS],
        "rtl": Numbers.of(tag).right_to_left,
    }


def from_right(text: str) -> bool:
    """Whether some of a text runs from the right."""
    return not text.isascii() and _WORDS.search(text) is not None


def isolated(text: str) -> str:
    r"""A text with its formulas kept together, where some of it runs from the right.

    >>> isolated("x1 = 0.6"), ascii(isolated("\u0647\u062f\u0641 \u22120.3"))
    ('x1 = 0.6', "'\\u2067\\u0647\\u062f\\u0641 \\u2066\\u22120.3\\u2069\\u2069'")
    """
    if not from_right(text):
        return text
    apart = _BETWEEN.sub(lambda some: _FORMULA.sub(_apart, some[0], count=1), text)
    return f"{_RTL}{apart}{_END}"


def _apart(found: re.Match[str]) -> str:
    return f"{_LTR}{found[0]}{_END}"


def in_lines(text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most a width, in a language with spaces or without.

    >>> in_lines("one two three", 10, 50)
    ['one two', 'three']
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and about((lines[-1] + piece).rstrip(), size, bold=bold) > most:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def about(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, rather more than less."""
    if text.isascii():
        narrow = sum(letter in _NARROW for letter in text)
        return size * ((len(text) - narrow) * (0.62 if bold else 0.59) + narrow * 0.36)
    return size * sum(_widths(letter)[bold] for letter in text)


@lru_cache(maxsize=4096)
def _widths(letter: str) -> tuple[float, float]:
    """About how wide a letter is, regular and bold, in parts of its size."""
    if letter in _NARROW:
        return 0.36, 0.36
    if unicodedata.category(letter) in _MARKS:
        return 0.0, 0.0
    if EAST_ASIAN.match(letter):
        return 1.02, 1.02
    return (0.8, 0.88) if letter in _HEAVY else (0.59, 0.62)
