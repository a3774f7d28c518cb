"""A class: a row for each pupil, a column for each part, filled as far as the pupil is in it."""

from __future__ import annotations

from bot.pictures.palette import ASKED, CARD, INK, MUTED, NUDGE, POSITIVE, RULE, SAYS_1
from bot.pictures.requests import Cell, Grid
from bot.pictures.scene import LARGE, SMALL, WIDE, Scene

ROW, HEAD, LINE, SWATCH = 26.0, 22.0, 18.0, 11.0
NAMES = 96.0
"""How wide the nicknames are."""
GAP = 3.0
FILLS = (POSITIVE, SAYS_1, ASKED)
"""Right at once, right later, shown."""


def draw_grid(grid: Grid) -> Scene:
    """Numbered columns, the rows, and under them what colours and numbers stand for."""
    scene = Scene(grid.language)
    if grid.title:
        scene.high = 30.0 + scene.heading(8, grid.title, LARGE, mirrored=True)
    wide = (WIDE - NAMES) / max(1, len(grid.parts))
    for column in range(len(grid.parts)):
        x = NAMES + (column + 0.5) * wide
        scene.text(x, scene.high + 6, str(column + 1), SMALL, MUTED)
    y = scene.high + HEAD
    for name, cells in grid.pupils:
        scene.text(0, y + ROW / 2 - GAP, name, SMALL, at="left", most=NAMES - 6)
        for column, cell in enumerate(cells):
            _cell(scene, cell, NAMES + column * wide, y, wide - GAP)
        y += ROW
    scene.high = y + 4
    _key(scene, grid)
    scene.mirrored()
    return scene


def _cell(scene: Scene, cell: Cell, left: float, top: float, wide: float) -> None:
    high = ROW - 2 * GAP
    scene.box(left, top, wide, high, CARD, RULE, 0.8, radius=0)
    x = left
    for count, fill in zip((cell.first, cell.later, cell.shown), FILLS, strict=True):
        share = wide * count / max(1, cell.steps)
        if share:
            scene.box(x, top, share, high, fill, None, radius=0)
        x += share
    if cell.here:
        scene.box(left, top, wide, high, None, NUDGE, 2.4, radius=0)


def _key(scene: Scene, grid: Grid) -> None:
    """The colours, then the parts by their numbers."""
    for fill, told in zip((*FILLS, None), grid.key, strict=True):
        edge = NUDGE if fill is None else RULE
        scene.box(0, scene.high, SWATCH, SWATCH, fill or CARD, edge, 2 if fill is None else 0.8, 0)
        scene.text(SWATCH + 7, scene.high + SWATCH / 2, told, SMALL, INK, at="left", most=WIDE - 20)
        scene.high += LINE
    for number, part in enumerate(grid.parts, 1):
        told = f"{number}  {part}"
        scene.text(0, scene.high + SWATCH / 2, told, SMALL, MUTED, at="left", most=WIDE)
        scene.high += LINE
