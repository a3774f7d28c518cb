"""What shown work says of a step: what is right in it, what it sets up, what it disproves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations

from engine.decimals import ROUNDED_PLACES
from engine.diagnosis.asked import Asked
from engine.diagnosis.matching import Match
from engine.diagnosis.predictions import Prediction, Predictions, Told
from engine.diagnosis.rounding_paths import UNFIT
from engine.diagnosis.shown_work import Found, Side, belongs, first_slip, found, work_of
from engine.diagnosis.structure import (
    MOST_TERMS,
    close,
    half_a_digit,
    is_worked,
    numbered,
    numbers_in,
    unrounded,
)
from engine.diagnosis.variants import Parts, parts_of
from engine.diagnosis.verdict import Made, Shown
from engine.expression import (
    Call,
    Expression,
    Product,
    Sum,
    evaluate,
    refs,
    value_of,
    walk,
)
from engine.functions import ACTIVATIONS
from engine.mistakes import ELSEWHERE
from engine.reading import Reading
from engine.rendering import formula
from engine.rounding import interval
from engine.tolerances import NOISE

CONSTANTS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
"""The numbers that formulas and the pencil rule for the sigmoid hold."""


class Evidence:
    """The shown work of one answer, set against the step and what can go wrong at it.

    Args:
        asked: the step, for one learner's earlier values.
        reading: the answer, with its work.
    """

    def __init__(self, asked: Asked, reading: Reading) -> None:
        self._asked = asked
        self.work = work_of(reading, _Names(asked), asked.held)
        self.setups: tuple[Side, ...] = tuple(self.work.setups)
        self.slip = first_slip(
            self.work, asked.right.step, [o.variants for o, _ in asked.all_predictions]
        )

    @cached_property
    def whole(self) -> tuple[bool, bool]:
        """Whether the last line sets up the whole step, and whether with own earlier values."""
        for predictions, own in self._asked.all_predictions:
            parts = predictions.variants.of(self._asked.quantity.expression)
            shown = found(self.work, predictions.variants)
            if any(one.whole in shown.last for one in parts):
                return True, own
        return False, False

    @cached_property
    def comes_out_right(self) -> bool:
        """Whether the last line sets up the whole step, or what comes to the same."""
        return self.whole[0] or self._comes_out_right(self.work.sides[-1])

    @cached_property
    def comes_out_near(self) -> bool:
        """Whether it `comes_out_right`, or the last set-up comes to nearly the right value."""
        return self.comes_out_right or any(map(self._comes_out_near, self.setups[-1:]))

    def _comes_out_near(self, side: Side) -> bool:
        """Whether it comes nearly to the right value, or would with its numbers less rounded."""
        asked = self._asked
        if asked.is_near(side.value):
            return True
        given = asked.trace.given.values()
        low, high = unrounded(side.tree, {*CONSTANTS, *given, *(-one for one in given)})
        return any(low <= one.right <= high for one, _ in asked.all_predictions)

    def _comes_out_right(self, side: Side) -> bool:
        asked = self._asked
        return asked.is_right(side.value, None) or bool(asked.carried(side.value, None))

    @cached_property
    def right(self) -> list[Side]:
        """The set-ups that are the step or a part of it, or come to the same as all of it."""
        return [s for s in self.setups if self.in_step(s) or self._comes_to_it(s)]

    def _comes_to_it(self, side: Side) -> bool:
        """Whether a set-up comes to the right value, and not by chance from numbers of its own."""
        if self._asked.quantity.value == 0 and abs(side.value) > NOISE:  # nothing is nearly 0
            return False
        functions = _activations(side.tree) - _activations(self._asked.quantity.expression)
        return self._comes_out_right(side) and not functions and self._stranger(side) is None

    def in_step(self, side: Side) -> bool:
        """Whether a set-up is the step or a part of it, with no weight as it was before."""
        return not self._is_of_old_weights(side) and any(
            belongs(side, part) for parts in self._parts() for part in parts.forms
        )

    @cached_property
    def of_old_weights(self) -> bool:
        """Whether any set-up has a weight as it was before its step."""
        return any(map(self._is_of_old_weights, self.setups))

    def _is_of_old_weights(self, side: Side) -> bool:
        """Whether a weight is written in it as it was before its step, and has moved since."""
        asked = self._asked
        held = {ref: asked.held[ref] for ref in refs(asked.quantity.expression)}
        befores = [
            abs(asked.trace.values[ref.removesuffix(".updated")])
            for ref in held
            if ref.endswith(".updated")
        ]
        return any(
            abs(abs(one) - before) <= NOISE
            for before in befores
            for one in numbers_in([side.told])
            if not any(low <= value <= high for low, high in held.values() for value in (one, -one))
        )

    def slipped_part(self) -> bool:
        """Whether what came out wrong is a right part of the step."""
        if self.slip is None or is_worked(self.slip.operation):
            return False
        return self.in_step(Side(self.slip.operation, self.slip.value, self.slip.told))

    def _parts(self) -> Iterator[Parts]:
        for predictions, _ in self._asked.all_predictions:
            yield from predictions.variants.of(self._asked.quantity.expression)

    @property
    def lines(self) -> tuple[str, ...]:
        """The page as the tutor writes it."""
        return tuple(
            formula(side.told) if side.opens_line else f"= {formula(side.told)}"
            for side in self.work.sides
        )

    def parts(self) -> tuple[Expression, ...]:
        """The right set-ups that come to something new."""
        kept: list[Side] = []
        for side in self.right:
            if not any(close(round(side.value, 4), other.value) for other in kept):
                kept.append(side)
        return tuple(side.told for side in kept)

    def wrong(self) -> list[Match]:
        """The mistakes that the last line sets up, where nothing else on the page disproves them.

        Of those that come to the same it is the one whose numbers the page has most of.
        """
        matches = []
        for predictions, own in self._asked.all_predictions:
            foreseen = predictions.foreseen
            shown = found(self.work, predictions.variants)
            for prediction, computed in foreseen:
                fitting = [
                    told
                    for told, parts in computed
                    if any(one.whole in shown.last and _explains(shown, one) for one in parts)
                ]
                if fitting:
                    named = self._nearest(prediction, fitting, predictions)
                    matches.append(Match(UNFIT, named, predictions, own, named.paths[0]))
        return matches

    def allowed(self, matches: Iterable[Match]) -> list[Match]:
        """Explanations of a number that nothing on the page disproves.

        Each set-up has to be a part of what is said to have been computed. Where another mistake
        comes to the same, the page tells which of them it was.
        """
        kept = []
        for match in matches:
            prediction, predictions = match.prediction, match.predictions
            fitting = [told for told in prediction.names if self._allows(predictions, *told)]
            if fitting:
                named = self._nearest(prediction, fitting, predictions)
                kept.append(replace(match, prediction=named))
        return kept

    def _nearest(
        self, one: Prediction, fitting: Sequence[Told], predictions: Predictions
    ) -> Prediction:
        """A prediction under the name of that of its twins which the page is most like."""
        made, tree = max(fitting, key=lambda told: self._likeness(told[1], predictions))
        return one if tree is one.tree else replace(one, made=made, tree=tree)

    def likeness(self, match: Match) -> int:
        """How many of an explanation's numbers stand on the page as they are."""
        return self._likeness(match.prediction.tree, match.predictions)

    def _likeness(self, tree: Expression, predictions: Predictions) -> int:
        theirs = Counter(round(v, 4) for v in _values(walk(numbered(tree, predictions.worlds[-1]))))
        return (self._numbers & theirs).total()

    @cached_property
    def _numbers(self) -> Counter[float]:
        return Counter(round(v, 4) for side in self.setups for v in _values(walk(side.tree)))

    def _allows(self, predictions: Predictions, made: tuple[Made, ...], tree: Expression) -> bool:
        parts = predictions.variants.of(self._computed(predictions, made, tree))
        shown = found(self.work, predictions.variants)
        return any(_explains(shown, one) for one in parts)

    @staticmethod
    def _computed(predictions: Predictions, made: tuple[Made, ...], tree: Expression) -> Expression:
        """What is worked out: of another step, all of its formula."""
        elsewhere = made[0].id == ELSEWHERE.id
        return predictions.step.trace[made[0].other].expression if elsewhere else tree

    def sets_up(self, matches: Iterable[Match]) -> list[Match]:
        """Explanations whose computation is what the last line sets up, as it stands."""
        return [match for match in self.allowed(matches) if self._is_whole(match)]

    def _is_whole(self, match: Match) -> bool:
        predictions, prediction = match.predictions, match.prediction
        last = found(self.work, predictions.variants).last
        tree = self._computed(predictions, prediction.made, prediction.tree)
        return any(one.whole in last for one in predictions.variants.of(tree))

    def shown(self) -> Shown:
        """What can be told of work that no mistake explains."""
        known = [side for side in self.setups if side in self.right or self._comes_out_near(side)]
        foreign = [side for side in self.setups if side not in known]
        if not known and not foreign:  # only numbers: 0.5, because 1/2
            return Shown()
        found = ((side, self._stranger(side)) for side in foreign)
        other, stranger = next((one for one in found if one[1] is not None), (None, None))
        if other is None and self.setups[-1] in foreign:  # it should be the whole, and is not
            other = self.setups[-1]
        return Shown(self.parts(), None if other is None else other.told, stranger)

    def _stranger(self, side: Side) -> float | None:
        """The first number of a set-up that neither the step nor an earlier line has or comes to.

        What the step builds on, at any remove, counts as the step's, however it is rounded. A
        sigmoid can be written in too many ways to tell.
        """
        if isinstance(self._asked.quantity.expression, Call):
            return None
        held, tree = self._asked.held, self._asked.quantity.expression
        points = [form.value for parts in self._parts() for form in parts.forms]
        points += numbers_in(parts.whole.tree for parts in self._parts())
        for earlier in self.work.sides[: self.work.sides.index(side)]:
            points += [earlier.value, *_values(_partly_worked(earlier.tree))]
        known = [(value, value) for value in (*CONSTANTS, *points)]
        known += [held[name] for name in self._asked.builds_on]
        for holds in (held, self._asked.trace.held):
            known += [interval(part, holds, ROUNDED_PLACES) for part in _partly_worked(tree)]
        for value in (evaluate(node, {}) for node in walk(side.tree) if is_worked(node)):
            half = half_a_digit(value)
            if not any(
                low - half <= one <= high + half for low, high in known for one in (value, -value)
            ):
                return value
        return None


class _Names(dict[str, float]):
    """The values a learner may call by name: by id, or else as formulas write them."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.all_predictions[0][0].worlds[0])
        self._symbol = asked.trace.symbol

    def __missing__(self, name: str) -> float:
        return {self._symbol(id_): value for id_, value in self.items()}[name]


def _partly_worked(tree: Expression) -> Iterator[Expression]:
    """The parts of a tree, and whatever of its terms or factors may be put together first."""
    yield from parts_of(tree)
    for node in walk(tree):
        if isinstance(node, Sum | Product):
            parts = node.terms if isinstance(node, Sum) else node.factors
            for size in range(2, len(parts) if len(parts) <= MOST_TERMS else 0):
                yield from map(type(node), combinations(parts, size))


def _values(trees: Iterable[Expression]) -> list[float]:
    """What each of those trees comes to, where it has a value."""
    return [value for tree in trees if (value := value_of(tree, {})) is not None]


def _explains(shown: Found, parts: Parts) -> bool:
    """Whether every set-up that is shown is a part of a computation, or all of it."""
    return all(not forms.isdisjoint(parts.forms) for forms in shown.setups)


def _activations(tree: Expression) -> set[str]:
    """The activations that a tree applies."""
    return {node.function for node in walk(tree) if isinstance(node, Call)} & set(ACTIVATIONS)
