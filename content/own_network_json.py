"""A learner's own network as JSON: the network of the README, and its example beside it.

What is wrong is told by the place, as in `network.layers[0][1].weights`: a key of the sentences in
`generated.toml` and what to fill in. Once read here, the engine has nothing left to refuse.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from content.generated_lessons import Exercise
from content.own_network_completing import (
    DEFAULT_RATE,
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
from engine.network import (
    DECIMALS,
    DELTAS,
    NETWORK_KEYS,
    NEURON_KEYS,
    RESERVED,
    UPDATES,
    Network,
    Neuron,
)
from engine.network_data import beyond, offered_name
from engine.steps import REDUCTIONS
from engine.trace import MOST_EXAMPLES

EXAMPLE_KEYS = ("target", "learning_rate", "examples", "reduction")

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
    data = _as_called_here(data)
    if "network" in data:
        at, example = "network", "inputs"
        _table(data, "", ("network", example, *EXAMPLE_KEYS, "decimals"))
        inner = dict(_table(_as_called_here(data["network"]), at, NETWORK_KEYS, NEEDED))
        inner |= {key: data[key] for key in ("decimals",) if key in data}
    else:
        at, example = "", "example"
        inner = dict(_table(data, at, (*NETWORK_KEYS, example, *EXAMPLE_KEYS), NEEDED))
    given = data.get(example)
    if isinstance(inner["inputs"], Mapping):  # names and numbers in one
        given = given or inner["inputs"]
        inner["inputs"] = list(inner["inputs"])
    network = _Reading(at).network({key: inner[key] for key in NETWORK_KEYS if key in inner})
    rate = _number(data.get("learning_rate", DEFAULT_RATE), "learning_rate")
    if rate <= 0:
        raise OwnError("rate", where="learning_rate")
    examples = _examples(network, data.get("examples"))
    reduction = _choice(data, "reduction", REDUCTIONS, "")
    if examples:
        return Exercise(network, *examples[0], rate, (), examples, reduction)
    if given is None:
        raise OwnError("no_example")
    inputs = _inputs(network, given, example)
    return Exercise(network, inputs, _target(network, data.get("target")), rate, ())


NEEDED = ("inputs", "layers")


def _as_called_here(data: object) -> Mapping[str, object]:
    """A table with its keys as they are called here: `learning_rate` for `lr`."""
    if not isinstance(data, Mapping):
        return data  # type: ignore[return-value]  # told by its place where it is read
    found = dict[str, object]()
    for key, value in data.items():
        found[key_meant(key) if key_meant(key) not in data else key] = value
    return found


def _inputs(network: Network, given: object, where: str) -> dict[str, float]:
    """The numbers of the inputs, by name or in order."""
    names = network.inputs
    if isinstance(given, list) and len(given) == len(names):
        given = dict(zip(names, given, strict=True))
    numbers = _table(given, where, names, names)
    return {name: _number(numbers[name], f"{where}.{name}") for name in names}


def _examples(
    network: Network, given: object
) -> tuple[tuple[dict[str, float], float | tuple[float, ...]], ...]:
    """The inputs and target of several examples; none where there are none."""
    if given is None:
        return ()
    rows = _list(given, "examples")
    if len(rows) > MOST_EXAMPLES:
        raise OwnError("examples", where=f"examples[{MOST_EXAMPLES}]", most=MOST_EXAMPLES)
    found = []
    for i, row in enumerate(rows):
        at = f"examples[{i}]"
        one = _table(_as_called_here(row), at, ("inputs", "target"), ("inputs", "target"))
        inputs = _inputs(network, one["inputs"], f"{at}.inputs")
        found.append((inputs, _target(network, one["target"], f"{at}.target")))
    return tuple(found)


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
        self.read: list[list[Neuron]] = []
        self.places: dict[str, dict[str, object]] = {}
        self.biases = set[str]()

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
        said = table.get("loss", DEFAULT_LOSS)
        loss = loss_meant(said) if isinstance(said, str) else None
        if loss is None:
            allowed = ", ".join(LOSSES)
            raise OwnError("loss", where=f"{self.at}loss", piece=_shown(said), allowed=allowed)
        if not isinstance(table.get("train_biases", False), bool):
            raise OwnError("json_switch", where=f"{self.at}train_biases")
        said = [_choice(table, key, known, self.at) for key, known in _CHOICES.items()]
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
        neurons = _list(layer, place)
        if len(neurons) > MOST_NEURONS:
            raise OwnError("neurons", where=f"{place}[{MOST_NEURONS}]", most=MOST_NEURONS)
        self.read.append([])
        return [self._neuron(one, f"{place}[{j}]", before) for j, one in enumerate(neurons)]

    def _neuron(self, neuron: object, place: str, before: Sequence[str]) -> str:
        needed = ("name", "activation", "weights")
        table = dict(_table(_as_called_here(neuron), place, NEURON_KEYS, needed))
        name = self._claim(table["name"], f"{place}.name")
        said = table["activation"]
        activation = activation_meant(said) if isinstance(said, str) else None
        if activation is None:
            if what := isinstance(said, str) and beyond(said):
                raise OwnError(BEYOND[what], where=f"{place}.activation")
            raise OwnError(
                "json_activation",
                where=f"{place}.activation",
                piece=_shown(said),
                allowed=", ".join(ACTIVATIONS),
            )
        at = place
        self.places[name] = {"where": at}
        bias_name, bias = self._bias(table.get("bias", 0.0), f"{place}.bias")
        slope = _number(table.get("slope", DEFAULT_SLOPE), f"{place}.slope")
        if "slope" in table and ACTIVATIONS[activation].with_slope is None:
            raise OwnError("json_key", where=at, piece="slope", allowed=", ".join(NEURON_KEYS[:-1]))
        place = f"{place}.weights"
        weights = _table(table["weights"], place)
        if before and set(weights) == set(before):  # by what they multiply
            numbers = [_number(weights[source], f"{place}.{source}") for source in before]
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
            named.append((self._claim(weight, place), _number(value, f"{place}.{weight}")))
        self.read[-1].append(Neuron(name, activation, bias, tuple(named), bias_name, slope))
        return name

    def _bias(self, value: object, place: str) -> tuple[str, float]:
        """The name and number of a bias; a name that several share is taken once."""
        if not isinstance(value, Mapping):
            return "", _number(value, place)
        if not value:
            raise OwnError("json_empty", where=place)
        (name, number), *more = value.items()
        if more:
            raise OwnError("json_key", where=place, piece=more[0][0], allowed=_shown(name))
        at = f"{place}.{name}"
        if name not in self.biases:
            self._claim(name, at)
        self.biases.add(name)
        return name, _number(number, at)

    def _claim(self, name: object, place: str) -> str:
        """Takes a name for an input, a neuron or a weight."""
        if offered := offered_name(_shown(name)):
            raise OwnError("number_name", where=place, piece=_shown(name), other=offered)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise OwnError("name", where=place, piece=_shown(name))
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


def _choice(table: Mapping[str, object], key: str, known: Sequence[str], at: str) -> str:
    said = table.get(key, known[0])
    if said not in known:
        allowed = " or ".join(known)
        slots: dict[str, object] = {"piece": _shown(said), "other": key, "allowed": allowed}
        raise OwnError("choice", where=f"{at}{key}", **slots)
    return str(said)


def _decimals(value: object, where: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value not in DECIMALS:
        ends: dict[str, object] = {"low": DECIMALS[0], "high": DECIMALS[-1]}
        raise OwnError("decimals", where=where, piece=_shown(value), **ends)
    return value


def _target(network: Network, value: object, where: str = "target") -> float | tuple[float, ...]:
    names = [neuron.name for neuron in network.outputs]
    counts: dict[str, object] = {"needed": len(names), "allowed": ", ".join(names)}
    if value is None:
        if len(names) > 1:
            raise OwnError("no_target", **counts)
        value = 1.0
    if isinstance(value, Mapping):
        table = _table(value, where, names, names)
        value = [table[name] for name in names]
    several = isinstance(value, list)
    values = value if isinstance(value, list) else [value]
    if len(values) != len(names):
        raise OwnError("target", where=where, found=len(values), **counts)
    places = [f"{where}[{i}]" if several else where for i in range(len(values))]
    numbers = [_number(one, place) for one, place in zip(values, places, strict=True)]
    for number, place in zip(numbers, places, strict=True):
        if not (loss := LOSSES[network.loss]).permits(number):
            raise OwnError("target_range", where=place, piece=f"{number:g}", **needs(loss))
    return tuple(numbers) if len(numbers) > 1 else numbers[0]


def _table(
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
        most = f"{LARGEST:,.0f}"
        raise OwnError("large", where=where[:LONGEST_PLACE], piece=_shown(value), most=most)
    return float(value)


def _shown(value: object) -> str:
    """A value as it stands in the text; a word without its quotation marks."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
