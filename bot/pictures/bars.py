"""Counts as horizontal bars, each under its name."""

from __future__ import annotations

from bot.pictures.palette import INK, MUTED, POSITIVE, RULE
from bot.pictures.requests import BarGroup, Bars
from bot.pictures.scene import LARGE, NUMBER, SMALL, WIDE, Scene
from bot.pictures.scripts import about

ROW, HEADING, BETWEEN = 34.0, 26.0, 12.0
"""Heights: of a bar with its name, of a group's heading, and between two groups."""
THICK = 11.0
LEAST = 3.0
"""How long the bar of the smallest count above 0 is."""


def draw_bars(bars: Bars) -> Scene:
    """Groups of bars, one under the other, each with a scale of its own."""
    scene = Scene(bars.language)
    if bars.title:
        scene.high = 30.0 + scene.heading(8, bars.title, LARGE, mirrored=True)
    for group in bars.groups:
        _group(scene, group)
        scene.high += BETWEEN
    scene.mirrored()
    return scene


def _group(scene: Scene, group: BarGroup) -> None:
    top = scene.high
    top += scene.heading(top + 8, group.heading, NUMBER, mirrored=True)
    written = scene.numbers.written
    texts = [scene.numbers.turned(f"{written(count)}{group.unit}") for _, count in group.bars]
    most = group.full or max((count for _, count in group.bars), default=0) or 1
    room = WIDE - max((about(text, NUMBER, bold=True) for text in texts), default=0.0) - 8
    y = top + HEADING
    for (name, count), text in zip(group.bars, texts, strict=True):
        scene.text(0, y + 6, name, SMALL, MUTED, at="left", most=WIDE)
        scene.box(0, y + 15, room, THICK, RULE + "66", None, radius=4)
        if count:
            long = max(LEAST, room * count / most)
            scene.box(0, y + 15, long, THICK, POSITIVE, None, radius=min(4, long / 2))
        scene.text(WIDE, y + 15 + THICK / 2, text, NUMBER, bold=True, at="right")
        y += ROW
    if group.mark:
        x = room * group.mark / most
        tops = [top + HEADING + ROW * row + 15 for row in range(len(group.bars))]
        scene.paths([((x, at - 2), (x, at + THICK + 2)) for at in tops], INK, 1.6)
    scene.high = y
