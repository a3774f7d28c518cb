"""`read_several`: more than one labelled value in one message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.expression import Number, Ref
from engine.reading.characters import plain
from engine.reading.names import LETTER
from engine.reading.reader import LONGEST_ANSWER, read, unreadable
from engine.reading.results import Reading, Refusal, Unreadable, Written
from engine.reading.scanner import scan_text
from engine.reading.tokens import NUMERIC, Scan, Token
from engine.reading.words import NO_WORDS, Words

_NO_NAMES: Mapping[str, float | None] = MappingProxyType({})
_NAME = re.compile(rf"(?<![{LETTER}0-9_.'])[{LETTER}]")


def read_several(
    text: str,
    names: Mapping[str, float | None] = _NO_NAMES,
    words: Words = NO_WORDS,
    values_of: Callable[[str | None], Mapping[str, float | None]] | None = None,
) -> tuple[Reading, ...] | Unreadable:
    """Reads one or more labelled values: `H1 = 0.05, H2 = 0`, or one per line.

    A line end or semicolon separates; a comma, "and" or space does only when a label comes after
    it, so that a decimal comma is never taken apart. Working over several lines for one value is
    for `read`. Two or more known names, each with one number after it, need no equals signs.

    Args:
        text: anything at all, as it came.
        names: as for `read`.
        words: as for `read`.
        values_of: as for `read`.

    Returns:
        A reading with a label for each, in order; or why there is none, with places in `text`.

    >>> [(one.label, one.value) for one in read_several("H1=0,05, H2=0")]
    [('H1', 0.05), ('H2', 0.0)]
    >>> known = {"H1": 0.05, "O": 0.03}
    >>> [(one.label, one.value) for one in read_several("H1 0.05 O .03", known)]
    [('H1', 0.05), ('O', 0.03)]
    """
    stripped = text.strip()
    offset = text.find(stripped)
    if len(stripped) > LONGEST_ANSWER:
        return unreadable(text, "too_long", 0, len(text))
    clean, positions, _ = plain(stripped)
    scan = Scan(clean, names, words)
    readings: list[Reading] = []
    for start, end in _pieces(_names_as_words(scan), words):
        first = offset + (start if positions is None else positions[start])
        last = offset + (end if positions is None else positions[end - 1] + 1)
        one = read(text[first:last], names, words, values_of)
        if isinstance(one, Unreadable):
            return _pairs(scan) or replace(one, start=one.start + first, end=one.end + first)
        if one.label is None:
            return unreadable(text, "label_missing", first, last)
        if _is_in(one, readings):
            return unreadable(text, "same_label_twice", first, last)
        readings.append(one)
    return tuple(readings) if readings else Unreadable("blank", 0, len(text), "")


def _is_in(one: Reading, readings: list[Reading]) -> bool:
    """Whether there is a reading with the same label already."""
    return any((one.label or "").lower() == (other.label or "").lower() for other in readings)


def _names_as_words(scan: Scan) -> str:
    """The text, as long as before, with one word for each name of several words."""
    parts, done = [], 0
    for found in _NAME.finditer(scan.text) if scan.spellings.longest else ():
        if found.start() >= done and (phrase := scan.spellings.phrase(scan.text, found.start())):
            parts += [scan.text[done : found.start()], "N" * (phrase[1] - found.start())]
            done = phrase[1]
    return "".join(parts) + scan.text[done:]


def _pieces(text: str, words: Words) -> list[tuple[int, int]]:
    """Where each labelled value begins and ends, without the space around it."""
    pieces, start, scanned, depth = [], 0, 0, 0
    for found in re.finditer(words.between_labelled, text):
        between = text[scanned : found.start()]
        depth += sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))
        scanned = found.start()
        if depth <= 0:
            pieces.append((start, found.start()))
            start = found.end()
    pieces.append((start, len(text)))
    return [
        (last - len(text[first:last].lstrip()), first + len(text[first:last].rstrip()))
        for first, last in pieces
        if text[first:last].strip()
    ]


def _pairs(scan: Scan) -> tuple[Reading, ...] | None:
    """Two or more known names, each with one number after it: `H1 0.05 H2 0`, in any layout."""
    try:
        scan_text(scan, 0, len(scan.text.rstrip()))
    except Refusal:
        return None
    said = (one for one in scan.tokens if one.kind != "LINE" and one.said not in {",", ";"})
    waiting = [one for one in said if one.said not in scan.words.joins]
    readings: list[Reading] = []
    while waiting:
        one, waiting = _pair(scan.text, waiting)
        if one is None or _is_in(one, readings):
            return None
        readings.append(one)
    return tuple(readings) if len(readings) > 1 else None


def _pair(text: str, tokens: list[Token]) -> tuple[Reading | None, list[Token]]:
    """A name and its number from the start of some tokens, and the tokens after them."""
    name, rest = tokens[0].node, tokens[1:]
    if rest and rest[0].kind in ("EQUALS", "COLON"):
        rest = rest[1:]
    if [token.kind for token in rest[:2]] == ["MINUS", "NUMBER"]:
        start, end = rest[0].start, rest[0].end
        if text[start - 1] == " " and text[end] != " ":  # else it may be a dash
            rest = [rest[1].negative(rest[0]), *rest[2:]]
    value = rest[0].node if rest and rest[0].kind in NUMERIC else None
    if not (isinstance(name, Ref) and isinstance(value, Number)):
        return None, rest
    written = Written(value, rest[0].text, value.value, rest[0].decimals)
    return Reading(name.id, (written,), literal=False), rest[1:]
