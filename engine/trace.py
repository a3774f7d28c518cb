"""One training step as a list of quantities, each an expression over those before it.

`trace(network, inputs, target, learning_rate)` gives the forward pass, the loss, the backward pass
by the chain rule over the forward trees, the update, and the forward pass after it. Ids are the
public vocabulary: `w12.product`, `H1.sum`, `H1.activation`, `loss`, `O.delta`, `wO2.gradient`,
`wO2.direction`, `wO2.updated`, `H1.bias.gradient`, `next.H1.sum`, ….
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from engine.decimals import (
    EXACT_PLACES,
    ROUNDED_PLACES,
    exact_value,
    fraction,
    number_text,
    places_asked,
    rounded,
    short_text,
)
from engine.expression import Expression, refs, value_of
from engine.functions import Interval
from engine.network import Network, NetworkError, checked_number, shortened
from engine.rendering import symbols, worked
from engine.rounding import held, interval
from engine.steps import REDUCTIONS, example_prefixes, target_names, trees
from engine.tolerances import NEGLIGIBLE

DIRECTIONS = {1.0: "increase", -1.0: "decrease", 0.0: "no change"}
"""What the value of a direction quantity means."""

Inputs: TypeAlias = Sequence[float] | Mapping[str, float]
"""One number for each input, in order or by name."""

Target: TypeAlias = float | Sequence[float] | Mapping[str, float]
"""One number, or one for each output, in order or by name."""

MOST_EXAMPLES = 8
"""One step is taken on at most so many examples."""

FINEST = 10**15
"""Values are kept as exact fractions down to 1 / this and up to this, as floats beyond."""

NAMES = {
    "product": "{of}.product",
    "sum": "{of}.sum",
    "activation": "{of}",
    "delta": "{of}.delta",
    "error": "{of}.error",
    "gradient": "{of}.gradient",
    "direction": "{of}.direction",
    "step": "{of}.step",
    "updated": "new {of}",
    "bias": "{of}.bias",
    "next": "new {of}",
    "prediction": "p",
    "learning_rate": "rate",
}
"""How formulas write a quantity of each kind, unless the caller has other words."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a training step."""

    id: str
    kind: str
    """product, sum, activation, loss, delta, error, gradient, direction, step or updated."""
    owner: str
    """The weight, bias, neuron or (for the loss) `loss` that it belongs to."""
    expression: Expression
    value: float
    places: int
    """How many decimals a learner is asked for."""
    exact: bool
    """Whether those decimals are all there are."""

    @property
    def prefix(self) -> str:
        """What its id opens with: `next.` after the update, `e1.` of several examples, or both."""
        before = f".{self.id}.".partition(f".{self.owner}.")[0][1:]
        return before and f"{before}."

    @property
    def text(self) -> str:
        """The value as the tutor writes it: a number, or the word of a direction."""
        if self.kind == "direction":
            return DIRECTIONS[self.value]
        return number_text(self.value, self.places, exact=self.exact)


@dataclass(frozen=True, eq=False)
class Trace:
    """A network at one example, or at several: what is given, and every quantity in order.

    Compared and hashed by identity, so that what is derived from one can be cached.

    Iterating gives the quantities; `trace["H1.sum"]` gives one.
    """

    network: Network
    inputs: tuple[float, ...]
    target: tuple[float, ...]
    """Those of the first example, where there are several."""
    learning_rate: float
    given: Mapping[str, float]
    """Inputs, weights, biases (`H1.bias`, or `b1`), `target` (or `target.O1`, …) and
    `learning_rate`; of several examples `e1.x1`, `e1.target`, …."""
    quantities: Mapping[str, Quantity]
    names: Mapping[str, str]
    """How `symbol` writes each kind of quantity, as in `NAMES`."""
    examples: int = 0
    """How many the step is taken on together; 0 for one on its own."""

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self.quantities.values())

    def __getitem__(self, name: str) -> Quantity:
        return self.quantities[name]

    def __contains__(self, name: object) -> bool:
        return name in self.quantities

    @cached_property
    def values(self) -> dict[str, float]:
        """Every given value and every quantity's, by id."""
        return {**self.given, **{quantity.id: quantity.value for quantity in self}}

    @cached_property
    def held(self) -> dict[str, Interval]:
        """For every id the interval of values a learner may rightly hold, rounding as they go."""
        result: dict[str, Interval] = {name: (value, value) for name, value in self.given.items()}
        for quantity in self:
            result[quantity.id] = self.right(quantity.id, result)
        return result

    def right(self, name: str, earlier: Mapping[str, Interval]) -> Interval:
        """The right answers for one quantity, given what is held for the earlier ones."""
        quantity = self[name]
        if quantity.exact:
            wanted = self.network.decimals
            places, kept = (wanted, wanted) if wanted else (ROUNDED_PLACES, EXACT_PLACES)
            return interval(quantity.expression, earlier, places, kept=kept)
        return held(interval(quantity.expression, earlier, quantity.places), quantity.places)

    def symbol(self, name: str) -> str:
        """How formulas write an id, by the patterns in `names`; `p` for a single prediction."""
        known = self._symbols.get(name)
        if known is None:
            known = self._symbol(name)
            if name in self.values:
                self._symbols[name] = known
        return known

    @cached_property
    def _symbols(self) -> dict[str, str]:
        """The symbols of ids already asked for; formulas are kept likewise."""
        return {}

    def _symbol(self, name: str) -> str:
        if name.startswith("next."):
            return self.names["next"].format(of=self.symbol(name.removeprefix("next.")))
        if name == "learning_rate":
            return self.names["learning_rate"]
        if self.examples and (example := name.partition(".")[0] + ".") in self._prefixes:
            return example + self.symbol(name.removeprefix(example))
        owner, _, kind = name.rpartition(".")
        if kind == "activation" and (owner,) == tuple(n.name for n in self.network.outputs):
            prediction = self.names["prediction"]
            return self.symbol(owner) if prediction in self.given else prediction
        return self.names[kind].format(of=self.symbol(owner)) if kind in self.names else name

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return example_prefixes(self.examples)

    def after(self, *, as_asked: bool = False) -> Network:
        """The network with every weight and bias moved, to go on from.

        Args:
            as_asked: whether what moved is rounded to the decimals that are asked for, as it stands
                on a learner's page.
        """

        def moved(name: str) -> float:
            new = self.quantities.get(f"{name}.updated")
            if new is None:
                return self.values[name]
            return rounded(new.value, new.places) if as_asked else new.value

        layers = tuple(
            tuple(
                replace(
                    neuron,
                    bias=moved(neuron.bias_id),
                    weights=tuple((name, moved(name)) for name, _ in neuron.weights),
                )
                for neuron in layer
            )
            for layer in self.network.layers
        )
        return replace(self.network, layers=layers)

    def formula(self, name: str) -> str:
        """A quantity in symbols: `x1 × w11 + x2 × w12`."""
        known = self._formulas.get(name)
        if known is None:
            known = self._formulas[name] = symbols(self[name].expression, self.symbol)
        return known

    @cached_property
    def _formulas(self) -> dict[str, str]:
        return {}

    def substituted(self, name: str) -> str:
        """A quantity with its numbers: `0.6 × 0.4 + 0.7 × (−0.3)`."""
        known = self._substituted.get(name)
        if known is None:
            _, places = self._shown(name)
            known = symbols(self[name].expression, lambda ref: self._text(ref, places))
            self._substituted[name] = known
        return known

    @cached_property
    def _substituted(self) -> dict[str, str]:
        return {}

    def working(self, name: str) -> list[str]:
        """A quantity worked line by line, the last line the value to the asked decimals."""
        quantity = self[name]
        values, places = self._shown(name)
        lines = worked(quantity.expression, values, lambda ref: self._text(ref, places))
        sign = "=" if quantity.exact or quantity.kind == "direction" else "≈"
        return [*lines, f"{sign} {quantity.text}"]

    def _shown(self, name: str) -> tuple[dict[str, float], int]:
        """The numbers a working shows: as asked for, or more exact where the result needs it."""
        quantity = self[name]
        for more in range(8):
            shown = {ref: self._rounded(ref, more) for ref in refs(quantity.expression)}
            result = _number(quantity.expression, shown)
            if quantity.kind == "direction":
                agree = result == quantity.value
            else:
                agree = math.isfinite(result) and (
                    rounded(result, quantity.places) == rounded(quantity.value, quantity.places)
                )
            if agree:
                return shown, more
        return {ref: self.values[ref] for ref in refs(quantity.expression)}, 8

    def _rounded(self, ref: str, more: int) -> float:
        quantity = self.quantities.get(ref)
        if quantity is None or quantity.exact:
            return self.values[ref]
        return rounded(quantity.value, quantity.places + more)

    def _text(self, ref: str, more: int) -> str:
        quantity = self.quantities.get(ref)
        if quantity is None:
            return short_text(self.given[ref], 12)[0]
        if quantity.exact:
            return quantity.text
        return number_text(quantity.value, quantity.places + more)


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
        value = _number(expression, values) if known is None else float(known)
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


def _number(expression: Expression, values: Mapping[str, float]) -> float:
    """The value of a tree, never −0; infinite where it is too large or has none."""
    value = value_of(expression, values)
    return math.inf if value is None else value + 0.0


def _why_infinite(kind: str, network: Network) -> str:
    if kind == "loss" and network.goes_by.logarithm:
        return "is infinite here, as an output came out at exactly 0 or 1 and missed its target"
    return "these weights and inputs give numbers too large to trace"
