"""How a language's letters are set: its fonts, which way they run, and about how wide they are."""

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

_PIECES = re.compile(f"[{_EAST}][、。，；：！？）」』》]*|[^\\s{_EAST}]+[^\\S\xa0\u202f]*|\\s+")

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
