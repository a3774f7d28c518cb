"""One training step as a list of quantities, each an expression over those before it.

`trace(network, inputs, target, learning_rate)` gives the forward pass, the loss, the backward pass
by the chain rule over the forward trees, the update, and the forward pass after it. Ids are the
public vocabulary: `w12.product`, `H1.sum`, `H1.activation`, `loss`, `O.delta`, `wO2.gradient`,
`wO2.direction`, `wO2.updated`, `H1.bias.gradient`, `next.H1.sum`, ….
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from engine.decimals import exact_value, fraction, places_asked
from engine.network import Network, NetworkError, checked_number, shortened
from engine.quantities import DIRECTIONS, NAMES, Quantity, Trace, number_of
from engine.steps import REDUCTIONS, example_prefixes, target_names, trees
from engine.tolerances import NEGLIGIBLE

__all__ = [
    "DIRECTIONS",
    "MOST_EXAMPLES",
    "NAMES",
    "Quantity",
    "Trace",
    "batch_trace",
    "trace",
]

Inputs: TypeAlias = Sequence[float] | Mapping[str, float]
"""One number for each input, in order or by name."""

Target: TypeAlias = float | Sequence[float] | Mapping[str, float]
"""One number, or one for each output, in order or by name."""

MOST_EXAMPLES = 8
"""One step is taken on at most so many examples."""

FINEST = 10**15
"""Values are kept as exact fractions down to 1 / this and up to this, as floats beyond."""


def trace(
    network: Network,
    inputs: Inputs,
    target: Target,
    learning_rate: float = 0.1,
    names: Mapping[str, str] = NAMES,
) -> Trace:
    """Every quantity of one training step on one example.

    Args:
        network: what to trace.
        inputs: one finite number per input, in order or by name.
        target: what the output should be, one number per output.
        learning_rate: how far to step against the gradient; above 0.
        names: how formulas write each kind of quantity; the keys are those of `NAMES`.

    Raises:
        NetworkError: an example that does not fit the network, or numbers too large.
    """
    return _traced(network, [(inputs, target)], learning_rate, names)


def batch_trace(
    network: Network,
    examples: Sequence[tuple[Inputs, Target]],
    reduction: str = "mean",
    learning_rate: float = 0.1,
    names: Mapping[str, str] = NAMES,
) -> Trace:
    """Every quantity of one training step on several examples together.

    Args:
        network: what to trace; none of its names is `e1`, `e2`, ….
        examples: inputs and target of each, at most `MOST_EXAMPLES`.
        reduction: what becomes of their losses and gradients, one of `REDUCTIONS`.
        learning_rate: how far to step against the gradient; above 0.
        names: as for `trace`.

    Raises:
        NetworkError: examples that do not fit the network, or numbers too large.
    """
    if not 0 < len(examples) <= MOST_EXAMPLES:
        raise NetworkError(f"examples: from 1 to {MOST_EXAMPLES}, not {len(examples)}")
    if reduction not in REDUCTIONS:
        allowed = ", ".join(REDUCTIONS)
        raise NetworkError(f"reduction: unknown {shortened(reduction)}; allowed: {allowed}")
    taken = {prefix.rstrip(".") for prefix in example_prefixes(len(examples))}
    neurons = list(network.neurons())
    used = {*network.inputs, *network.parameters(), *(neuron.name for neuron in neurons)}
    if clash := sorted(taken & used):
        raise NetworkError(f"examples: {clash[0]} is a name in the network, and an example's too")
    return _traced(network, examples, learning_rate, names, reduction)


def _traced(
    network: Network,
    examples: Sequence[tuple[Inputs, Target]],
    learning_rate: float,
    names: Mapping[str, str],
    reduction: str = "",
) -> Trace:
    rate = checked_number(learning_rate, "learning_rate")
    count = len(examples) if reduction else 0
    prefixes = example_prefixes(count)
    read = [
        (_example(network, inputs, prefix), _targets(network, target, prefix))
        for (inputs, target), prefix in zip(examples, prefixes, strict=True)
    ]
    if rate <= 0:
        raise NetworkError(f"learning_rate: needs a number above 0, not {learning_rate!r}")
    given: dict[str, float] = {}
    for (numbers, _), prefix in zip(read, prefixes, strict=True):
        given |= {f"{prefix}{name}": x for name, x in zip(network.inputs, numbers, strict=True)}
    for neuron in network.neurons():
        given |= dict(neuron.weights)
        given[neuron.bias_id] = neuron.bias
        if neuron.function.with_slope:
            given[f"{neuron.name}.slope"] = neuron.slope
    wanted = target_names(network)
    for (_, targets), prefix in zip(read, prefixes, strict=True):
        given |= {f"{prefix}{name}": t for name, t in zip(wanted, targets, strict=True)}
    given["learning_rate"] = rate
    inputs, target = read[0]
    quantities = _evaluated(network, given, count, reduction)
    return Trace(network, inputs, target, rate, given, quantities, names, count)


def _example(network: Network, inputs: Inputs, prefix: str = "") -> tuple[float, ...]:
    names, at = network.inputs, f"{prefix}inputs"
    if isinstance(inputs, Mapping):
        if set(inputs) != set(names):
            raise NetworkError(
                f"{at}: needs {', '.join(names)}, not {', '.join(map(str, inputs)) or 'nothing'}"
            )
        inputs = [inputs[name] for name in names]
    if isinstance(inputs, str) or not isinstance(inputs, Sequence) or len(inputs) != len(names):
        count = f"{len(names)} number{'s' if len(names) > 1 else ''}"
        got = f"{len(inputs)}" if isinstance(inputs, list | tuple) else shortened(inputs)
        raise NetworkError(f"{at}: needs {count} ({', '.join(names)}), not {got}")
    return tuple(checked_number(x, f"{at}.{name}") for name, x in zip(names, inputs, strict=True))


def _targets(network: Network, target: Target, prefix: str = "") -> tuple[float, ...]:
    if isinstance(target, Mapping):
        outputs = [neuron.name for neuron in network.outputs]
        if set(target) != set(outputs):
            raise NetworkError(
                f"{prefix}target: needs {', '.join(outputs)}, not {', '.join(target)}"
            )
        target = [target[name] for name in outputs]
    several = isinstance(target, Sequence) and not isinstance(target, str)
    values = list(target) if several and isinstance(target, Sequence) else [target]
    names = target_names(network)
    if len(values) != len(names):
        count = f"{len(names)} numbers, one for each output" if len(names) > 1 else "one number"
        raise NetworkError(f"{prefix}target: needs {count}, not {len(values)}")
    numbers = tuple(
        checked_number(value, f"{prefix}{name}") for name, value in zip(names, values, strict=True)
    )
    loss = network.goes_by
    if not all(map(loss.permits, numbers)):
        low, high = loss.range
        raise NetworkError(
            f"{prefix}target: {network.loss} needs a target from {low:g} to {high:g}"
        )
    return numbers


def _evaluated(
    network: Network, given: Mapping[str, float], examples: int, reduction: str
) -> dict[str, Quantity]:
    values = dict(given)
    exact: dict[str, Fraction | None] = {name: fraction(value) for name, value in given.items()}
    quantities: dict[str, Quantity] = {}
    wanted = network.decimals
    logarithms = network.goes_by.logarithm  # ln(p) tells apart what is otherwise as good as 0
    for name, kind, owner, expression in trees(network, given, examples, reduction):
        known = _kept(exact_value(expression, exact))
        # Decimals add up exactly on paper: 0.1 × 3 − 0.3 is 0, so its ReLU is off.
        value = number_of(expression, values) if known is None else float(known)
        if not math.isfinite(value):
            raise NetworkError(f"{name}: {_why_infinite(kind, network)}")
        negligible = abs(value) <= NEGLIGIBLE and (kind != "activation" or not logarithms)
        if negligible and kind == "sum":
            value, known = 0.0, Fraction()
        values[name], exact[name] = value, known
        old = values[owner] if kind == "updated" else None
        places, whole = (0, True) if negligible else places_asked(value, known, old, wanted)
        quantities[name] = Quantity(name, kind, owner, expression, value, places, whole)
    return quantities


def _kept(value: Fraction | None) -> Fraction | None:
    fits = value is not None and value.denominator <= FINEST and abs(value) <= FINEST
    return value if fits else None


def _why_infinite(kind: str, network: Network) -> str:
    if kind == "loss" and network.goes_by.logarithm:
        return "is infinite here, as an output came out at exactly 0 or 1 and missed its target"
    return "these weights and inputs give numbers too large to trace"
