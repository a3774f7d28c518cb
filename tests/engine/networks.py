"""Networks for tests: the lesson's, and random ones of many shapes, as plain data."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.functions import ACTIVATIONS
from engine.network import Network
from engine.trace import Trace, trace

Data: TypeAlias = dict[str, Any]
"""A network as JSON has it."""

LESSON: Data = {
    "inputs": ["x1", "x2"],
    "layers": [
        [
            {"name": "H1", "activation": "relu", "weights": {"w11": 0.4, "w12": -0.3}},
            {"name": "H2", "activation": "relu", "weights": {"w21": -0.5, "w22": 0.8}},
        ],
        [{"name": "O", "activation": "sigmoid", "weights": {"wO1": 0.6, "wO2": 0.9}}],
    ],
}


@dataclass(frozen=True)
class Case:
    """A network's data with an example and a learning rate."""

    data: Data
    inputs: list[float]
    target: list[float]
    rate: float

    def traced(self) -> Trace:
        """The engine's trace of this case."""
        return trace(Network.from_data(self.data), self.inputs, self.target, self.rate)


def lesson(inputs: tuple[float, float] = (0.6, 0.7), target: float = 1, **changes: object) -> Trace:
    """The lesson's network traced at its learning rate, with some of its keys changed."""
    return trace(Network.from_data(LESSON | changes), inputs, target, 0.32)


def one_neuron(
    activation: str, weight: float, bias: float = 0.0, loss: str = "squared_error"
) -> Network:
    """A network of one input x and one neuron O."""
    neuron = {"name": "O", "activation": activation, "bias": bias, "weights": {"w": weight}}
    return Network.from_data({"inputs": ["x"], "layers": [[neuron]], "loss": loss})


def random_case(rng: random.Random, *, decimals: int = 2, most: int = 6) -> Case:
    """A random network: 1 to `most` inputs and neurons a layer, 1 to 3 hidden layers and outputs.

    Activations are drawn for each neuron, biases are 0 for a third of them, losses alternate.
    """
    loss = rng.choice(["squared_error", "cross_entropy"])
    outputs = rng.randint(1, 3)
    widths = [rng.randint(1, most) for _ in range(rng.randint(1, 3))] + [outputs]
    inputs = [f"x{i}" for i in range(rng.randint(1, most))]

    def number() -> float:
        return round(rng.uniform(-1.5, 1.5), decimals)

    layers = []
    before = len(inputs)
    for depth, width in enumerate(widths):
        last = depth == len(widths) - 1
        layers.append(
            [
                {
                    "name": f"O{j}" if last else f"N{depth}{j}",
                    "activation": "sigmoid"
                    if last and loss == "cross_entropy"
                    else rng.choice(list(ACTIVATIONS)),
                    "bias": rng.choice([0.0, number(), number()]),
                    "weights": {f"w{depth}{j}{i}": number() for i in range(before)},
                }
                for j in range(width)
            ]
        )
        before = width
    return Case(
        {"inputs": inputs, "layers": layers, "loss": loss, "train_biases": rng.random() < 0.5},
        [number() for _ in inputs],
        [rng.choice([0.0, 1.0, round(rng.random(), decimals)]) for _ in range(outputs)],
        round(rng.uniform(0.01, 0.5), decimals + 1),
    )


def neuron_data(data: Data) -> Mapping[str, Data]:
    """Every neuron's data by its name, layer by layer."""
    return {neuron["name"]: neuron for layer in data["layers"] for neuron in layer}
