"""Every wrong answer that can be foreseen at a step, with its value: computed once, then looked up.

`Predictions` work a step with one set of earlier values, the right ones or the learner's own, and
hold what each misconception would make of it: single mistakes, right values of other steps, and
two mistakes made together. Rewritings that always come to the same are one prediction.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from statistics import median
from typing import TypeAlias

from engine.decimals import rounded
from engine.diagnosis.rounding_paths import (
    RoundingPath,
    Three,
    Thrice,
    pencil_forms,
    rounding_paths,
)
from engine.diagnosis.variants import Parts, Variants
from engine.diagnosis.verdict import Made
from engine.expression import Expression, Values, evaluate, value_of, walk
from engine.mistakes import BY_ID, ELSEWHERE, Rule, Step, able
from engine.mistakes.elsewhere import near
from engine.tolerances import NEGLIGIBLE
from engine.trace import Trace

MOST_PAIRS, MOST_WORK = 1000, 112_000
"""So many pairs are tried, the most common first, and fewer by the square of a large tree's size.

In a wide neuron more would explain anything, and hold up the other learners while they are worked.
"""

Told: TypeAlias = tuple[tuple[Made, ...], Expression]
"""What went wrong, and the computation that it makes."""

Mistake: TypeAlias = tuple[tuple[Made, ...], Expression, float]
"""The same, and how common it is."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One way to go wrong, and what it comes to."""

    made: tuple[Made, ...]
    tree: Expression
    common: float
    paths: tuple[RoundingPath, ...]
    """What it comes to as it may be worked; the first unrounded, from values as written down."""
    low: float
    high: float
    """The least and most of these."""
    near: int = 3
    """For the right value of another step: how easily it is mistaken for this one."""
    twins: list[Told] = field(default_factory=list)
    """Other mistakes that always come to the same; only shown work can tell which it was."""

    @property
    def rule(self) -> Rule:
        """The rule of its mistake, or of the first of two."""
        return BY_ID[self.made[0].id]

    @property
    def names(self) -> list[Told]:
        """All that it may be, the likeliest first."""
        return [(self.made, self.tree), *self.twins]


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


def shown(trace: Trace, *, pencil: bool = False) -> Values:
    """The right values as the tutor writes them: rounded to the decimals asked for.

    Args:
        trace: the training step.
        pencil: whether a sigmoid near zero is worked by the pencil rule.
    """
    values = dict(trace.given)
    for one in trace:
        forms = pencil_forms(one.expression, trace.values) if pencil else ()
        value = evaluate(forms[0], trace.values) if forms else one.value
        whole = one.exact or one.kind == "direction"
        values[one.id] = value if whole else rounded(value, one.places)
    return values


class Predictions:
    """What can be foreseen at one step.

    Args:
        step: the step, with the values it is worked with.
        worlds: the sets of earlier values that someone may work it from; the first unrounded, the
            last as they are written down.
        moved: the first of them `shaken` and propagated.
    """

    def __init__(self, step: Step, worlds: Sequence[Values], moved: Values) -> None:
        self.step = step
        self.worlds = tuple(worlds)
        self.quantity = step.quantity
        self.right = evaluate(self.quantity.expression, self.worlds[0])
        self._thrice = Thrice(self.worlds[0], moved, self.worlds[-1])
        self.variants = Variants(self.worlds)
        self._merged: set[tuple[str, str]] = set()
        self._seen: dict[tuple[str, str], Prediction | None] = {
            _signature(self._thrice(self.quantity.expression)): None
        }

    @cached_property
    def singles(self) -> tuple[Prediction, ...]:
        """Every single mistake whose value is not the right one, the most common first."""
        found = self._distinct(_made(rule, self.step) for rule in self._rules)
        return tuple(sorted(found, key=lambda p: -p.common))

    @cached_property
    def _rules(self) -> list[Rule]:
        return able(self.step, self.right)

    @cached_property
    def others(self) -> tuple[Prediction, ...]:
        """The right values of other steps, the nearest first."""
        tree = self.quantity.expression
        result = []
        for rewriting in ELSEWHERE(self.step, tree):
            made, values = (Made.of(ELSEWHERE, rewriting),), self._thrice(rewriting.tree)
            found = self._prediction(made, rewriting.tree, ELSEWHERE.common, values, inside=False)
            if found is not None:
                closeness = near(self.step, self.step.trace[rewriting.other])
                result.append(replace(found, near=closeness))
        return tuple(result)

    @cached_property
    def pairs(self) -> tuple[Prediction, ...]:
        """Two mistakes made together, the most plausible first."""
        _ = self.singles  # what a single mistake gives is not explained by two
        size = sum(1 for _ in walk(self.quantity.expression))
        most = min(MOST_PAIRS, MOST_WORK // size**2)
        found = self._distinct([islice(self._composed(), most)])
        self._thrice.forget()
        return tuple(sorted(found, key=lambda p: -p.common))

    @cached_property
    def foreseen(self) -> tuple[tuple[Prediction, list[tuple[Told, tuple[Parts, ...]]]], ...]:
        """Every single mistake by each name it has, with its variants."""
        return tuple(
            (one, [(told, self.variants.of(told[1])) for told in one.names]) for one in self.singles
        )

    @cached_property
    def scale(self) -> float:
        """How large the numbers of this step are, right and wrong."""
        sizes = [abs(p.paths[0].value) for p in self.singles]
        return max(abs(self.right), median(sizes) if sizes else 0.0)

    def pairs_near(self, typed: float, width: float) -> Iterator[tuple[int, Prediction]]:
        """The pairs whose value is near a number, with their rank by plausibility."""
        values, ranks = self._by_value
        for i in range(bisect_left(values, typed - width), bisect_right(values, typed + width)):
            yield ranks[i], self.pairs[ranks[i]]

    @cached_property
    def _by_value(self) -> tuple[list[float], list[int]]:
        ranks = sorted(range(len(self.pairs)), key=lambda i: self.pairs[i].paths[0].value)
        return [self.pairs[i].paths[0].value for i in ranks], ranks

    def _composed(self) -> Iterator[Mistake]:
        """Every rule on what every mistake made of the tree, the most common two first.

        A rewriting that goes by another rule's name is not made twice; one that changes nothing
        of the right tree (ten times 0) may change what a mistake made of it.
        """
        nameless = self._merged - {(p.made[0].id, p.made[0].where) for p in self.singles}
        firsts = [(p, BY_ID[p.made[0].id]) for p in self.singles]
        both = [(p, then) for p, rule in firsts for then in self._rules if rule.goes_with(then)]
        for first, second in sorted(both, key=lambda two: -two[0].common * two[1].common):
            for more in second(self.step, first.tree):
                place = (second.id, more.where)
                if place not in nameless and place != (first.made[0].id, first.made[0].where):
                    yield (
                        (*first.made, Made.of(second, more)),
                        more.tree,
                        first.common * second.common,
                    )

    def _distinct(self, families: Iterable[Iterator[Mistake]]) -> list[Prediction]:
        """A prediction for each value that comes about; the first mistake to give it names it."""
        result = []
        for made, tree, common in (mistake for family in families for mistake in family):
            values = self._values(tree)
            if values is None:
                continue
            signature = _signature(values)
            if signature in self._seen:
                if (known := self._seen[signature]) is not None:
                    self._merged.add((made[-1].id, made[-1].where))
                    known.twins.append((made, tree))
                continue
            prediction = self._prediction(made, tree, common, values, inside=len(made) == 1)
            self._seen[signature] = prediction
            if prediction is not None:
                result.append(prediction)
        return result

    def _values(self, tree: Expression) -> Three | None:
        """What a tree comes to: unrounded, moved a little, and from the values as written down.

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
        self,
        made: tuple[Made, ...],
        tree: Expression,
        common: float,
        values: Three,
        *,
        inside: bool,
    ) -> Prediction | None:
        """What a computation comes to, with its parts rounded on the way as well if `inside`."""
        exact, _, written = values
        found = [RoundingPath(written, tree, self.worlds[-1])]
        if exact != written:
            found.append(RoundingPath(exact, tree, self.worlds[0]))
        try:
            found = self._rounded(tree) if inside else found
        except (ArithmeticError, ValueError):
            return None
        ends = [path.value for path in found]
        if not all(map(math.isfinite, ends)) or abs(exact - self.right) <= NEGLIGIBLE:
            return None
        return Prediction(made, tree, common, tuple(found), min(ends), max(ends))

    def _rounded(self, tree: Expression) -> list[RoundingPath]:
        found: dict[float, RoundingPath] = {}
        for path in rounding_paths(tree, self.worlds, max(self.quantity.places, 3)):
            found.setdefault(round(path.value, 12), path)
        return list(found.values())


def _signature(values: Three) -> tuple[str, str]:
    """Two trees with the same signature come to the same for all values like these."""
    return nine_digits(values[0]), nine_digits(values[1])


def nine_digits(value: float) -> str:
    """A value as far as floats agree that come to the same; all that is as good as 0 is 0."""
    return "0" if abs(value) <= NEGLIGIBLE else f"{value:.9g}"


def _made(rule: Rule, step: Step) -> Iterator[Mistake]:
    for found in rule(step, step.quantity.expression):
        yield (Made.of(rule, found),), found.tree, rule.common


Worlds: TypeAlias = tuple[tuple[Values, ...], Values]
"""The right values of a trace, unrounded first and as the tutor writes them last; and `shaken`."""


def right_worlds(trace: Trace) -> Worlds:
    """What right answers may be worked from, once for all the steps of a trace."""
    written, by_pencil = shown(trace), shown(trace, pencil=True)
    either = (trace.values, written) if by_pencil == written else (trace.values, by_pencil, written)
    return either, propagated(trace, shaken(trace.given), {}, "")


def right_predictions(trace: Trace, name: str, worlds: Worlds | None = None) -> Predictions:
    """What is foreseen at a step from the right earlier values."""
    known, moved = worlds or right_worlds(trace)
    tree = trace[name].expression
    # Written down, a probability may be 1, and what multiplies its logarithm not be 0.
    able = [world for world in known if world is known[0] or _has_value(tree, world)]
    return Predictions(Step(trace, name), able, moved if _has_value(tree, moved) else known[0])


def _has_value(tree: Expression, values: Values) -> bool:
    value = value_of(tree, values)
    return value is not None and math.isfinite(value)
