"""A network of the learner's own: read from a message, written back, and packed into a short code.

The friendly format is one line for the inputs, one for each neuron with its weights in the order of
the layer before, then the target, the rate, and "train biases" if they are to move too. Neurons
whose names share their letters, one after another, are a layer; an empty line begins a new one too.
"""

from __future__ import annotations

import base64
import struct

from content.book import Book
from content.generated_lessons import Exercise
from content.own_network_errors import OwnError
from content.own_network_json import read_json
from content.own_network_lines import (
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    read_lines,
    targets_of,
    weight_names,
    write_own,
)
from content.templates import Html
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import Network, NetworkError, Neuron
from engine.reading.characters import plain
from engine.trace import trace

__all__ = [
    "LONGEST_CODE",
    "MOST_INPUTS",
    "MOST_LAYERS",
    "MOST_NEURONS",
    "code_of",
    "from_code",
    "read_own",
    "what_is_wrong",
    "write_own",
]

LONGEST_CODE = 60
"""What fits behind `net_` into a link's 64 characters."""

_ONE = 1000
"""Numbers are packed in thousandths."""
_TRAIN_BIASES = 128
"""Added to the loss where biases are trained too."""


def read_own(text: str) -> Exercise:
    """The network and example in a message.

    Raises:
        NetworkError: what is wrong, with the line, or with the place in JSON.

    >>> asked = read_own("x=2; O sigmoid 0.5; target 1")
    >>> asked.network.outputs[0].weights, asked.target
    ((('wO1', 0.5),), 1.0)
    """
    text = plain(text.replace("\r\n", "\n"))[0].replace(";", "\n").strip()
    return _traceable(read_json(text) if text.startswith("{") else read_lines(text))


def _traceable(asked: Exercise) -> Exercise:
    try:
        trace(asked.network, dict(asked.inputs), asked.target, asked.learning_rate)
    except NetworkError:
        if not LOSSES[asked.network.loss].logarithm:
            raise
        raise OwnError("certain", loss=asked.network.loss) from None
    return asked


def what_is_wrong(error: NetworkError, book: Book) -> Html:
    """The sentence for a network that cannot be used.

    Args:
        error: what `read_own` or `from_code` raised.
        book: whose words are used.
    """
    if not isinstance(error, OwnError):
        return book.own.problem(problem=str(error))
    slots = error.slots
    at = book.own.at_line(line=slots["line"]) if "line" in slots else slots.get("where")
    slots = slots | {"at": at or book.own.at_top()}
    return book.fill(book.generated.own[error.key], book.any_trace, slots)


def code_of(asked: Exercise) -> str | None:
    """The network and example as a code for a link; None where it does not fit one.

    Numbers are kept to three decimals; names become the usual x1, …, H1, …, O.
    """
    network = asked.network
    loss = LOSSES[network.loss].code | (_TRAIN_BIASES if network.train_biases else 0)
    head = [1, loss, len(network.inputs), len(network.layers)]
    packed = bytes(head) + _pack((asked.learning_rate, *asked.inputs.values()))
    for layer in network.layers:
        packed += bytes([len(layer)])
        for neuron in layer:
            packed += bytes([ACTIVATIONS[neuron.activation].code])
            packed += _pack((neuron.bias, *(value for _, value in neuron.weights)))
    packed += _pack(targets_of(asked))
    code = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    try:
        same = _unnamed(from_code(code)) == _unnamed(asked)
    except OwnError:  # a rate or a weight that is 0 in thousandths
        return None
    return code if same and len(code) <= LONGEST_CODE else None


def _unnamed(asked: Exercise) -> tuple[object, ...]:
    """All that a network and its example are, but for the names."""
    network = asked.network
    neurons = [
        [(one.activation, one.bias, [value for _, value in one.weights]) for one in layer]
        for layer in network.layers
    ]
    numbers = asked.learning_rate, *asked.inputs.values(), *targets_of(asked)
    return network.loss, network.train_biases, numbers, neurons


def _pack(values: tuple[float, ...]) -> bytes:
    return b"".join(
        struct.pack(">h", max(-32768, min(32767, round(value * _ONE)))) for value in values
    )


def from_code(code: str) -> Exercise:
    """What `code_of` packed.

    Raises:
        NetworkError: it is no such code.
    """
    try:
        data = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        version, loss, inputs, layers, *_ = data
        if version != 1:
            raise OwnError("link")
        at = 4
        numbers, at = _unpack(data, at, 1 + inputs)
        rate, values, width = numbers[0], numbers[1:], inputs
        found = []
        for index in range(layers):
            size, at, neurons = data[at], at + 1, []
            for place in range(1, size + 1):
                activation, at = ACTIVATIONS.coded(data[at]).name, at + 1
                (bias, *weights), at = _unpack(data, at, 1 + width)
                last = index == layers - 1
                letters = "O" if last else "HGF"[index]
                name = letters if last and size == 1 else f"{letters}{place}"
                named = weight_names(name, weights, index + 1)
                neurons.append(Neuron(name, activation, bias, named))
            found.append(tuple(neurons))
            width = size
        targets, _ = _unpack(data, at, width)
        loss_name, train_biases = LOSSES.coded(loss % _TRAIN_BIASES).name, loss >= _TRAIN_BIASES
        network = Network(
            tuple(f"x{i}" for i in range(1, inputs + 1)), tuple(found), loss_name, train_biases
        )
        target = targets[0] if len(targets) == 1 else tuple(targets)
        asked = Exercise(network, dict(zip(network.inputs, values, strict=True)), target, rate, ())
        if inputs > MOST_INPUTS or max(map(len, network.layers)) > MOST_NEURONS:
            raise OwnError("link")
        return _traceable(asked)
    except (ValueError, IndexError, struct.error):
        raise OwnError("link") from None


def _unpack(data: bytes, at: int, count: int) -> tuple[list[float], int]:
    numbers = struct.unpack_from(f">{count}h", data, at)
    return [number / _ONE for number in numbers], at + 2 * count
