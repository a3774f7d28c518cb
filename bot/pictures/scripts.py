"""About how wide a text is, and where it breaks into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from content.paper.scripts import EAST, EAST_ASIAN

_PIECES = re.compile(f"[{EAST}][、。，；：！？）」』》]*|[^\\s{EAST}]+[^\\S\xa0\u202f]*|\\s+")

_NARROW = frozenset("1.,:;!|iIjl ()'·\u00a0\u202f")
_HEAVY = frozenset("ЖМШЩЮФжмшщюфыЫДдWMmw%@")
_MARKS = ("Mn", "Me", "Cf", "Co")


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
