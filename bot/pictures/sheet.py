"""The trace sheet: one A4 page with the diagram and every line of working, set as large as fits."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from bot.pictures.canvas import Canvas, fitted, width
from bot.pictures.diagram import diagram_size, draw_diagram
from bot.pictures.palette import INK, MUTED, RULE
from bot.pictures.requests import Sheet, Working

WIDE, HIGH, MARGIN = 827.0, 1169.0, 52.0
"""A4 at 100 pixels to the inch."""
SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
LEADING = 1.45
BETWEEN = 24.0
"""From one column to the next."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """The workings, set in columns of (text, whether it is a heading) lines."""

    size: float
    columns: list[list[tuple[str, bool]]]


def draw_sheet(canvas: Canvas, sheet: Sheet) -> None:
    """Draws the page."""
    wide = WIDE - 2 * MARGIN
    top = MARGIN + 10
    if sheet.title:
        text, size = fitted(sheet.title, wide, 24, "bold")
        canvas.text(MARGIN, top, text, size, face="bold", align="left")
        top += 34
    across, down = diagram_size(sheet.diagram)
    scale = min(wide / across, 400 / down)
    draw_diagram(canvas.part(MARGIN + (wide - across * scale) / 2, top, scale), sheet.diagram)
    top += down * scale + 18
    canvas.line([(MARGIN, top), (WIDE - MARGIN, top)], RULE, 1.2)
    top += 18
    setting = _set(sheet.workings, wide, HIGH - MARGIN - 26 - top)
    column = (wide + BETWEEN) / len(setting.columns)
    step = setting.size * LEADING
    for number, lines in enumerate(setting.columns):
        y = top + step / 2
        for text, heading in lines:
            if text:
                canvas.text(
                    MARGIN + number * column, y, text, setting.size,
                    INK, "bold" if heading else "mono", "left",
                )  # fmt: skip
            y += step
    if sheet.note:
        text, size = fitted(sheet.note, wide, 12)
        canvas.text(MARGIN, HIGH - MARGIN + 6, text, size, MUTED, align="left")


def _set(workings: tuple[Working, ...], wide: float, high: float) -> _Setting:
    """The largest setting that holds everything; at the smallest size the rest is left out."""
    for size in SIZES:
        for count in (1, 2, 3):
            if count == 1 and size > 12:
                continue  # one column of large type wastes the page's width
            setting = _columns(workings, size, count, wide, high)
            if setting is not None:
                return setting
    return _columns(workings, SIZES[-1], 3, wide, high, cut=True) or _Setting(SIZES[-1], [[]])


def _columns(  # noqa: PLR0913 - what is set, how, and where
    workings: tuple[Working, ...],
    size: float,
    count: int,
    wide: float,
    high: float,
    *,
    cut: bool = False,
) -> _Setting | None:
    room = (wide + BETWEEN) / count - BETWEEN
    letters = int(room / width("0", size, "mono"))
    most = int(high / (size * LEADING))
    if letters < 16 or most < 1:
        return None
    columns: list[list[tuple[str, bool]]] = [[]]
    for working in workings:
        block = _block(working, size, room, letters)
        if columns[-1] and len(columns[-1]) + 1 + len(block) > most:
            columns.append([])
        elif columns[-1]:
            columns[-1].append(("", False))
        while len(block) > most:  # a working longer than a column goes on in the next
            columns[-1] += block[:most]
            block = block[most:]
            columns.append([])
        columns[-1] += block
    if len(columns) > count:
        if not cut:
            return None
        columns = columns[:count]
        columns[-1] = [*columns[-1][: most - 1], ("…", False)]
    return _Setting(size, columns)


def _block(working: Working, size: float, room: float, letters: int) -> list[tuple[str, bool]]:
    heading, _ = working.heading, size
    if width(heading, size, "bold") > room:
        heading, _ = fitted(heading, room, size * 1.5, "bold")
        while width(heading, size, "bold") > room:
            heading = heading.removesuffix("…")[:-1] + "…"
    lines = [
        (part, False)
        for line in working.lines
        for part in textwrap.wrap(line, letters, subsequent_indent="  ") or [""]
    ]
    return [(heading, True), *lines]
