"""`read_several`: more than one labelled value in one message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.reading.characters import plain
from engine.reading.reader import LONGEST, read
from engine.reading.results import Reading, Unreadable

_NO_NAMES: Mapping[str, float] = MappingProxyType({})
_LABEL = r"(?=\s*[^\W\d_][\w.']*\s*(?:[=:≈~]|is\b))"
_SEPARATOR = re.compile(
    rf"[;\n](?!\s*=)|,(?:\s+and\b)?{_LABEL}|(?<=[0-9.)%\]])\s+(?:and\s)?{_LABEL}"
)


def read_several(
    text: str, names: Mapping[str, float] = _NO_NAMES
) -> tuple[Reading, ...] | Unreadable:
    """Reads one or more labelled values: `H1 = 0.05, H2 = 0`, or one per line.

    A line end or semicolon separates; a comma, "and" or space does only when a label comes after
    it, so that a decimal comma is never taken apart. Working over several lines for one value is
    for `read`.

    Args:
        text: anything at all, as it came.
        names: as for `read`.

    Returns:
        A reading with a label for each, in order; or why there is none, with places in `text`.

    >>> [(one.label, one.value) for one in read_several("H1=0,05, H2=0")]
    [('H1', 0.05), ('H2', 0.0)]
    """
    stripped = text.strip()
    offset = text.find(stripped)
    if len(stripped) > LONGEST:
        return Unreadable("too_long", 0, len(text), stripped[:23] + "…")
    clean, positions, _ = plain(stripped)
    readings: list[Reading] = []
    for start, end in _pieces(clean):
        first = offset + (start if positions is None else positions[start])
        last = offset + (end if positions is None else positions[end - 1] + 1)
        one = read(text[first:last], names)
        if isinstance(one, Unreadable):
            return replace(one, start=one.start + first, end=one.end + first)
        if one.label is None:
            return Unreadable("label_missing", first, last, text[first:last][:24])
        if any(one.label.lower() == other.label.lower() for other in readings if other.label):
            return Unreadable("same_label_twice", first, last, text[first:last][:24])
        readings.append(one)
    return tuple(readings) if readings else Unreadable("blank", 0, len(text), "")


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where each labelled value begins and ends, without the space around it."""
    pieces, start, scanned, depth = [], 0, 0, 0
    for found in _SEPARATOR.finditer(text):
        between = text[scanned : found.start()]
        depth += sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))
        scanned = found.start()
        if depth > 0:
            continue
        pieces.append((start, found.start()))
        start = found.end()
    pieces.append((start, len(text)))
    return [
        (last - len(text[first:last].lstrip()), first + len(text[first:last].rstrip()))
        for first, last in pieces
        if text[first:last].strip()
    ]
