"""The network's diagram, neuron by neuron: what is known in its place, what is asked marked.

A neuron is a box of two halves, its sum and its activation, as the lesson computes them. Negative
weights are dashed, their labels square and signed, besides having another colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures.canvas import Canvas, Face, fitted, width
from bot.pictures.layout import MARGIN, Edge, Layout, Node, placed
from bot.pictures.layout_rules import fits, weight_text
from bot.pictures.palette import (
    ASKED,
    CARD,
    INK,
    MUTED,
    NEGATIVE,
    NUDGE,
    POSITIVE,
    RULE,
)
from bot.pictures.requests import Diagram
from bot.pictures.summary import summary, summary_size
from content.picture_words import Labels
from engine.functions import ACTIVATIONS
from engine.network import Neuron

DASHES = (9.0, 6.0)


def diagram_size(diagram: Diagram) -> tuple[float, float]:
    """How wide and high a diagram is, in pixels."""
    if not fits(diagram.network):
        return summary_size(diagram)
    layout = _Drawing(diagram).layout
    return layout.wide, layout.high


def draw_diagram(canvas: Canvas, diagram: Diagram) -> None:
    """Draws a diagram in the top left of a canvas; large networks as a summary."""
    if fits(diagram.network):
        _Drawing(diagram).draw(canvas)
    else:
        summary(canvas, diagram)


class _Drawing:
    """One diagram, on its way to a canvas."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._labels: Labels = diagram.labels
        self._found = dict(diagram.found)
        self._nudges = {nudge.weight: nudge for nudge in diagram.nudges}
        self._asked = diagram.asked.removeprefix("next.")
        self._network = diagram.network
        self.layout: Layout = placed(diagram, self._detail, lambda neuron: len(self._under(neuron)))

    def draw(self, canvas: Canvas) -> None:
        """Draws it all."""
        layout = self.layout
        if self._diagram.title:
            text, size = fitted(self._diagram.title, layout.wide - 2 * MARGIN, 23, "bold")
            canvas.text(MARGIN, 36, text, size, face="bold", align="left")
        for edge in layout.edges:
            self._line(canvas, edge)
        for edge in layout.edges:
            self._label(canvas, edge)
        for column in layout.columns:
            for node in column:
                if node.neuron is None:
                    self._input(canvas, node)
                else:
                    self._neuron(canvas, node, node.neuron)
        self._legend(canvas)

    def _text(self, name: str) -> str:
        """What is known of a quantity; a question mark where it is asked."""
        if name == self._asked:
            return "?"
        return self._found.get(f"next.{name}") or self._found.get(name, "")

    def _detail(self, weight: str) -> str:
        """What is asked about a weight, or the last thing known."""
        patterns = {
            "updated": "→ {}",
            "gradient": f"{self._labels.gradient} {{}}",
            "product": "= {}",
        }
        owner, _, kind = self._asked.rpartition(".")
        if owner == weight:
            return patterns.get(kind, "{}").format("?")
        for kind, pattern in patterns.items():
            if text := self._text(f"{weight}.{kind}"):
                return pattern.format(text)
        return ""

    def _under(self, neuron: Neuron) -> list[tuple[str, str, str]]:
        """The lines under a neuron: id, word, text."""
        lines = []
        if (
            neuron.bias
            or self._network.train_biases
            or self._asked.startswith(f"{neuron.name}.bias")
        ):
            text = weight_text(neuron.bias)
            if self._asked.startswith(f"{neuron.name}.bias"):
                text = f"{text}  {self._detail(f'{neuron.name}.bias')}"
            elif new := self._text(f"{neuron.name}.bias.updated"):
                text = f"{text} → {new}"
            lines.append((f"{neuron.name}.bias", self._labels.bias, text))
        if text := self._text(f"{neuron.name}.delta"):
            lines.append((f"{neuron.name}.delta", self._labels.blame, text))
        outputs = [output.name for output in self._network.outputs]
        if neuron.name in outputs:
            target = "target" if len(outputs) == 1 else f"target.{neuron.name}"
            if text := self._text(target):
                lines.append((target, self._labels.target, text))
            if neuron.name == outputs[-1] and (text := self._text("loss")):
                lines.append(("loss", self._labels.loss, text))
        return lines

    def _focused(self, edge: Edge) -> bool:
        """Whether an edge belongs to what is asked, or nothing in particular is."""
        owner = self._asked.split(".")[0]
        if not owner or owner == "loss":
            return True
        if self._asked.endswith(".delta") and edge.target.neuron not in self._network.outputs:
            return edge.source.name == owner
        return owner in (edge.target.name, edge.weight)

    def _line(self, canvas: Canvas, edge: Edge) -> None:
        colour = POSITIVE if edge.value > 0 else NEGATIVE if edge.value < 0 else MUTED
        thick = 1.6 + 2.2 * min(1.0, abs(edge.value))
        points = [(edge.source.right, edge.source.y), (edge.target.left, edge.target.y)]
        if edge.bent:
            half = edge.wide / 2
            points[1:1] = [(edge.x - half, edge.y), (edge.x + half, edge.y)]
        canvas.line(
            points,
            colour,
            thick if edge.value else 1.2,
            dashes=() if edge.value > 0 else DASHES if edge.value < 0 else (2.0, 5.0),
            alpha=0.9 if self._focused(edge) else 0.35,
        )

    def _label(self, canvas: Canvas, edge: Edge) -> None:
        style = self.layout.style
        asked = self._asked.rpartition(".")[0] == edge.weight
        colour = POSITIVE if edge.value > 0 else NEGATIVE if edge.value < 0 else MUTED
        left = edge.x - edge.wide / 2
        canvas.box(
            left,
            edge.y - edge.high / 2,
            edge.wide,
            edge.high,
            ASKED if asked else CARD,
            INK if asked else colour,
            2.4 if asked else 1.3,
            radius=3 if edge.value < 0 else edge.high * 0.3,
        )
        nudge = self._nudges.get(edge.weight)
        middle = edge.x - (13 if nudge else 0)
        number = weight_text(edge.value)
        small = style.label * 0.82
        y = edge.y - (small + 3) / 2 if edge.detail else edge.y
        parts: list[tuple[str, str, Face]] = [(number, INK if asked else colour, "bold")]
        if style.names:
            parts.insert(0, (edge.weight, INK if asked else MUTED, "plain"))
        _row(canvas, middle, y, parts, style.label)
        if edge.detail:
            canvas.text(middle, edge.y + (style.label + 3) / 2, edge.detail, small, INK)
        if nudge:
            _arrow(canvas, left + edge.wide - 16, edge.y, nudge.direction, nudge.share)

    def _input(self, canvas: Canvas, node: Node) -> None:
        style, text = self.layout.style, self._text(node.name)
        canvas.box(node.left, node.top, node.wide, node.high, CARD, INK, 1.6, node.high / 2)
        room = node.wide - 20
        name, size = fitted(node.name, room * (0.45 if text else 1), style.name, "bold")
        if not text:
            canvas.text(node.x, node.y, name, size, face="bold")
            return
        value, value_size = fitted(text, room * 0.55, style.value)
        wide = width(name, size, "bold") + 8 + width(value, value_size)
        canvas.text(node.x - wide / 2, node.y, name, size, MUTED, "bold", "left")
        canvas.text(node.x + wide / 2, node.y, value, value_size, align="right")

    def _neuron(self, canvas: Canvas, node: Node, neuron: Neuron) -> None:
        style, half = self.layout.style, node.wide / 2
        name, size = fitted(node.name, node.wide, style.name, "bold")
        canvas.text(node.x, node.top - style.name * 0.5 - 6, name, size, face="bold")
        canvas.box(node.left, node.top, node.wide, node.high, CARD, INK, 1.8, 12)
        for place, kind, word in (
            (-1, "sum", self._labels.sum),
            (1, "activation", self._labels.activation(neuron.activation)),
        ):
            x = node.x + place * half / 2
            identity = f"{neuron.name}.{kind}"
            if identity == self._asked:
                canvas.box(
                    x - half / 2 + 3, node.top + 3, half - 6, node.high - 6, ASKED, INK, 2, 9
                )
            colour = INK if identity == self._asked else MUTED
            canvas.text(
                x, node.top + node.high * 0.27, *fitted(word, half - 12, style.caption), colour
            )
            if text := self._text(identity):
                text, size = fitted(text, half - 12, style.value, "bold")
                canvas.text(x, node.top + node.high * 0.68, text, size, INK, "bold")
            elif place > 0:
                _curve(canvas, x, node.top + node.high * 0.68, neuron.activation)
        canvas.line([(node.x, node.top), (node.x, node.bottom)], INK, 1.2, z=3.5)
        y = node.bottom + style.under * 0.5 + 5
        for identity, word, known in self._under(neuron):
            asked = identity == self._asked or self._asked.startswith(f"{identity}.")
            room = node.wide + 40 - width(word, style.caption)
            text, size = fitted(known, room, style.under * 0.78, "bold")
            wide = width(word, style.caption) + 8 + width(text, size, "bold")
            if asked:
                high = style.under
                canvas.box(node.x - wide / 2 - 8, y - high / 2, wide + 16, high, ASKED, INK, 2, 6)
            quiet = INK if asked else MUTED
            _pair(canvas, node.x, y, (word, style.caption, quiet), (text, size))
            y += style.under

    def _legend(self, canvas: Canvas) -> None:
        """What the lines mean, along the foot."""
        y, x = self.layout.high - 20, MARGIN
        entries = [(1.0, self._labels.positive), (-1.0, self._labels.negative)]
        for value, word in entries:
            dashes = () if value > 0 else DASHES
            canvas.line([(x, y), (x + 38, y)], POSITIVE if value > 0 else NEGATIVE, 3, dashes)
            canvas.text(x + 46, y, word, 13.5, MUTED, align="left")
            x += 46 + width(word, 13.5) + 28
        if self._nudges:
            for direction, word in ((1, self._labels.increase), (-1, self._labels.decrease)):
                _arrow(canvas, x + 8, y, direction, 0.6)
                canvas.text(x + 22, y, word, 13.5, MUTED, align="left")
                x += 22 + width(word, 13.5) + 28


def _row(
    canvas: Canvas, x: float, y: float, parts: Sequence[tuple[str, str, Face]], size: float
) -> None:
    """Texts side by side around a middle."""
    space = size * 0.45
    at = (
        x - (sum(width(text, size, face) for text, _, face in parts) + space * (len(parts) - 1)) / 2
    )
    for text, colour, face in parts:
        canvas.text(at, y, text, size, colour, face, "left")
        at += width(text, size, face) + space


def _pair(
    canvas: Canvas, x: float, y: float, word: tuple[str, float, str], text: tuple[str, float]
) -> None:
    """A quiet word (with its size and colour) and a strong number (and size) around a middle."""
    said, small, colour = word
    number, size = text
    at = x - (width(said, small) + 8 + width(number, size, "bold")) / 2
    canvas.text(at, y, said, small, colour, align="left")
    canvas.text(at + width(said, small) + 8, y, number, size, INK, "bold", "left")


def _arrow(canvas: Canvas, x: float, y: float, direction: int, share: float) -> None:
    """Up, down, or a bar for no change; the larger the share, the larger the arrow."""
    if direction == 0:
        canvas.line([(x - 6, y - 2.5), (x + 6, y - 2.5)], NUDGE, 2, z=4)
        canvas.line([(x - 6, y + 2.5), (x + 6, y + 2.5)], NUDGE, 2, z=4)
        return
    size = 5 + 7 * max(0.0, min(1.0, share)) ** 0.5
    tip, foot = y - direction * size, y + direction * size
    neck, stem = y - direction * size * 0.05, size * 0.3
    canvas.shape(
        [(x, tip), (x + size * 0.85, neck), (x + stem, neck), (x + stem, foot),
         (x - stem, foot), (x - stem, neck), (x - size * 0.85, neck)],
        NUDGE,
    )  # fmt: skip


def _curve(canvas: Canvas, x: float, y: float, activation: str) -> None:
    """The shape of an activation, where its value will stand."""
    function = ACTIVATIONS[activation].value
    points = [(n / 10, function(n / 10 * 1.5)) for n in range(-20, 21)]
    low, high = min(v for _, v in points), max(v for _, v in points)
    canvas.line(
        [(x + 8 * u, y + 7 - 14 * (v - low) / (high - low)) for u, v in points], RULE, 2, z=4
    )
