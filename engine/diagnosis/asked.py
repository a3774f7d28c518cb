"""One step as it is asked of one learner: what is right at it, and what is foreseen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cached_property, partial

from engine.decimals import rounded
from engine.diagnosis.predictions import Predictions, propagated, right_predictions, shaken
from engine.diagnosis.rounding_paths import has_two_digits, natural_places
from engine.diagnosis.verdict import Carried
from engine.expression import Values, evaluate, refs
from engine.functions import Interval
from engine.mistakes import Step
from engine.rounding import held, interval, within
from engine.tolerances import NEGLIGIBLE, NOISE
from engine.trace import Quantity, Trace


class Asked:
    """One step as it is asked of a learner with these earlier values, and what is right at it.

    Args:
        trace: the training step.
        name: the quantity asked for.
        earlier: the learner's own earlier values by id; what is not there was right.
        right: what is foreseen from the right values, if the caller keeps it.
    """

    def __init__(
        self,
        trace: Trace,
        name: str,
        earlier: Mapping[str, float],
        right: Predictions | None = None,
    ) -> None:
        self.trace = trace
        self.quantity: Quantity = trace[name]
        self.earlier = earlier
        self.accepted: Interval = trace.held[name]
        self._right = right

    @cached_property
    def right(self) -> Predictions:
        """What is foreseen from the right earlier values."""
        return self._right or right_predictions(self.trace, self.quantity.id)

    @cached_property
    def own(self) -> tuple[Predictions, ...]:
        """What is foreseen from the learner's own earlier values.

        They are taken as they are, the rest being right; and, where that makes a difference, with
        what lies in between worked again from them.
        """
        found: list[Predictions] = []
        for again in (False, True) if self.earlier else ():
            new = self._worked(again=again)
            if new is not None and not any(self._agree(new, known) for known in found):
                found.append(new)
        return tuple(found)

    def _worked(self, *, again: bool) -> Predictions | None:
        trace, name = self.trace, self.quantity.id
        try:
            if again:
                values = propagated(trace, trace.given, self.earlier, name)
            else:
                values = {**trace.values, **self.earlier}
            if not math.isfinite(evaluate(self.quantity.expression, values)):
                return None
        except (ArithmeticError, ValueError):
            return None
        near_by = self._near_by(again=again) or values
        return Predictions(Step(trace, name, values), (values,), near_by)

    def _near_by(self, *, again: bool) -> Values | None:
        """The values a little away from them; None where the step can't be worked from there.

        A probability may be so near 1 that the next value is beyond it.
        """
        trace, name = self.trace, self.quantity.id
        moved = shaken({**trace.given, **self.earlier})
        given = {ref: moved[ref] for ref in trace.given}
        try:
            if again:
                near_by = propagated(trace, given, moved, name)
            else:
                near_by = {**propagated(trace, given, {}, name), **moved}
            evaluate(self.quantity.expression, near_by)
        except (ArithmeticError, ValueError):
            return None
        return near_by

    def _agree(self, first: Predictions, second: Predictions) -> bool:
        ids = refs(self.quantity.expression)
        return all(
            math.isclose(first.worlds[0][r], second.worlds[0][r], abs_tol=1e-12) for r in ids
        )

    @cached_property
    def builds_on(self) -> list[str]:
        """The ids that this step builds on, directly or not, the nearest first; given ones too."""
        return self._below(lambda _: True)

    def _below(self, counts: Callable[[str], bool]) -> list[str]:
        """The ids that count of those it builds on, found through others that count."""
        found: dict[str, None] = {}
        level = [self.quantity.id]
        while level:
            level = [
                ref
                for name in level
                if name in self.trace
                for ref in refs(self.trace[name].expression)
                if ref not in found and counts(ref)
            ]
            found |= dict.fromkeys(level)
        return list(found)

    @cached_property
    def held(self) -> dict[str, Interval]:
        """The values that may be held for every id: the learner's own where they have one."""
        return {**self.trace.held, **{name: (v, v) for name, v in self.earlier.items()}}

    @cached_property
    def wrong_earlier(self) -> tuple[Carried, ...]:
        """The learner's wrong earlier values that this step builds on, nearest first."""
        return tuple(
            Carried(name, self.earlier[name], self.trace[name].value)
            for name in self.builds_on
            if name in self.earlier
            and not within(self.earlier[name], self.trace.held[name], self.trace[name].places)
        )

    def is_right(self, typed: float, decimals: int | None) -> bool:
        """Whether it is right to the asked decimals, by any way of rounding.

        More decimals than asked may be anything that rounds right, but not where the value is
        exact: 0.034 is not 0.03.
        """
        places = self.quantity.places
        if self.is_unmoved(typed):
            return False
        if self.quantity.exact:
            places = max(places, 9 if decimals is None else min(decimals, 9))
        if within(typed, self.accepted, places):
            return True
        if self.wrong_earlier:
            return False
        return any(within(typed, self._right_from(own), places) for own in self.own)

    def _right_from(self, own: Predictions) -> Interval:
        """The right answers from some earlier values, taken as they are."""
        values, tree = own.worlds[0], self.quantity.expression
        points = {ref: (values[ref], values[ref]) for ref in refs(tree)}
        ends = interval(tree, points, self.quantity.places)
        low, high = ends if self.quantity.exact else held(ends, self.quantity.places)
        return low - self.quantity.tolerance, high + self.quantity.tolerance

    def carried(self, typed: float, decimals: int | None) -> tuple[Carried, ...]:
        """The wrong earlier values that it is the right method on, nearest first, if it is."""
        needed = max(self.quantity.places, 2)
        for own in self.own if self.wrong_earlier else ():
            least = min(needed, natural_places(own.right))
            half = 0.5 * 10.0 ** -(needed if decimals is None else max(decimals, least)) + NOISE
            low, high = self._right_from(own)
            near = typed != 0 and low - half <= typed <= high + half
            if near or abs(typed - own.right) <= NOISE:
                below = self._below(partial(self._is_changed, own.worlds[0]))
                return tuple(one for one in self.wrong_earlier if one.id in below)
        return ()

    def _is_changed(self, values: Values, name: str) -> bool:
        return abs(values[name] - self.trace.values[name]) > NOISE

    def is_coarse(self, typed: float, decimals: int | None) -> bool:
        """Whether it is the right value, properly rounded to fewer decimals than asked.

        Two digits at least, and none that says nothing: not the weight before its step, not the
        whole number that a sigmoid only comes near to.
        """
        if decimals is None or decimals >= self.quantity.places:
            return False
        if not has_two_digits(typed, decimals) or (abs(typed) <= 1 and typed.is_integer()):
            return False
        ends = (rounded(predictions.right, decimals) for predictions, _ in self.all_predictions)
        return not self.is_unmoved(typed) and any(abs(typed - end) < NOISE for end in ends)

    def is_unmoved(self, typed: float) -> bool:
        """Whether it is a weight that has not moved the way its step goes, be it a tiny one."""
        if self.quantity.kind != "updated":
            return False
        old = self.trace.values[self.quantity.owner]
        move = self.quantity.value - old
        return abs(move) > NEGLIGIBLE and (typed - old) * move <= 0

    def is_cut(self, typed: float, decimals: int | None) -> bool:
        """Whether it has the decimals asked for, but cut off rather than rounded."""
        if decimals is None or decimals < self.quantity.places or typed == 0:
            return False
        scale = 10.0**decimals
        rights = (predictions.right for predictions, _ in self.all_predictions)
        ends = (math.trunc(right * scale + math.copysign(NOISE, right)) for right in rights)
        return any(abs(typed - end / scale) < NOISE for end in ends)

    def is_near(self, typed: float) -> bool:
        """Whether it is so near the right value that rounding early may have made it.

        Two units of the last decimal, but between two and five hundredths of it: of 0, nothing.
        """
        size, units = abs(self.quantity.value), 2 * 10.0 ** -max(3, self.quantity.places)
        room = max(0.02 * size, min(units, 0.05 * size))
        return any(
            abs(typed - predictions.right) <= room for predictions, _ in self.all_predictions
        )

    @cached_property
    def all_predictions(self) -> tuple[tuple[Predictions, bool], ...]:
        """What is foreseen, from the learner's own values first."""
        return (*((predictions, True) for predictions in self.own), (self.right, False))
