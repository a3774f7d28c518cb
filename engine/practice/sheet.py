"""The numbers of one practice network: drawn a layer at a time, with the signs that are planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.functions import ACTIVATIONS
from engine.network import Network, Neuron
from engine.practice.ladder import ALL_POSITIVE, NEGATIVE_WEIGHT, Plan
from engine.practice.random_draws import RandomDraws

INPUTS = tuple(n / 10 for n in (2, 3, 4, 5, 6, 7, 8, 9, 12, 15))
SIZES = tuple(n / 10 for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15))
"""Of weights, without their sign: one decimal, so that products have four at most."""
BIASES = tuple(n / 10 for n in (1, 2, 3, 4, 5))
RATES = tuple(n / 10 for n in (1, 2, 3, 4, 5, 6, 8))

NEAR_ZERO = 0.015
"""No sum comes nearer to 0 than this."""

TRIES = 30
"""How often one neuron's numbers are drawn for the sign its sum shall have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One neuron as it is drawn."""

    name: str
    activation: str
    weights: tuple[str, ...]
    incoming: tuple[str, ...]
    """Names of the inputs or neurons that it weighs."""
    positive: bool


@dataclass
class Sheet:
    """Numbers by their ids in a trace, and what each neuron passes on.

    The first draw of a neuron chooses the signs of its weights; later ones keep them, so that the
    same mistakes can be made.
    """

    plan: Plan
    layers: tuple[tuple[Row, ...], ...]
    given: dict[str, float] = field(default_factory=dict)
    passed: dict[str, float] = field(default_factory=dict)

    @property
    def groups(self) -> int:
        """How many groups of numbers there are: one for each layer, then the learning rate."""
        return len(self.layers) + 1

    def ids(self) -> list[tuple[str, ...]]:
        """The ids of the numbers in each group."""
        groups: list[tuple[str, ...]] = [
            tuple(name for row in layer for name in (*row.weights, f"{row.name}.bias"))
            for layer in self.layers
        ]
        groups[0] += self.layers[0][0].incoming
        return [*groups, ("learning_rate",)]

    def draw(self, group: int, draws: RandomDraws) -> bool:
        """Draws a group anew; False if the planned signs did not come up."""
        if group == len(self.layers):
            self.given["learning_rate"] = draws.one_of(RATES)
            return True
        if group == 0:
            names = self.layers[0][0].incoming
            for name, value in zip(names, draws.some_of(INPUTS, len(names)), strict=True):
                self.given[name] = self.passed[name] = value
        return all(self._draw_row(row, draws) for row in self.layers[group])

    def _draw_row(self, row: Row, draws: RandomDraws) -> bool:
        bias = f"{row.name}.bias"
        for _ in range(TRIES):
            signs = self._signs(row, draws)
            sizes = draws.some_of(SIZES, len(signs))
            numbers = [sign * size for sign, size in zip(signs, sizes, strict=True)]
            shift = self._sign(bias, draws) * draws.one_of(BIASES) if self.plan.biased else 0.0
            total = shift
            for name, number in zip(row.incoming, numbers, strict=True):
                total += self.passed[name] * number
            if abs(total) > NEAR_ZERO and (total > 0) == row.positive:
                self.given |= zip(row.weights, numbers, strict=True)
                self.given[bias] = shift
                self.passed[row.name] = ACTIVATIONS[row.activation].value(total)
                return True
        return False

    def _signs(self, row: Row, draws: RandomDraws) -> list[float]:
        signs = [self._sign(weight, draws) for weight in row.weights]
        new = row.weights[0] not in self.given
        if new and min(signs) > 0 and not draws.percent(ALL_POSITIVE):
            signs[draws.below(len(signs))] = -1.0
        return signs

    def _sign(self, name: str, draws: RandomDraws) -> float:
        if name in self.given:
            return -1.0 if self.given[name] < 0 else 1.0
        return -1.0 if draws.percent(NEGATIVE_WEIGHT) else 1.0

    def network(self) -> Network:
        """The network these numbers make."""
        return Network(
            self.layers[0][0].incoming,
            tuple(tuple(self._neuron(row) for row in layer) for layer in self.layers),
            self.plan.loss,
        )

    def _neuron(self, row: Row) -> Neuron:
        weights = tuple((name, self.given[name]) for name in row.weights)
        return Neuron(row.name, row.activation, self.given[f"{row.name}.bias"], weights)

    @property
    def inputs(self) -> tuple[float, ...]:
        """The example."""
        return tuple(self.given[name] for name in self.layers[0][0].incoming)


def blank(plan: Plan) -> Sheet:
    """A sheet with names and no numbers: H1, w11, … as in the lesson; G1, v11, … behind them."""
    return Sheet(plan, tuple(_layers(plan)), {"target": plan.target})


def _layers(plan: Plan) -> Iterator[tuple[Row, ...]]:
    incoming = tuple(f"x{i + 1}" for i in range(plan.inputs))
    last = len(plan.activations) - 1
    for depth, (kinds, signs) in enumerate(zip(plan.activations, plan.positive, strict=True)):
        letter, weight = ("O", "w") if depth == last else (("H", "w"), ("G", "v"))[depth]
        rows = []
        for i, (kind, positive) in enumerate(zip(kinds, signs, strict=True)):
            number = "" if depth == last else str(i + 1)
            before = "O" if depth == last else number
            weights = tuple(f"{weight}{before}{j + 1}" for j in range(len(incoming)))
            rows.append(Row(f"{letter}{number}", kind, weights, incoming, positive))
        yield tuple(rows)
        incoming = tuple(row.name for row in rows)
