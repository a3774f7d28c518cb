"""Every wrong answer that can be foreseen at a step, with its value: computed once, then looked up.

An `Outlook` works a step with one set of earlier values, the right ones or the learner's own, and
holds what each misconception would make of it: single mistakes, right values of other steps, and
two mistakes made together. Rewritings that always come to the same are one prediction.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from statistics import median
from typing import TypeAlias

from engine.decimals import rounded
from engine.diagnosis.computations import Computations, Parts
from engine.diagnosis.precision import natural_places, rough
from engine.diagnosis.verdict import Made
from engine.diagnosis.working import Rounding, Three, Thrice, Working
from engine.expression import NEGLIGIBLE, Expression, Values, evaluate, walk
from engine.mistakes import ELSEWHERE, OWN_FAMILY, RULES, Rule, Step
from engine.mistakes.elsewhere import near
from engine.trace import Trace

ALONE = frozenset({"left_to_right", "added_before_multiplying", "added_instead_of_multiplied"})
"""Each rebuilds the whole step, so no two of them are made together."""

MOST_PAIRS, MOST_WORK = 1000, 112_000
"""So many pairs are tried, the most common first, and fewer by the square of a large tree's size.

In a wide neuron more would explain anything, and hold up the other learners while they are worked.
"""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One way to go wrong, and what it comes to."""

    made: tuple[Made, ...]
    tree: Expression
    common: float
    points: tuple[float, ...]
    """What it comes to from the unrounded and from the rounded earlier values."""
    low: float
    high: float
    """The least and most it comes to when parts inside the step are rounded too (not for pairs)."""
    natural: tuple[int, ...]
    """The decimals that someone who got each point would write."""
    near: int = 3
    """For the right value of another step: how easily it is mistaken for this one."""


def propagated(trace: Trace, given: Values, earlier: Mapping[str, float], until: str) -> Values:
    """All values up to a step, worked from some given values and the learner's earlier ones.

    Raises:
        ArithmeticError: an earlier value that nothing can be worked from.
        ValueError: likewise, as the logarithm of a negative number.
    """
    values = dict(given)
    for quantity in trace:
        if quantity.id == until:
            break
        own = earlier.get(quantity.id)
        values[quantity.id] = evaluate(quantity.expression, values) if own is None else own
    return {**trace.values, **values}


def shaken(values: Values) -> dict[str, float]:
    """Every value moved a little, each differently, zeros kept: tells equal from equal by luck."""
    return {
        name: value * (1 + 1e-5 * (1 + math.fmod((i + 1) * 0.6180339887, 1.0)))
        for i, (name, value) in enumerate(values.items())
    }


def shown(trace: Trace) -> Values:
    """The right values as the tutor writes them: rounded to the decimals asked for."""
    return dict(trace.given) | {
        q.id: q.value if q.exact or q.kind == "direction" else rounded(q.value, q.places)
        for q in trace
    }


class Outlook:
    """What can be foreseen at one step.

    Args:
        step: the step, with the values it is worked with.
        worlds: the sets of earlier values that someone may work it from; the first unrounded.
        moved: the first of them `shaken` and propagated.
    """

    def __init__(self, step: Step, worlds: Sequence[Values], moved: Values) -> None:
        self.step = step
        self.worlds = tuple(worlds)
        self.quantity = step.quantity
        self.right = evaluate(self.quantity.expression, self.worlds[0])
        places = max(self.quantity.places, 3)
        self._worked = tuple(Working(world) for world in self.worlds)
        self._thrice = Thrice(self.worlds[0], moved, self.worlds[-1])
        ways = (False, True) if self.quantity.kind == "activation" else (False,)
        self._rounding = tuple(
            tuple(Rounding(world, places, pencil=pencil) for pencil in ways)
            for world in self.worlds
        )
        self.computations = Computations(self.worlds)
        self._merged: set[tuple[str, str]] = set()
        self._seen = {_signature(self._thrice(self.quantity.expression)): 0}

    @cached_property
    def singles(self) -> tuple[Prediction, ...]:
        """Every single mistake whose value is not the right one, the most common first."""
        found = self._distinct(_made(rule, self.step) for rule in self._rules)
        return tuple(sorted(found, key=lambda p: -p.common))

    @cached_property
    def _rules(self) -> list[Rule]:
        """The rules that can apply, those of the step's own family first: they give the name."""
        own = OWN_FAMILY.get(self.quantity.kind, "")
        able = [rule for rule in RULES if self.quantity.kind in rule.kinds]
        return sorted(able, key=lambda rule: rule.family != own)

    @cached_property
    def others(self) -> tuple[Prediction, ...]:
        """The right values of other steps, the nearest first."""
        tree = self.quantity.expression
        result = []
        for rewriting in ELSEWHERE(self.step, tree):
            points = tuple(dict.fromkeys(world[rewriting.other] for world in self.worlds))
            if not all(map(math.isfinite, points)) or abs(points[0] - self.right) <= NEGLIGIBLE:
                continue
            made = Made(ELSEWHERE.id, rewriting.where, tree, rewriting.tree, rewriting.other)
            natural = tuple(natural_places(point) for point in points)
            closeness = near(self.step, self.step.trace[rewriting.other])
            result.append(
                Prediction(
                    (made,),
                    rewriting.tree,
                    ELSEWHERE.common,
                    points,
                    min(points),
                    max(points),
                    natural,
                    closeness,
                )
            )
        return tuple(result)

    @cached_property
    def pairs(self) -> tuple[Prediction, ...]:
        """Two mistakes made together, the most plausible first."""
        _ = self.singles  # what a single mistake gives is not explained by two
        size = sum(1 for _ in walk(self.quantity.expression))
        most = min(MOST_PAIRS, MOST_WORK // size**2)
        found = self._distinct([islice(self._composed(), most)])
        self._thrice.forget()
        for working in (*self._worked, *chain(*self._rounding)):
            working.forget()
        return tuple(sorted(found, key=lambda p: -p.common))

    @cached_property
    def foreseen(self) -> tuple[tuple[Prediction, tuple[Parts, ...]], ...]:
        """Every single mistake with its computation, from each set of earlier values."""
        return tuple((one, self.computations.of(one.tree)) for one in self.singles)

    @cached_property
    def scale(self) -> float:
        """How large the numbers of this step are, right and wrong."""
        sizes = [abs(p.points[0]) for p in self.singles]
        return max(abs(self.right), median(sizes) if sizes else 0.0)

    def pairs_near(self, typed: float, width: float) -> Iterator[tuple[int, Prediction]]:
        """The pairs whose value is near a number, with their rank by plausibility."""
        values, ranks = self._by_value
        for i in range(bisect_left(values, typed - width), bisect_right(values, typed + width)):
            yield ranks[i], self.pairs[ranks[i]]

    @cached_property
    def _by_value(self) -> tuple[list[float], list[int]]:
        ranks = sorted(range(len(self.pairs)), key=lambda i: self.pairs[i].points[0])
        return [self.pairs[i].points[0] for i in ranks], ranks

    def _composed(self) -> Iterator[tuple[tuple[Made, ...], Expression, float]]:
        """Every rule on what every mistake made of the tree, the most common two first.

        A rewriting that goes by another rule's name is not made twice; one that changes nothing
        of the right tree (ten times 0) may change what a mistake made of it.
        """
        nameless = self._merged - {(p.made[0].id, p.made[0].where) for p in self.singles}
        both = [(p, r) for p in self.singles for r in self._rules if _plausible(p.made[0].id, r.id)]
        for first, second in sorted(both, key=lambda two: -two[0].common * two[1].common):
            for more in second(self.step, first.tree):
                place = (second.id, more.where)
                if place not in nameless and place != (first.made[0].id, first.made[0].where):
                    also = Made(second.id, more.where, more.look, more.became, more.other)
                    yield (*first.made, also), more.tree, first.common * second.common

    def _distinct(
        self, families: Iterable[Iterator[tuple[tuple[Made, ...], Expression, float]]]
    ) -> list[Prediction]:
        result = []
        for family in families:
            for made, tree, common in family:
                values = self._values(tree)
                if values is None:
                    continue
                signature = _signature(values)
                if signature in self._seen:
                    if self._seen[signature]:
                        self._merged.add((made[-1].id, made[-1].where))
                    continue
                self._seen[signature] = len(self._seen)
                prediction = self._prediction(made, tree, common, values)
                if prediction is not None:
                    result.append(prediction)
        return result

    def _values(self, tree: Expression) -> Three | None:
        """What a tree comes to: unrounded, moved a little, and from the rounded earlier values.

        Where 1 - target is 0, what it multiplies need have no value; moved, it may need one.
        """
        try:
            return self._thrice(tree)
        except (ArithmeticError, ValueError):
            pass
        try:
            return evaluate(tree, self.worlds[0]), math.nan, evaluate(tree, self.worlds[-1])
        except (ArithmeticError, ValueError):
            return None

    def _prediction(
        self, made: tuple[Made, ...], tree: Expression, common: float, values: Three
    ) -> Prediction | None:
        points = (values[0],) if values[0] == values[2] else (values[0], values[2])
        ends = list(points)
        if len(made) == 1:
            try:
                both = zip(self._worked, self._rounding, strict=True)
                ends += (value for world, ways in both for value in rough(tree, world, ways))
            except (ArithmeticError, ValueError):
                return None
        if not all(map(math.isfinite, ends)) or abs(points[0] - self.right) <= NEGLIGIBLE:
            return None
        natural = tuple(natural_places(point) for point in points)
        return Prediction(made, tree, common, points, min(ends), max(ends), natural)


def _signature(values: Three) -> tuple[str, str]:
    """Two trees with the same signature come to the same for all values like these."""
    return _digits(values[0]), _digits(values[1])


def _digits(value: float) -> str:
    return "0" if abs(value) <= NEGLIGIBLE else f"{value:.9g}"


def _made(rule: Rule, step: Step) -> Iterator[tuple[tuple[Made, ...], Expression, float]]:
    for found in rule(step, step.quantity.expression):
        made = Made(rule.id, found.where, found.look, found.became, found.other)
        yield (made,), found.tree, rule.common


def _plausible(first: str, second: str) -> bool:
    if first in ALONE and second in ALONE:
        return False
    return not (first == second == "decimal_place")


Worlds: TypeAlias = tuple[Values, Values, Values]
"""The right values of a trace: unrounded, as the tutor writes them, and `shaken`."""


def right_worlds(trace: Trace) -> Worlds:
    """What right answers may be worked from, once for all the steps of a trace."""
    return trace.values, shown(trace), propagated(trace, shaken(trace.given), {}, "")


def right_outlook(trace: Trace, name: str, worlds: Worlds | None = None) -> Outlook:
    """What is foreseen at a step from the right earlier values."""
    exact, written, moved = worlds or right_worlds(trace)
    return Outlook(Step(trace, name), (exact, written), moved)
