"""A training step by reverse-mode automatic differentiation, written without the engine.

Every number of a network's data becomes a `Value` that remembers what it was made of; `backward`
walks back from the loss. What the conventions do with the slopes is plain arithmetic on top.

Source: Griewank, Walther, Evaluating Derivatives (2008), chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

Data = dict[str, Any]


class Value:
    """A number, and how it changes with those it was made of."""

    def __init__(self, data: float, parts: Iterable[tuple[Value, float]] = ()) -> None:
        self.data, self.parts, self.grad = float(data), tuple(parts), 0.0

    def __add__(self, other: Value) -> Value:
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other: Value) -> Value:
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def times(self, number: float) -> Value:
        """The value times a plain number."""
        return Value(self.data * number, [(self, number)])

    def mapped(self, value: float, slope: float) -> Value:
        """A function of the value, by what it comes to and its slope there."""
        return Value(value, [(self, slope)])

    def backward(self) -> None:
        """Gives every value that this one was made of its slope."""
        order: list[Value] = []
        seen = set[int]()

        def visit(node: Value) -> None:
            if id(node) not in seen:
                seen.add(id(node))
                for part, _ in node.parts:
                    visit(part)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for part, slope in node.parts:
                part.grad += slope * node.grad


def total(values: Sequence[Value]) -> Value:
    result = Value(0.0)
    for value in values:
        result = result + value
    return result


def activated(neuron: Data, z: Value) -> Value:
    """What a neuron makes of its sum alone."""
    x = z.data if abs(z.data) > 1e-12 else 0.0
    s = 1 / (1 + math.exp(-x)) if x > -700 else 0.0
    slope = neuron.get("slope", 0.01)
    value, gradient = {
        "relu": (max(x, 0.0), float(x > 0)),
        "leaky_relu": (x if x > 0 else slope * x, 1.0 if x > 0 else slope),
        "sigmoid": (s, s * (1 - s)),
        "tanh": (math.tanh(x), 1 / math.cosh(x) ** 2),
        "softplus": (math.log(1 + math.exp(x)), s),
        "identity": (x, 1.0),
        "step": (float(x >= 0), 0.0),
    }[neuron["activation"]]
    return z.mapped(value, gradient)


def softmax(sums: Sequence[Value]) -> list[Value]:
    """e^z over the total, each power and the quotient a node of its own."""
    powers = [z.mapped(math.exp(z.data), math.exp(z.data)) for z in sums]
    whole = total(powers)
    inverse = whole.mapped(1 / whole.data, -1 / whole.data**2)
    return [power * inverse for power in powers]


def loss_of(name: str, whole: bool, outputs: Sequence[Value], target: Sequence[float]) -> Value:
    """A loss, from its definition."""
    if name == "cross_entropy" and whole:
        logs = [p.mapped(math.log(p.data), 1 / p.data) for p in outputs]
        return total([log.times(-t) for log, t in zip(logs, target, strict=True)])
    if name == "cross_entropy":
        parts = []
        for p, t in zip(outputs, target, strict=True):
            yes = p.mapped(math.log(p.data), 1 / p.data).times(-t)
            no = p.mapped(math.log(1 - p.data), -1 / (1 - p.data)).times(t - 1)
            parts += [yes, no]
        return total(parts)
    errors = [p.times(-1.0) + Value(t) for p, t in zip(outputs, target, strict=True)]
    squares = total([error * error for error in errors])
    factor = {"half_squared_error": 0.5, "mean_squared_error": 1 / len(outputs)}.get(name, 1.0)
    return squares.times(factor)


class Step:
    """One step of a network on some examples: every number by the engine's id."""

    def __init__(
        self, data: Data, examples: Sequence[tuple[Sequence[float], Sequence[float]]],
        reduction: str | None, rate: float,
    ) -> None:  # fmt: skip
        self.data, self.found = data, dict[str, float]()
        neurons = [neuron for layer in data["layers"] for neuron in layer]
        self.names: dict[str, float] = {}
        for neuron in neurons:
            self.names |= neuron["weights"]
            bias = neuron.get("bias", 0.0)
            self.names |= bias if isinstance(bias, dict) else {f"{neuron['name']}.bias": bias}
        error = data.get("delta") == "error"
        prefixes = [f"e{i}." for i, _ in enumerate(examples, 1)] if reduction else [""]
        share = 1 / len(examples) if reduction == "mean" else 1.0
        gradients = dict.fromkeys(self.names, 0.0)
        losses = 0.0
        for prefix, (inputs, target) in zip(prefixes, examples, strict=True):
            values = {name: Value(number) for name, number in self.names.items()}
            loss, sums = self._forward(prefix, values, inputs, target)
            loss.backward()
            losses += loss.data
            for name, z in sums.items():
                self.found[f"{prefix}{name}.delta"] = -z.grad if error else z.grad
            for name, value in values.items():
                self.found[f"{prefix}{name}.gradient"] = value.grad
                gradients[name] += value.grad
        self.found["loss"] = losses * share
        moved = dict(self.names)
        biases = {n for n in self.names if n.endswith(".bias")} | {
            name for neuron in neurons for name in self._named(neuron)
        }
        for name, gradient in gradients.items():
            self.found[f"{name}.gradient"] = gradient * share
            if data.get("train_biases") or name not in biases:
                self.found[f"{name}.step"] = -rate * gradient * share
                moved[name] += -rate * gradient * share
                self.found[f"{name}.updated"] = moved[name]
        losses = 0.0
        for prefix, (inputs, target) in zip(prefixes, examples, strict=True):
            values = {name: Value(number) for name, number in moved.items()}
            losses += self._forward(f"next.{prefix}", values, inputs, target)[0].data
        self.found["next.loss"] = losses * share

    def _named(self, neuron: Data) -> Iterable[str]:
        bias = neuron.get("bias", 0.0)
        return bias if isinstance(bias, dict) else ()

    def _forward(
        self, prefix: str, values: dict[str, Value], inputs: Sequence[float],
        target: Sequence[float],
    ) -> tuple[Value, dict[str, Value]]:  # fmt: skip
        below, sums = [Value(x) for x in inputs], dict[str, Value]()
        whole = False
        for layer in self.data["layers"]:
            now = []
            for neuron in layer:
                name = neuron["name"]
                terms = [v * values[w] for v, w in zip(below, neuron["weights"], strict=True)]
                bias = next(iter(self._named(neuron)), f"{name}.bias")
                for weight, term in zip(neuron["weights"], terms, strict=True):
                    self.found[f"{prefix}{weight}.product"] = term.data
                sums[name] = total([*terms, values[bias]])
                self.found[f"{prefix}{name}.sum"] = sums[name].data
                now.append(sums[name])
            whole = layer[0]["activation"] == "softmax"
            pairs = zip(layer, now, strict=True)
            below = softmax(now) if whole else [activated(neuron, z) for neuron, z in pairs]
            for neuron, value in zip(layer, below, strict=True):
                self.found[f"{prefix}{neuron['name']}.activation"] = value.data
        loss = loss_of(self.data.get("loss", "squared_error"), whole, below, target)
        self.found[f"{prefix}loss"] = loss.data
        return loss, sums
