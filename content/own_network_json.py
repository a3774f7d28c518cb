"""A learner's own network as JSON: the network of the README, and its example beside it.

What is wrong is told by the place, as in `network.layers[0][1].weights`: a key of the sentences in
`generated.toml` and what to fill in. Once read here, the engine has nothing left to refuse.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from content.generated_lessons import Exercise
from content.own_network_completing import DEFAULT_RATE
from content.own_network_errors import OwnError, needs
from content.own_network_tables import (
    NetworkReading,
    as_called_here,
    choice_at,
    list_at,
    number_at,
    table_at,
)
from engine.losses import LOSSES
from engine.network import NETWORK_KEYS, Network
from engine.steps import REDUCTIONS
from engine.trace import MOST_EXAMPLES

EXAMPLE_KEYS = ("target", "learning_rate", "examples", "reduction")

_MOST_DIGITS = 400
"""A whole number with more is as good as infinite."""


def read_json(text: str) -> Exercise:
    """The network and example of a text in JSON.

    The network stands under `network` and the example's numbers under `inputs`, or both at the top
    level and the numbers under `example`.

    Raises:
        OwnError: what is wrong, with the place.
    """
    data = as_called_here(_parsed(text))
    if "network" in data:
        at, example = "network", "inputs"
        table_at(data, "", ("network", example, *EXAMPLE_KEYS, "decimals"))
        inner = dict(table_at(as_called_here(data["network"]), at, NETWORK_KEYS, NEEDED))
        inner |= {key: data[key] for key in ("decimals",) if key in data}
    else:
        at, example = "", "example"
        inner = dict(table_at(data, at, (*NETWORK_KEYS, example, *EXAMPLE_KEYS), NEEDED))
    given = data.get(example)
    if isinstance(inner["inputs"], Mapping):  # names and numbers in one
        given = given or inner["inputs"]
        inner["inputs"] = list(inner["inputs"])
    network = NetworkReading(at).network({key: inner[key] for key in NETWORK_KEYS if key in inner})
    rate = number_at(data.get("learning_rate", DEFAULT_RATE), "learning_rate")
    if rate <= 0:
        raise OwnError("rate", where="learning_rate")
    examples = _examples(network, data.get("examples"))
    reduction = choice_at(data, "reduction", REDUCTIONS, "")
    if examples:
        return Exercise(network, *examples[0], rate, (), examples, reduction)
    if given is None:
        raise OwnError("no_example")
    inputs = _inputs(network, given, example)
    return Exercise(network, inputs, _target(network, data.get("target")), rate, ())


NEEDED = ("inputs", "layers")


def _inputs(network: Network, given: object, where: str) -> dict[str, float]:
    """The numbers of the inputs, by name or in order."""
    names = network.inputs
    if isinstance(given, list) and len(given) == len(names):
        given = dict(zip(names, given, strict=True))
    numbers = table_at(given, where, names, names)
    return {name: number_at(numbers[name], f"{where}.{name}") for name in names}


def _examples(
    network: Network, given: object
) -> tuple[tuple[dict[str, float], float | tuple[float, ...]], ...]:
    """The inputs and target of several examples; none where there are none."""
    if given is None:
        return ()
    rows = list_at(given, "examples")
    if len(rows) > MOST_EXAMPLES:
        raise OwnError("examples", where=f"examples[{MOST_EXAMPLES}]", most=MOST_EXAMPLES)
    found = []
    for i, row in enumerate(rows):
        at = f"examples[{i}]"
        one = table_at(as_called_here(row), at, ("inputs", "target"), ("inputs", "target"))
        inputs = _inputs(network, one["inputs"], f"{at}.inputs")
        found.append((inputs, _target(network, one["target"], f"{at}.target")))
    return tuple(found)


def _parsed(text: str) -> Mapping[str, object]:
    try:
        data = json.loads(text, object_pairs_hook=_each_once, parse_int=_whole)
    except (json.JSONDecodeError, RecursionError) as error:
        raise OwnError("json", line=getattr(error, "lineno", 1)) from None
    return table_at(data, "")


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict[str, object]()
    for key, value in pairs:
        if key in found:
            raise OwnError("json_repeated", piece=key)
        found[key] = value
    return found


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _target(network: Network, value: object, where: str = "target") -> float | tuple[float, ...]:
    names = [neuron.name for neuron in network.outputs]
    counts: dict[str, object] = {"needed": len(names), "allowed": ", ".join(names)}
    if value is None:
        if len(names) > 1:
            raise OwnError("no_target", **counts)
        value = 1.0
    if isinstance(value, Mapping):
        table = table_at(value, where, names, names)
        value = [table[name] for name in names]
    several = isinstance(value, list)
    values = value if isinstance(value, list) else [value]
    if len(values) != len(names):
        raise OwnError("target", where=where, found=len(values), **counts)
    places = [f"{where}[{i}]" if several else where for i in range(len(values))]
    numbers = [number_at(one, place) for one, place in zip(values, places, strict=True)]
    for number, place in zip(numbers, places, strict=True):
        if not (loss := LOSSES[network.loss]).permits(number):
            raise OwnError("target_range", where=place, piece=f"{number:g}", **needs(loss))
    return tuple(numbers) if len(numbers) > 1 else numbers[0]
