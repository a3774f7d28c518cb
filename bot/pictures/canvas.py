"""A page to draw on, in pixels from the top left corner, over matplotlib's figure.

Only the figure and its artists are used, no pyplot and no axes (they clip, measure and number all
that is put on them), and only fonts that come with matplotlib.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from bot.pictures.palette import INK, PAPER

Face: TypeAlias = Literal["plain", "bold", "mono"]
Align: TypeAlias = Literal["left", "center", "right"]

FACES: dict[Face, str] = {
    "plain": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "mono": "DejaVuSansMono.ttf",
}
DPI = 100
POINTS = 72 / DPI
"""How many points a pixel has."""

BASELINE = 0.36
"""How far under a text's middle its baseline lies, in parts of its size."""


@cache
def font(face: Face) -> FontProperties:
    """A font that comes with matplotlib."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return FontProperties(fname=str(folder / FACES[face]))


@lru_cache(maxsize=4096)
def width(text: str, size: float, face: Face = "plain") -> float:
    """How wide a text is, in the unit of its size."""
    properties = font(face).copy()
    properties.set_size(100.0)
    return (
        text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0] * size / 100
    )


MISSING = "□"
"""Stands for letters that a font does not have."""


@cache
def _letters(face: Face) -> frozenset[str]:
    return frozenset(map(chr, FT2Font(str(font(face).get_file())).get_charmap()))


def drawable(text: str, face: Face = "plain") -> str:
    """A text with boxes for what the font does not have, and without marks that move others."""
    known, found = _letters(face), ""
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in {"Mn", "Me", "Cf", "Cc"}:
            continue
        found += letter if letter in known else MISSING
    return re.sub(f"{MISSING}+", MISSING, found)


def fitted(text: str, most: float, size: float, face: Face = "plain") -> tuple[str, float]:
    """A text made to fit a width: set smaller, at most by a third, and then cut."""
    wide = width(text, size, face)
    if wide <= most:
        return text, size
    size = max(size * 2 / 3, size * most / wide * 0.99)
    while width(text, size, face) > most and len(text) > 1:
        text = text.removesuffix("…")[:-1] + "…"
    return text, size


class Words(Text):
    """One line of text that begins at its position: it need not be measured to be drawn."""

    def draw(self, renderer: RendererBase) -> None:
        """Writes it, in its colour and at its size."""
        x, y = self.get_transform().transform(self.get_position())
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        renderer.draw_text(look, x, y, self.get_text(), self.get_fontproperties(), 0)
        look.restore()


class Canvas:
    """A page, or a part of one in its own scale.

    Args:
        wide: in pixels.
        high: in pixels.
    """

    def __init__(self, wide: float, high: float, background: str = PAPER) -> None:
        self.wide, self.high = wide, high
        self.figure = Figure(figsize=(wide / DPI, high / DPI), dpi=DPI, facecolor=background)
        from_top = Affine2D().scale(1 / wide, -1 / high).translate(0, 1)
        self._places = from_top + self.figure.transFigure
        self._left, self._top, self.scale = 0.0, 0.0, 1.0

    def part(self, left: float, top: float, scale: float) -> Canvas:
        """The same page with another origin and scale."""
        part = object.__new__(Canvas)
        part.wide, part.high, part.figure = self.wide, self.high, self.figure
        part._places = self._places
        part._left, part._top = self._x(left), self._y(top)
        part.scale = self.scale * scale
        return part

    def _x(self, x: float) -> float:
        return self._left + x * self.scale

    def _y(self, y: float) -> float:
        return self._top + y * self.scale

    def _put(self, artist: Artist) -> None:
        artist.set_transform(self._places)
        self.figure.add_artist(artist, clip=False)

    def axes(self) -> Axes:
        """Axes over the whole page, for what only they can draw: under all else."""
        axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_xlim(0, self.wide)
        axes.set_ylim(self.high, 0)
        axes.set_axis_off()
        return axes

    def text(  # noqa: PLR0913, PLR0917 - what a text looks like
        self,
        x: float,
        y: float,
        text: str,
        size: float = 16,
        colour: str = INK,
        face: Face = "plain",
        align: Align = "center",
    ) -> Words:
        """Writes one line; x is where `align` says, y the middle of its figures."""
        if align != "left":
            x -= width(text, size, face) / (1 if align == "right" else 2)
        words = Words(
            self._x(x),
            self._y(y + BASELINE * size),
            text,
            color=colour,
            fontproperties=font(face),
            fontsize=size * POINTS * self.scale,
            parse_math=False,
            zorder=5,
        )
        self._put(words)
        return words

    def line(  # noqa: PLR0913, PLR0917 - what a line looks like
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        thick: float = 1.5,
        dashes: tuple[float, ...] = (),
        alpha: float = 1.0,
        z: float = 2,
    ) -> Line2D:
        """Draws a line through some points; dashes are pixels on and off."""
        line = Line2D(
            [self._x(x) for x, _ in points],
            [self._y(y) for _, y in points],
            color=colour,
            linewidth=thick * POINTS * self.scale,
            alpha=alpha,
            zorder=z,
            solid_capstyle="round",
            solid_joinstyle="round",
        )
        if dashes:  # in parts of the line's width
            line.set_dashes([on / thick for on in dashes])
        self._put(line)
        return line

    def box(  # noqa: PLR0913, PLR0917 - what a box looks like
        self,
        left: float,
        top: float,
        wide: float,
        high: float,
        fill: str,
        edge: str | None = None,
        thick: float = 1.5,
        radius: float = 8,
        z: float = 3,
    ) -> FancyBboxPatch:
        """Draws a box with round corners."""
        box = FancyBboxPatch(
            (self._x(left), self._y(top)),
            wide * self.scale,
            high * self.scale,
            boxstyle=f"round,pad=0,rounding_size={radius * self.scale}",
            facecolor=fill,
            edgecolor=edge or "none",
            linewidth=(thick if edge else 0) * POINTS * self.scale,
            zorder=z,
        )
        self._put(box)
        return box

    def shape(self, points: Sequence[tuple[float, float]], fill: str, z: float = 4) -> None:
        """Fills a polygon."""
        corners = [(self._x(x), self._y(y)) for x, y in points]
        self._put(Polygon(corners, closed=True, facecolor=fill, linewidth=0, zorder=z))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of this part lies on the page."""
        return self._x(x), self._y(y)

    def dot(  # noqa: PLR0913, PLR0917 - what a dot looks like
        self,
        x: float,
        y: float,
        radius: float,
        fill: str,
        edge: str = PAPER,
        thick: float = 1.0,
        z: float = 5,
    ) -> None:
        """Draws a filled circle."""
        self._put(
            Circle(
                self.place(x, y),
                radius * self.scale,
                facecolor=fill,
                edgecolor=edge,
                linewidth=thick * POINTS * self.scale,
                zorder=z,
            )
        )

    def marks(  # noqa: PLR0913, PLR0917 - what a mark looks like
        self,
        points: Sequence[tuple[float, float]],
        marker: Literal["o", "s", "x"],
        wide: float,
        fill: str,
        edge: str,
        thick: float,
        z: float = 3,
    ) -> None:
        """Draws the same mark at many points at once."""
        line = Line2D(
            [self._x(x) for x, _ in points],
            [self._y(y) for _, y in points],
            linestyle="none",
            marker=marker,
            markersize=wide * POINTS * self.scale,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=thick * POINTS * self.scale,
            zorder=z,
        )
        self._put(line)
