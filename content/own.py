"""A network of the learner's own: read from a message, written back, and packed into a short code.

The friendly format is one line for the inputs, one for each neuron with its weights in the order of
the layer before, then the target and the rate. Neurons whose names share their letters, one after
another, are a layer; an empty line begins a new one too.
"""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator, Mapping

from content.making import Asked
from engine.network import ACTIVATIONS, LOSSES, Network, NetworkError, Neuron, checked_number
from engine.rounding import short_text
from engine.trace import trace

MOST_INPUTS, MOST_LAYERS, MOST_NEURONS = 4, 3, 4
LARGEST = 100.0
"""No number of a learner's own network may be larger, either way."""

LONGEST_CODE = 60
"""What fits behind `net_` into a link's 64 characters."""

DEFAULT_RATE = 0.1
_ONE = 1000
"""Numbers are packed in thousandths."""


def read_own(text: str) -> Asked:
    """The network and example in a message.

    Raises:
        NetworkError: what is wrong, with the line.

    >>> asked = read_own("x=2; O sigmoid 0.5; target 1")
    >>> asked.network.outputs[0].weights, asked.target
    ((('wO1', 0.5),), 1.0)
    """
    text = text.replace("−", "-").replace(";", "\n").strip()
    if not text.startswith("{"):
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
        text = re.sub(r"\s*=\s*", "=", text)
        text = re.sub(r"^(target|rate|loss)=", r"\1 ", text, flags=re.MULTILINE)
    asked = _from_json(text) if text.startswith("{") else _from_lines(text)
    _limited(asked)
    trace(asked.network, dict(asked.inputs), asked.target, asked.learning_rate)
    return asked


def _limited(asked: Asked) -> None:
    network = asked.network
    if len(network.inputs) > MOST_INPUTS:
        raise NetworkError(f"inputs: at most {MOST_INPUTS} here, not {len(network.inputs)}")
    if len(network.layers) > MOST_LAYERS:
        raise NetworkError(f"layers: at most {MOST_LAYERS} here, not {len(network.layers)}")
    for layer in network.layers:
        if len(layer) > MOST_NEURONS:
            raise NetworkError(f"{layer[0].name}: at most {MOST_NEURONS} neurons in a layer here")
    numbers = [*asked.inputs.values(), *_targets(asked)]
    numbers += [v for n in network.neurons() for v in (n.bias, *(w for _, w in n.weights))]
    for number in numbers:
        if abs(number) > LARGEST:
            raise NetworkError(f"{number:g}: numbers go up to {LARGEST:g} here, either way")


def _targets(asked: Asked) -> tuple[float, ...]:
    return asked.target if isinstance(asked.target, tuple) else (asked.target,)


def _from_json(text: str) -> Asked:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise NetworkError(f"JSON: {error}") from None
    inner = data.get("network", data)
    network = Network.from_data(inner)
    inputs = data.get("inputs") if "network" in data else data.get("example")
    if not isinstance(inputs, Mapping):
        raise NetworkError('inputs: needs {"x1": …, …} beside "network"')
    target = data.get("target", 1)
    targets = target if isinstance(target, list) else [target]
    numbers = tuple(checked_number(value, "target") for value in targets)
    return Asked(
        network,
        {str(name): checked_number(value, f"inputs.{name}") for name, value in inputs.items()},
        numbers if isinstance(target, list) else numbers[0],
        checked_number(data.get("learning_rate", DEFAULT_RATE), "learning_rate"),
        (),
    )


def _from_lines(text: str) -> Asked:
    inputs: dict[str, float] = {}
    layers: list[list[Neuron]] = []
    target: float | tuple[float, ...] = 1.0
    rate, loss, apart = DEFAULT_RATE, LOSSES[0], True
    for number, line in enumerate(text.splitlines(), 1):
        words, where = line.replace(",", " ").split(), f"line {number}"
        match words:
            case []:
                apart = True
            case [first, *_] if "=" in first:
                inputs.update(_pairs(line, where))
            case ["target" | "targets", *values]:
                found = tuple(_number(value, where) for value in values)
                target = found[0] if len(found) == 1 else found
            case ["rate", value]:
                rate = _number(value, where)
            case ["loss", value]:
                loss = value
            case [name, activation, *values] if activation.lower() in ACTIVATIONS:
                new = apart or not layers or _letters(layers[-1][0].name) != _letters(name)
                if new:
                    layers.append([])
                apart = False
                layers[-1].append(_neuron(name, activation.lower(), values, len(layers), where))
            case _:
                allowed = ", ".join(ACTIVATIONS)
                raise NetworkError(f"{where}: is no input, neuron ({allowed}), target or rate")
    network = Network(tuple(inputs), tuple(map(tuple, layers)), loss)
    return Asked(network, inputs, target, rate, ())


def _pairs(line: str, where: str) -> Iterator[tuple[str, float]]:
    for name, value in re.findall(r"([^\s=,]+)\s*=\s*([^\s,]+)", line):
        yield name, _number(value, where)


def _number(text: str, where: str) -> float:
    try:
        return checked_number(float(text), where)
    except ValueError:
        raise NetworkError(f"{where}: {text[:20]!r} is no number") from None


def _letters(name: str) -> str:
    return name.rstrip("0123456789")


def _neuron(name: str, activation: str, values: list[str], layer: int, where: str) -> Neuron:
    bias = 0.0
    if "bias" in values:
        at = values.index("bias")
        bias = _number(" ".join(values[at + 1 : at + 2]), where)
        values = values[:at] + values[at + 2 :]
    weights = [_number(value, where) for value in values]
    return Neuron(name, activation, bias, _weights(name, weights, layer))


def _weights(name: str, values: list[float], layer: int) -> tuple[tuple[str, float], ...]:
    """A neuron's weights with the usual names: w12 into H1 of the first layer, wO1 elsewhere."""
    digits = name[len(_letters(name)) :]
    stem = f"w{digits}" if layer == 1 and digits else f"w{name}"
    return tuple((f"{stem}{i}", value) for i, value in enumerate(values, 1))


def write_own(asked: Asked) -> str:
    """The network and example in the friendly format, as `read_own` reads it."""
    lines = [" ".join(f"{name}={_short(value)}" for name, value in asked.inputs.items())]
    for index, layer in enumerate(asked.network.layers):
        before = asked.network.layers[index - 1] if index else ()
        if before and _letters(before[-1].name) == _letters(layer[0].name):
            lines.append("")
        for neuron in layer:
            weights = " ".join(_short(value) for _, value in neuron.weights)
            bias = f" bias {_short(neuron.bias)}" if neuron.bias else ""
            lines.append(f"{neuron.name} {neuron.activation} {weights}{bias}")
    if asked.network.loss != LOSSES[0]:
        lines.append(f"loss {asked.network.loss}")
    lines.append("target " + " ".join(map(_short, _targets(asked))))
    return "\n".join([*lines, f"rate {_short(asked.learning_rate)}"])


def _short(value: float) -> str:
    return short_text(value)[0]


def code_of(asked: Asked) -> str | None:
    """The network and example as a code for a link; None where it does not fit one.

    Numbers are kept to three decimals; names become the usual x1, …, H1, …, O.
    """
    network = asked.network
    if network.train_biases:
        return None
    head = [1, LOSSES.index(network.loss), len(network.inputs), len(network.layers)]
    packed = bytes(head) + _pack((asked.learning_rate, *asked.inputs.values()))
    for layer in network.layers:
        packed += bytes([len(layer)])
        for neuron in layer:
            packed += bytes([ACTIVATIONS.index(neuron.activation)])
            packed += _pack((neuron.bias, *(value for _, value in neuron.weights)))
    packed += _pack(_targets(asked))
    code = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    same = len(code) <= LONGEST_CODE and from_code(code)
    return code if same and _numbers(same) == _numbers(asked) else None


def _numbers(asked: Asked) -> list[float]:
    weights = [v for n in asked.network.neurons() for v in (n.bias, *(w for _, w in n.weights))]
    return [asked.learning_rate, *asked.inputs.values(), *weights, *_targets(asked)]


def _pack(values: tuple[float, ...]) -> bytes:
    return b"".join(
        struct.pack(">h", max(-32768, min(32767, round(value * _ONE)))) for value in values
    )


def from_code(code: str) -> Asked:
    """What `code_of` packed.

    Raises:
        NetworkError: it is no such code.
    """
    try:
        data = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        version, loss, inputs, layers, *_ = data
        if version != 1:
            raise NetworkError("this link is of another version")
        at = 4
        numbers, at = _unpack(data, at, 1 + inputs)
        rate, values, width = numbers[0], numbers[1:], inputs
        found = []
        for index in range(layers):
            size, at, neurons = data[at], at + 1, []
            for place in range(1, size + 1):
                activation, at = ACTIVATIONS[data[at]], at + 1
                (bias, *weights), at = _unpack(data, at, 1 + width)
                last = index == layers - 1
                letters = "O" if last else "HGF"[index]
                name = letters if last and size == 1 else f"{letters}{place}"
                named = _weights(name, weights, index + 1)
                neurons.append(Neuron(name, activation, bias, named))
            found.append(tuple(neurons))
            width = size
        targets, _ = _unpack(data, at, width)
    except (ValueError, IndexError, struct.error) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError("this link is not complete") from None
    network = Network(tuple(f"x{i}" for i in range(1, inputs + 1)), tuple(found), LOSSES[loss])
    target = targets[0] if len(targets) == 1 else tuple(targets)
    asked = Asked(network, dict(zip(network.inputs, values, strict=True)), target, rate, ())
    _limited(asked)
    return asked


def _unpack(data: bytes, at: int, count: int) -> tuple[list[float], int]:
    numbers = struct.unpack_from(f">{count}h", data, at)
    return [number / _ONE for number in numbers], at + 2 * count
