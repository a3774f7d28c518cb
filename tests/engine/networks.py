"""Networks for tests: the lesson's, and random ones of many shapes, as plain data."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from engine.network import Network
from engine.nudging import nudged
from engine.trace import Trace, batch_trace, trace

Data: TypeAlias = dict[str, Any]
"""A network as JSON has it."""

SHEETS: dict[str, Data] = {
    sheet["id"]: sheet
    for sheet in map(
        json.loads, (Path(__file__).parent / "published.jsonl").read_text("utf-8").splitlines()
    )
}
"""Published examples worked by hand: every right value, and what was printed."""

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


ANYWHERE = ["relu", "sigmoid", "tanh", "identity", "softplus"]
"""The activations of random networks: those that any neuron may have, and whose slopes are no
hundredths, which would make every number behind them tiny."""


def _neuron(name: str, activation: str, bias: float, **weights: float) -> Data:
    return {"name": name, "activation": activation, "bias": bias, "weights": weights}


DEEP: Data = {
    "inputs": ["x1", "x2", "x3"],
    "layers": [
        [
            _neuron("A1", "tanh", 0.1, a11=0.4, a12=-0.3, a13=0.2),
            _neuron("A2", "relu", -0.5, a21=-0.5, a22=0.8, a23=0.1),
        ],
        [
            _neuron("B1", "relu", 0.1, b11=0.4, b12=0.3),
            _neuron("B2", "identity", -0.2, b21=-0.5, b22=0.8),
        ],
        [
            _neuron("O1", "sigmoid", 0.3, o11=0.6, o12=0.9),
            _neuron("O2", "tanh", -0.1, o21=-0.7, o22=0.5),
        ],
    ],
    "train_biases": True,
}
"""Three inputs, biases, two hidden layers, two outputs; A2 is switched off."""


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


def sheet_trace(sheet: Data) -> Trace:
    """The trace of a published sheet."""
    network, rate = Network.from_data(sheet["network"]), sheet["learning_rate"]
    if "examples" not in sheet:
        return trace(network, sheet["inputs"], sheet["target"], rate)
    examples = [(one["inputs"], one["target"]) for one in sheet["examples"]]
    return batch_trace(network, examples, sheet["reduction"], rate)


@cache
def traced(name: str) -> Trace:
    """The lesson's worked example, with wO2 nudged, the new one, a sheet, or the deep one."""
    match name:
        case "worked":
            return lesson()
        case "new":
            return lesson((0.2, 0.1), 0)
        case _ if name in SHEETS:
            return sheet_trace(SHEETS[name])
        case "nudged":
            return nudged(lesson(), "wO2", 0.1)
        case _:
            return trace(Network.from_data(DEEP), (0.5, 0.4, 0.3), (1.0, 0.0), 0.5)


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
                    else rng.choice(ANYWHERE),
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
