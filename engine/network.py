"""A small multilayer perceptron as plain data: what it is, not what it computes.

A network comes from JSON or TOML data (`Network.from_data`) in the vocabulary of the README; a bad
one is refused as `NetworkError`, which says where and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.functions import ACTIVATIONS, DEFAULT_SLOPE, Activation
from engine.losses import DEFAULT_LOSS, LOSSES, Loss
from engine.network_checks import RESERVED, check
from engine.network_data import (
    LARGEST,
    NetworkError,
    check_keys,
    checked_number,
    list_of,
    name_of,
    no,
    one_of,
    shortened,
    switch,
    table_of,
)

__all__ = [
    "LARGEST",
    "RESERVED",
    "Network",
    "NetworkError",
    "Neuron",
    "checked_number",
    "shortened",
]

DELTAS = ("gradient", "error")
"""What blame is: dloss/dsum, or minus that, as in books whose updates add."""

UPDATES = ("gradient", "perceptron")
"""What a step goes by: the gradient of the loss, or the error of a single step neuron."""

DECIMALS = range(2, 10)
"""How many decimals a sheet may want."""

NETWORK_KEYS = ("inputs", "layers", "loss", "train_biases", "delta", "update", "decimals")
NEURON_KEYS = ("name", "activation", "bias", "weights", "slope")


@dataclass(frozen=True, slots=True)
class Neuron:
    """One neuron: its weights stand in the order of the layer before it."""

    name: str
    activation: str
    bias: float
    weights: tuple[tuple[str, float], ...]
    """(name, value) for each input of the neuron."""
    bias_name: str = ""
    """The bias's own name, which other neurons may share; empty for none."""
    slope: float = DEFAULT_SLOPE
    """That of a leaky ReLU below 0."""

    @property
    def bias_id(self) -> str:
        """The id of its bias: `b1` where it has a name, else `H1.bias`."""
        return self.bias_name or f"{self.name}.bias"

    @property
    def function(self) -> Activation:
        """Its activation, with its own slope."""
        known = ACTIVATIONS[self.activation]
        return known.with_slope(self.slope) if known.with_slope else known


@dataclass(frozen=True, slots=True)
class Network:
    """Named inputs, layers of neurons, a loss, and how a book would have them trained.

    Raises:
        NetworkError: a name twice, a missing weight, an unknown activation, NaN, ….
    """

    inputs: tuple[str, ...]
    layers: tuple[tuple[Neuron, ...], ...]
    loss: str = DEFAULT_LOSS
    train_biases: bool = False
    delta: str = "gradient"
    update: str = "gradient"
    decimals: int | None = None
    """How many decimals every answer is asked for; None to go by the number."""

    def __post_init__(self) -> None:
        check(self)

    @property
    def outputs(self) -> tuple[Neuron, ...]:
        """The neurons of the last layer."""
        return self.layers[-1]

    @property
    def goes_by(self) -> Loss:
        """The record of its loss: the one over a whole layer where the outputs are a softmax."""
        loss = LOSSES[self.loss]
        softmax = ACTIVATIONS[self.outputs[0].activation].layer is not None
        return loss.over_layer if softmax and loss.over_layer else loss

    @property
    def perceptron(self) -> bool:
        """Whether it learns by the perceptron rule: it has no loss and no blame then."""
        return self.update == "perceptron"

    def neurons(self) -> Iterator[Neuron]:
        """Every neuron, layer by layer."""
        for layer in self.layers:
            yield from layer

    def parameters(self) -> Iterator[str]:
        """The ids of all weights and biases, neuron by neuron; a shared bias where it is first."""
        shared = set[str]()
        for neuron in self.neurons():
            yield from (weight for weight, _ in neuron.weights)
            if neuron.bias_name not in shared:
                yield neuron.bias_id
            if neuron.bias_name:
                shared.add(neuron.bias_name)

    def biases(self) -> dict[str, tuple[Neuron, ...]]:
        """The neurons of each bias by its id."""
        found = dict[str, tuple[Neuron, ...]]()
        for neuron in self.neurons():
            found[neuron.bias_id] = (*found.get(neuron.bias_id, ()), neuron)
        return found

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
            data: `{"inputs": [...], "layers": [[neuron, ...], ...], "loss": ...}` with neurons
                `{"name", "activation", "bias", "weights": {name: value}}`; `bias` may be left out
                for 0, or be `{name: value}`; `loss` may be left out for squared_error,
                `train_biases` for false, and the other keys of `NETWORK_KEYS` and `NEURON_KEYS`.

        Raises:
            NetworkError: with the place, e.g. `layers[0][1] (H2): unknown activation 'rely'; …`.
        """
        table = table_of(data, "network")
        check_keys(table, NETWORK_KEYS, "network")
        inputs = list_of(table.get("inputs"), "inputs")
        return cls(
            inputs=tuple(name_of(name, f"inputs[{i}]") for i, name in enumerate(inputs)),
            layers=tuple(
                tuple(
                    _neuron(neuron, f"layers[{i}][{j}]")
                    for j, neuron in enumerate(list_of(layer, f"layers[{i}]"))
                )
                for i, layer in enumerate(list_of(table.get("layers"), "layers"))
            ),
            loss=one_of(table.get("loss", DEFAULT_LOSS), LOSSES, "loss"),
            train_biases=switch(table.get("train_biases", False), "train_biases"),
            delta=one_of(table.get("delta", DELTAS[0]), DELTAS, "delta"),
            update=one_of(table.get("update", UPDATES[0]), UPDATES, "update"),
            decimals=decimals_of(table.get("decimals")),
        )

    def to_data(self) -> dict[str, object]:
        """The plain data that `from_data` reads back as an equal network."""
        data: dict[str, object] = {
            "inputs": list(self.inputs),
            "layers": [[_neuron_data(neuron) for neuron in layer] for layer in self.layers],
        }
        data |= {} if self.perceptron else {"loss": self.loss}
        data["train_biases"] = self.train_biases
        data |= {"delta": self.delta} if self.delta != DELTAS[0] else {}
        data |= {"update": self.update} if self.update != UPDATES[0] else {}
        return data | ({"decimals": self.decimals} if self.decimals is not None else {})


def decimals_of(value: object) -> int | None:
    """How many decimals a sheet wants; None where it does not say.

    Raises:
        NetworkError: it is no whole number in `DECIMALS`.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in DECIMALS:
        few, many = DECIMALS[0], DECIMALS[-1]
        text = f"decimals: needs a whole number from {few} to {many}, not {shortened(value)}"
        raise NetworkError(text)
    return value


def _neuron_data(neuron: Neuron) -> dict[str, object]:
    bias: object = {neuron.bias_name: neuron.bias} if neuron.bias_name else neuron.bias
    data = {"name": neuron.name, "activation": neuron.activation, "bias": bias}
    data["weights"] = dict(neuron.weights)
    return data | ({"slope": neuron.slope} if neuron.slope != DEFAULT_SLOPE else {})


def _neuron(data: object, where: str) -> Neuron:
    table = table_of(data, where)
    name = name_of(table.get("name"), f"{where}.name")
    where = f"{where} ({name})"
    check_keys(table, NEURON_KEYS, where)
    weights = table_of(table.get("weights"), f"{where}.weights")
    if None in weights.values():
        raise NetworkError(f"{where}.weights: {no('sparse layers')}")
    activation = one_of(table.get("activation"), ACTIVATIONS, f"{where}.activation")
    if "slope" in table and ACTIVATIONS[activation].with_slope is None:
        sloped = " or ".join(a.name for a in ACTIVATIONS.values() if a.with_slope)
        raise NetworkError(f"{where}.slope: only {sloped} has one")
    bias_name, bias = _bias(table.get("bias", 0.0), f"{where}.bias")
    return Neuron(
        name=name,
        activation=activation,
        bias=bias,
        weights=tuple(
            (name_of(key, f"{where}.weights"), checked_number(value, f"{where}.weights.{key}"))
            for key, value in weights.items()
        ),
        bias_name=bias_name,
        slope=checked_number(table.get("slope", DEFAULT_SLOPE), f"{where}.slope"),
    )


def _bias(value: object, where: str) -> tuple[str, float]:
    """The name and value of a bias, as a number or as `{"b1": 0.35}`."""
    if not isinstance(value, Mapping):
        return "", checked_number(value, where)
    if len(value) != 1:
        raise NetworkError(f"{where}: needs one name and its number, not {shortened(value)}")
    [(name, number)] = value.items()
    return name_of(name, where), checked_number(number, f"{where}.{name}")
