"""One step of gradient descent after another, as plain floats: a network's weights moved in place.

The same step as `engine.trace` works out as expressions (relu'(0) = 0, biases move only where the
network trains them); a test holds the two together. Sums are written as loops: the `sum` of Python
3.12 and later adds differently, and every figure is the same on every version.

Source: Goodfellow, Bengio, Courville, Deep Learning (2016), sections 5.9 and 6.5.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.network import Network, NetworkError, Neuron
from engine.tolerances import NEGLIGIBLE

Point: TypeAlias = tuple[float, ...]
"""One number per input."""


@dataclass(frozen=True, slots=True)
class Example:
    """What goes in, and what should come out."""

    inputs: Point
    target: tuple[float, ...]
    """One number per output."""


def trained(
    network: Network, examples: Iterable[Example], learning_rate: float, done: int = 0
) -> tuple[Network, tuple[float, ...]]:
    """The network after one step on each example in turn, and each one's loss before its step.

    Args:
        network: where to begin.
        examples: one per step; they fit the network.
        learning_rate: how far to step against the gradient.
        done: steps taken before, for the text of an error.

    Raises:
        NetworkError: the numbers grow too large to go on; the text says at which step.
    """
    weights, losses = _Weights(network), list[float]()
    for example in examples:
        loss = weights.step(example, learning_rate)
        if not loss < math.inf:  # NaN is not
            raise NetworkError(_too_large(done + len(losses) + 1))
        losses.append(loss)
    try:
        return weights.network(), tuple(losses)
    except NetworkError:
        raise NetworkError(_too_large(done + len(losses))) from None


def _too_large(step: int) -> str:
    return f"step {step}: the numbers grow too large to go on; try a smaller learning rate"


def predicted(network: Network, points: Iterable[Point]) -> Iterator[tuple[float, ...]]:
    """What a network says at each point, one number per output."""
    weights = _Weights(network)
    for point in points:
        yield tuple(weights.forward(point)[-1])


def accuracy(network: Network, examples: Sequence[Example]) -> float:
    """The share of examples with every output on its target's side of 0.5, from 0 to 1."""
    outputs = predicted(network, (example.inputs for example in examples))
    right = [
        all((p > 0.5) == (t > 0.5) for p, t in zip(output, example.target, strict=True))
        for output, example in zip(outputs, examples, strict=True)
    ]
    return right.count(True) / len(right)


class _Cell:
    """A neuron that can change."""

    __slots__ = ("activation", "bias", "neuron", "slope", "total", "weights")

    def __init__(self, neuron: Neuron) -> None:
        self.neuron = neuron
        self.weights = [value for _, value in neuron.weights]
        self.bias = neuron.bias
        known = neuron.function
        self.activation = known.value
        self.slope = known.slope_value
        self.total = 0.0

    def frozen(self) -> Neuron:
        names = (name for name, _ in self.neuron.weights)
        pairs = tuple(zip(names, self.weights, strict=True))
        return replace(self.neuron, bias=self.bias, weights=pairs)


class _Weights:
    """A network's weights, moved in place."""

    def __init__(self, network: Network) -> None:
        self._start = network
        self._layers = [[_Cell(neuron) for neuron in layer] for layer in network.layers]
        self._whole = [layer[0].function.layer for layer in network.layers]
        self._loss = network.goes_by
        self._share = self._loss.share(len(network.outputs))
        cells = [cell for layer in self._layers for cell in layer]
        shared = [
            [cell for cell in cells if cell.neuron in neurons]
            for neurons in network.biases().values()
        ]
        self._shared = [together for together in shared if len(together) > 1]

    def network(self) -> Network:
        layers = tuple(tuple(cell.frozen() for cell in layer) for layer in self._layers)
        return replace(self._start, layers=layers)

    def forward(self, inputs: Sequence[float]) -> list[Sequence[float]]:
        """The values of the inputs and of every layer."""
        values: list[Sequence[float]] = [inputs]
        for layer, whole in zip(self._layers, self._whole, strict=True):
            before, after = values[-1], list[float]()
            for cell in layer:
                total = 0.0
                for weight, value in zip(cell.weights, before, strict=True):
                    total += weight * value
                total += cell.bias
                if -NEGLIGIBLE <= total <= NEGLIGIBLE:  # as in a trace, so that relu'(0) is 0
                    total = 0.0
                cell.total = total
                after.append(cell.activation(total))
            values.append(whole([cell.total for cell in layer]) if whole else after)
        return values

    def step(self, example: Example, rate: float) -> float:
        """One step; gives the loss before it."""
        values = self.forward(example.inputs)
        biases = [[cell.bias for cell in together] for together in self._shared]
        loss, deltas = self._blame(values[-1], example.target)
        for depth in range(len(self._layers) - 1, -1, -1):
            layer, before = self._layers[depth], values[depth]
            back = [0.0] * (len(before) if depth else 0)
            for cell, delta in zip(layer, deltas, strict=True):
                weights = cell.weights
                for i in range(len(back)):
                    back[i] += weights[i] * delta
                for i, value in enumerate(before):
                    weights[i] -= rate * (delta * value)
                if self._start.train_biases:
                    cell.bias -= rate * delta
            if depth:
                deltas = self._through(depth - 1, back, before)
        for together, old in zip(self._shared, biases, strict=True):
            moved = old[0]
            for cell, was in zip(together, old, strict=True):
                moved += cell.bias - was
            for cell in together:
                cell.bias = moved
        return loss

    def _through(self, depth: int, back: Sequence[float], out: Sequence[float]) -> list[float]:
        """What comes back to the sums of a layer, from what comes back to its outputs."""
        if self._whole[depth] is None:
            cells = zip(back, self._layers[depth], out, strict=True)
            return [part * cell.slope(cell.total, a) for part, cell, a in cells]
        mixed = 0.0
        for part, a in zip(back, out, strict=True):
            mixed += part * a
        return [a * (part - mixed) for part, a in zip(back, out, strict=True)]

    def _blame(
        self, outputs: Sequence[float], target: Sequence[float]
    ) -> tuple[float, list[float]]:
        loss, deltas = 0.0, []
        for cell, p, t in zip(self._layers[-1], outputs, target, strict=True):
            loss += self._loss.value(t, p)
            slope = 1.0 if self._whole[-1] else cell.slope(cell.total, p)
            deltas.append(self._share * self._loss.blame_value(t, p, slope))
        if self._start.perceptron:
            deltas = [p - t for p, t in zip(outputs, target, strict=True)]
        elif self._whole[-1] and self._loss.blame:
            whole = math.fsum(target)  # p − t, where the targets add up to 1
            deltas = [p * whole - t for p, t in zip(outputs, target, strict=True)]
        elif self._whole[-1]:
            deltas = self._through(len(self._layers) - 1, deltas, outputs)
        return self._share * loss, deltas
