"""The network's diagram, from above to below: what is known in its place, what is asked marked.

A neuron is a box with its sum and its activation, as the lesson computes them. Its weights stand
over it, where the lines from the row before end. Negative weights are dashed, their labels square
and signed, besides having another colour.
"""

from __future__ import annotations

from bot.pictures.bars import draw_bars
from bot.pictures.known import Entry, Known, fits
from bot.pictures.palette import ASKED, CARD, INK, MUTED, NUDGE, RULE
from bot.pictures.requests import BarGroup, Bars, Diagram
from bot.pictures.scene import (
    NUMBER,
    SMALL,
    WIDE,
    Point,
    Scene,
    dashes,
    signed,
)
from bot.pictures.scripts import about
from bot.pictures.weights import ROW, Tray
from content.numbers import Numbers
from engine.functions import ACTIVATIONS
from engine.network import Neuron

BETWEEN = 40.0
"""The room for the lines from one row to the next."""
HALF = 40.0
"""How high a sum or an activation is with its word."""
MOST = 9
"""Layers shown of a network that is summed up."""
NARROWEST = 140.0
"""A neuron with less room has its sum and its activation one over the other."""


def draw_diagram(diagram: Diagram) -> Scene:
    """A diagram as a scene; a network too large to draw is summed up, layer by layer."""
    if not fits(diagram.network):
        return draw_bars(_summary(diagram))
    drawing = _Drawing(diagram)
    drawing.draw()
    return drawing.scene


def _summary(diagram: Diagram) -> Bars:
    """The layers of a large network as bars; of many, those in the middle are left out."""
    network, labels = diagram.network, diagram.labels
    numbers, inputs = Numbers.of(labels.language), len(network.inputs)
    bars = [(labels.said("inputs", count=str(inputs)), inputs)]
    for layer in network.layers:
        kinds = numbers.listed(dict.fromkeys(labels.activation(one.activation) for one in layer))
        neurons = labels.said("neurons", count=str(len(layer)))
        bars.append((labels.said("layer", neurons=neurons, list=kinds), len(layer)))
    if len(bars) > MOST:
        bars = [*bars[: MOST // 2], ("…", 0), *bars[-(MOST // 2) :]]
    weights = sum(len(neuron.weights) for neuron in network.neurons())
    heading = labels.said("weights", count=f"{weights:,}")
    return Bars((BarGroup(heading, tuple(bars)),), diagram.title, labels.language)


class _Drawing:
    """One diagram, on its way to its scene."""

    def __init__(self, diagram: Diagram) -> None:
        self.scene, self._known = Scene(diagram.labels.language, diagram.title), Known(diagram)

    def draw(self) -> None:
        """All of it."""
        known, scene, top = self._known, self.scene, self.scene.high
        pitch = WIDE / len(known.network.inputs)
        sources = [(pitch * (i + 0.5), top + HALF) for i in range(len(known.network.inputs))]
        nodes = Scene(known.labels.language)  # what stands over the lines
        for name, (x, _) in zip(known.network.inputs, sources, strict=True):
            self._input(nodes, (x, top), pitch - 5, name)
        for layer in known.network.layers:
            sources = self._layer(nodes, layer, sources)
        scene.items += nodes.items
        scene.high = max(y for _, y in sources)
        if loss := known.text("loss"):
            entry = known.entry("loss", known.labels.loss, loss)
            wide, y = entry.wide + 24, scene.high + 8
            left = (WIDE - wide) / 2
            scene.box(left, y, wide, 24, ASKED if entry.asked else CARD, radius=12)
            scene.row(WIDE / 2, y + 12, entry.runs)
            scene.high = y + 24
        self._legend()

    def _input(self, scene: Scene, place: Point, across: float, name: str) -> None:
        """An input: its name over its value, or its name alone."""
        (x, top), text = place, self._known.text(name)
        wide = min(across, 90.0)
        scene.box(x - wide / 2, top, wide, HALF, radius=14)
        if text:
            scene.text(x, top + 12, name, SMALL, MUTED, bold=True, most=wide - 10)
            scene.number(x, top + 28, text, wide - 8, 15)
        else:
            scene.text(x, top + HALF / 2, name, 14, bold=True, most=wide - 10)

    def _layer(self, nodes: Scene, layer: tuple[Neuron, ...], sources: list[Point]) -> list[Point]:
        """One row of neurons with the weights into them; gives where their lines begin."""
        pitch = WIDE / len(layer)
        tray = Tray(self._known, layer, pitch - 6)
        above = max(y for _, y in sources) + BETWEEN
        top, wide = above + tray.high + tray.stub, min(pitch - 7, 200)
        known = self._known
        lines = [_in_rows(known.bias(one) + known.goal(one), wide - 6) for one in layer]
        head = HALF if wide >= NARROWEST else 20 + 2 * HALF
        bottom = top + head + max(sum(high for _, high in one) for one in lines)
        found = [(pitch * (number + 0.5), bottom) for number in range(len(layer))]
        for neuron, (x, _), rows in zip(layer, found, lines, strict=True):
            nodes.box(x - wide / 2, top, wide, bottom - top, radius=8)
            self._neuron(nodes, neuron, (x, top), wide, 0 if rows else 8)
            y = top + head
            for row, high in rows:
                nodes.line((x - wide / 2 + 1, y), (x + wide / 2 - 1, y), stroke=RULE, thick=0.8)
                if high == HALF:
                    _half(nodes, (x, y), wide, row[0])
                else:
                    _pairs(nodes, x, y + 11, row)
                y += high
            tray.draw((self.scene, nodes), neuron, sources, (x, above, wide))
        return found

    def _neuron(
        self, scene: Scene, neuron: Neuron, place: Point, wide: float, corner: float
    ) -> None:
        """A neuron's name, sum and activation, in the upper part of its box or all of it.

        Args:
            scene: what it stands on.
            neuron: the neuron.
            place: the middle of the box's upper edge.
            wide: the box.
            corner: the radius of the lower left one.
        """
        (x, top), left = place, place[0] - wide / 2
        if wide >= NARROWEST:
            tab = min(about(neuron.name, 14, bold=True) + 14, 60.0)
            scene.box(left, top, tab, HALF, INK, radius=(8, 0, 0, corner))
            scene.text(left + tab / 2, top + 20, neuron.name, 14, CARD, bold=True, most=tab - 8)
            each, first = (wide - tab) / 2, left + tab
            scene.line((first + each, top + 1), (first + each, top + 39), stroke=RULE, thick=0.8)
            places = [(first + each * (i + 0.5), top) for i in range(2)]
        else:
            scene.box(left, top, wide, 20, INK, radius=(8, 8, 0, 0))
            scene.text(x, top + 10, neuron.name, NUMBER, CARD, bold=True, most=wide - 6)
            scene.line((left, top + 60), (left + wide, top + 60), stroke=RULE, thick=0.8)
            each, places = wide, [(x, top + 20), (x, top + 60)]
        halves, shapes = self._known.halves(neuron), ("", neuron.activation)
        for entry, at, shape in zip(halves, places, shapes, strict=True):
            _half(scene, at, each, entry, shape)

    def _legend(self) -> None:
        """What the lines and the arrows mean, in as many rows as it takes."""
        known, scene, labels = self._known, Scene(self._known.labels.language), self._known.labels
        entries = [(labels.positive, "line", 1, 30), (labels.negative, "line", -1, 30)]
        if known.nudges:
            entries += [(labels.increase, "arrow", 1, 16), (labels.decrease, "arrow", -1, 16)]
        if any(known.detail(n)[1] for neuron in known.network.neurons() for n, _ in neuron.weights):
            entries.append((labels.gradient, "number", 1, 30))
        x, y = 0.0, self.scene.high + 18
        for word, mark, sign, wide in entries:
            need = wide + about(word, SMALL) + 12
            if x and x + need > WIDE:
                x, y = 0.0, y + ROW
            if mark == "line":
                scene.line((x, y), (x + 24, y), stroke=signed(sign), thick=2, dashes=dashes(sign))
            elif mark == "arrow":
                scene.arrow(x + 6, y, sign, 0.4)
            else:
                scene.text(x, y, "0.0", NUMBER, NUDGE, bold=True, at="left")
            scene.text(x + wide, y, word, SMALL, MUTED, at="left", most=WIDE - x - wide)
            x += need
        scene.mirrored()
        self.scene.items += scene.items
        self.scene.high = y + 6


def _half(scene: Scene, place: Point, across: float, entry: Entry, shape: str = "") -> None:
    """A word over its number, or over the shape of an activation that is not known yet."""
    x, y = place
    if entry.asked:
        scene.box(x - across / 2 + 3, y + 3, across - 6, HALF - 6, ASKED)
    scene.text(x, y + 12, entry.word, SMALL, entry.colour, most=across - 8)
    if entry.text:
        scene.number(x, y + 28, entry.text, across - 6, 15)
    elif points := _shape(shape):
        scene.line(*((x + 30 * u, y + 34 - 13 * v) for u, v in points), stroke=RULE, thick=1.8)


def _shape(activation: str) -> list[Point]:
    """The curve of an activation, 1 wide around 0 and 1 high; none where it has none of its own."""
    function = ACTIVATIONS[activation].value if activation else lambda _: 0.0
    points = [(n / 20, function(n * 0.3)) for n in range(-10, 11)]
    low, high = min(v for _, v in points), max(v for _, v in points)
    return [(x, (v - low) / (high - low)) for x, v in points] if high > low else []


def _in_rows(lines: list[Entry], across: float) -> list[tuple[list[Entry], float]]:
    """Entries in rows, side by side where there is room, each row with its height.

    One that is too wide for a row has its word over its number, and is `HALF` high.
    """
    rows, used = list[list[Entry]](), across
    for one in lines:
        if used + one.wide + 14 > across:
            rows.append([])
            used = 0.0
        rows[-1].append(one)
        used += one.wide + 14
    return [(row, 22.0 if row[0].wide <= across - 10 else HALF) for row in rows]


def _pairs(scene: Scene, x: float, y: float, row: list[Entry]) -> None:
    """A row of entries around its middle."""
    at = x - sum(entry.wide + 14 for entry in row) / 2
    for entry in row:
        middle = at + (entry.wide + 14) / 2
        if entry.asked:
            scene.box(middle - entry.wide / 2 - 6, y - 9.5, entry.wide + 12, 19, ASKED)
        scene.row(middle, y, entry.runs)
        at += entry.wide + 14
