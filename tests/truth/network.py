"""A network as plain data, and what each step of its training step computes, written by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.truth.tree import (
    Node,
    add,
    call,
    joined,
    minus,
    name,
    negative,
    number,
    replaced,
    square,
    times,
    value,
)

Data = dict[str, Any]

WORKSHEETS = Path(__file__).with_name("worksheets.json")
"""Published worksheets; those with the half in the loss are entered without it."""


@dataclass(frozen=True)
class Step:
    """One number of a training step, as a tree over those before it."""

    id: str
    kind: str
    owner: str
    tree: Node


@dataclass(frozen=True)
class Case:
    """A network with an example."""

    label: str
    data: Data
    inputs: tuple[float, ...]
    targets: tuple[float, ...]
    rate: float
    halved: bool = False
    """Whether its learner has learned the loss with a half in front."""
    given: dict[str, float] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)

    @property
    def layers(self) -> list[list[Data]]:
        """The neurons as data, layer by layer."""
        return list(self.data["layers"])

    def neuron(self, called: str) -> tuple[int, Data]:
        """A neuron with its layer's number."""
        return next(
            (k, n) for k, layer in enumerate(self.layers) for n in layer if n["name"] == called
        )

    def incoming(self, layer: int, *, after: bool = False) -> list[str]:
        """The ids of what goes into a layer."""
        if layer == 0:
            return list(self.data["inputs"])
        prefix = "next." if after else ""
        return [f"{prefix}{n['name']}.activation" for n in self.layers[layer - 1]]

    def target(self, output: str) -> str:
        """The id of an output's target."""
        return "target" if len(self.targets) == 1 else f"target.{output}"

    def values(
        self,
        rounded: Callable[[float, str], float] = lambda number, _: number,
        own: Mapping[str, float] | None = None,
        *,
        pencil: bool = False,
    ) -> dict[str, float]:
        """Every value of the step.

        Args:
            rounded: how a learner rounds the value of an id.
            own: values they hold instead.
            pencil: whether a sigmoid near 0 is half the sum's half, plus one half.
        """
        found = dict(self.given)
        for step in self.steps.values():
            worked = value(step.tree, found)
            near = step.tree.op == "sigmoid" and abs(found[f"{_before(step.id)}.sum"]) <= 0.5
            if pencil and near:
                worked = 0.5 + found[f"{_before(step.id)}.sum"] / 4
            if abs(worked) < 1e-12:
                worked = 0.0
            found[step.id] = rounded(worked, step.id)
            if own and step.id in own:
                found[step.id] = own[step.id]
        return found


def _before(id_: str) -> str:
    return id_.removesuffix(".activation")


def made(
    label: str,
    data: Data,
    inputs: tuple[float, ...],
    targets: tuple[float, ...],
    rate: float,
    *,
    halved: bool = False,
) -> Case:
    """A case with all its steps."""
    case = Case(label, data, inputs, targets, rate, halved)
    case.given.update(zip(data["inputs"], inputs, strict=True))
    for layer in case.layers:
        for neuron in layer:
            case.given.update(neuron["weights"])
            case.given[f"{neuron['name']}.bias"] = neuron.get("bias", 0.0)
    for neuron, target in zip(case.layers[-1], targets, strict=True):
        case.given[case.target(neuron["name"])] = target
    case.given["learning_rate"] = rate
    forward = list(_forward(case))
    moved = {}
    for step in (*forward, *_backward(case), *_updates(case)):
        case.steps[step.id] = step
        if step.kind == "updated":
            moved[step.owner] = name(step.id)
    again = {step.id: name(f"next.{step.id}") for step in forward}
    for step in forward:
        tree = replaced(step.tree, {**moved, **again})
        case.steps[f"next.{step.id}"] = Step(f"next.{step.id}", step.kind, step.owner, tree)
    return case


def _forward(case: Case) -> Iterator[Step]:
    for k, layer in enumerate(case.layers):
        for neuron in layer:
            own, terms = neuron["name"], []
            for source, weight in zip(case.incoming(k), neuron["weights"], strict=True):
                terms.append(times(name(source), name(weight)))
                yield Step(f"{weight}.product", "product", weight, terms[-1])
            if neuron.get("bias", 0.0) or case.data.get("train_biases"):
                terms.append(name(f"{own}.bias"))
            yield Step(f"{own}.sum", "sum", own, add(*terms))
            z = name(f"{own}.sum")
            inside = z if neuron["activation"] == "identity" else call(neuron["activation"], z)
            yield Step(f"{own}.activation", "activation", own, inside)
    yield Step("loss", "loss", "loss", add(*(_loss(case, n["name"]) for n in case.layers[-1])))


def _loss(case: Case, output: str) -> Node:
    t, p = name(case.target(output)), name(f"{output}.activation")
    if case.data.get("loss", "squared_error") == "squared_error":
        return square(minus(t, p))
    one = number(1.0, "1")
    yes, no = times(t, call("ln", p)), times(minus(one, t), call("ln", minus(one, p)))
    return negative(add(yes, no))


def slope(neuron: Data) -> Node | None:
    """The slope of a neuron's activation; None where it is 1 whatever comes in."""
    a, one = name(f"{neuron['name']}.activation"), number(1.0, "1")
    match neuron["activation"]:
        case "sigmoid":
            return times(a, minus(one, a))
        case "tanh":
            return minus(one, square(a))
        case "relu":
            return call("gate", name(f"{neuron['name']}.sum"))
        case _:
            return None


def _backward(case: Case) -> Iterator[Step]:
    for k in reversed(range(len(case.layers))):
        for neuron in case.layers[k]:
            own = neuron["name"]
            yield Step(f"{own}.delta", "delta", own, _delta(case, k, neuron))
        for neuron in case.layers[k]:
            own = neuron["name"]
            for source, weight in zip(case.incoming(k), neuron["weights"], strict=True):
                tree = times(name(f"{own}.delta"), name(source))
                yield Step(f"{weight}.gradient", "gradient", weight, tree)
            yield Step(f"{own}.bias.gradient", "gradient", f"{own}.bias", name(f"{own}.delta"))


def _delta(case: Case, layer: int, neuron: Data) -> Node:
    own = neuron["name"]
    if layer == len(case.layers) - 1:
        t, p = name(case.target(own)), name(f"{own}.activation")
        if case.data.get("loss") == "cross_entropy":
            return minus(p, t)
        factors = [number(-2.0, "-2"), minus(t, p)]
    else:
        factors = [add(*back_terms(case, layer, own))]
    steep = slope(neuron)
    return times(*factors, *([] if steep is None else [steep]))


def back_terms(case: Case, layer: int, own: str) -> list[Node]:
    """What comes back to a hidden neuron: each weight it goes out through, times its blame."""
    at = [n["name"] for n in case.layers[layer]].index(own)
    return [
        times(name(list(after["weights"])[at]), name(f"{after['name']}.delta"))
        for after in case.layers[layer + 1]
    ]


def _updates(case: Case) -> Iterator[Step]:
    for layer in case.layers:
        for neuron in layer:
            bias = [f"{neuron['name']}.bias"] if case.data.get("train_biases") else []
            for own in (*neuron["weights"], *bias):
                tree = minus(name(own), times(name("learning_rate"), name(f"{own}.gradient")))
                yield Step(f"{own}.updated", "updated", own, tree)


def random_case(rng: random.Random, label: str) -> Case:
    """A network of 2 or 3 inputs and 1 or 2 hidden layers of 1 to 3 neurons, in short numbers."""
    loss = rng.choice(["squared_error", "squared_error", "cross_entropy"])
    places, awkward = rng.choice([1, 1, 2]), rng.random() < 0.2

    def draw(low: float, high: float) -> float:
        drawn = round(rng.uniform(low, high), 3 if awkward and rng.random() < 0.3 else places)
        return drawn or 0.1

    inputs = tuple(
        rng.choice([draw(0.1, 1), draw(0.1, 1), draw(-1, 1), float(rng.randint(-1, 3))])
        for _ in range(rng.randint(2, 3))
    )
    sizes = [rng.randint(1, 3) for _ in range(rng.choice([1, 1, 2]))] + [rng.choice([1, 1, 1, 2])]
    hidden = rng.choice([["relu"], ["relu"], ["sigmoid"], ["tanh"], ["relu", "identity"]])
    out = (
        "sigmoid"
        if loss == "cross_entropy"
        else rng.choice(["sigmoid", "sigmoid", "identity", "tanh"])
    )
    biased, before, layers = rng.random() < 0.5, len(inputs), []
    for k, size in enumerate(sizes):
        last = k == len(sizes) - 1
        layer = []
        for i in range(size):
            own = ("O" if size == 1 else f"O{i + 1}") if last else f"{'HG'[k]}{i + 1}"
            weights = {f"w{own}_{j + 1}": draw(-1, 1) for j in range(before)}
            bias = draw(-0.5, 0.5) if biased else 0.0
            activation = out if last else rng.choice(hidden)
            layer.append({"name": own, "activation": activation, "bias": bias, "weights": weights})
        layers.append(layer)
        before = size
    data = {
        "inputs": [f"x{i + 1}" for i in range(len(inputs))],
        "layers": layers,
        "loss": loss,
        "train_biases": biased and rng.random() < 0.5,
    }
    ends = [0.0, 1.0, 1.0, round(rng.random(), 1)]
    targets = tuple(rng.choice(ends) for _ in range(sizes[-1]))
    return made(label, data, inputs, targets, rng.choice([0.1, 0.5, 0.32, 0.2, 1.0, 0.05]))


def worksheets() -> list[Case]:
    """The published worksheets."""
    return [
        made(
            sheet["label"],
            sheet["network"],
            tuple(sheet["inputs"]),
            tuple(sheet["targets"]),
            sheet["learning_rate"],
            halved=sheet["halved"],
        )
        for sheet in json.loads(WORKSHEETS.read_text("utf-8"))
    ]


__all__ = ["Case", "Step", "back_terms", "joined", "made", "random_case", "slope", "worksheets"]
