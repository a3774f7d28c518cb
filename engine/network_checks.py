"""What must hold of a network however it is built: names, numbers, widths, what goes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network_data import NetworkError, checked_number, name_of, no, one_of

if TYPE_CHECKING:
    from engine.network import Network

RESERVED = ("target", "learning_rate", "loss", "next")
"""Names that already mean something in a trace."""


def check(network: Network) -> None:
    """Refuses a network whose parts do not fit one another.

    Raises:
        NetworkError: with the place.
    """
    if not network.inputs:
        raise NetworkError("inputs: is empty; needs at least one name")
    if not network.layers:
        raise NetworkError("layers: is empty; needs at least one layer")
    one_of(network.loss, LOSSES, "loss")
    seen = dict.fromkeys(RESERVED, "is reserved")
    shared = dict[str, float]()

    def claim(name: str, where: str) -> None:
        name_of(name, where)
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
            one_of(neuron.activation, ACTIVATIONS, f"{where}.activation")
            checked_number(neuron.bias, f"{where}.bias")
            if not 0 <= neuron.slope <= 1:
                raise NetworkError(f"{where}.slope: needs a number from 0 to 1")
            if len(neuron.weights) != width:
                fewer = f" ({no('sparse layers')})" if len(neuron.weights) < width else ""
                raise NetworkError(
                    f"{where}.weights: needs {width}, one for each value of the layer before, "
                    f"not {len(neuron.weights)}{fewer}"
                )
            for name, value in neuron.weights:
                claim(name, f"{where}.weights.{name}")
                checked_number(value, f"{where}.weights.{name}")
            bias = neuron.bias_name
            if bias and bias not in shared:
                claim(bias, f"{where}.bias.{bias}")
            if bias and shared.setdefault(bias, neuron.bias) != neuron.bias:
                raise NetworkError(
                    f"{where}.bias.{bias}: one bias has one value, and it has another before"
                )
        whole = [neuron for neuron in layer if ACTIVATIONS[neuron.activation].layer]
        if 0 < len(whole) < len(layer):
            raise NetworkError(
                f"layers[{i}]: a whole layer is {whole[0].activation}, or none of its neurons"
            )
        width = len(layer)
    if network.perceptron:
        _check_perceptron(network)
    else:
        _check_outputs(network)


def _check_perceptron(network: Network) -> None:
    neurons = list(network.neurons())
    if len(neurons) > 1 or neurons[0].activation != "step":
        raise NetworkError("update: the perceptron rule is for a network of one step neuron")
    if network.delta != "gradient":
        raise NetworkError("delta: the perceptron rule has no delta; it goes by the error")


def _check_outputs(network: Network) -> None:
    loss = LOSSES[network.loss]
    allowed = [name for name, activation in ACTIVATIONS.items() if loss.allows(activation)]
    for neuron in network.outputs:
        if neuron.activation not in allowed:
            low, high = loss.range
            raise NetworkError(
                f"{neuron.name}.activation: {loss.name} needs outputs between {low:g} and "
                f"{high:g}, so {' or '.join(allowed)}, not {neuron.activation}"
            )
