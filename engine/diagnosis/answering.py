"""The right answers and the foreseen wrong ones of one step, for one learner's earlier values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.diagnosis import chance
from engine.diagnosis.outlook import Outlook, Prediction, propagated, right_outlook, shaken
from engine.diagnosis.precision import EXACT, ROUGH, ROUNDED, coarse, fit, natural_places
from engine.diagnosis.verdict import Candidate, Carried, Made
from engine.expression import Values, evaluate, refs
from engine.mistakes import Step
from engine.rounding import Interval, held, interval, within
from engine.trace import Quantity, Trace

EARLIER, LATER = 35, 100
"""With room for so many, the right value of any earlier step may be told; of any later one."""


@dataclass(frozen=True, slots=True)
class Match:
    """A prediction that a typed number fits."""

    level: int
    prediction: Prediction
    outlook: Outlook
    own: bool


class Answering:
    """The right answers and the foreseen wrong ones of one step, for one learner's earlier values.

    Args:
        trace: the training step.
        name: the quantity asked for.
        earlier: the learner's own earlier values by id; what is not there was right.
        right: the outlook from the right values, if the caller keeps it.
    """

    def __init__(
        self, trace: Trace, name: str, earlier: Mapping[str, float], right: Outlook | None = None
    ) -> None:
        self.trace = trace
        self.quantity: Quantity = trace[name]
        self.earlier = earlier
        self.accepted: Interval = trace.held[name]
        self._right = right

    @cached_property
    def right(self) -> Outlook:
        """What is foreseen from the right earlier values."""
        return self._right or right_outlook(self.trace, self.quantity.id)

    @cached_property
    def own(self) -> tuple[Outlook, ...]:
        """What is foreseen from the learner's own earlier values.

        They are taken as they are, the rest being right; and, where that makes a difference, with
        what lies in between worked again from them.
        """
        found: list[Outlook] = []
        for again in (False, True) if self.earlier else ():
            outlook = self._worked(again=again)
            if outlook is not None and not any(self._agree(outlook, known) for known in found):
                found.append(outlook)
        return tuple(found)

    def _worked(self, *, again: bool) -> Outlook | None:
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
        return Outlook(Step(trace, name, values), (values,), near_by)

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

    def _agree(self, first: Outlook, second: Outlook) -> bool:
        ids = refs(self.quantity.expression)
        return all(
            math.isclose(first.worlds[0][r], second.worlds[0][r], abs_tol=1e-12) for r in ids
        )

    @cached_property
    def wrong_earlier(self) -> tuple[Carried, ...]:
        """The learner's wrong earlier values that this step builds on, nearest first."""
        return tuple(
            Carried(name, self.earlier[name], self.trace[name].value)
            for name in _ancestors(self.trace, self.quantity.id)
            if name in self.earlier
            and not within(self.earlier[name], self.trace.held[name], self.trace[name].places)
        )

    def is_right(self, typed: float, decimals: int | None) -> bool:
        """Whether it is right to the asked decimals, by any way of rounding.

        More decimals than asked may be anything that rounds right, but not where the value is
        exact: 0.034 is not 0.03.
        """
        places = self.quantity.places
        if self.quantity.exact:
            places = max(places, 9 if decimals is None else min(decimals, 9))
        if within(typed, self.accepted, places):
            return True
        if self.wrong_earlier:
            return False
        return any(within(typed, self._right_from(own), places) for own in self.own)

    def _right_from(self, own: Outlook) -> Interval:
        """The right answers from some earlier values, taken as they are."""
        values, tree = own.worlds[0], self.quantity.expression
        points = {ref: (values[ref], values[ref]) for ref in refs(tree)}
        ends = interval(tree, points, self.quantity.places)
        return ends if self.quantity.exact else held(ends, self.quantity.places)

    def is_carried(self, typed: float, decimals: int | None) -> bool:
        """Whether it is the right method on a wrong earlier value."""
        if not self.wrong_earlier:
            return False
        asked = self.quantity.places
        for own in self.own:
            low, high = self._right_from(own)
            natural = (natural_places(own.right),)
            if fit(typed, decimals, asked, (own.right,), natural, low, high) is not None:
                return True
        return False

    def is_coarse(self, typed: float, decimals: int | None) -> bool:
        """Whether it is the right value, rounded or cut off more coarsely than asked."""
        if decimals is None or typed == 0 or decimals > self.quantity.places:
            return False
        low, high = self.accepted
        scale = 10.0**decimals
        cut = (math.trunc(low * scale + 1e-9) / scale, math.trunc(high * scale + 1e-9) / scale)
        if any(abs(typed - end) < 1e-9 for end in cut):
            return True
        return decimals < self.quantity.places and within(typed, self.accepted, decimals)

    def is_cut(self, typed: float, decimals: int | None) -> bool:
        """Whether it has the decimals asked for, but cut off rather than rounded."""
        enough = decimals is not None and decimals >= self.quantity.places
        return enough and self.is_coarse(typed, decimals)

    @cached_property
    def outlooks(self) -> tuple[tuple[Outlook, bool], ...]:
        """What is foreseen, from the learner's own values first."""
        return (*((outlook, True) for outlook in self.own), (self.right, False))

    def matches(self, typed: float, decimals: int | None) -> list[Match]:
        """The single mistakes that a typed number fits, best first."""
        found = []
        for outlook, own in self.outlooks:
            for prediction in outlook.singles:
                level = self._fit(typed, decimals, prediction)
                if level is not None and not (
                    level != EXACT and self._too_short(typed, decimals, prediction)
                ):
                    found.append(Match(level, prediction, outlook, own))
        return self._ranked(found)

    def _too_short(self, typed: float, decimals: int | None, prediction: Prediction) -> bool:
        """Whether one digit is all there is to tell a moved point from another step's value."""
        if decimals is None or abs(typed) * 10.0**decimals >= 9.5:
            return False
        if prediction.made[0].id != "decimal_place":
            return False
        half = 0.5 * 10.0**-decimals + 1e-9
        return any(
            other.near > 1 and abs(other.points[0] - typed) <= half for other in self.right.others
        )

    def _fit(self, typed: float, decimals: int | None, prediction: Prediction) -> int | None:
        if not prediction.low - 0.06 <= typed <= prediction.high + 0.06:
            return None
        return fit(
            typed,
            decimals,
            self.quantity.places,
            prediction.points,
            prediction.natural,
            prediction.low,
            prediction.high,
        )

    def _ranked(self, found: Iterable[Match]) -> list[Match]:
        ranked = sorted(
            found,
            key=lambda m: (
                m.level,
                bool(self.wrong_earlier) and not m.own,
                -m.prediction.common,
            ),
        )
        once: dict[tuple[tuple[str, str], ...], Match] = {}
        for match in ranked:
            once.setdefault(identity(match.prediction.made), match)
        return list(once.values())

    def other_steps(self, typed: float, decimals: int | None) -> tuple[list[Match], list[Match]]:
        """The right values of other steps it is: those near this one, and those further off."""
        enough = (9 if decimals is None else decimals) >= 3
        found = []
        for outlook, own in self.outlooks:
            for prediction in outlook.others:
                level = self._fit(typed, decimals, prediction)
                if level == EXACT or (level == ROUNDED and enough):
                    found.append(Match(level, prediction, outlook, own))
        ranked = self._ranked(found)
        room = self._room(decimals)
        least = 3 if not enough else 2 if room < EARLIER else 1 if room < LATER else 0
        near = [match for match in ranked if match.prediction.near >= least]
        return near, [match for match in ranked if match.prediction.near < least]

    def together(self, typed: float, decimals: int | None) -> list[Match]:
        """The pairs of mistakes it fits, best first."""
        found: dict[tuple[tuple[str, str], ...], tuple[int, Match]] = {}
        # The values in between worked again are left out here: their pairs would say little more.
        for outlook, own in self._composing:
            for rank, prediction in outlook.pairs_near(typed, 0.06 + 0.02 * abs(typed)):
                level = self._fit(typed, decimals, prediction)
                if level is not None:
                    match = Match(level, prediction, outlook, own)
                    found.setdefault(identity(prediction.made), (rank, match))
        wrong = bool(self.wrong_earlier)
        best = sorted(found.values(), key=lambda f: (f[1].level, wrong and not f[1].own, f[0]))
        return [match for _, match in best]

    @property
    def _composing(self) -> Iterable[tuple[Outlook, bool]]:
        """The outlooks whose pairs are looked at."""
        return dict.fromkeys((self.outlooks[0], self.outlooks[-1]))

    def outdoes_chance(self, typed: float, decimals: int | None) -> bool:
        """Whether a number that two mistakes give is far likelier to be theirs than chance."""
        pairs = sum(len(outlook.pairs) for outlook, _ in self._composing)
        return chance.outdone(pairs, typed, self._places(decimals), self.right.scale)

    def _places(self, decimals: int | None) -> int:
        return max(3, self.quantity.places) if decimals is None else decimals

    def coarse_matches(self, typed: float, decimals: int | None) -> list[Match]:
        """The single mistakes it would fit if rounded more coarsely than asked."""
        return self._ranked(
            Match(ROUGH, prediction, outlook, own)
            for outlook, own in self.outlooks
            for prediction in outlook.singles
            if coarse(typed, decimals, prediction.points)
        )

    @cached_property
    def _neighbours(self) -> int:
        return sum(other.near > 1 for other in self.right.others)

    def _room(self, decimals: int | None) -> float:
        """How many less likely explanations than a mistake of the step's own may still be told."""
        whole = chance.room(self.quantity.places, self._places(decimals), self.right.scale)
        return whole - 1.3 * len(self.right.singles) - self._neighbours


def identity(made: tuple[Made, ...]) -> tuple[tuple[str, str], ...]:
    """The ids and places of some mistakes, whatever their order."""
    return tuple(sorted((one.id, one.where) for one in made))


def _ancestors(trace: Trace, name: str) -> list[str]:
    """What a step builds on, directly or not, the nearest first."""
    found: dict[str, None] = {}
    level = [name]
    while level:
        level = [
            ref
            for quantity in level
            for ref in refs(trace[quantity].expression)
            if ref in trace and ref not in found
        ]
        found |= dict.fromkeys(level)
    return list(found)


def candidate(match: Match) -> Candidate:
    """A match as an explanation, with the numbers it was worked from."""
    world = match.outlook.worlds[-1]
    value = evaluate(match.prediction.tree, world)
    return Candidate(match.prediction.made, match.prediction.tree, value, world, match.own)
