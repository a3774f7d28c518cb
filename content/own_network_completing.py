"""What can only be told once all lines of a learner's own network are read.

Which names are inputs, weights, biases or targets; which weight multiplies what; and whether the
parts fit one another, told by the line where each stands.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from content.generated_lessons import Exercise
from content.own_network_errors import OwnError, check_layers, needs
from engine.functions import ACTIVATIONS, DEFAULT_SLOPE
from engine.losses import DEFAULT_LOSS, LOSSES
from engine.network import DELTAS, RESERVED, UPDATES, Network, Neuron
from engine.network_data import offered_name
from engine.trace import MOST_EXAMPLES

MOST_INPUTS, MOST_LAYERS, MOST_NEURONS = 4, 3, 4
LARGEST = 10_000.0
"""No number of a learner's own network may be larger, either way."""

DEFAULT_RATE = 0.1

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")

_TARGETS = re.compile(r"[tyTY]\d*")
_DIGITS = re.compile(r"(\d+)")


@dataclass(slots=True)
class Unit:
    """A neuron as it was written: its weights may be names whose numbers stand elsewhere."""

    name: str
    activation: str
    line: int
    weights: list[tuple[str, float | None]] = field(default_factory=list)
    """(name, number): the name empty for a bare number, the number None for a bare name."""
    bias: tuple[str, float | None] | None = None
    slope: float = DEFAULT_SLOPE
    as_written: bool = False
    """Whether its named weights stand in the order of the layer before, whatever their names."""


@dataclass(slots=True)
class Lines:
    """What has been read so far, with the line that each part stands on."""

    pairs: dict[str, float] = field(default_factory=dict)
    """Inputs; and targets, weights and biases whose place is told once all is read."""
    layers: list[list[Unit]] = field(default_factory=list)
    target: tuple[float, ...] | None = None
    examples: list[tuple[dict[str, float], tuple[float, ...], int]] = field(default_factory=list)
    """Inputs, target and line of each of several examples."""
    said: dict[str, str] = field(default_factory=dict)
    """The loss and the conventions."""
    rate: float = DEFAULT_RATE
    decimals: int | None = None
    train_biases: bool = False
    apart: bool = True
    at: dict[str, int] = field(default_factory=dict)
    """The line of each name, and of `target` and the settings."""

    def claim(self, name: str, line: int) -> None:
        """Takes a name for an input, a neuron, a weight or a bias."""
        if offered := offered_name(name):
            raise OwnError("number_name", line=line, piece=name, other=offered)
        if not NAME.fullmatch(name):
            raise OwnError("name", line=line, piece=name)
        if name in RESERVED:
            raise OwnError("reserved", line=line, piece=name)
        if name in self.at:
            raise OwnError("twice", line=line, piece=name, other=self.at[name])
        self.at[name] = line


def number_of(text: str, line: int) -> float:
    """A number of a line.

    Raises:
        OwnError: it is none, or too large.
    """
    if not text:
        raise OwnError("no_number", line=line)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise OwnError("number", line=line, piece=text)
    if abs(number) > LARGEST:
        raise OwnError("large", line=line, piece=text, most=f"{LARGEST:,.0f}")
    return number


def weight_names(name: str, values: list[float], layer: int) -> tuple[tuple[str, float], ...]:
    """A neuron's weights with the usual names: w12 into H1 of the first layer, wO1 elsewhere."""
    digits = name[len(name.rstrip("0123456789")) :]
    stem = f"w{digits}" if layer == 1 and digits else f"w{name}"
    return tuple((f"{stem}{i}", value) for i, value in enumerate(values, 1))


def in_order(names: list[str]) -> list[str]:
    """Names by their letters, then by their numbers: w2 before w10."""
    return sorted(
        names, key=lambda name: [int(p) if p.isdigit() else p for p in _DIGITS.split(name)]
    )


def completed(read: Lines) -> Exercise:
    """The network and example of all lines.

    Raises:
        OwnError: parts do not fit one another.
    """
    inputs, target = _inputs(read)
    if not inputs:
        raise OwnError("no_inputs")
    if not read.layers:
        raise OwnError("no_neurons", allowed=", ".join(ACTIVATIONS))
    if len(inputs) > MOST_INPUTS:
        line = read.at.get(list(inputs)[MOST_INPUTS], read.examples[0][2] if read.examples else 1)
        raise OwnError("inputs", line=line, most=MOST_INPUTS, found=len(inputs))
    before, layers = tuple(inputs), list[tuple[Neuron, ...]]()
    for index, units in enumerate(read.layers, 1):
        if index > MOST_LAYERS:
            raise OwnError("layers", line=units[0].line, most=MOST_LAYERS)
        if len(units) > MOST_NEURONS:
            raise OwnError("neurons", line=units[MOST_NEURONS].line, most=MOST_NEURONS)
        layers.append(tuple(_neuron(read, unit, before, index) for unit in units))
        before = tuple(unit.name for unit in units)
    perceptron = read.said.get("update") == "perceptron"
    lines = {unit.name: {"line": unit.line} for units in read.layers for unit in units}
    check_layers(layers, lines, perceptron=perceptron)
    loss = read.said.get("loss", DEFAULT_LOSS)
    update = read.said.get("update", UPDATES[0])
    targets = [(one, line) for _, one, line in read.examples]
    targets = targets or [(target or (), read.at.get("target", 0))]
    for numbers, line in targets:
        _check_target(read, numbers, line)
    network = Network(
        tuple(inputs),
        tuple(layers),
        loss if update == UPDATES[0] else DEFAULT_LOSS,
        read.train_biases,
        read.said.get("delta", DELTAS[0]),
        update,
        read.decimals,
    )
    examples = tuple((values, one[0] if len(one) == 1 else one) for values, one, _ in read.examples)
    first = targets[0][0] or (1.0,)
    return Exercise(
        network,
        inputs,
        first[0] if len(first) == 1 else first,
        read.rate,
        (),
        examples,
        read.said.get("reduction", "mean"),
    )


def _inputs(read: Lines) -> tuple[dict[str, float], tuple[float, ...] | None]:
    """The inputs of the first example, and its target where that is told."""
    if read.examples:
        if len(read.examples) > MOST_EXAMPLES:
            raise OwnError("examples", line=read.examples[MOST_EXAMPLES][2], most=MOST_EXAMPLES)
        first = read.examples[0][0]
        for values, target, line in read.examples:
            if values.keys() != first.keys() or not target:
                raise OwnError("example", line=line, allowed=", ".join(first))
        for name in first:
            if name not in read.at:
                read.claim(name, read.examples[0][2])
        return first, read.examples[0][1]
    units = [unit for layer in read.layers for unit in layer]
    parts = [one for unit in units for one in (*unit.weights, unit.bias or ("", 0.0))]
    named = {name for name, number in parts if number is None}
    free = {name: value for name, value in read.pairs.items() if name not in named}
    maybe = [name for name in free if _TARGETS.fullmatch(name)]
    if read.target is not None or not maybe or len(maybe) == len(free) or not read.layers:
        return free, read.target
    rest = {name: value for name, value in free.items() if name not in maybe}
    weights = read.layers[0][0].weights
    if len(weights) - any(name.lower().startswith("b") for name, _ in weights) == len(free):
        return free, None
    read.at["target"] = read.at[maybe[0]]
    return rest, tuple(free[name] for name in maybe)


def _neuron(read: Lines, unit: Unit, before: tuple[str, ...], layer: int) -> Neuron:
    weights, bias = list(unit.weights), unit.bias
    if bias is None and len(weights) == len(before) + 1:
        known = [one for one in weights if one[0].lower().startswith("b")]
        if known:
            bias = known[-1]
            weights.remove(bias)
    if len(weights) != len(before):
        raise OwnError(
            "weights",
            line=unit.line,
            piece=unit.name,
            allowed=", ".join(before),
            needed=len(before),
            found=len(weights),
        )
    numbers = {name: _number(read, name, value, unit.line) for name, value in weights if name}
    if len(numbers) == len(before) and set(numbers) == set(before):
        weights, numbers = [("", numbers[name]) for name in before], {}
    elif len(numbers) == len(before) and not unit.as_written:
        weights = [(name, numbers[name]) for name in in_order(list(numbers))]
    values = [numbers[name] if name else float(value or 0.0) for name, value in weights]
    usual = weight_names(unit.name, values, layer)
    named = tuple(
        (name or usual[i][0], value)
        for i, ((name, _), value) in enumerate(zip(weights, values, strict=True))
    )
    for name, _ in named:
        if name not in read.pairs or name in before:
            read.claim(name, unit.line)
    bias_name, number = bias or ("", 0.0)
    value = _number(read, bias_name, number, unit.line)
    if bias_name and bias_name not in read.pairs:
        read.pairs[bias_name] = value
        read.claim(bias_name, unit.line)
    return Neuron(unit.name, unit.activation, value, named, bias_name, unit.slope)


def _number(read: Lines, name: str, value: float | None, line: int) -> float:
    """A weight's or bias's number: beside its name, or where the name has one elsewhere."""
    if value is not None:
        return value
    if name not in read.pairs:
        raise OwnError("number", line=line, piece=name)
    return read.pairs[name]


def _check_target(read: Lines, target: tuple[float, ...], line: int) -> None:
    """Checks a target and the loss against the last layer."""
    outputs = read.layers[-1]
    names = ", ".join(unit.name for unit in outputs)
    counts: dict[str, object] = {"needed": len(outputs), "allowed": names}
    if not target and len(outputs) > 1:
        raise OwnError("no_target", **counts)
    if target and len(target) != len(outputs):
        raise OwnError("target", line=line, found=len(target), **counts)
    loss = LOSSES[read.said.get("loss", DEFAULT_LOSS)]
    for unit in outputs:
        if not loss.allows(ACTIVATIONS[unit.activation]) and "update" not in read.said:
            raise OwnError("outputs", line=unit.line, piece=unit.name, **needs(loss))
    for number in target:
        if not loss.permits(number):
            raise OwnError("target_range", line=line, piece=f"{number:g}", **needs(loss))
