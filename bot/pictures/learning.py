"""What a network has learnt so far: its decisions over the unit square, its losses, its weights.

Marks differ in shape, not in hue alone: filled dots are examples that should give 1, open squares
those that should give 0, and a cross lies over each that comes out wrong.
"""

from __future__ import annotations

from itertools import pairwise

from bot.pictures.palette import CARD, INK, MUTED, NEGATIVE, NUDGE, POSITIVE, SAYS_0, SAYS_1
from bot.pictures.requests import Learning
from bot.pictures.scene import NUMBER, SMALL, WIDE, Point, Scene, Side
from bot.pictures.scripts import about
from engine.descent import predicted

SQUARE, LEFT, TOP = 184.0, 24.0, 46.0
"""The unit square: its side, and where it lies."""
COLUMN = 220.0
"""Where the column beside it begins."""
CURVE = 80.0
"""How high the loss curve is."""
GRID = 31
"""How many points the decisions are asked at, along each side."""
ROWS = 3
"""Rows of weights at most."""


def draw_learning(learning: Learning) -> Scene:
    """The picture as a scene.

    Raises:
        ValueError: the network has not two inputs and one output.
    """
    network = learning.network
    if (len(network.inputs), len(network.outputs)) != (2, 1):
        raise ValueError("only two inputs and one output can be drawn over a square")
    scene = Scene(learning.labels.language)
    _decisions(scene, learning)
    _examples(scene, learning)
    _losses(scene, learning)
    _points(scene, learning)
    _weights(scene, learning)
    head = Scene(learning.labels.language)
    lower = head.heading(7, learning.title, NUMBER)
    lower += head.heading(26 + lower, learning.result, SMALL, bold=False)
    scene.lowered(lower)
    scene.items = head.items + scene.items
    return scene


def _at(x: float, y: float) -> Point:
    return LEFT + x * SQUARE, TOP + (1 - y) * SQUARE


def _decisions(scene: Scene, learning: Learning) -> None:
    """Where the network says 1, where 0, and the line between."""
    steps = [i / (GRID - 1) for i in range(GRID)]
    numbers = [
        p[0] - 0.5 for p in predicted(learning.network, [(x, y) for y in steps for x in steps])
    ]
    scene.box(LEFT, TOP, SQUARE, SQUARE, SAYS_0, None, radius=0)
    fills, border = _region([numbers[row : row + GRID] for row in range(0, len(numbers), GRID)])
    if fills:
        scene.paths(fills, SAYS_1, 0.5, fill=SAYS_1)
    if border:
        scene.paths(border, INK, 1.8)
    scene.box(LEFT, TOP, SQUARE, SQUARE, None, INK, 1.2, 0)
    across, up = learning.network.inputs
    for i in (0.0, 1.0):
        scene.text(_at(i, 0)[0], TOP + SQUARE + 11, f"{i:g}", SMALL, MUTED)
        scene.text(LEFT - 6, _at(0, i)[1] + (6 if i else -6), f"{i:g}", SMALL, MUTED, at="right")
    scene.text(_at(0.5, 0)[0], TOP + SQUARE + 11, across, SMALL, bold=True, most=SQUARE - 30)
    scene.text(LEFT - 4, _at(0, 0.5)[1], up, SMALL, bold=True, at="right", most=LEFT - 4)


def _region(values: list[list[float]]) -> tuple[list[list[Point]], list[list[Point]]]:
    """Polygons over the parts of the unit square with values above 0, and the lines around them.

    Each cell of the grid gives the part of it that is above 0; whole cells of a row join.
    """
    side, fills, border = len(values) - 1, list[list[Point]](), list[list[Point]]()
    for row in range(side):
        began = None
        for column in range(side + 1):
            corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
            above = [column < side and values[y][x] > 0 for x, y in corners]
            if all(above):
                began = column if began is None else began
                continue
            if began is not None:
                fills.append([(began, row), (column, row), (column, row + 1), (began, row + 1)])
                began = None
            if any(above):
                part, cuts = list[Point](), list[Point]()
                for one, other in pairwise([*corners, corners[0]]):
                    a, b = values[one[1]][one[0]], values[other[1]][other[0]]
                    if a > 0:
                        part.append(one)
                    if (a > 0) != (b > 0):
                        share = a / (a - b)
                        cut = (
                            one[0] + share * (other[0] - one[0]),
                            one[1] + share * (other[1] - one[1]),
                        )
                        part.append(cut)
                        cuts.append(cut)
                fills.append(part)
                border += [cuts[i : i + 2] for i in range(0, len(cuts), 2)]
    return _placed(fills, side), _placed(border, side)


def _placed(paths: list[list[Point]], side: int) -> list[list[Point]]:
    return [[_at(x / side, y / side) for x, y in path] for path in paths]


def _examples(scene: Scene, learning: Learning) -> None:
    outputs = predicted(learning.network, [example.inputs for example in learning.examples])
    ones, zeros, wrong = list[Point](), list[Point](), list[Point]()
    for example, output in zip(learning.examples, outputs, strict=True):
        place, wanted = _at(*example.inputs), example.target[0] > 0.5
        (ones if wanted else zeros).append(place)
        if wanted != (output[0] > 0.5):
            wrong.append(place)
    _marks(scene, ones, zeros, wrong)
    for point in learning.points:
        (x, y), wide = _at(*point.inputs), about(point.at, SMALL, bold=True) + 8
        scene.point(x, y)
        left = min(max(x - wide / 2, LEFT + 3), LEFT + SQUARE - wide - 3)
        top = y - 26 if y - 26 > TOP else y + 9
        scene.box(left, top, wide, 17, CARD, NUDGE, 1.2, 4)
        scene.text(left + wide / 2, top + 8.5, point.at, SMALL, NUDGE, bold=True)
    words, y, mirrored = learning.labels, TOP + CURVE + 52, scene.numbers.right_to_left
    for word, places in ((words.one, (0,)), (words.zero, (1,)), (words.wrong, (2,))):
        at = WIDE - 6 if mirrored else COLUMN + 6
        mark = [[(at, y)] if i in places else [] for i in range(3)]
        _marks(scene, *mark)
        side: Side = "right" if mirrored else "left"
        x = WIDE - 17 if mirrored else COLUMN + 17
        scene.text(x, y, word, SMALL, MUTED, at=side, most=WIDE - COLUMN - 17)
        y += 18


def _marks(scene: Scene, ones: list[Point], zeros: list[Point], wrong: list[Point]) -> None:
    scene.dots(ones, 5.6, CARD)
    scene.dots(ones, 4.6, POSITIVE)
    scene.dots(zeros, 5.2, NEGATIVE, square=True)
    scene.dots(zeros, 2.8, CARD, square=True)
    if wrong:
        ends = [((x - 3, y - 3 * way), (x + 3, y + 3 * way)) for x, y in wrong for way in (1, -1)]
        scene.paths(ends, INK, 1.3)


def _losses(scene: Scene, learning: Learning) -> None:
    """The loss curve, beside what always saying 0.5 would cost."""
    labels, curve, wide, top = learning.labels, learning.curve, WIDE - COLUMN, TOP + 16
    last = max([step for step, _ in curve], default=0)
    most = max([0.5, *(loss for _, loss in curve)])

    def place(step: float, loss: float) -> Point:
        share = (step - 1) / (last - 1) if last > 1 else 0.5
        return COLUMN + wide * share, top + CURVE * (1 - loss / most)

    scene.text(COLUMN, TOP + 6, labels.loss, SMALL, bold=True, at="left", most=wide / 2)
    steps = learning.trained or f"{labels.steps} {last:,}"
    scene.box(COLUMN, top, wide, CURVE, CARD, None, radius=0)
    half = place(1, 0.25)[1]
    scene.line((COLUMN, half), (COLUMN + wide, half), stroke=MUTED, dashes=(3, 3))
    if len(curve) > 1:
        scene.line(*(place(*point) for point in curve), stroke=POSITIVE, thick=2)
    if curve:
        scene.dots([place(*curve[-1])], 7, POSITIVE)
    scene.box(COLUMN, top, wide, CURVE, None, INK, 1.2, 0)
    scene.text(WIDE, top + CURVE + 11, steps, SMALL, MUTED, at="right", most=wide)
    scene.text(WIDE, TOP + 6, "0.25", SMALL, MUTED, at="right")
    scene.line((WIDE - 46, TOP + 6), (WIDE - 29, TOP + 6), stroke=MUTED, dashes=(3, 3))


def _points(scene: Scene, learning: Learning) -> None:
    """What the network says at each traced point, on a scale from 0 to 1."""
    words, points = learning.labels, learning.points[:2]
    targets = [words.said("valued", word=words.target, text=f"{p.target:g}") for p in points]
    said = [scene.numbers.turned(point.text) for point in points]
    needs = [about(one, SMALL) for one in targets], [about(one, NUMBER, bold=True) for one in said]
    room = max(needs[0], default=0.0) + max(needs[1], default=0.0)
    y, left = TOP + SQUARE + 38, 66.0
    wide = max(70.0, min(140.0, WIDE - left - 26 - room))
    for point, target in zip(points, targets, strict=True):
        scene.text(0, y, point.at, SMALL, NUDGE, bold=True, at="left", most=left - 6)
        scene.scale(left, y, wide, point.target)
        scene.point(left + wide * min(1.0, max(0.0, point.prediction)), y)
        room = WIDE - left - wide - 12 - about(point.text, NUMBER, bold=True) - 8
        scene.text(left + wide + 12, y, target, SMALL, MUTED, at="left", most=room)
        scene.text(WIDE, y, point.text, NUMBER, bold=True, at="right")
        y += 24
    scene.high = y


def _weights(scene: Scene, learning: Learning) -> None:
    """The weights in rows; of more than there is room for the rest is left out."""
    wides = [about(n, SMALL) + 5 + about(t, NUMBER, bold=True) for n, t in learning.weights]
    columns = max(1, int((WIDE + 12) / (max(wides, default=WIDE) + 12)))
    aligned = len(wides) <= ROWS * columns
    x = y = 0.0
    for number, ((name, text), wide) in enumerate(zip(learning.weights, wides, strict=True)):
        if aligned:
            x, y = WIDE / columns * (number % columns), 20.0 * (number // columns)
        elif x and x + wide > WIDE:
            x, y = 0.0, y + 20
        last = number == len(wides) - 1
        if y == 20 * ROWS or (y == 20 * (ROWS - 1) and x + wide > WIDE - 20 and not last):
            scene.text(
                WIDE, scene.high + 20 * (ROWS - 1), "…", NUMBER, MUTED, bold=True, at="right"
            )
            break
        colour = NEGATIVE if text.startswith(("−", "-")) else POSITIVE
        runs = [(name, SMALL, MUTED, False), (text, NUMBER, colour, True)]
        scene.row(x, scene.high + y, runs, at="left")
        x += wide + 14
    scene.high += min(y, 20.0 * (ROWS - 1)) + 8
