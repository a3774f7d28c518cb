"""One training step as a list of quantities, each an expression over those before it.

`trace(network, inputs, target, learning_rate)` gives the forward pass, the loss, the backward pass
by the chain rule over the forward trees, the update, and the forward pass after it. Ids are the
public vocabulary: `w12.product`, `H1.sum`, `H1.activation`, `loss`, `O.delta`, `wO2.gradient`,
`wO2.direction`, `wO2.updated`, `H1.bias.gradient`, `next.H1.sum`, ….
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

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
from engine.losses import LOSSES
from engine.network import Network, NetworkError, checked_number, shortened
from engine.rendering import symbols, worked
from engine.rounding import held, interval
from engine.steps import target_names, trees
from engine.tolerances import NEGLIGIBLE

DIRECTIONS = {1.0: "increase", -1.0: "decrease", 0.0: "no change"}
"""What the value of a direction quantity means."""

FINEST = 10**15
"""Values are kept as exact fractions down to 1 / this and up to this, as floats beyond."""

NAMES = {
    "product": "{of}.product",
    "sum": "{of}.sum",
    "activation": "{of}",
    "delta": "{of}.delta",
    "gradient": "{of}.gradient",
    "direction": "{of}.direction",
    "updated": "new {of}",
    "nudged": "{of} after",
    "unnudged": "{of} before",
    "slope": "slope({of})",
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
    """product, sum, activation, loss, delta, gradient, direction or updated."""
    owner: str
    """The weight, bias, neuron or (for the loss) `loss` that it belongs to."""
    expression: Expression
    value: float
    places: int
    """How many decimals a learner is asked for."""
    exact: bool
    """Whether those decimals are all there are."""

    @property
    def text(self) -> str:
        """The value as the tutor writes it: a number, or the word of a direction."""
        if self.kind == "direction":
            return DIRECTIONS[self.value]
        return number_text(self.value, self.places, exact=self.exact)


@dataclass(frozen=True, eq=False)
class Trace:
    """A network at one example: what is given, and every quantity in order.

    Compared and hashed by identity, so that what is derived from one can be cached.

    Iterating gives the quantities; `trace["H1.sum"]` gives one.
    """

    network: Network
    inputs: tuple[float, ...]
    target: tuple[float, ...]
    learning_rate: float
    given: Mapping[str, float]
    """Inputs, weights, biases (`H1.bias`), `target` (or `target.O1`, …) and `learning_rate`."""
    quantities: Mapping[str, Quantity]
    names: Mapping[str, str]
    """How `symbol` writes each kind of quantity, as in `NAMES`."""

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
            return interval(quantity.expression, earlier, ROUNDED_PLACES, kept=EXACT_PLACES)
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
        for kind in ("nudged", "unnudged"):
            if f".{kind}." in name:
                return self.names[kind].format(of=self.symbol(name.rpartition(".")[2]))
        if name == "learning_rate":
            return self.names["learning_rate"]
        owner, _, kind = name.rpartition(".")
        if kind == "activation" and (owner,) == tuple(n.name for n in self.network.outputs):
            return self.names["prediction"]
        return self.names[kind].format(of=self.symbol(owner)) if kind in self.names else name

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

    def finer(self, name: str) -> list[tuple[str, str]]:
        """The ids that a working shows in more digits than they were asked for, and how."""
        _, more = self._shown(name)
        found = {ref: self._text(ref, more) for ref in refs(self[name].expression)}
        return [
            (ref, text) for ref, text in found.items() if ref in self and text != self[ref].text
        ]

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
    inputs: Sequence[float] | Mapping[str, float],
    target: float | Sequence[float],
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
    numbers = _example(network, inputs)
    targets = _targets(network, target)
    rate = checked_number(learning_rate, "learning_rate")
    if rate <= 0:
        raise NetworkError(f"learning_rate: needs a number above 0, not {learning_rate!r}")
    given = dict(zip(network.inputs, numbers, strict=True))
    for neuron in network.neurons():
        given |= dict(neuron.weights) | {f"{neuron.name}.bias": neuron.bias}
    given |= dict(zip(target_names(network), targets, strict=True)) | {"learning_rate": rate}
    return Trace(network, numbers, targets, rate, given, _evaluated(network, given), names)


def _example(network: Network, inputs: Sequence[float] | Mapping[str, float]) -> tuple[float, ...]:
    names = network.inputs
    if isinstance(inputs, Mapping):
        if set(inputs) != set(names):
            raise NetworkError(
                f"inputs: needs {', '.join(names)}, not {', '.join(map(str, inputs)) or 'nothing'}"
            )
        inputs = [inputs[name] for name in names]
    if isinstance(inputs, str) or not isinstance(inputs, Sequence) or len(inputs) != len(names):
        count = f"{len(names)} number{'s' if len(names) > 1 else ''}"
        got = f"{len(inputs)}" if isinstance(inputs, list | tuple) else shortened(inputs)
        raise NetworkError(f"inputs: needs {count} ({', '.join(names)}), not {got}")
    return tuple(checked_number(x, f"inputs.{name}") for name, x in zip(names, inputs, strict=True))


def _targets(network: Network, target: float | Sequence[float]) -> tuple[float, ...]:
    several = isinstance(target, Sequence) and not isinstance(target, str)
    values = list(target) if several and isinstance(target, Sequence) else [target]
    names = target_names(network)
    if len(values) != len(names):
        count = f"{len(names)} numbers, one for each output" if len(names) > 1 else "one number"
        raise NetworkError(f"target: needs {count}, not {len(values)}")
    numbers = tuple(checked_number(value, name) for name, value in zip(names, values, strict=True))
    loss = LOSSES[network.loss]
    if not all(map(loss.permits, numbers)):
        low, high = loss.range
        raise NetworkError(f"target: {loss.name} needs a target from {low:g} to {high:g}")
    return numbers


def _evaluated(network: Network, given: Mapping[str, float]) -> dict[str, Quantity]:
    values = dict(given)
    exact: dict[str, Fraction | None] = {name: fraction(value) for name, value in given.items()}
    quantities: dict[str, Quantity] = {}
    logarithms = LOSSES[network.loss].logarithm  # ln(p) tells apart what is otherwise as good as 0
    for name, kind, owner, expression in trees(network, given):
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
        places, whole = (0, True) if negligible else places_asked(value, known, old)
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
    if kind == "loss" and LOSSES[network.loss].logarithm:
        return "is infinite here, as an output came out at exactly 0 or 1 and missed its target"
    return "these weights and inputs give numbers too large to trace"
