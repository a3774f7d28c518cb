"""A network too large to draw neuron by neuron: one block per layer, with its numbers of parts."""

from __future__ import annotations

from collections import Counter

from bot.pictures.canvas import Canvas, fitted
from bot.pictures.layout import HIGH, MARGIN, WIDE
from bot.pictures.palette import ASKED, CARD, INK, MUTED, POSITIVE
from bot.pictures.requests import Diagram
from engine.network import Neuron

MOST = 9
"""Blocks drawn; of more layers, those in the middle are left out."""


def summary_size(diagram: Diagram) -> tuple[float, float]:
    """How wide and high a summary is, in pixels."""
    del diagram
    return WIDE, HIGH


def summary(canvas: Canvas, diagram: Diagram) -> None:
    """Draws one block per layer, as high as it has neurons, and what lies between them."""
    network, labels = diagram.network, diagram.labels
    if diagram.title:
        text, size = fitted(diagram.title, WIDE - 2 * MARGIN, 23, "bold")
        canvas.text(MARGIN, 36, text, size, face="bold", align="left")
    owner = diagram.asked.removeprefix("next.").split(".")[0]
    blocks: list[tuple[str, str, int, bool] | None] = [
        (labels.inputs.format(count=len(network.inputs)), "", len(network.inputs), False)
    ]
    for layer in network.layers:
        marked = any(owner == n.name or owner in dict(n.weights) for n in layer)
        blocks.append(
            (labels.neurons.format(count=len(layer)), _kinds(diagram, layer), len(layer), marked)
        )
    if len(blocks) > MOST:
        blocks = [*blocks[: MOST // 2], None, *blocks[-(MOST // 2) :]]
    pitch = (WIDE - 2 * MARGIN) / len(blocks)
    most = max(block[2] for block in blocks if block)
    middle, tallest = 236.0, 250.0
    for place, block in enumerate(blocks):
        x = MARGIN + pitch * (place + 0.5)
        if place:
            canvas.line(
                [(x - pitch + pitch * 0.24, middle), (x - pitch * 0.24, middle)], POSITIVE, 2.5
            )
        if block is None:
            canvas.text(x, middle, "…", 26, face="bold")
            continue
        text, kinds, count, marked = block
        high = 46 + (tallest - 46) * (count / most) ** 0.5
        canvas.box(x - pitch * 0.24, middle - high / 2, pitch * 0.48, high,
                   ASKED if marked else CARD, INK, 2.4 if marked else 1.6, 10)  # fmt: skip
        canvas.text(x, middle, str(count), min(24.0, pitch * 0.28), face="bold")
        for line, (words, colour) in enumerate(((text, INK), (kinds, MUTED))):
            if words:
                y = middle + tallest / 2 + 26 + 24 * line
                canvas.text(x, y, *fitted(words, pitch - 8, 16), colour)
    weights = sum(len(neuron.weights) for neuron in network.neurons())
    canvas.text(
        MARGIN, HIGH - 24, labels.weights.format(count=f"{weights:,}"), 16, MUTED, align="left"
    )


def _kinds(diagram: Diagram, layer: tuple[Neuron, ...]) -> str:
    kinds = Counter(diagram.labels.activation(neuron.activation) for neuron in layer)
    return next(iter(kinds)) if len(kinds) == 1 else ", ".join(kinds)
