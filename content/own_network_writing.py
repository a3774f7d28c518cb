"""A learner's own network written back, exactly as it is, in the friendly format."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from content.generated_lessons import Exercise
from content.own_network_completing import in_order, weight_names
from content.own_network_lines import letters
from engine.functions import DEFAULT_SLOPE
from engine.losses import DEFAULT_LOSS
from engine.network import DELTAS, UPDATES, Neuron


def write_own(asked: Exercise) -> str:
    """The network and example in the friendly format, as `read_own` reads it back, equal."""
    network = asked.network
    lines = [] if asked.examples else [_pairs(asked.inputs)]
    for index, layer in enumerate(network.layers):
        before = network.layers[index - 1] if index else ()
        if before and letters(before[-1].name) == letters(layer[0].name):
            lines.append("")
        lines += [_neuron(neuron, index + 1) for neuron in layer]
    if network.loss != DEFAULT_LOSS and not network.perceptron:
        lines.append(f"loss {network.loss}")
    lines += [f"delta {network.delta}"] * (network.delta != DELTAS[0])
    lines += [f"update {network.update}"] * (network.update != UPDATES[0])
    lines += ["train biases"] * network.train_biases
    for inputs, target in asked.examples:
        lines.append(f"example {_pairs(inputs)} target {_numbers(target)}")
    if asked.examples:
        lines.append(f"reduction {asked.reduction}")
    else:
        lines.append(f"target {_numbers(asked.target)}")
    lines.append(f"rate {exact(asked.learning_rate)}")
    return "\n".join([*lines, *([f"decimals {network.decimals}"] if network.decimals else ())])


def targets_of(asked: Exercise) -> tuple[float, ...]:
    """The targets, one for each output."""
    return asked.target if isinstance(asked.target, tuple) else (asked.target,)


def exact(value: float) -> str:
    """A number with all its digits and no exponent, with our minus.

    >>> exact(-0.30000001), exact(1e-7), exact(2.0)
    ('−0.30000001', '0.0000001', '2')
    """
    text = f"{Decimal(repr(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def _pairs(inputs: Mapping[str, float]) -> str:
    return " ".join(f"{name}={exact(value)}" for name, value in inputs.items())


def _numbers(target: float | tuple[float, ...]) -> str:
    return " ".join(map(exact, target if isinstance(target, tuple) else (target,)))


def _neuron(neuron: Neuron, layer: int) -> str:
    names, values = [name for name, _ in neuron.weights], [value for _, value in neuron.weights]
    parts = [neuron.name, neuron.activation]
    if neuron.weights == weight_names(neuron.name, values, layer):
        parts += map(exact, values)
    else:
        parts += [f"{name}={exact(value)}" for name, value in neuron.weights]
        parts += ["as written"] * (in_order(names) != names)
    if neuron.bias_name:
        parts.append(f"bias {neuron.bias_name}={exact(neuron.bias)}")
    elif neuron.bias:
        parts.append(f"bias {exact(neuron.bias)}")
    parts += [f"slope {exact(neuron.slope)}"] * (neuron.slope != DEFAULT_SLOPE)
    return " ".join(parts)
