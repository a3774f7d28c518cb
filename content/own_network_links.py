"""A learner's own network packed into the few characters that a link holds, exactly as it is.

The first byte of a code is its version. The first packs thousandths under the usual names; the
second packs digits, half a byte each, and whatever the names are. Links of both are about.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from dataclasses import replace

from content.generated_lessons import Exercise
from content.own_network_completing import MOST_INPUTS, MOST_NEURONS, weight_names
from content.own_network_errors import OwnError
from content.own_network_writing import exact, targets_of
from engine.functions import ACTIVATIONS, DEFAULT_SLOPE
from engine.losses import LOSSES
from engine.network import DELTAS, UPDATES, Network, Neuron

LONGEST_CODE = 60
"""What fits behind `net_` into a link's 64 characters."""

_ONE = 1000
"""The first version packs numbers in thousandths."""
_TRAIN_BIASES = 128
"""Added to the loss where biases are trained too."""

_SIGNS = "0123456789.-;"
"""What half a byte may be; one more opens any other character, and the last ends a code."""
_OTHER, _END = 13, 15
_TRAINS, _ERROR, _PERCEPTRON, _SUMMED = 1, 2, 4, 8
_NAMED = 16
"""Of the inputs; of the neurons, weights and biases twice as much each."""


def code_of(asked: Exercise) -> str | None:
    """The network and example as a code for a link; None where it does not fit one."""
    for pack in (_packed, _written):
        code = base64.urlsafe_b64encode(pack(asked)).decode().rstrip("=")
        try:
            same = len(code) <= LONGEST_CODE and unpacked(code) == asked
        except (
            ValueError,
            IndexError,
            StopIteration,
            RuntimeError,
            struct.error,
        ):  # not that gives back the same
            same = False
        if same:
            return code
    return None


def unpacked(code: str) -> Exercise:
    """What a code packs.

    Raises:
        ValueError, IndexError, RuntimeError, struct.error: it is no such code.
    """
    data = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    asked = {1: _unpacked, 2: _read}[data[0]](data[1:]) if data[:1] in (b"\1", b"\2") else None
    if asked is None:
        raise ValueError("of no version")
    network = asked.network
    if len(network.inputs) > MOST_INPUTS or max(map(len, network.layers)) > MOST_NEURONS:
        raise OwnError("link")
    return asked


def _packed(asked: Exercise) -> bytes:
    network = asked.network
    loss = LOSSES[network.loss].code | (_TRAIN_BIASES if network.train_biases else 0)
    packed = bytes([1, loss, len(network.inputs), len(network.layers)])
    packed += _pack((asked.learning_rate, *asked.inputs.values()))
    for layer in network.layers:
        packed += bytes([len(layer)])
        for neuron in layer:
            packed += bytes([ACTIVATIONS[neuron.activation].code])
            packed += _pack((neuron.bias, *(value for _, value in neuron.weights)))
    return packed + _pack(targets_of(asked))


def _pack(values: tuple[float, ...]) -> bytes:
    return b"".join(
        struct.pack(">h", max(-32768, min(32767, round(value * _ONE)))) for value in values
    )


def _unpacked(data: bytes) -> Exercise:
    loss, inputs, layers, at = data[0], data[1], data[2], 3
    numbers, at = _unpack(data, at, 1 + inputs)
    rate, values, width = numbers[0], numbers[1:], inputs
    found = []
    for index in range(layers):
        size, at, neurons = data[at], at + 1, []
        for name in _usual(index, size, last=index == layers - 1):
            activation, at = ACTIVATIONS.coded(data[at]).name, at + 1
            (bias, *weights), at = _unpack(data, at, 1 + width)
            named = weight_names(name, weights, index + 1)
            neurons.append(Neuron(name, activation, bias, named))
        found.append(tuple(neurons))
        width = size
    targets, _ = _unpack(data, at, width)
    loss_name, train_biases = LOSSES.coded(loss % _TRAIN_BIASES).name, loss >= _TRAIN_BIASES
    names = tuple(f"x{i}" for i in range(1, inputs + 1))
    network = Network(names, tuple(found), loss_name, train_biases)
    return Exercise(network, dict(zip(names, values, strict=True)), _one(targets), rate, ())


def _unpack(data: bytes, at: int, count: int) -> tuple[list[float], int]:
    numbers = struct.unpack_from(f">{count}h", data, at)
    return [number / _ONE for number in numbers], at + 2 * count


def _usual(layer: int, size: int, *, last: bool) -> list[str]:
    letters = "O" if last else "HGF"[layer]
    return [letters] if last and size == 1 else [f"{letters}{i}" for i in range(1, size + 1)]


def _one(targets: list[float]) -> float | tuple[float, ...]:
    return targets[0] if len(targets) == 1 else tuple(targets)


def _written(asked: Exercise) -> bytes:
    """The second version: fields with `;` between them, two signs in a byte."""
    network = asked.network
    named = [
        (_NAMED << place, names)
        for place, (names, usual) in enumerate(
            zip(_names(network), _usual_names(network), strict=True)
        )
        if names != usual
    ]
    flags = (
        _TRAINS * network.train_biases
        | _ERROR * (network.delta != DELTAS[0])
        | _PERCEPTRON * network.perceptron
        | _SUMMED * (asked.reduction == "sum")
        | sum(flag for flag, _ in named)
    )
    fields: list[object] = [flags, LOSSES[network.loss].code, network.decimals or 0]
    fields += [asked.learning_rate, len(network.inputs), len(network.layers), len(asked.examples)]
    for layer in network.layers:
        fields.append(len(layer))
        for neuron in layer:
            known = ACTIVATIONS[neuron.activation]
            fields += [known.code, *([neuron.slope] if known.with_slope else ()), neuron.bias]
            fields += [value for _, value in neuron.weights]
    for inputs, target in asked.examples or ((asked.inputs, asked.target),):
        fields += [*inputs.values(), *(target if isinstance(target, tuple) else (target,))]
    for _, names in named:
        before = ["", *names]
        fields += [
            "" if name == _next(last) else name for last, name in zip(before, names, strict=False)
        ]
    halves = []
    for sign in ";".join(map(_field, fields)):
        known_sign = _SIGNS.find(sign)
        halves += [known_sign] if known_sign >= 0 else [_OTHER, *divmod(ord(sign), 16)]
    halves += [_END] * (2 - len(halves) % 2)
    return bytes([2, *(a << 4 | b for a, b in zip(halves[::2], halves[1::2], strict=True))])


def _field(value: object) -> str:
    """A field as it stands in a code: a number without the 0 before its point, and 0 as nothing."""
    text = exact(value).replace("−", "-") if isinstance(value, float) else str(value)
    if text == "0":
        return ""
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _names(network: Network) -> list[list[str]]:
    """The names of inputs, of neurons, of weights and of biases, of one without a dash."""
    neurons = list(network.neurons())
    weights = [name for neuron in neurons for name, _ in neuron.weights]
    biases = [neuron.bias_name or "-" for neuron in neurons]
    return [list(network.inputs), [neuron.name for neuron in neurons], weights, biases]


def _usual_names(network: Network) -> list[list[str]]:
    """The names that need not be packed: of weights, those that go with their neurons."""
    inputs = [f"x{i}" for i, _ in enumerate(network.inputs, 1)]
    last = len(network.layers) - 1
    neurons = [
        name
        for index, layer in enumerate(network.layers)
        for name in _usual(index, len(layer), last=index == last)
    ]
    return [inputs, neurons, _usual_weights(network), ["-"] * len(neurons)]


def _usual_weights(network: Network) -> list[str]:
    return [
        name
        for index, layer in enumerate(network.layers, 1)
        for neuron in layer
        for name, _ in weight_names(neuron.name, [value for _, value in neuron.weights], index)
    ]


def _next(name: str) -> str:
    """The name that is counted on from one: h2 after h1, b after a, and a dash after a dash."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if digits:
        return f"{letters}{int(digits) + 1}"
    return chr(ord(name) + 1) if len(name) == 1 and name != "-" else name


def _named(network: Network, place: int, names: Iterator[str]) -> Network:
    """The network with other names of inputs, neurons, weights or biases, in that order."""
    if place == 0:
        return replace(network, inputs=tuple(next(names) for _ in network.inputs))
    layers = []
    for index, layer in enumerate(network.layers, 1):
        neurons = list(layer)
        for at, neuron in enumerate(neurons):
            values = [value for _, value in neuron.weights]
            if place == 1:
                name = next(names)
                weights = weight_names(name, values, index)
                neurons[at] = replace(neuron, name=name, weights=weights)
            elif place == 2:
                weights = tuple((next(names), value) for value in values)
                neurons[at] = replace(neuron, weights=weights)
            else:
                neurons[at] = replace(neuron, bias_name=next(names).replace("-", ""))
        layers.append(tuple(neurons))
    return replace(network, layers=tuple(layers))


def _read(data: bytes) -> Exercise:
    halves = iter([half for byte in data for half in divmod(byte, 16)])
    text = ""
    for half in halves:
        if half == _END:
            break
        text += _SIGNS[half] if half != _OTHER else chr(next(halves, 0) * 16 + next(halves, 0))
    fields = iter(text.split(";"))

    def whole() -> int:
        return int(next(fields) or 0)

    def number() -> float:
        return float(next(fields) or 0)

    flags, loss, decimals = whole(), LOSSES.coded(whole()).name, whole()
    rate, width, depth, count = number(), whole(), whole(), whole()
    outputs, layers = width, []
    if max(width, depth, count) > MOST_NEURONS * 2:
        raise OwnError("link")
    for index in range(depth):
        size = whole()
        if size > MOST_NEURONS:
            raise OwnError("link")
        neurons = []
        for name in _usual(index, size, last=index == depth - 1):
            known = ACTIVATIONS.coded(whole())
            slope = number() if known.with_slope else DEFAULT_SLOPE
            bias, values = number(), [number() for _ in range(outputs)]
            named = weight_names(name, values, index + 1)
            neurons.append(Neuron(name, known.name, bias, named, "", slope))
        layers.append(tuple(neurons))
        outputs = size
    network = Network(
        tuple(f"x{i}" for i in range(1, width + 1)),
        tuple(layers),
        loss,
        bool(flags & _TRAINS),
        DELTAS[bool(flags & _ERROR)],
        UPDATES[bool(flags & _PERCEPTRON)],
        decimals or None,
    )
    rows = [
        ([number() for _ in range(width)], _one([number() for _ in range(outputs)]))
        for _ in range(max(1, count))
    ]
    for place in range(4):
        if flags & _NAMED << place:
            count_on = _counted_on(fields, len(_names(network)[place]))
            network = _named(network, place, count_on)
    examples = [(dict(zip(network.inputs, values, strict=True)), target) for values, target in rows]
    return Exercise(
        network,
        *examples[0],
        rate,
        (),
        tuple(examples) if count else (),
        "sum" if flags & _SUMMED else "mean",
    )


def _counted_on(fields: Iterator[str], count: int) -> Iterator[str]:
    """So many names, where nothing stands for the one that follows the name before."""
    before = ""
    for _ in range(count):
        before = next(fields) or _next(before)
        yield before
