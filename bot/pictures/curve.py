"""How one number depends on another: a curve with a point marked on it, and its slope there."""

from __future__ import annotations

from bot.pictures.known import Entry
from bot.pictures.palette import ASKED, CARD, INK, MUTED, NUDGE, POSITIVE, RULE
from bot.pictures.requests import Curve
from bot.pictures.scene import NUMBER, SMALL, WIDE, Point, Scene
from bot.pictures.scripts import about
from engine.decimals import short_text

HIGH, LEFT = 180.0, 36.0
"""How high the plot is, and the room for numbers beside it."""


def draw_curve(curve: Curve) -> Scene:
    """The curve as a scene."""
    scene = Scene(curve.labels.language)
    _said(scene, curve)
    xs, ys = zip(*curve.points, strict=True)
    (x0, x1), (low, high) = (min(xs), max(xs)), (min(ys), max(ys))
    spare = 0.06 * (high - low) or 1.0
    low, high = (low if low == 0 else low - spare), high + spare
    wide, top = WIDE - LEFT - 8, scene.high + 12

    def place(x: float, y: float) -> Point:
        return LEFT + wide * (x - x0) / (x1 - x0), top + HIGH * (high - y) / (high - low)

    scene.box(LEFT, top, wide, HIGH, CARD, RULE, 1, 0)
    for axis in (((x0, 0.0), (x1, 0.0)), ((0.0, low), (0.0, high))):
        if all(x0 <= x <= x1 and low <= y <= high for x, y in axis):
            scene.line(*(place(*end) for end in axis), stroke=MUTED, thick=1)
    middle = 0.0 if x0 < 0 < x1 else (x0 + x1) / 2
    for x in (x0, middle, x1):
        scene.text(place(x, low)[0], top + HIGH + 12, _tick(x, x1 - x0), SMALL, MUTED)
    for y in dict.fromkeys((min(ys), max(ys))):
        text = _tick(y, max(ys) - min(ys))
        scene.text(LEFT - 5, place(x0, y)[1], text, SMALL, MUTED, at="right", most=LEFT - 5)
    scene.line(*(place(*point) for point in curve.points), stroke=POSITIVE, thick=2.6)
    if curve.slope:
        ends = [place(*end) for end in _tangent(curve, (x0, x1), (low, high))]
        scene.line(*ends, stroke=NUDGE, thick=2.2, dashes=(7, 4))
    point, foot = place(*curve.at), place(curve.at[0], max(low, min(0.0, high)))
    scene.line(foot, point, stroke=NUDGE, dashes=(3, 3))
    scene.dots([foot], 6, NUDGE)
    scene.point(*point)
    scene.high = top + HIGH + 20
    return scene


def _tick(value: float, span: float) -> str:
    """A number on an axis, as fine as the axis is long."""
    return short_text(round(value, 0 if span > 20 else 1 if span > 2 else 2 if span > 0.2 else 4))[
        0
    ]


def _tangent(
    curve: Curve, across: tuple[float, float], up: tuple[float, float]
) -> tuple[Point, Point]:
    """The ends of the tangent: at most a quarter of the plot to either side, and inside it."""
    x, y = curve.at
    reach = min((across[1] - across[0]) / 4, x - across[0], across[1] - x)
    if curve.steep:
        reach = min(reach, min(y - up[0], up[1] - y) / abs(curve.steep))
    rise = reach * curve.steep
    return (x - reach, y - rise), (x + reach, y + rise)


def _said(scene: Scene, curve: Curve) -> None:
    """The numbers and whose they are, over the curve; in a second row where the first is full."""
    said = [(curve.across, curve.texts[0]), (curve.up, curve.texts[1])]
    if curve.slope:
        said.append((curve.labels.slope, curve.slope))
    x, y = 0.0, 0.0
    if curve.name != curve.across:
        name = min(about(curve.name, NUMBER, bold=True) + 16, 80.0)
        scene.box(0, 0, name, 26, INK)
        scene.text(name / 2, 13, curve.name, NUMBER, CARD, bold=True, most=name - 8)
        x = name + 6
    for word, text in said:
        entry = Entry(word, text, asked=text == "?")
        wide = min(entry.wide + 15, WIDE)
        if x + wide > WIDE:
            x, y = 0.0, y + 31
        scene.box(x, y, wide, 26, ASKED if entry.asked else CARD, INK, 1.2)
        scene.row(x + wide / 2, y + 13, entry.runs)
        x += wide + 6
    scene.high = y + 26
