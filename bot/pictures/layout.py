"""Where everything on a network's diagram goes: nodes in columns, and a label on every edge.

A label lies on the straight line between its two nodes where all of them find room. Elsewhere the
labels stand in a column before the neuron they lead into, so none can overlap; edges bend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from bot.pictures.canvas import width
from bot.pictures.layout_rules import weight_text
from bot.pictures.requests import Diagram
from engine.network import Network, Neuron

WIDE, HIGH, MARGIN = 860.0, 460.0, 24.0


@dataclass(frozen=True, slots=True)
class Style:
    """The sizes of one density of drawing, in pixels."""

    value: float
    caption: float
    name: float
    label: float
    input_wide: float
    wide: float
    high: float
    under: float
    """Height of a line under a neuron."""
    run: float
    """How much of a gap is left to the lines, at least."""
    names: bool
    """Whether edges carry the names of their weights."""


ROOMY = Style(21, 14, 20, 17, 100, 164, 66, 22, 68, names=True)
DENSE = Style(16, 12, 15, 14.5, 84, 138, 54, 18, 100, names=False)


@dataclass(frozen=True, slots=True)
class Node:
    """An input or a neuron: a box, by its middle."""

    name: str
    x: float
    y: float
    wide: float
    high: float
    neuron: Neuron | None = None

    @property
    def left(self) -> float:
        """Its left side."""
        return self.x - self.wide / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.wide / 2

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.y - self.high / 2

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.high / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight's line and its label, by the label's middle."""

    weight: str
    value: float
    source: Node
    target: Node
    x: float
    y: float
    wide: float
    high: float
    detail: str
    """A second line of the label, or nothing."""
    bent: bool
    """Whether the line bends at its label."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole diagram, placed."""

    wide: float
    high: float
    top: float
    """Where the drawing begins, under the title."""
    style: Style
    columns: tuple[tuple[Node, ...], ...]
    edges: tuple[Edge, ...]


Details: TypeAlias = Callable[[str], str]
"""What stands under a weight's number, or nothing."""


def placed(diagram: Diagram, details: Details, under: Callable[[Neuron], int]) -> Layout:
    """Where everything goes.

    Args:
        diagram: what is drawn; its network `fits`.
        details: what stands under a weight's number.
        under: how many lines stand under a neuron.
    """
    network = diagram.network
    counts = [len(network.inputs), *(len(layer) for layer in network.layers)]
    roomy = len(counts) <= 3 and max(counts) <= 3 and max(a * b for a, b in pairwise(counts)) <= 6
    style = ROOMY if roomy else DENSE
    names = [name for neuron in network.neurons() for name, _ in neuron.weights]
    if roomy and max(width(name, style.label) for name in names) > 60:
        style = DENSE
    nudged = 26.0 if diagram.nudges else 0.0
    sizes = [_label_size(layer, style, nudged, details) for layer in network.layers]

    gaps = [wide + style.run + 30 for wide, _ in sizes]
    boxes = style.input_wide + style.wide * len(network.layers)
    wide = max(WIDE, 2 * MARGIN + boxes + sum(gaps))
    spare = (wide - 2 * MARGIN - boxes - sum(gaps)) / len(gaps)

    top = 64.0 if diagram.title else MARGIN
    high = max(
        HIGH - 104,
        *(_column_high(layer, style, under) for layer in network.layers),
        len(network.inputs) * (style.high + 30),
        *(
            len(layer) * (before * (size + 5) + 12)
            for layer, before, (_, size) in zip(network.layers, counts, sizes, strict=False)
        ),
    )
    columns = _columns(network, style, [gap + spare for gap in gaps], top, high)
    edges: list[Edge] = []
    for (before, layer), size in zip(pairwise(columns), sizes, strict=True):
        straight = _edges(before, layer, size, details, straight=True)
        if _collide(straight):
            straight = _edges(before, layer, size, details, straight=False)
        edges += straight
    return Layout(wide, top + high + 40, top, style, columns, tuple(edges))


def _column_high(layer: tuple[Neuron, ...], style: Style, under: Callable[[Neuron], int]) -> float:
    beside = max(style.name + 14, max(map(under, layer)) * style.under)
    return len(layer) * (style.high + 2 * beside + 10)


def _label_size(
    layer: tuple[Neuron, ...], style: Style, nudged: float, details: Details
) -> tuple[float, float]:
    """The size of the labels into one layer."""
    texts, second = [], 0.0
    for neuron in layer:
        for name, value in neuron.weights:
            text = f"{name}  {weight_text(value)}" if style.names else weight_text(value)
            texts.append(width(text, style.label, "bold"))
            if more := details(name):
                texts.append(width(more, style.label * 0.82))
                second = style.label * 0.82 + 5
    return max(texts) + 18 + nudged, style.label + 10 + second


def _columns(
    network: Network, style: Style, gaps: list[float], top: float, high: float
) -> tuple[tuple[Node, ...], ...]:
    left, found = MARGIN, []
    count = len(network.inputs)
    found.append(
        tuple(
            Node(name, left + style.input_wide / 2, top + high * (i + 0.5) / count,
                 style.input_wide, style.high * 0.8)
            for i, name in enumerate(network.inputs)
        )
    )  # fmt: skip
    left += style.input_wide
    for layer, gap in zip(network.layers, gaps, strict=True):
        left += gap
        count = len(layer)
        found.append(
            tuple(
                Node(neuron.name, left + style.wide / 2, top + high * (i + 0.5) / count,
                     style.wide, style.high, neuron)
                for i, neuron in enumerate(layer)
            )
        )  # fmt: skip
        left += style.wide
    return tuple(found)


def _edges(
    before: tuple[Node, ...],
    layer: tuple[Node, ...],
    size: tuple[float, float],
    details: Details,
    *,
    straight: bool,
) -> list[Edge]:
    wide, high = size
    apart = min((b.y - a.y for a, b in pairwise(layer)), default=2 * before[-1].y - before[0].y)
    pitch = max(high + 5, min((apart - 12) / len(before), high + 26))
    # Here the labels of all the edges between two even columns lie equally far apart.
    along = len(before) / (len(before) + 1) if len(layer) > 1 else 0.58
    found = []
    for node in layer:
        assert node.neuron is not None
        for i, ((name, value), source) in enumerate(zip(node.neuron.weights, before, strict=True)):
            if straight:
                x = source.right + (node.left - source.right) * along
                y = source.y + (node.y - source.y) * along
            else:
                x = node.left - 26 - wide / 2
                y = node.y + (i - (len(before) - 1) / 2) * pitch
            found.append(
                Edge(name, value, source, node, x, y, wide, high, details(name), not straight)
            )
    return found


def _collide(edges: list[Edge]) -> bool:
    """Whether a label touches another, or another's line, or its neuron."""
    for edge in edges:
        if edge.x + edge.wide / 2 + 14 > edge.target.left:
            return True
        for other in edges:
            if edge is other:
                continue
            if abs(edge.y - other.y) < edge.high + 8:
                return True
            rise = (other.target.y - other.source.y) / (other.target.left - other.source.right)
            for side in (-0.5, 0.0, 0.5):
                x = edge.x + side * (edge.wide + 8)
                y = other.source.y + rise * (x - other.source.right)
                if abs(y - edge.y) < edge.high / 2 + 4:
                    return True
    return False
