"""Counts as horizontal bars: names on the left, numbers at the ends."""

from __future__ import annotations

from bot.pictures.canvas import Canvas, fitted, width
from bot.pictures.palette import INK, MUTED, POSITIVE, RULE
from bot.pictures.requests import BarGroup, Bars

WIDE, MARGIN = 860.0, 28.0
TOP, HEADING, ROW, BETWEEN = 64.0, 40.0, 32.0, 18.0
"""Heights: of the title, of a group's heading, of a bar, and between two groups."""
NAMES = 320.0
"""How wide the names' column is."""
THICK = 18.0
LEAST = 3.0
"""How long the bar of the smallest count above 0 is."""


def bars_size(bars: Bars) -> tuple[float, float]:
    """How wide and high the picture is, in pixels."""
    groups = sum(HEADING + ROW * len(group.bars) + BETWEEN for group in bars.groups)
    return WIDE, _top(bars) + groups + 8


def draw_bars(canvas: Canvas, bars: Bars) -> None:
    """Draws them in the top left of a canvas."""
    if bars.title:
        text, size = fitted(bars.title, WIDE - 2 * MARGIN, 23, "bold")
        canvas.text(MARGIN, 36, text, size, face="bold", align="left")
    y = _top(bars)
    for group in bars.groups:
        _group(canvas, group, y)
        y += HEADING + ROW * len(group.bars) + BETWEEN


def _top(bars: Bars) -> float:
    return TOP if bars.title else 20.0


def _group(canvas: Canvas, group: BarGroup, top: float) -> None:
    text, size = fitted(group.heading, WIDE - 2 * MARGIN, 17, "bold")
    canvas.text(MARGIN, top + HEADING / 2, text, size, face="bold", align="left")
    most = group.full or max((count for _, count in group.bars), default=0) or 1
    left = MARGIN + NAMES
    numbers = max((width(_text(group, count), 15, "bold") for _, count in group.bars), default=0.0)
    room = WIDE - MARGIN - left - numbers - 10
    for row, (name, count) in enumerate(group.bars):
        y = top + HEADING + ROW * (row + 0.5)
        canvas.text(left - 12, y, *fitted(name, NAMES - 12, 15), MUTED, align="right")
        long = max(LEAST, room * count / most) if count else 0.0
        if long:
            canvas.box(left, y - THICK / 2, long, THICK, POSITIVE, None, 0, min(4, long / 2))
        if group.mark:  # at the end of the row, where no line can cross it
            canvas.text(WIDE - MARGIN, y, _text(group, count), 15, INK, "bold", "right")
        else:
            canvas.text(left + long + 8, y, _text(group, count), 15, INK, "bold", "left")
    bottom = top + HEADING + ROW * len(group.bars)
    canvas.line([(left, top + HEADING), (left, bottom)], RULE, 1.4, z=4)
    if group.mark:
        x = left + room * group.mark / most
        canvas.line([(x, top + HEADING), (x, bottom)], MUTED, 1.2, (4, 4), z=2)


def _text(group: BarGroup, count: int) -> str:
    return f"{count:,}{group.unit}"
