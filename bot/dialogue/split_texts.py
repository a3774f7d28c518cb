"""A text too long for one message: the platform cuts it, and it arrives as several.

No part is judged. The first is answered with what to do instead, the rest with a word.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from engine.reading.characters import plain

Part: TypeAlias = Literal["", "first", "rest"]

NEARLY_ALL = 3_900
"""A message of so many characters may be cut: of 4,096 at most, at a space or a new line."""
HALF = 2_048
"""The apps cut no sooner; with a bracket left open, so long a text is one that was cut."""

_BRACKETS = (("{", "}"), ("[", "]"))


def part_of_longer(text: str, message: int, first: int | None) -> Part:
    """Which part of a longer text a message is; empty for one that is whole.

    Args:
        text: as typed.
        message: its number.
        first: the number of the message before, where that was a part.

    >>> part_of_longer("x" * 4096, 7, None), part_of_longer("x", 8, 7), part_of_longer("x", 9, 7)
    ('first', 'rest', '')
    """
    if first is None and len(text) < HALF // 2:  # a character is at most two of UTF-16
        return ""
    text = plain(text)[0].strip()
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2
    counts = [(text.count(opening), text.count(closing)) for opening, closing in _BRACKETS]
    whole = "{" in text and all(opened == closed for opened, closed in counts)
    long = not whole and size >= (HALF if counts[0][0] > counts[0][1] else NEARLY_ALL)
    if first is not None and not text.startswith("/") and not whole:
        follows = message == first + 1 or long or any(map(sum, counts))
        return "rest" if follows else ""
    return "first" if long else ""
