"""How wide a text is where every letter is as wide as another."""

from __future__ import annotations

import unicodedata


def wide(text: str) -> int:
    """The columns that a text takes in working: East Asian letters take two, marks none.

    >>> wide("H1.sum"), wide("\u6743\u91cd")
    (6, 4)
    """
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
