"""The quantities of one training step, and how formulas write them; `engine.trace` makes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.decimals import EXACT_PLACES, ROUNDED_PLACES, number_text, rounded, short_text
from engine.expression import Expression, refs, value_of
from engine.functions import Interval
from engine.network import Network
from engine.rendering import symbols, worked
from engine.rounding import held, interval
from engine.steps import example_prefixes

DIRECTIONS = {1.0: "increase", -1.0: "decrease", 0.0: "no change"}
"""What the value of a direction quantity means."""
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
    "nudged": "{of} after",
    "unnudged": "{of} before",
    "slope": "slope({of})",
    "bias": "{of}.bias",
    "next": "new {of}",
    "prediction": "p",
    "target": "target",
    "loss": "loss",
    "learning_rate": "rate",
}
"""How formulas write a quantity of each kind, unless the caller has other words; those may hold
words for the directions too."""


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
    decimals: int | None = None
    """How many decimals its step wants of it; None to go by the number, or by the network."""
    tolerance: float = 0.0
    """How far an answer may be off, besides what rounding allows."""
    label: str = ""
    """How formulas write it, where they do not go by its kind."""

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
            wanted = quantity.decimals or self.network.decimals
            places, kept = (wanted, wanted) if wanted else (ROUNDED_PLACES, EXACT_PLACES)
            ends = interval(quantity.expression, earlier, places, kept=kept)
        else:
            ends = held(interval(quantity.expression, earlier, quantity.places), quantity.places)
        return ends[0] - quantity.tolerance, ends[1] + quantity.tolerance

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
        if name in self and self[name].label:
            return self[name].label
        if name.startswith("next."):
            return self.names["next"].format(of=self.symbol(name.removeprefix("next.")))
        for kind in ("nudged", "unnudged"):
            if f".{kind}." in name:
                return self.names[kind].format(of=self.symbol(name.rpartition(".")[2]))
        if name == "learning_rate":
            return self.names["learning_rate"]
        if self.examples and (example := name.partition(".")[0] + ".") in self._prefixes:
            return example + self.symbol(name.removeprefix(example))
        word, dot, of = name.partition(".")
        if word in ("target", "loss"):
            return f"{self.names[word]}{dot}{of}"
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
        return [*lines, f"{sign} {self.names.get(quantity.text, quantity.text)}"]

    def numbers_shown(self, name: str) -> tuple[dict[str, float], dict[str, str]]:
        """What a working puts in for each reference: the number, and how it is written."""
        values, places = self._shown(name)
        return values, {ref: self._text(ref, places) for ref in values}

    def numbers_giving(self, tree: Expression, value: float, places: int) -> dict[str, str]:
        """How each reference of a tree is written, so that a value follows, rounded to places."""
        shown, more = self._giving(tree, value, places)
        return {ref: self._text(ref, more) for ref in shown}

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
        if quantity.kind != "direction":
            return self._giving(quantity.expression, quantity.value, quantity.places)
        return self._first(quantity.expression, lambda result: result == quantity.value)

    def _giving(self, tree: Expression, value: float, places: int) -> tuple[dict[str, float], int]:
        """The numbers that a tree is shown with, so that its value comes out, so far rounded."""
        right = rounded(value, places)
        return self._first(
            tree, lambda result: math.isfinite(result) and rounded(result, places) == right
        )

    def _first(
        self, tree: Expression, agrees: Callable[[float], bool]
    ) -> tuple[dict[str, float], int]:
        """The coarsest numbers to put into a tree from which comes what it should."""
        for more in range(8):
            shown = {ref: self._rounded(ref, more) for ref in refs(tree)}
            if agrees(number_of(tree, shown)):
                return shown, more
        return {ref: self.values[ref] for ref in refs(tree)}, 8

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


def number_of(expression: Expression, values: Mapping[str, float]) -> float:
    """The value of a tree, never −0; infinite where it is too large or has none."""
    value = value_of(expression, values)
    return math.inf if value is None else value + 0.0
