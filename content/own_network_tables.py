"""A network of a learner's own in JSON: each name, number and choice told by its place."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from content.own_network_completing import (
    LARGEST,
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    NAME,
    weight_names,
)
from content.own_network_errors import BEYOND, OwnError, check_layers, needs
from content.own_network_words import activation_meant, key_meant, loss_meant
from engine.functions import ACTIVATIONS, DEFAULT_SLOPE
from engine.losses import DEFAULT_LOSS, LOSSES, Loss
from engine.network import DECIMALS, DELTAS, NEURON_KEYS, RESERVED, UPDATES, Network, Neuron
from engine.network_data import beyond, offered_name

LONGEST_PLACE = 60


class NetworkReading:
    """Reads a network, and knows where each of its names stands.

    Args:
        at: where the network stands; empty for the top level.
    """

    def __init__(self, at: str) -> None:
        self.at = f"{at}." if at else ""
        self.taken: dict[str, str] = {}
        self.read: list[list[Neuron]] = []
        self.places: dict[str, dict[str, object]] = {}
        self.biases = set[str]()

    def network(self, table: Mapping[str, object]) -> Network:
        """The network of a table with the right keys."""
        place = f"{self.at}inputs"
        inputs = list_at(table["inputs"], place)
        if len(inputs) > MOST_INPUTS:
            raise OwnError("inputs", where=place, most=MOST_INPUTS, found=len(inputs))
        before = [self._claim(name, f"{place}[{i}]") for i, name in enumerate(inputs)]
        place = f"{self.at}layers"
        layers = list_at(table["layers"], place)
        if len(layers) > MOST_LAYERS:
            raise OwnError("layers", where=f"{place}[{MOST_LAYERS}]", most=MOST_LAYERS)
        for i, layer in enumerate(layers):
            before = self._layer(layer, f"{place}[{i}]", before)
        said = table.get("loss", DEFAULT_LOSS)
        loss = loss_meant(said) if isinstance(said, str) else None
        if loss is None:
            allowed = ", ".join(LOSSES)
            raise OwnError("loss", where=f"{self.at}loss", piece=shown(said), allowed=allowed)
        if not isinstance(table.get("train_biases", False), bool):
            raise OwnError("json_switch", where=f"{self.at}train_biases")
        said = [choice_at(table, key, known, self.at) for key, known in _CHOICES.items()]
        delta, update = said
        perceptron = update == "perceptron"
        if not perceptron:
            self._outputs(LOSSES[loss], f"{place}[{len(layers) - 1}]")
        check_layers(self.read, self.places, perceptron=perceptron)
        return Network(
            tuple(map(str, inputs)),
            tuple(map(tuple, self.read)),
            loss,
            table.get("train_biases") is True,
            DELTAS[0] if perceptron else delta,
            update,
            _decimals(table.get("decimals"), f"{self.at}decimals"),
        )

    def _layer(self, layer: object, place: str, before: Sequence[str]) -> list[str]:
        neurons = list_at(layer, place)
        if len(neurons) > MOST_NEURONS:
            raise OwnError("neurons", where=f"{place}[{MOST_NEURONS}]", most=MOST_NEURONS)
        self.read.append([])
        return [self._neuron(one, f"{place}[{j}]", before) for j, one in enumerate(neurons)]

    def _neuron(self, neuron: object, place: str, before: Sequence[str]) -> str:
        needed = ("name", "activation", "weights")
        table = dict(table_at(as_called_here(neuron), place, NEURON_KEYS, needed))
        name = self._claim(table["name"], f"{place}.name")
        said = table["activation"]
        activation = activation_meant(said) if isinstance(said, str) else None
        if activation is None:
            if what := isinstance(said, str) and beyond(said):
                raise OwnError(BEYOND[what], where=f"{place}.activation")
            raise OwnError(
                "json_activation",
                where=f"{place}.activation",
                piece=shown(said),
                allowed=", ".join(ACTIVATIONS),
            )
        at = place
        self.places[name] = {"where": at}
        bias_name, bias = self._bias(table.get("bias", 0.0), f"{place}.bias")
        slope = number_at(table.get("slope", DEFAULT_SLOPE), f"{place}.slope")
        if "slope" in table and ACTIVATIONS[activation].with_slope is None:
            raise OwnError("json_key", where=at, piece="slope", allowed=", ".join(NEURON_KEYS[:-1]))
        place = f"{place}.weights"
        weights = table_at(table["weights"], place)
        if before and set(weights) == set(before):  # by what they multiply
            numbers = [number_at(weights[source], f"{place}.{source}") for source in before]
            weights = dict(weight_names(name, numbers, len(self.read)))
        if len(weights) != len(before):
            raise OwnError(
                "weights",
                where=place,
                piece=name,
                allowed=", ".join(before),
                needed=len(before),
                found=len(weights),
            )
        named = []
        for weight, value in weights.items():
            named.append((self._claim(weight, place), number_at(value, f"{place}.{weight}")))
        self.read[-1].append(Neuron(name, activation, bias, tuple(named), bias_name, slope))
        return name

    def _bias(self, value: object, place: str) -> tuple[str, float]:
        """The name and number of a bias; a name that several share is taken once."""
        if not isinstance(value, Mapping):
            return "", number_at(value, place)
        if not value:
            raise OwnError("json_empty", where=place)
        (name, number), *more = value.items()
        if more:
            raise OwnError("json_key", where=place, piece=more[0][0], allowed=shown(name))
        at = f"{place}.{name}"
        if name not in self.biases:
            self._claim(name, at)
        self.biases.add(name)
        return name, number_at(number, at)

    def _claim(self, name: object, place: str) -> str:
        """Takes a name for an input, a neuron or a weight."""
        if offered := offered_name(shown(name)):
            raise OwnError("number_name", where=place, piece=shown(name), other=offered)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise OwnError("name", where=place, piece=shown(name))
        if name in RESERVED:
            raise OwnError("reserved", where=place, piece=name)
        if name in self.taken:
            raise OwnError("json_twice", where=place, piece=name, other=self.taken[name])
        self.taken[name] = place
        return name

    def _outputs(self, loss: Loss, place: str) -> None:
        for j, neuron in enumerate(self.read[-1]):
            if not loss.allows(ACTIVATIONS[neuron.activation]):
                raise OwnError("outputs", where=f"{place}[{j}]", piece=neuron.name, **needs(loss))


_CHOICES = {"delta": DELTAS, "update": UPDATES}


def choice_at(table: Mapping[str, object], key: str, known: Sequence[str], at: str) -> str:
    """One of a few words; the first where the key is left out."""
    said = table.get(key, known[0])
    if said not in known:
        allowed = " / ".join(known)
        slots: dict[str, object] = {"piece": shown(said), "other": key, "allowed": allowed}
        raise OwnError("choice", where=f"{at}{key}", **slots)
    return str(said)


def _decimals(value: object, where: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value not in DECIMALS:
        ends: dict[str, object] = {"low": DECIMALS[0], "high": DECIMALS[-1]}
        raise OwnError("decimals", where=where, piece=shown(value), **ends)
    return value


def table_at(
    value: object, where: str, known: Sequence[str] | None = None, needed: Sequence[str] = ()
) -> Mapping[str, object]:
    """A table, with no keys but the known ones and with all that are needed."""
    if not isinstance(value, Mapping):
        raise OwnError("json_table", where=where)
    for key in value:
        if known is not None and key not in known and (what := beyond(key)):
            raise OwnError(BEYOND[what], where=where)
        if known is not None and key not in known:
            raise OwnError("json_key", where=where, piece=key, allowed=", ".join(known))
    for key in needed:
        if key not in value:
            raise OwnError("json_missing", where=where, piece=key)
    return value


def list_at(value: object, where: str) -> list[object]:
    """A list with something in it."""
    if not isinstance(value, list):
        raise OwnError("json_list", where=where)
    if not value:
        raise OwnError("json_empty", where=where)
    return value


def number_at(value: object, where: str) -> float:
    """A number that is not too large for work by hand."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise OwnError("number", where=where[:LONGEST_PLACE], piece=shown(value))
    if abs(value) > LARGEST:
        most = f"{LARGEST:,.0f}"
        raise OwnError("large", where=where[:LONGEST_PLACE], piece=shown(value), most=most)
    return float(value)


def shown(value: object) -> str:
    """A value as it stands in the text; a word without its quotation marks."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_called_here(data: object) -> Mapping[str, object]:
    """A table with its keys as they are called here: `learning_rate` for `lr`."""
    if not isinstance(data, Mapping):
        return data  # type: ignore[return-value]  # told by its place where it is read
    found = dict[str, object]()
    for key, value in data.items():
        found[key_meant(key) if key_meant(key) not in data else key] = value
    return found
