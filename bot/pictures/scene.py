"""A picture as things at places: boxes, lines and texts, the data of `templates/scene.typ`.

One unit is one pixel of a phone that shows the picture 335 pixels wide. Letters are never set
smaller than `SMALL`, numbers never smaller than `NUMBER`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

from bot.pictures.palette import (
    CARD,
    INK,
    MUTED,
    NEGATIVE,
    NUDGE,
    PAPER,
    POSITIVE,
    SAYS_0,
    SAYS_1,
)
from bot.pictures.scripts import about, in_lines
from content.bidi import from_right, isolated
from content.numbers import Numbers
from content.paper.scripts import setting

Point: TypeAlias = tuple[float, float]
Side: TypeAlias = Literal["left", "center", "right"]
"""Where a text's point is: at its beginning, in its middle, at its end."""

_LEFT: Side = "left"
_RIGHT: Side = "right"

Run: TypeAlias = tuple[str, float, str, bool]
"""A piece of a line of text: what it says, its size, its colour, and whether it is bold."""

WIDE, MARGIN = 315.0, 10.0
"""What is left of 335 between the margins, which the template adds."""
SMALL, NUMBER, LARGE = 11.5, 13.5, 16.0
LINE = 17.0
"""From one line of a heading to the next."""


def signed(value: float) -> str:
    """The colour of a weight."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else MUTED


def dashes(value: float) -> tuple[float, ...]:
    """How a weight's line is broken: that of a negative one is dashed."""
    return () if value > 0 else (5, 4) if value < 0 else (1, 4)


_OTHER_SIDE = {"left": "right", "center": "center", "right": "left"}


def _shortly(text: str) -> str:
    """A number with two digits and its power of ten: what is no number stays as it is."""
    sign, _, number = text.rpartition(" ")
    try:
        digits, _, power = f"{float(number.replace('−', '-')):.1e}".partition("e")
    except ValueError:
        return text
    return f"{sign} {digits}e{int(power)}".strip().replace("-", "−")


class Scene:
    """What stands on a picture, from below to above.

    Args:
        language: whose words stand on it, and whose numbers.
        title: what stands over it.
    """

    def __init__(self, language: str, title: str = "") -> None:
        self.items: list[dict[str, Any]] = []
        self.wide, self.high = WIDE, 0.0
        self.numbers, self._set = Numbers.of(language), setting(language)
        if title:
            self.high = 30.0 + self.heading(8, title, LARGE)

    def data(self) -> dict[str, Any]:
        """All of it, as the template takes it."""
        whole = {"wide": self.wide, "high": self.high, "paper": PAPER, "items": self.items}
        return {**whole, **self._set}

    def heading(
        self, y: float, text: str, size: float, *, bold: bool = True, mirrored: bool = False
    ) -> float:
        """A line where the language's lines begin, made smaller where it is long, or two of them.

        Args:
            y: the middle of the first line's figures.
            text: what it says.
            size: of its letters.
            bold: whether they are bold.
            mirrored: whether all of the scene will be.

        Returns:
            How much higher it is than one line.
        """
        text, most = self.numbers.turned(text), self.wide
        lines = [text]
        if about(text, SMALL, bold=bold) > most:
            size = SMALL
            first, *rest = in_lines(text, size, most, bold=bold)
            lines = [first, " ".join(rest)] if rest else [first]
        right = self.numbers.right_to_left and not mirrored
        x, at = (most, _RIGHT) if right else (0.0, _LEFT)
        for number, line in enumerate(lines):
            room = (most, SMALL) if about(line, size, bold=bold) > most else (0, 0)
            self._texts(x, y + LINE * number, [(line, size, INK, bold)], at, room)
        return LINE * (len(lines) - 1)

    def lowered(self, by: float) -> None:
        """Moves all of it down."""
        for item in self.items if by else ():
            if item["kind"] == "paths":
                item["paths"] = [[(x, y + by) for x, y in path] for path in item["paths"]]
            else:
                item["y"] += by
        self.high += by

    def mirrored(self) -> None:
        """Turns all of it so that it begins at the right, in a language that is read so."""
        if not self.numbers.right_to_left:
            return
        for item in self.items:
            if item["kind"] == "paths":
                item["paths"] = [[(self.wide - x, y) for x, y in path] for path in item["paths"]]
                continue
            item["x"] = self.wide - item["x"] - item.get("wide", 0.0)
            if item["kind"] == "text":
                item["at"] = _OTHER_SIDE[item["at"]]

    def text(  # noqa: PLR0913 - what a text looks like
        self,
        x: float,
        y: float,
        text: str,
        size: float = SMALL,
        colour: str = INK,
        *,
        bold: bool = False,
        at: Side = "center",
        most: float = 0.0,
        least: float = SMALL,
    ) -> None:
        """One line of text; `y` is the middle of its figures, `most` the room it has."""
        text = self.numbers.turned(text)
        cramped = most and about(text, size, bold=bold) > most
        self._texts(x, y, [(text, size, colour, bold)], at, (most, least) if cramped else (0, 0))

    def number(  # noqa: PLR0913, PLR0917 - as a text
        self, x: float, y: float, text: str, most: float, size: float = NUMBER, colour: str = INK
    ) -> None:
        """A number, or what stands for it, around a point; too long a one is told shortly."""
        if about(text, min(size, NUMBER), bold=True) > most:
            text = _shortly(text)
        self.text(x, y, text, size, colour, bold=True, most=most, least=min(size, NUMBER))

    def row(
        self,
        x: float,
        y: float,
        runs: Sequence[Run],
        at: Side = "center",
    ) -> None:
        """Texts side by side around a point; they have room."""
        turned = self.numbers.turned
        self._texts(
            x,
            y,
            [(turned(text), size, colour, bold) for text, size, colour, bold in runs],
            at,
            (0, 0),
        )

    def _texts(
        self, x: float, y: float, runs: Sequence[Run], at: str, room: tuple[float, float]
    ) -> None:
        if len(runs) > 1 and any(from_right(run[0]) for run in runs):
            runs = runs[::-1]
        pieces = [
            {
                "text": isolated(text),
                "size": size,
                "colour": colour,
                "weight": "bold" if bold else "regular",
            }
            for text, size, colour, bold in runs
        ]
        size = max(run[1] for run in runs)
        self.items.append(
            {"kind": "text", "x": x, "y": y, "runs": pieces, "at": at, "size": size,
             "most": room[0], "least": room[1]}
        )  # fmt: skip

    def box(  # noqa: PLR0913, PLR0917 - what a box looks like
        self,
        left: float,
        top: float,
        wide: float,
        high: float,
        fill: str | None = CARD,
        stroke: str | None = INK,
        thick: float = 1.3,
        radius: float | Sequence[float] = 6,
    ) -> None:
        """A box; of several radii the first is that of the upper left corner, on clockwise."""
        self.items.append(
            {"kind": "box", "x": left, "y": top, "wide": wide, "high": high, "fill": fill,
             "stroke": stroke, "thick": thick, "radius": radius}
        )  # fmt: skip

    def paths(  # noqa: PLR0913, PLR0917 - what a line looks like
        self,
        paths: Iterable[Sequence[Point]],
        stroke: str | None = INK,
        thick: float = 1.3,
        dashes: Sequence[float] = (),
        fill: str | None = None,
        cap: Literal["round", "square", "butt"] = "round",
    ) -> None:
        """Lines through points, all of one look; with a fill they are closed."""
        self.items.append(
            {"kind": "paths", "paths": list(paths), "stroke": stroke, "thick": thick,
             "dashes": dashes, "fill": fill, "cap": cap}
        )  # fmt: skip

    def line(
        self, *points: Point, stroke: str = INK, thick: float = 1.3, dashes: Sequence[float] = ()
    ) -> None:
        """One line through points."""
        self.paths([points], stroke, thick, dashes)

    def dots(
        self, points: Iterable[Point], wide: float, colour: str, *, square: bool = False
    ) -> None:
        """The same round or square mark at many points."""
        marks = [((x, y), (x + 0.01, y)) for x, y in points]
        if marks:
            self.paths(marks, colour, wide, cap="square" if square else "round")

    def arrow(self, x: float, y: float, direction: int, share: float) -> None:
        """Up, down, or two bars for no change; the larger the share, the larger the arrow."""
        if not direction:
            self.paths([((x - 5, y + at), (x + 5, y + at)) for at in (-2.5, 2.5)], NUDGE, 2)
            return
        size = 4 + 5 * max(0.0, min(1.0, share)) ** 0.5
        half = [(0, -1), (0.85, 0.05), (0.3, 0.05), (0.3, 1)]
        shape = [*half, *((-across, down) for across, down in reversed(half[1:]))]
        points = [(x + size * across, y + size * direction * down) for across, down in shape]
        self.paths([points], None, fill=NUDGE)

    def scale(self, left: float, y: float, wide: float, target: float) -> None:
        """A scale from 0 to 1, what says 0 and what says 1 apart, with a bracket at a target."""
        self.box(left, y - 5, wide / 2, 10, SAYS_0, None, radius=0)
        self.box(left + wide / 2, y - 5, wide / 2, 10, SAYS_1, None, radius=0)
        goal = left + wide * min(1.0, max(0.0, target))
        inward = goal + (4 if target < 0.5 else -4)
        self.line((inward, y - 6), (goal, y - 6), (goal, y + 6), (inward, y + 6), thick=1.8)

    def point(self, x: float, y: float, colour: str = NUDGE) -> None:
        """A mark that is seen on everything."""
        self.dots([(x, y)], 13, CARD)
        self.dots([(x, y)], 10, colour)
