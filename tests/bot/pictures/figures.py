"""What stands on a figure and where, before it becomes pixels."""

from __future__ import annotations

from itertools import combinations
from typing import TypeVar

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.pictures.canvas import Canvas
from bot.pictures.drawing import plain_letters

A = TypeVar("A", bound=Artist)
SLACK = 0.6
"""How far, in pixels, things may reach into each other."""


def drawn_on(canvas: Canvas, kind: type[A]) -> list[A]:
    """All of a kind that was put on a figure, in that order."""
    return [artist for artist in canvas.figure.artists if isinstance(artist, kind)]


def texts(canvas: Canvas) -> list[str]:
    """Every text on a figure."""
    return [text.get_text() for text in drawn_on(canvas, Text)]


def text_boxes(canvas: Canvas) -> list[tuple[str, Bbox]]:
    """Every text with the box around its letters."""
    agg = FigureCanvasAgg(canvas.figure)
    renderer = agg.get_renderer()  # type: ignore[no-untyped-call]
    with plain_letters():
        return [(t.get_text(), t.get_window_extent(renderer)) for t in drawn_on(canvas, Text)]


def overlapping(canvas: Canvas) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    boxes = text_boxes(canvas)
    return [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if _touch(one, two)]


def outside(canvas: Canvas) -> list[str]:
    """Texts that reach over the edge of the page."""
    page = canvas.figure.bbox
    return [
        text
        for text, box in text_boxes(canvas)
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]


def tangled(canvas: Canvas) -> int:
    """How many pairs of boxes cut each other: neither apart nor one inside the other."""
    boxes = [patch.get_extents() for patch in drawn_on(canvas, FancyBboxPatch)]
    return sum(
        _touch(one, two) and not _inside(one, two) and not _inside(two, one)
        for one, two in combinations(boxes, 2)
    )


def smallest(canvas: Canvas) -> float:
    """The size of the smallest text, in pixels of the layout."""
    sizes = [float(text.get_fontsize()) for text in drawn_on(canvas, Text)]
    return min(sizes) * canvas.figure.dpi / 72


def _touch(one: Bbox, two: Bbox) -> bool:
    across = min(one.x1, two.x1) - max(one.x0, two.x0)
    up = min(one.y1, two.y1) - max(one.y0, two.y0)
    return bool(across > SLACK and up > SLACK)


def _inside(one: Bbox, two: Bbox) -> bool:
    return bool(
        one.x0 >= two.x0 - SLACK
        and one.x1 <= two.x1 + SLACK
        and one.y0 >= two.y0 - SLACK
        and one.y1 <= two.y1 + SLACK
    )
