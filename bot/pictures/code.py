"""A QR code: dark squares on white, with the quiet edge that cameras look for."""

from __future__ import annotations

from collections.abc import Iterable

from bot.pictures.palette import CARD, INK
from bot.pictures.requests import Code
from bot.pictures.scene import WIDE, Point, Scene

EDGE = 4
"""How many squares the quiet edge is wide, as ISO/IEC 18004 asks for."""
HAIR = 0.05
"""By how much rows overlap, so that no seam shows."""


def draw_code(code: Code) -> Scene:
    """The code, as large as the picture."""
    import segno  # noqa: PLC0415 - it takes a while, which no start should wait for

    scene = Scene("en")
    scene.high = WIDE
    rows = tuple(segno.make_qr(code.text, error="m").matrix)
    size = WIDE / (len(rows) + 2 * EDGE)
    scene.box(0, 0, WIDE, WIDE, CARD, None, radius=0)
    lines: list[tuple[Point, Point]] = []
    for y, row in enumerate(rows):
        middle = (y + EDGE + 0.5) * size
        for x, dark in enumerate(row):
            if dark:
                left = (x + EDGE) * size
                lines.append(((left, middle), (left + size, middle)))
    scene.paths(_joined(lines), INK, size + HAIR, cap="butt")
    return scene


def _joined(lines: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """Lines from left to right, those that touch as one."""
    found: list[tuple[Point, Point]] = []
    for start, end in lines:
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
