"""The friendly format of a learner's own network: from lines to a network, and back.

What is wrong with a text is told by the line. Everything a learner is likely to get wrong is found
here, where the line is still known; the checks of the engine come after.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from content.generated_lessons import Exercise
from content.own_network_errors import OwnError, needs
from engine.decimals import short_text
from engine.functions import ACTIVATIONS
from engine.losses import DEFAULT_LOSS, LOSSES
from engine.network import RESERVED, Network, Neuron

MOST_INPUTS, MOST_LAYERS, MOST_NEURONS = 4, 3, 4
LARGEST = 100.0
"""No number of a learner's own network may be larger, either way."""

DEFAULT_RATE = 0.1

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")


@dataclass(slots=True)
class _Lines:
    """What has been read so far, with the line that each part stands on."""

    inputs: dict[str, float] = field(default_factory=dict)
    layers: list[list[Neuron]] = field(default_factory=list)
    target: tuple[float, ...] | None = None
    rate: float = DEFAULT_RATE
    loss: str = DEFAULT_LOSS
    train_biases: bool = False
    apart: bool = True
    at: dict[str, int] = field(default_factory=dict)
    """The line of each name, and of `target` and `loss`."""

    def claim(self, name: str, line: int) -> None:
        """Takes a name for an input, a neuron or a weight."""
        if not NAME.fullmatch(name):
            raise OwnError("name", line=line, piece=name)
        if name in RESERVED:
            raise OwnError("reserved", line=line, piece=name)
        if name in self.at:
            raise OwnError("twice", line=line, piece=name, other=self.at[name])
        self.at[name] = line


def read_lines(text: str) -> Exercise:
    """The network and example of a text in the friendly format.

    Raises:
        OwnError: what is wrong, with the line.
    """
    read = _Lines()
    for line, words in enumerate(_spelled(text).splitlines(), 1):
        _read_line(read, words.replace(",", " ").split(), line)
    _complete(read)
    target = read.target or (1.0,)
    return Exercise(
        Network(tuple(read.inputs), tuple(map(tuple, read.layers)), read.loss, read.train_biases),
        read.inputs,
        target[0] if len(target) == 1 else target,
        read.rate,
        (),
    )


def _spelled(text: str) -> str:
    """The text with decimal points, and no spaces around its equals signs."""
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"[^\S\n]*=[^\S\n]*", "=", text)
    return re.sub(r"^(target|rate|loss)=", r"\1 ", text, flags=re.MULTILINE | re.IGNORECASE)


def _read_line(read: _Lines, words: list[str], line: int) -> None:
    first = words[0].lower() if words else ""
    match words:
        case []:
            read.apart = True
        case _ if "=" in first:
            for name, value in _pairs(words, line):
                read.claim(name, line)
                read.inputs[name] = value
            if len(read.inputs) > MOST_INPUTS:
                raise OwnError("inputs", line=line, most=MOST_INPUTS, found=len(read.inputs))
        case [_, *values] if first in ("target", "targets"):
            read.target = tuple(_number(value, line) for value in values)
            read.at["target"] = line
        case [_, value] if first == "rate":
            read.rate = _number(value, line)
            if read.rate <= 0:
                raise OwnError("rate", line=line)
        case [_, value] if first == "loss":
            read.loss, read.at["loss"] = value.lower(), line
            if read.loss not in LOSSES:
                raise OwnError("loss", line=line, piece=value, allowed=", ".join(LOSSES))
        case [_, *end] if (first, *map(str.lower, end)) in (("train", "biases"), ("train_biases",)):
            read.train_biases = True
        case [name, activation, *values] if activation.lower() in ACTIVATIONS:
            _add_neuron(read, name, activation.lower(), values, line)
        case [_] if first in ("rate", "loss"):
            raise OwnError("no_number", line=line)
        case [_, activation, *_] if activation.isalpha() and first not in ("rate", "loss", "train"):
            allowed = ", ".join(ACTIVATIONS)
            raise OwnError("activation", line=line, piece=activation, allowed=allowed)
        case _:
            raise OwnError("line", line=line)


def _pairs(words: list[str], line: int) -> Iterator[tuple[str, float]]:
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise OwnError("input", line=line, piece=word)
        yield name, _number(value, line)


def _number(text: str, line: int) -> float:
    if not text:
        raise OwnError("no_number", line=line)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise OwnError("number", line=line, piece=text)
    if abs(number) > LARGEST:
        raise OwnError("large", line=line, piece=text, most=f"{LARGEST:g}")
    return number


def _add_neuron(read: _Lines, name: str, activation: str, values: list[str], line: int) -> None:
    if read.apart or not read.layers or letters(read.layers[-1][0].name) != letters(name):
        read.layers.append([])
    read.apart = False
    bias = 0.0
    said = [value.lower() for value in values]
    if "bias" in said:
        at = said.index("bias")
        bias = _number("".join(values[at + 1 : at + 2]), line)
        values = values[:at] + values[at + 2 :]
    weights = [_number(value, line) for value in values]
    read.claim(name, line)
    named = weight_names(name, weights, len(read.layers))
    read.layers[-1].append(Neuron(name, activation, bias, named))


def letters(name: str) -> str:
    """A name without the digits at its end."""
    return name.rstrip("0123456789")


def weight_names(name: str, values: list[float], layer: int) -> tuple[tuple[str, float], ...]:
    """A neuron's weights with the usual names: w12 into H1 of the first layer, wO1 elsewhere."""
    digits = name[len(letters(name)) :]
    stem = f"w{digits}" if layer == 1 and digits else f"w{name}"
    return tuple((f"{stem}{i}", value) for i, value in enumerate(values, 1))


def _complete(read: _Lines) -> None:
    """Checks what can only be seen once all lines are read."""
    if not read.inputs:
        raise OwnError("no_inputs")
    if not read.layers:
        raise OwnError("no_neurons", allowed=", ".join(ACTIVATIONS))
    before = tuple(read.inputs)
    for index, layer in enumerate(read.layers):
        if index >= MOST_LAYERS:
            raise OwnError("layers", line=read.at[layer[0].name], most=MOST_LAYERS)
        for place, neuron in enumerate(layer):
            line = read.at[neuron.name]
            if place >= MOST_NEURONS:
                raise OwnError("neurons", line=line, most=MOST_NEURONS)
            if len(neuron.weights) != len(before):
                found, names = len(neuron.weights), ", ".join(before)
                raise OwnError(
                    "weights",
                    line=line,
                    piece=neuron.name,
                    allowed=names,
                    needed=len(before),
                    found=found,
                )
        before = tuple(neuron.name for neuron in layer)
    for layer in read.layers:
        for neuron in layer:
            for name, _ in neuron.weights:
                read.claim(name, read.at[neuron.name])
    _check_outputs(read)


def _check_outputs(read: _Lines) -> None:
    """Checks the target and the loss against the last layer."""
    outputs, target = read.layers[-1], read.target
    names = ", ".join(neuron.name for neuron in outputs)
    counts: dict[str, object] = {"needed": len(outputs), "allowed": names}
    if target is None and len(outputs) > 1:
        raise OwnError("no_target", **counts)
    if target is not None and len(target) != len(outputs):
        raise OwnError("target", line=read.at["target"], found=len(target), **counts)
    loss = LOSSES[read.loss]
    for neuron in outputs:
        if not loss.allows(ACTIVATIONS[neuron.activation]):
            line = read.at[neuron.name]
            raise OwnError("outputs", line=line, piece=neuron.name, **needs(loss))
    for number in target or ():
        if not loss.permits(number):
            line = read.at["target"]
            raise OwnError("target_range", line=line, piece=f"{number:g}", **needs(loss))


def write_own(asked: Exercise) -> str:
    """The network and example in the friendly format, as `read_own` reads it."""
    lines = [" ".join(f"{name}={_short(value)}" for name, value in asked.inputs.items())]
    for index, layer in enumerate(asked.network.layers):
        before = asked.network.layers[index - 1] if index else ()
        if before and letters(before[-1].name) == letters(layer[0].name):
            lines.append("")
        for neuron in layer:
            weights = " ".join(_short(value) for _, value in neuron.weights)
            bias = f" bias {_short(neuron.bias)}" if neuron.bias else ""
            lines.append(f"{neuron.name} {neuron.activation} {weights}{bias}")
    if asked.network.loss != DEFAULT_LOSS:
        lines.append(f"loss {asked.network.loss}")
    if asked.network.train_biases:
        lines.append("train biases")
    lines.append("target " + " ".join(map(_short, targets_of(asked))))
    return "\n".join([*lines, f"rate {_short(asked.learning_rate)}"])


def targets_of(asked: Exercise) -> tuple[float, ...]:
    """The targets, one for each output."""
    return asked.target if isinstance(asked.target, tuple) else (asked.target,)


def _short(value: float) -> str:
    return short_text(value)[0]
