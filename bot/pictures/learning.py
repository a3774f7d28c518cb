"""What a network has learnt so far: its decisions over the unit square, its losses, its weights.

Marks differ in shape, not in hue alone: filled dots are examples that should give 1, open squares
those that should give 0, and a cross lies over each that comes out wrong.
"""

from __future__ import annotations

from typing import TypeAlias

from bot.pictures.canvas import POINTS, Canvas, fitted, width
from bot.pictures.palette import (
    CARD,
    INK,
    MUTED,
    NEGATIVE,
    NUDGE,
    POSITIVE,
    RULE,
    SAYS_0,
    SAYS_1,
)
from bot.pictures.requests import Learning
from engine.descent import predicted

Point: TypeAlias = tuple[float, float]

WIDE, MARGIN = 860.0, 28.0
SQUARE = 420.0
LEFT, TOP = 66.0, 84.0
"""Where the unit square lies."""
RIGHT = 548.0
"""Where the right column begins."""
GRID = 61
"""How many points the decisions are asked at, along each side."""
ROW = 34.0
"""Height of a row of weights."""


def learning_size(learning: Learning) -> tuple[float, float]:
    """How wide and high the picture is, in pixels."""
    return WIDE, TOP + SQUARE + 62 + ROW * len(_rows(learning)) + 18


def draw_learning(canvas: Canvas, learning: Learning) -> None:
    """Draws it in the top left of a canvas.

    Raises:
        ValueError: the network has not two inputs and one output.
    """
    network = learning.network
    if (len(network.inputs), len(network.outputs)) != (2, 1):
        raise ValueError("only two inputs and one output can be drawn over a square")
    if learning.title:
        text, size = fitted(learning.title, WIDE - 2 * MARGIN - 280, 23, "bold")
        canvas.text(MARGIN, 36, text, size, face="bold", align="left")
    if learning.result:
        text, size = fitted(learning.result, 270, 18)
        canvas.text(WIDE - MARGIN, 36, text, size, align="right")
    _decisions(canvas, learning)
    _losses(canvas, learning)
    _points(canvas, learning)
    _marks(canvas, learning)
    _weights(canvas, learning)


def _decisions(canvas: Canvas, learning: Learning) -> None:
    """The square: where the network says 1, where 0, and the examples."""
    steps = [i / (GRID - 1) for i in range(GRID)]
    said = predicted(learning.network, [(x, y) for y in steps for x in steps])
    numbers = [output[0] for output in said]
    grid = [numbers[row : row + GRID] for row in range(0, len(numbers), GRID)]
    k, left, top = canvas.scale, *canvas.place(LEFT, TOP)
    xs = [left + at * SQUARE * k for at in steps]
    ys = [top + (1 - at) * SQUARE * k for at in steps]
    axes = canvas.axes()
    axes.contourf(xs, ys, grid, [-1e9, 0.5, 1e9], colors=[SAYS_0, SAYS_1], zorder=1)
    if min(numbers) < 0.5 < max(numbers):
        axes.contour(xs, ys, grid, [0.5], colors=[INK], linewidths=[1.8 * k * POINTS], zorder=2)
    outputs = predicted(learning.network, [example.inputs for example in learning.examples])
    ones, zeros, wrong = list[Point](), list[Point](), list[Point]()
    for example, output in zip(learning.examples, outputs, strict=True):
        place, wanted = _at(*example.inputs), example.target[0] > 0.5
        (ones if wanted else zeros).append(place)
        if wanted != (output[0] > 0.5):
            wrong.append(place)
    _one(canvas, ones)
    _zero(canvas, zeros)
    _wrong(canvas, wrong)
    for point in learning.points:
        _pin(canvas, *_at(*point.inputs), point.at)
    _frame(canvas, LEFT, TOP, SQUARE, SQUARE)
    for i in (0.0, 0.5, 1.0):
        canvas.text(_at(i, 0)[0], TOP + SQUARE + 16, f"{i:g}", 14, MUTED)
        canvas.text(LEFT - 10, _at(0, i)[1], f"{i:g}", 14, MUTED, align="right")
    across, up = learning.network.inputs
    canvas.text(LEFT + SQUARE * 0.75, TOP + SQUARE + 16, across, 15, INK, "bold")
    canvas.text(LEFT - 10, _at(0, 0.75)[1], *fitted(up, 50, 15, "bold"), INK, "bold", "right")


def _one(canvas: Canvas, points: list[Point]) -> None:
    canvas.marks(points, "o", 9.2, POSITIVE, CARD, 0.9)


def _zero(canvas: Canvas, points: list[Point]) -> None:
    canvas.marks(points, "s", 7.4, CARD, NEGATIVE, 1.6)


def _wrong(canvas: Canvas, points: list[Point]) -> None:
    canvas.marks(points, "x", 11, INK, INK, 1.8, 3.5)


def _at(x: float, y: float) -> tuple[float, float]:
    return LEFT + x * SQUARE, TOP + (1 - y) * SQUARE


def _pin(canvas: Canvas, x: float, y: float, text: str) -> None:
    """A traced point with its name."""
    wide = width(text, 15, "bold") + 14
    canvas.dot(x, y, 8, NUDGE, CARD, 2.5, 6)
    left = min(max(x - wide / 2, LEFT + 4), LEFT + SQUARE - wide - 4)
    top = y - 42 if y - 42 > TOP else y + 18
    canvas.box(left, top, wide, 26, CARD, NUDGE, 1.6, 6, 6)
    canvas.text(left + wide / 2, top + 13, text, 15, NUDGE, "bold").set_zorder(7)


def _frame(canvas: Canvas, left: float, top: float, wide: float, high: float) -> None:
    corners = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    canvas.line([*corners, corners[0]], INK, 1.4, z=4)


def _losses(canvas: Canvas, learning: Learning) -> None:
    """The loss curve, beside what always saying 0.5 would cost."""
    left, top, wide, high = RIGHT + 34, TOP + 26, WIDE - MARGIN - RIGHT - 34, 176.0
    labels, curve = learning.labels, learning.curve
    most = max([0.5, *(loss for _, loss in curve)])
    last = max([step for step, _ in curve], default=1)
    canvas.text(RIGHT, TOP + 4, labels.loss, 17, face="bold", align="left")

    def place(step: float, loss: float) -> tuple[float, float]:
        across = (step - 1) / (last - 1) if last > 1 else 0.5
        return left + wide * across, top + high * (1 - loss / most)

    canvas.box(left, top, wide, high, CARD, None, 0, 0, 1)
    for value in (0.0, 0.25, 0.5):
        y = place(1, value)[1]
        canvas.text(left - 8, y, f"{value:g}", 13, MUTED, align="right")
        if value:
            canvas.line([(left, y), (left + wide, y)], RULE, 1.2, (4, 4), z=2)
    if len(curve) > 1:
        canvas.line([place(*point) for point in curve], POSITIVE, 2.6, z=3)
    if curve:
        canvas.dot(*place(*curve[-1]), 4.5, POSITIVE, CARD, 1.2)
    _frame(canvas, left, top, wide, high)
    steps, y = f"{last:,} {labels.steps}", top + high + 16
    canvas.text(left + wide, y, steps, 13, MUTED, align="right")
    canvas.line([(left, y), (left + 22, y)], MUTED, 1.4, (4, 4))
    room = wide - 30 - width(steps, 13) - 10
    canvas.text(left + 28, y, *fitted(labels.half, room, 13), MUTED, align="left")


def _points(canvas: Canvas, learning: Learning) -> None:
    """What the network says at each traced point, on a scale from 0 to 1."""
    y = TOP + 256
    left, wide = RIGHT, WIDE - MARGIN - RIGHT
    canvas.text(left, y, learning.labels.prediction, 17, face="bold", align="left")
    for point in learning.points[:2]:
        y += 30
        canvas.text(left, y, point.at, 16, NUDGE, "bold", "left")
        canvas.text(left + wide, y, point.text, 20, face="bold", align="right")
        wanted = f"{learning.labels.target} {point.target:g}"
        room = wide - width(point.at, 16, "bold") - width(point.text, 20, "bold") - 30
        canvas.text(
            left + wide - width(point.text, 20, "bold") - 14, y,
            *fitted(wanted, room, 14), MUTED, align="right",
        )  # fmt: skip
        y += 24
        canvas.box(left, y - 6, wide / 2, 12, SAYS_0, None, 0, 2)
        canvas.box(left + wide / 2, y - 6, wide / 2, 12, SAYS_1, None, 0, 2)
        x = left + wide * min(1.0, max(0.0, point.prediction))
        goal = left + wide * min(1.0, max(0.0, point.target))
        inward = 5 if point.target < 0.5 else -5
        canvas.line(
            [(goal + inward, y - 6), (goal, y - 6), (goal, y + 6), (goal + inward, y + 6)],
            INK,
            2.2,
            z=4,
        )
        canvas.dot(x, y, 8, NUDGE, CARD, 2)


def _marks(canvas: Canvas, learning: Learning) -> None:
    """What the marks in the square mean."""
    labels, y = learning.labels, TOP + 398
    x, room = RIGHT + 7, (WIDE - MARGIN - RIGHT) / 3 - 22
    for mark, word in ((_one, labels.one), (_zero, labels.zero), (_wrong, labels.wrong)):
        mark(canvas, [(x, y)])
        canvas.text(x + 13, y, *fitted(word, room, 13.5), MUTED, align="left")
        x += room + 22


def _rows(learning: Learning) -> list[list[tuple[str, str, float]]]:
    """The weights in rows, each with its name, number and width; three rows at most."""
    rows: list[list[tuple[str, str, float]]] = [[]]
    used = 0.0
    for name, text in learning.weights:
        wide = width(name, 14) + 7 + width(text, 15, "bold") + 18
        if used + wide > WIDE - 2 * MARGIN and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append((name, text, wide))
        used += wide + 8
    if len(rows) > 3:
        rows = [*rows[:2], [*rows[2][:-1], ("…", "", 36.0)]]
    return rows


def _weights(canvas: Canvas, learning: Learning) -> None:
    y = TOP + SQUARE + 62
    for row in _rows(learning):
        x = MARGIN
        for name, text, wide in row:
            minus = text.startswith(("−", "-"))
            colour = NEGATIVE if minus else POSITIVE
            canvas.box(x, y - 13, wide, 26, CARD, colour if text else RULE, 1.2, 3 if minus else 8)
            canvas.text(x + 9, y, name, 14, MUTED, align="left")
            canvas.text(x + wide - 9, y, text, 15, colour, "bold", "right")
            x += wide + 8
        y += ROW
