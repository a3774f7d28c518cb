"""A simulated learner: plain arithmetic on floats, written without looking at the rules it tests.

It knows a network as lists of numbers and works every step from scratch, rightly or with a mistake.
Nothing here touches the engine's trees.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import pairwise

SHARP: dict[str, Callable[[float], float]] = {
    "relu": lambda z: z if z > 0 else 0.0,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "identity": lambda z: z,
}


def slope(name: str, z: float, a: float) -> float:
    return {
        "relu": 1.0 if z > 0 else 0.0,
        "sigmoid": a * (1 - a),
        "tanh": 1 - a * a,
        "identity": 1.0,
    }[name]


@dataclass
class Net:
    """A network as lists of numbers, with one example."""

    inputs: list[float]
    weights: list[list[list[float]]]
    biases: list[list[float]]
    activations: list[list[str]]
    targets: list[float]
    rate: float
    loss: str = "squared_error"
    train_biases: bool = False
    data: dict[str, object] = field(default_factory=dict)

    def neuron(self, layer: int, i: int) -> str:
        """The name of a neuron."""
        last = layer == len(self.weights) - 1
        return f"O{i + 1}" if last else f"{'HGFE'[layer]}{i + 1}"

    def weight(self, layer: int, i: int, j: int) -> str:
        """The name of a weight."""
        return f"w{self.neuron(layer, i)}_{j + 1}"


def random_net(rng: random.Random, *, small: bool = False) -> Net:
    """A random network: 1 to 4 inputs, 1 to 3 layers, all activations, biases or none."""
    sizes = [rng.randint(2, 3 if small else 4)]
    depth = 2 if small else rng.choice([1, 2, 2, 2, 3])
    sizes += [rng.randint(2, 3) for _ in range(depth - 1)] + [rng.choice([1, 1, 1, 2])]
    biased = rng.random() < 0.6
    places = rng.choice([1, 2])

    def draw(low: float = -1.0, high: float = 1.0) -> float:
        value = 0.0
        while value == 0.0:
            value = round(rng.uniform(low, high), places)
        return value

    loss = rng.choice(["squared_error", "squared_error", "squared_error", "cross_entropy"])
    hidden = rng.choice([["relu"], ["relu"], ["sigmoid"], ["tanh"], ["relu", "tanh"]])
    net = Net([], [], [], [], [], rng.choice([0.1, 0.5, 0.32, 0.2]), loss)
    net.inputs = [draw(0.1, 1.0) for _ in range(sizes[0])]
    for layer, (before, size) in enumerate(pairwise(sizes)):
        last = layer == len(sizes) - 2
        out = (
            "sigmoid"
            if loss == "cross_entropy"
            else rng.choice(["sigmoid"] * 3 + ["identity", "tanh"])
        )
        net.weights.append([[draw() for _ in range(before)] for _ in range(size)])
        net.biases.append([draw(-0.5, 0.5) if biased else 0.0 for _ in range(size)])
        net.activations.append([out if last else rng.choice(hidden) for _ in range(size)])
    net.targets = [float(rng.randint(0, 1)) for _ in range(sizes[-1])]
    net.train_biases = biased and rng.random() < 0.5
    net.data = {
        "inputs": [f"x{i + 1}" for i in range(sizes[0])],
        "loss": loss,
        "train_biases": net.train_biases,
        "layers": [
            [
                {
                    "name": net.neuron(layer, i),
                    "activation": net.activations[layer][i],
                    "bias": net.biases[layer][i],
                    "weights": {net.weight(layer, i, j): w for j, w in enumerate(row)},
                }
                for i, row in enumerate(rows)
            ]
            for layer, rows in enumerate(net.weights)
        ],
    }
    return net


Round = Callable[[float, str, int], float]
"""How the learner rounds a number: value, step, and 0 for a step's own value or 1 for a part."""


def exactly(value: float, name: str, part: int) -> float:
    del name, part
    return value


def work(net: Net, rounding: Round = exactly, pencil: bool = False) -> dict[str, float]:
    """Every number of one training step, rounded on the way as the learner does."""
    values: dict[str, float] = {}

    def put(name: str, value: float) -> float:
        values[name] = rounding(value, name, 0)
        return values[name]

    def sums(
        weights: list[list[list[float]]], biases: list[list[float]], prefix: str
    ) -> list[float]:
        incoming = net.inputs
        for layer, rows in enumerate(weights):
            outgoing = []
            for i, row in enumerate(rows):
                name = net.neuron(layer, i)
                z = biases[layer][i]
                for j, (w, x) in enumerate(zip(row, incoming, strict=True)):
                    put(f"{prefix}{net.weight(layer, i, j)}.product", w * x)
                    z += rounding(w * x, f"{prefix}{name}.sum", 1)
                z = put(f"{prefix}{name}.sum", z)
                kind = net.activations[layer][i]
                a = (
                    0.5 + z / 4
                    if pencil and kind == "sigmoid" and abs(z) <= 0.5
                    else SHARP[kind](z)
                )
                outgoing.append(put(f"{prefix}{name}.activation", a))
            incoming = outgoing
        put(f"{prefix}loss", loss_of(net, incoming))
        return incoming

    out = sums(net.weights, net.biases, "")
    last = len(net.weights) - 1
    for layer in range(last, -1, -1):
        for i in range(len(net.weights[layer])):
            name = net.neuron(layer, i)
            z, a = values[f"{name}.sum"], values[f"{name}.activation"]
            if layer == last:
                d = (
                    a - net.targets[i]
                    if net.loss == "cross_entropy"
                    else (
                        rounding(-2 * (net.targets[i] - out[i]), f"{name}.delta", 1)
                        * rounding(slope(net.activations[layer][i], z, a), f"{name}.delta", 1)
                    )
                )
            else:
                d = sum(
                    rounding(
                        row[i] * values[f"{net.neuron(layer + 1, k)}.delta"], f"{name}.delta", 1
                    )
                    for k, row in enumerate(net.weights[layer + 1])
                ) * rounding(slope(net.activations[layer][i], z, a), f"{name}.delta", 1)
            put(f"{name}.delta", d)
    new_w = [[list(row) for row in rows] for rows in net.weights]
    new_b = [list(row) for row in net.biases]
    for layer, rows in enumerate(net.weights):
        for i, row in enumerate(rows):
            d = values[f"{net.neuron(layer, i)}.delta"]
            put(f"{net.neuron(layer, i)}.bias.gradient", d)
            for j, w in enumerate(row):
                x = (
                    net.inputs[j]
                    if layer == 0
                    else values[f"{net.neuron(layer - 1, j)}.activation"]
                )
                name = net.weight(layer, i, j)
                g = put(f"{name}.gradient", d * x)
                new_w[layer][i][j] = put(
                    f"{name}.updated", w - rounding(net.rate * g, f"{name}.updated", 1)
                )
            if net.train_biases:
                g = values[f"{net.neuron(layer, i)}.bias.gradient"]
                name = f"{net.neuron(layer, i)}.bias.updated"
                new_b[layer][i] = put(name, net.biases[layer][i] - rounding(net.rate * g, name, 1))
    sums(new_w, new_b, "next.")
    return values


def loss_of(net: Net, out: list[float]) -> float:
    if net.loss == "squared_error":
        return sum((t - p) ** 2 for t, p in zip(net.targets, out, strict=True))
    return sum(
        -(math.log(p) if t == 1 else math.log(1 - p)) for t, p in zip(net.targets, out, strict=True)
    )


ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def round_to(value: float, places: int, how: str = ROUND_HALF_UP) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=how))


def written(value: float, places: int) -> str:
    """As typed on a phone: rounded half up, no exponent, end zeros dropped if it is exact."""
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


@dataclass(frozen=True)
class Rounder:
    """One way to round, consistently: a step's value, the parts inside it, and halves."""

    places: dict[str, int]
    exact: dict[str, bool]
    more: int | None
    """So many decimals more than asked for a step's value; None for all."""
    inside: int | None
    """The same for parts inside a step."""
    how: str

    def __call__(self, value: float, name: str, part: int) -> float:
        """The rounded value; what has at most four decimals is all written down."""
        extra = self.inside if part else self.more
        if extra is None or name not in self.places:
            return value
        asked = self.places[name]
        if part and abs(value - round(value, max(4, asked))) < 1e-12:
            return value
        return round_to(value, asked + extra, self.how)
