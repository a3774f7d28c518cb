"""A learner's own network as JSON: the network of the README, and its example beside it.

What is wrong is told by the place, as in `network.layers[0][1].weights`: a key of the sentences in
`generated.toml` and what to fill in. Once read here, the engine has nothing left to refuse.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from content.generated_lessons import Exercise
from content.own_network_errors import OwnError, needs
from content.own_network_lines import (
    DEFAULT_RATE,
    LARGEST,
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    NAME,
)
from engine.functions import ACTIVATIONS
from engine.losses import DEFAULT_LOSS, LOSSES, Loss
from engine.network import RESERVED, Network

NETWORK_KEYS = ("inputs", "layers", "loss", "train_biases")
NEURON_KEYS = ("name", "activation", "bias", "weights")
EXAMPLE_KEYS = ("target", "learning_rate")

LONGEST_PLACE = 60
_MOST_DIGITS = 400
"""A whole number with more is as good as infinite."""


def read_json(text: str) -> Exercise:
    """The network and example of a text in JSON.

    The network stands under `network` and the example's numbers under `inputs`, or both at the top
    level and the numbers under `example`.

    Raises:
        OwnError: what is wrong, with the place.
    """
    data = _parsed(text)
    if "network" in data:
        at, example = "network", "inputs"
        _table(data, "", ("network", example, *EXAMPLE_KEYS))
        inner = _table(data["network"], at, NETWORK_KEYS, ("inputs", "layers"))
    else:
        at, example = "", "example"
        inner = _table(data, at, (*NETWORK_KEYS, example, *EXAMPLE_KEYS), ("inputs", "layers"))
    network = _Reading(at).network({key: inner[key] for key in NETWORK_KEYS if key in inner})
    if example not in data:
        raise OwnError("no_example")
    names = network.inputs
    numbers = _table(data[example], example, names, names)
    rate = _number(data.get("learning_rate", DEFAULT_RATE), "learning_rate")
    if rate <= 0:
        raise OwnError("rate", where="learning_rate")
    return Exercise(
        network,
        {name: _number(numbers[name], f"{example}.{name}") for name in names},
        _target(network, data.get("target")),
        rate,
        (),
    )


def _parsed(text: str) -> Mapping[str, object]:
    try:
        data = json.loads(text, object_pairs_hook=_each_once, parse_int=_whole)
    except (json.JSONDecodeError, RecursionError) as error:
        raise OwnError("json", line=getattr(error, "lineno", 1)) from None
    return _table(data, "")


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict[str, object]()
    for key, value in pairs:
        if key in found:
            raise OwnError("json_repeated", piece=key)
        found[key] = value
    return found


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


class _Reading:
    """Reads a network, and knows where each of its names stands.

    Args:
        at: where the network stands; empty for the top level.
    """

    def __init__(self, at: str) -> None:
        self.at = f"{at}." if at else ""
        self.taken: dict[str, str] = {}

    def network(self, table: Mapping[str, object]) -> Network:
        """The network of a table with the right keys."""
        place = f"{self.at}inputs"
        inputs = _list(table["inputs"], place)
        if len(inputs) > MOST_INPUTS:
            raise OwnError("inputs", where=place, most=MOST_INPUTS, found=len(inputs))
        before = [self._claim(name, f"{place}[{i}]") for i, name in enumerate(inputs)]
        place = f"{self.at}layers"
        layers = _list(table["layers"], place)
        if len(layers) > MOST_LAYERS:
            raise OwnError("layers", where=f"{place}[{MOST_LAYERS}]", most=MOST_LAYERS)
        for i, layer in enumerate(layers):
            before = self._layer(layer, f"{place}[{i}]", before)
        loss = table.get("loss", DEFAULT_LOSS)
        if not isinstance(loss, str) or loss not in LOSSES:
            allowed = ", ".join(LOSSES)
            raise OwnError("loss", where=f"{self.at}loss", piece=_shown(loss), allowed=allowed)
        if not isinstance(table.get("train_biases", False), bool):
            raise OwnError("json_switch", where=f"{self.at}train_biases")
        self._outputs(LOSSES[loss], layers[-1], f"{place}[{len(layers) - 1}]")
        return Network.from_data(table)

    def _layer(self, layer: object, place: str, before: Sequence[str]) -> list[str]:
        neurons = _list(layer, place)
        if len(neurons) > MOST_NEURONS:
            raise OwnError("neurons", where=f"{place}[{MOST_NEURONS}]", most=MOST_NEURONS)
        return [self._neuron(one, f"{place}[{j}]", before) for j, one in enumerate(neurons)]

    def _neuron(self, neuron: object, place: str, before: Sequence[str]) -> str:
        table = _table(neuron, place, NEURON_KEYS, ("name", "activation", "weights"))
        name = self._claim(table["name"], f"{place}.name")
        activation = table["activation"]
        if not isinstance(activation, str) or activation not in ACTIVATIONS:
            raise OwnError(
                "json_activation",
                where=f"{place}.activation",
                piece=_shown(activation),
                allowed=", ".join(ACTIVATIONS),
            )
        _number(table.get("bias", 0.0), f"{place}.bias")
        place = f"{place}.weights"
        weights = _table(table["weights"], place)
        if len(weights) != len(before):
            raise OwnError(
                "weights",
                where=place,
                piece=name,
                allowed=", ".join(before),
                needed=len(before),
                found=len(weights),
            )
        for weight, value in weights.items():
            self._claim(weight, place)
            _number(value, f"{place}.{weight}")
        return name

    def _claim(self, name: object, place: str) -> str:
        """Takes a name for an input, a neuron or a weight."""
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise OwnError("name", where=place, piece=_shown(name))
        if name in RESERVED:
            raise OwnError("reserved", where=place, piece=name)
        if name in self.taken:
            raise OwnError("json_twice", where=place, piece=name, other=self.taken[name])
        self.taken[name] = place
        return name

    def _outputs(self, loss: Loss, outputs: object, place: str) -> None:
        for j, neuron in enumerate(_list(outputs, place)):
            table = _table(neuron, place)
            if not loss.allows(ACTIVATIONS[str(table["activation"])]):
                at = f"{place}[{j}]"
                raise OwnError("outputs", where=at, piece=table["name"], **needs(loss))


def _target(network: Network, value: object) -> float | tuple[float, ...]:
    names = [neuron.name for neuron in network.outputs]
    counts: dict[str, object] = {"needed": len(names), "allowed": ", ".join(names)}
    if value is None:
        if len(names) > 1:
            raise OwnError("no_target", **counts)
        value = 1.0
    several = isinstance(value, list)
    values = value if isinstance(value, list) else [value]
    if len(values) != len(names):
        raise OwnError("target", where="target", found=len(values), **counts)
    places = [f"target[{i}]" if several else "target" for i in range(len(values))]
    numbers = [_number(one, place) for one, place in zip(values, places, strict=True)]
    for number, place in zip(numbers, places, strict=True):
        if not (loss := LOSSES[network.loss]).permits(number):
            raise OwnError("target_range", where=place, piece=f"{number:g}", **needs(loss))
    return tuple(numbers) if several else numbers[0]


def _table(
    value: object, where: str, known: Sequence[str] | None = None, needed: Sequence[str] = ()
) -> Mapping[str, object]:
    """A table, with no keys but the known ones and with all that are needed."""
    if not isinstance(value, Mapping):
        raise OwnError("json_table", where=where)
    for key in value:
        if known is not None and key not in known:
            raise OwnError("json_key", where=where, piece=key, allowed=", ".join(known))
    for key in needed:
        if key not in value:
            raise OwnError("json_missing", where=where, piece=key)
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise OwnError("json_list", where=where)
    if not value:
        raise OwnError("json_empty", where=where)
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise OwnError("number", where=where[:LONGEST_PLACE], piece=_shown(value))
    if abs(value) > LARGEST:
        most = f"{LARGEST:g}"
        raise OwnError("large", where=where[:LONGEST_PLACE], piece=_shown(value), most=most)
    return float(value)


def _shown(value: object) -> str:
    """A value as it stands in the text; a word without its quotation marks."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
