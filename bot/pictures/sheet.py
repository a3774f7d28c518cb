"""The trace sheet: one A4 page with the diagram and every line of working, set as large as fits.

What was typed may be anything: what the fonts do not have is boxed, long lines go on in the next
and end in an ellipsis where even the smallest letters leave no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from bot.pictures.canvas import Canvas, Face, drawable, fitted, width
from bot.pictures.diagram import diagram_size, draw_diagram
from bot.pictures.palette import INK, MUTED, POSITIVE, RULE
from bot.pictures.requests import Sheet, Working

WIDE, HIGH, MARGIN = 827.0, 1169.0, 46.0
"""A4 at 100 pixels to the inch."""
SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.7, 8.4)
"""The last is 6 points, the smallest that prints well."""
DIAGRAMS = (400.0, 340.0, 286.0)
"""How high the diagram may be: it gives way to the workings while its own words stay legible."""
ROWS = (8, 3, 2, 1)
"""How many rows a step may take in the smallest letters, before the page is cut."""
LEADING, SPACE = 1.34, 0.5
"""A row, and what lies between two steps, in parts of the letters' size."""
BETWEEN = 20.0
"""From one column to the next."""

Kind: TypeAlias = Literal["title", "heading", "line"]
Look: TypeAlias = tuple[Face, str]
_LOOKS: dict[Kind, Look] = {
    "title": ("bold", POSITIVE),
    "heading": ("bold", INK),
    "line": ("plain", INK),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of text."""

    text: str
    kind: Kind
    above: float = 0.0
    """The empty space over it, in rows."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """The workings, set in columns."""

    size: float
    columns: list[list[_Row]]


def draw_sheet(canvas: Canvas, sheet: Sheet) -> None:
    """Draws the page."""
    wide = WIDE - 2 * MARGIN
    top = MARGIN + 8
    if sheet.title:
        text, size = fitted(drawable(sheet.title, "bold"), wide, 24, "bold")
        canvas.text(MARGIN, top, text, size, face="bold", align="left")
        top += 30
    across, down = diagram_size(sheet.diagram)
    foot = HIGH - MARGIN - (24 if sheet.note else 0)
    scale, setting = _arranged(sheet, wide, (across, down), foot - top - 30)
    draw_diagram(canvas.part(MARGIN + (wide - across * scale) / 2, top, scale), sheet.diagram)
    top += down * scale + 14
    canvas.line([(MARGIN, top), (WIDE - MARGIN, top)], RULE, 1.2)
    top += 14
    pitch = (wide + BETWEEN) / len(setting.columns)
    for number, column in enumerate(setting.columns):
        _draw_column(canvas, MARGIN + number * pitch, top, column, setting.size)
    if sheet.note:
        text, size = fitted(drawable(sheet.note), wide, 12)
        canvas.text(MARGIN, HIGH - MARGIN + 2, text, size, MUTED, align="left")


def _draw_column(canvas: Canvas, x: float, top: float, rows: list[_Row], size: float) -> None:
    y = top + size * LEADING / 2
    for row in rows:
        y += row.above * size
        face, colour = _LOOKS[row.kind]
        if row.text:
            canvas.text(x, y, row.text, size, colour, face, "left")
        y += size * LEADING


def _arranged(
    sheet: Sheet, wide: float, diagram: tuple[float, float], high: float
) -> tuple[float, _Setting]:
    """The diagram's scale, and the largest setting that holds everything under it."""
    scales = [min(wide / diagram[0], most / diagram[1]) for most in DIAGRAMS]
    for size in SIZES:
        for scale in scales[: 1 if size > 12 else 2 if size > 10 else None]:
            for count in (2, 3, 4):
                room = high - diagram[1] * scale
                if found := _set(sheet.workings, size, count, (wide, room)):
                    return scale, found
    for rows in ROWS:
        for count in (3, 4):
            room = high - diagram[1] * scales[-1]
            cut = rows == ROWS[-1] and count == 4
            if found := _set(sheet.workings, SIZES[-1], count, (wide, room), rows, cut=cut):
                return scales[-1], found
    return scales[-1], _Setting(SIZES[-1], [[]])


def _set(  # noqa: PLR0913 - what is set, how, and where
    workings: tuple[Working, ...],
    size: float,
    count: int,
    page: tuple[float, float],
    most: int | None = None,
    *,
    cut: bool = False,
) -> _Setting | None:
    """Columns of equal width; None where the workings need more of them."""
    column = (page[0] + BETWEEN) / count - BETWEEN
    if column < 17 * size:
        return None
    columns: list[list[_Row]] = [[]]
    used = 0.0
    for block in _blocks(workings, column / size, most):
        space = SPACE if columns[-1] else 0.0
        high = (len(block) * LEADING + space) * size
        if columns[-1] and used + high > page[1]:
            columns.append([])
            used = space = 0.0
        for row in block:
            over = used + (LEADING + space) * size > page[1]
            if over and columns[-1]:  # a step longer than a column goes on in the next
                columns.append([])
                used = space = 0.0
            columns[-1].append(_Row(row.text, row.kind, space))
            used += (LEADING + space) * size
            space = 0.0
        if len(columns) > count:
            break
    if len(columns) <= count:
        return _Setting(size, columns)
    if not cut:
        return None
    columns = columns[:count]
    columns[-1][-1] = _Row("…", "line", above=columns[-1][-1].above)
    return _Setting(size, columns)


def _blocks(workings: tuple[Working, ...], room: float, most: int | None) -> Iterator[list[_Row]]:
    """The rows of each step, a title together with the step after it."""
    title: list[_Row] = []
    for working in workings:
        rows = list(_rows(working, room, most))
        if working.lines:
            yield [*title, *rows]
            title = []
        else:
            title = rows
    if title:
        yield title


def _rows(working: Working, room: float, most: int | None) -> Iterator[_Row]:
    """The rows of a step; `room` and `most` are in parts of the letters' size, and in rows."""
    kind: Kind = "heading" if working.lines else "title"
    heading = _wrapped(drawable(working.heading, "bold"), room, "bold")
    yield from (_Row(text, kind) for text in heading)
    if most is None:
        parts = [[text for line in working.lines for text in _wrapped(drawable(line), room)]]
    elif working.listed:
        parts = [_shortened(_wrapped(drawable(line), room), 1, room) for line in working.lines]
    else:
        rows = (text for line in working.lines for text in _wrapped(drawable(line), room))
        parts = [_shortened(rows, most, room)]
    yield from (_Row(text, "line") for part in parts for text in part)


def _shortened(rows: Iterable[str], most: int, room: float) -> list[str]:
    """At most so many rows; the last ends in an ellipsis where there were more."""
    found = list(rows)
    if len(found) <= most:
        return found
    kept, last = found[: most - 1], found[most - 1]
    goes_on = not set(last) & set("=≈") and any(set(row) & set("=≈") for row in kept)
    return [*kept, "…" if goes_on else _ended(last, room)]


def _ended(text: str, room: float) -> str:
    """A row that ends in an ellipsis, for what is left out after it: no half of an equation."""
    text = re.sub("(?<=[=≈])[^=≈]*$", "", text)
    while text and _wide(f"{text} …", "plain") > room:
        text = text[:-1]
    return f"{text} …"


@lru_cache(maxsize=4096)
def _letter(letter: str, face: Face) -> float:
    return (
        width(letter, 1.0, face)
        if letter != " "
        else width("x x", 1.0, face) - width("xx", 1.0, face)
    )


def _wide(text: Iterable[str], face: Face) -> float:
    """How wide a text is at most, in parts of its size: the sum of its letters'."""
    return sum(_letter(letter, face) for letter in text)


def _wrapped(text: str, room: float, face: Face = "plain") -> Iterator[str]:
    """A text in rows that fit, those after the first set in a little."""
    inset = "  "
    row, broken = "", False
    for word in text.split(" "):
        wider = f"{row} {word}" if row.strip() else row + word
        if _wide(wider, face) <= room:
            row = wider
            continue
        if row.strip():
            yield row
            row, broken = inset, True
        for letter in word:
            if _wide(row + letter, face) > room and row.strip():
                yield row
                row, broken = inset, True
            row += letter
    if row.strip() or not broken:
        yield row
