"""The trace sheet: every line of a learner's working, and the diagram on the page to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.pictures.diagram import draw_diagram
from bot.pictures.palette import INK, MUTED, PAPER, POSITIVE
from bot.pictures.requests import Sheet, Working
from content.bidi import from_left, from_right, isolated
from content.numbers import Numbers
from content.paper.scripts import EAST_ASIAN, setting

ROWS = 32
"""Rows of a page that is seen whole on a phone."""
LETTERS = 44
"""About how many letters stand in one of them."""
MOST = 8
"""Pages at most; what is left over stands in print only."""


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """What the template takes."""
    turned = Numbers.of(sheet.diagram.labels.language).turned
    return {
        "format": sheet.format,
        **setting(sheet.diagram.labels.language),
        "title": isolated(turned(sheet.title)),
        "note": isolated(turned(sheet.note)),
        "workings": [_working(one, turned) for one in sheet.workings],
        "diagram": draw_diagram(sheet.diagram).data() if sheet.format == "pdf" else None,
        "ink": INK,
        "muted": MUTED,
        "accent": POSITIVE,
        "paper": PAPER,
    }


def pages(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet in parts, each of which is seen whole on a phone; a step is never torn apart."""
    parts, used = [list[Working]()], 0.0
    blocks = list[list[Working]]()
    for working in sheet.workings:
        if not blocks or blocks[-1][-1].lines:
            blocks.append([])
        blocks[-1].append(working)
    for block in blocks:
        need = sum(map(_rows, block))
        if parts[-1] and used + need > ROWS:
            parts.append([])
            used = 0.0
        parts[-1] += block
        used += need
    if len(parts) > MOST:
        parts = [*parts[: MOST - 1], [*parts[MOST - 1], Working("…", ())]]
    for number, part in enumerate(parts):
        title = "" if number else sheet.title
        note = sheet.note if number == len(parts) - 1 else ""
        yield replace(sheet, workings=tuple(part), title=title, note=note)


def _working(working: Working, turned: Callable[[str], str]) -> dict[str, Any]:
    """A step, each line with whether it runs from the right."""
    lines = [_set(line) for line in _lines(working)]
    return {"heading": isolated(turned(working.heading)), "lines": lines}


def _set(line: str) -> tuple[str, bool]:
    """A line, and whether it runs from the right: working never does."""
    if "=" in line or "≈" in line:
        return from_left(line), False
    return isolated(line), from_right(line)


def _lines(working: Working) -> list[str]:
    """The lines of a step; one that opens with a sign of equality goes on in the line before."""
    lines = list[str]()
    for line in working.lines:
        if lines and not working.listed and line.startswith(("=", "≈")):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _rows(working: Working) -> float:
    """About how many rows a step takes."""
    lines = (working.heading, *_lines(working))
    return 0.6 + sum(1 + (len(line) + len(EAST_ASIAN.findall(line))) // LETTERS for line in lines)
