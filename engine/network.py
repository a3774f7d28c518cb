"""A small multilayer perceptron as plain data: what it is, not what it computes.

A network comes from JSON or TOML data (`Network.from_data`) in the vocabulary of the README; a bad
one is refused as `NetworkError`, which says where and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.functions import ACTIVATIONS
from engine.losses import DEFAULT_LOSS, LOSSES

RESERVED = ("target", "learning_rate", "loss", "next", "p")
"""Names that already mean something in a trace."""

LARGEST = 1e6
"""No weight, bias or input may be larger than this, either way."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")


class NetworkError(ValueError):
    """The network or example is not one that can be traced; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Neuron:
    """One neuron: its weights stand in the order of the layer before it."""

    name: str
    activation: str
    bias: float
    weights: tuple[tuple[str, float], ...]
    """(name, value) for each input of the neuron."""


@dataclass(frozen=True, slots=True)
class Network:
    """Named inputs, layers of neurons, and a loss.

    Raises:
        NetworkError: a name twice, a missing weight, an unknown activation, NaN, ….
    """

    inputs: tuple[str, ...]
    layers: tuple[tuple[Neuron, ...], ...]
    loss: str = DEFAULT_LOSS
    train_biases: bool = False

    def __post_init__(self) -> None:
        _check(self)

    @property
    def outputs(self) -> tuple[Neuron, ...]:
        """The neurons of the last layer."""
        return self.layers[-1]

    def neurons(self) -> Iterator[Neuron]:
        """Every neuron, layer by layer."""
        for layer in self.layers:
            yield from layer

    def feeding(self, neuron: Neuron) -> tuple[str, ...]:
        """What a neuron's weights multiply: names of inputs, or of neurons one layer before."""
        for before, layer in zip((None, *self.layers), self.layers, strict=False):
            if neuron in layer:
                return self.inputs if before is None else tuple(n.name for n in before)
        raise ValueError(f"{neuron.name} is not of this network")

    def after(self, neuron: Neuron) -> tuple[Neuron, ...]:
        """The neurons of the layer after a neuron's own; none for an output."""
        for layer, following in zip(self.layers, (*self.layers[1:], ()), strict=True):
            if neuron in layer:
                return following
        raise ValueError(f"{neuron.name} is not of this network")

    @classmethod
    def from_data(cls, data: object) -> Network:
        """A network from plain data, as in JSON or TOML.

        Args:
            data: `{"inputs": [...], "layers": [[neuron, ...], ...], "loss": ...}`
                with neurons `{"name", "activation", "bias", "weights": {name: value}}`; `bias` may
                be left out for 0, `loss` for squared_error, `train_biases` for false.

        Raises:
            NetworkError: with the place, e.g. `layers[0][1] (H2): unknown activation 'rely'; …`.
        """
        table = _table(data, "network")
        known = {"inputs", "layers", "loss", "train_biases"}
        if unknown := sorted(set(table) - known):
            raise NetworkError(
                f"network: unknown key {shortened(unknown[0])}; "
                f"the keys are {', '.join(sorted(known))}"
            )
        inputs = _list(table.get("inputs"), "inputs")
        train = table.get("train_biases", False)
        if not isinstance(train, bool):
            raise NetworkError(f"train_biases: needs true or false, not {shortened(train)}")
        return cls(
            inputs=tuple(_name(name, f"inputs[{i}]") for i, name in enumerate(inputs)),
            layers=tuple(
                tuple(
                    _neuron(neuron, f"layers[{i}][{j}]")
                    for j, neuron in enumerate(_list(layer, f"layers[{i}]"))
                )
                for i, layer in enumerate(_list(table.get("layers"), "layers"))
            ),
            loss=_one_of(table.get("loss", DEFAULT_LOSS), LOSSES, "loss"),
            train_biases=train,
        )

    def to_data(self) -> dict[str, object]:
        """The plain data that `from_data` reads back as an equal network."""
        return {
            "inputs": list(self.inputs),
            "layers": [
                [
                    {
                        "name": neuron.name,
                        "activation": neuron.activation,
                        "bias": neuron.bias,
                        "weights": dict(neuron.weights),
                    }
                    for neuron in layer
                ]
                for layer in self.layers
            ],
            "loss": self.loss,
            "train_biases": self.train_biases,
        }


def checked_number(value: object, where: str) -> float:
    """A finite float of at most `LARGEST`, either way.

    Raises:
        NetworkError: it is something else; `where` opens the text.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NetworkError(f"{where}: needs a number, not {shortened(value)}")
    if not abs(value) <= LARGEST:  # NaN is not
        raise NetworkError(
            f"{where}: needs a finite number up to {LARGEST:,.0f}, not {shortened(value)}"
        )
    return float(value)


def shortened(value: object, most: int = 60) -> str:
    """A refused value as an error text shows it: on one line, and not all of a long one.

    >>> shortened("rely"), shortened(10**50, 8)
    ("'rely'", '1000000…')
    """
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _table(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise NetworkError(f"{where}: needs a table of keys and values, not {shortened(value)}")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list | tuple):
        raise NetworkError(f"{where}: needs a list, not {shortened(value)}")
    if not value:
        raise NetworkError(f"{where}: is empty; needs at least one entry")
    return list(value)


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise NetworkError(
            f"{where}: needs a name (a letter, then at most 15 letters, digits or _), "
            f"not {shortened(value)}"
        )
    return value


def _one_of(value: object, allowed: Collection[str], where: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        word = where.rpartition(": ")[2].split(".")[-1]
        raise NetworkError(
            f"{where}: unknown {word} {shortened(value)}; allowed: {', '.join(allowed)}"
        )
    return value


def _neuron(data: object, where: str) -> Neuron:
    table = _table(data, where)
    name = _name(table.get("name"), f"{where}.name")
    where = f"{where} ({name})"
    known = {"name", "activation", "bias", "weights"}
    if unknown := sorted(set(table) - known):
        raise NetworkError(
            f"{where}: unknown key {shortened(unknown[0])}; the keys are {', '.join(sorted(known))}"
        )
    weights = _table(table.get("weights"), f"{where}.weights")
    return Neuron(
        name=name,
        activation=_one_of(table.get("activation"), ACTIVATIONS, f"{where}.activation"),
        bias=checked_number(table.get("bias", 0.0), f"{where}.bias"),
        weights=tuple(
            (_name(key, f"{where}.weights"), checked_number(value, f"{where}.weights.{key}"))
            for key, value in weights.items()
        ),
    )


def _check(network: Network) -> None:
    if not network.inputs:
        raise NetworkError("inputs: is empty; needs at least one name")
    if not network.layers:
        raise NetworkError("layers: is empty; needs at least one layer")
    _one_of(network.loss, LOSSES, "loss")
    seen = dict.fromkeys(RESERVED, "is reserved")

    def claim(name: str, where: str) -> None:
        _name(name, where)
        if name in seen:
            raise NetworkError(f"{where}: the name {name!r} {seen[name]}")
        seen[name] = f"is already used at {where}"

    for i, name in enumerate(network.inputs):
        claim(name, f"inputs[{i}]")
    width = len(network.inputs)
    for i, layer in enumerate(network.layers):
        if not layer:
            raise NetworkError(f"layers[{i}]: is empty; needs at least one neuron")
        for j, neuron in enumerate(layer):
            where = f"layers[{i}][{j}] ({neuron.name})"
            claim(neuron.name, where)
            _one_of(neuron.activation, ACTIVATIONS, f"{where}.activation")
            checked_number(neuron.bias, f"{where}.bias")
            if len(neuron.weights) != width:
                raise NetworkError(
                    f"{where}.weights: needs {width}, one for each value of the layer before, "
                    f"not {len(neuron.weights)}"
                )
            for name, value in neuron.weights:
                claim(name, f"{where}.weights.{name}")
                checked_number(value, f"{where}.weights.{name}")
        width = len(layer)
    loss = LOSSES[network.loss]
    allowed = [name for name, activation in ACTIVATIONS.items() if loss.allows(activation)]
    for neuron in network.outputs:
        if neuron.activation not in allowed:
            low, high = loss.range
            raise NetworkError(
                f"{neuron.name}.activation: {loss.name} needs outputs between {low:g} and "
                f"{high:g}, so {' or '.join(allowed)}, not {neuron.activation}"
            )
