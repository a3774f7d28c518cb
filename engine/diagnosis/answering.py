"""The right answers and the foreseen wrong ones of one step, for one learner's earlier values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from engine.decimals import rounded
from engine.diagnosis import chance
from engine.diagnosis.outlook import Outlook, Prediction, propagated, right_outlook, shaken
from engine.diagnosis.verdict import Candidate, Carried, Made
from engine.diagnosis.ways import EXACT, NOISE, UNFIT, Way, natural_places
from engine.expression import NEGLIGIBLE, Values, evaluate, refs
from engine.functions import Interval
from engine.mistakes import FIRST, Step
from engine.rounding import held, interval, within
from engine.trace import Quantity, Trace

EARLIER, LATER = 35, 100
"""With room for so many, the right value of any earlier step may be told; of any later one."""

TWO_DIGITS = 9.5
"""From this many units of the last decimal typed on, a number has two digits."""


@dataclass(frozen=True, slots=True)
class Match:
    """A prediction that a typed number fits, and the way in which it does."""

    level: int
    prediction: Prediction
    outlook: Outlook
    own: bool
    way: Way

    def fitted(self, typed: float, decimals: int | None) -> Match | None:
        """It in the way in which a typed number fits it best; None where it does not."""
        fits = [
            (level, i)
            for i, way in enumerate(self.prediction.ways)
            if (level := way.fit(typed, decimals, self.outlook.quantity.places)) is not None
        ]
        if not fits:
            return None
        level, i = min(fits)
        return replace(self, level=level, way=self.prediction.ways[i])

    def told(self) -> Match:
        """It from the values as they are written down, where no number is typed."""
        return replace(self, way=self.prediction.ways[0])

    def candidate(self, decimals: int | None = None) -> Candidate:
        """It as an explanation, its working written to the decimals typed."""
        made, tree = self.prediction.made, self.prediction.tree
        written = self.outlook.worlds[-1]
        return Candidate(made, tree, written, self.way, self.own, decimals or 0)


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

    def _right_from(self, own: Outlook) -> Interval:
        """The right answers from some earlier values, taken as they are."""
        values, tree = own.worlds[0], self.quantity.expression
        points = {ref: (values[ref], values[ref]) for ref in refs(tree)}
        ends = interval(tree, points, self.quantity.places)
        return ends if self.quantity.exact else held(ends, self.quantity.places)

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
        if not _has_two_digits(typed, decimals) or (abs(typed) <= 1 and typed.is_integer()):
            return False
        ends = (rounded(outlook.right, decimals) for outlook, _ in self.outlooks)
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
        rights = (outlook.right for outlook, _ in self.outlooks)
        ends = (math.trunc(right * scale + math.copysign(NOISE, right)) for right in rights)
        return any(abs(typed - end / scale) < NOISE for end in ends)

    def is_near(self, typed: float) -> bool:
        """Whether it is so near the right value that rounding early may have made it."""
        room = max(0.02 * abs(self.quantity.value), 2 * 10.0 ** -max(3, self.quantity.places))
        return any(abs(typed - outlook.right) <= room for outlook, _ in self.outlooks)

    @cached_property
    def outlooks(self) -> tuple[tuple[Outlook, bool], ...]:
        """What is foreseen, from the learner's own values first."""
        return (*((outlook, True) for outlook in self.own), (self.right, False))

    def matches(self, typed: float, decimals: int | None) -> list[Match]:
        """The single mistakes that a typed number fits, best first."""
        found = self._fitting(typed, decimals, lambda outlook: outlook.singles)
        return self._ranked(
            m for m in found if m.level == EXACT or not self._too_short(typed, decimals, m)
        )

    def _too_short(self, typed: float, decimals: int | None, match: Match) -> bool:
        """Whether one digit is all there is to tell a moved point from another step's value."""
        if decimals is None or _has_two_digits(typed, decimals):
            return False
        if match.prediction.made[0].id != "decimal_place":
            return False
        half = 0.5 * 10.0**-decimals + NOISE
        return any(
            other.near > 1 and abs(other.ways[0].value - typed) <= half
            for other in self.right.others
        )

    def _fitting(
        self, typed: float, decimals: int | None, of: Callable[[Outlook], Iterable[Prediction]]
    ) -> Iterator[Match]:
        """Predictions that a typed number fits, each in the way that it fits best."""
        for outlook, own in self.outlooks:
            for prediction in of(outlook):
                if prediction.low - 0.06 <= typed <= prediction.high + 0.06:
                    match = Match(UNFIT, prediction, outlook, own, prediction.ways[0])
                    if (found := match.fitted(typed, decimals)) is not None:
                        yield found

    def _ranked(self, found: Iterable[Match]) -> list[Match]:
        ranked = sorted(
            found,
            key=lambda m: (
                m.prediction.made[0].id not in FIRST,
                m.level,
                bool(self.wrong_earlier) and not m.own,
                -m.prediction.common,
            ),
        )
        once: dict[tuple[tuple[str, str], ...], Match] = {}
        for match in ranked:
            once.setdefault(identity(match.prediction.made), match)
        return list(once.values())

    def other_steps(self, typed: float, decimals: int | None) -> list[Match]:
        """The right values of other steps that it is; of far ones only where chance is unlikely."""
        found = list(self._fitting(typed, decimals, lambda outlook: outlook.others))
        enough = (9 if decimals is None else decimals) >= 3
        if decimals is not None and enough and not found:
            found = list(self._fitting(typed, decimals, lambda outlook: _cut(outlook, decimals)))
        room = self._room(decimals)
        least = 3 if not enough else 2 if room < EARLIER else 1 if room < LATER else 0
        ranked = self._ranked(match for match in found if match.level == EXACT or enough)
        return [match for match in ranked if match.prediction.near >= least]

    def together(self, typed: float, decimals: int | None) -> list[Match]:
        """The pairs of mistakes it fits, best first."""
        ranks: dict[tuple[tuple[str, str], ...], int] = {}

        def near(outlook: Outlook) -> Iterator[Prediction]:
            # The values in between worked again are left out: their pairs would say little more.
            if outlook in self._composing:
                for rank, prediction in outlook.pairs_near(typed, 0.06 + 0.02 * abs(typed)):
                    ranks.setdefault(identity(prediction.made), rank)
                    yield prediction

        found: dict[tuple[tuple[str, str], ...], Match] = {}
        for match in self._fitting(typed, decimals, near):
            found.setdefault(identity(match.prediction.made), match)
        wrong = bool(self.wrong_earlier)
        return sorted(
            found.values(),
            key=lambda m: (m.level, wrong and not m.own, ranks[identity(m.prediction.made)]),
        )

    @property
    def _composing(self) -> list[Outlook]:
        """The outlooks whose pairs are looked at."""
        return list(dict.fromkeys(outlook for outlook, _ in (self.outlooks[0], self.outlooks[-1])))

    def outdoes_chance(self, typed: float, decimals: int | None) -> bool:
        """Whether a number that two mistakes give is far likelier to be theirs than chance."""
        pairs = sum(len(outlook.pairs) for outlook in self._composing)
        return chance.outdone(pairs, typed, self._places(decimals), self.right.scale)

    def _places(self, decimals: int | None) -> int:
        return max(3, self.quantity.places) if decimals is None else decimals

    @cached_property
    def _neighbours(self) -> int:
        return sum(other.near > 1 for other in self.right.others)

    def _room(self, decimals: int | None) -> float:
        """How many less likely explanations than a mistake of the step's own may still be told."""
        whole = chance.room(self.quantity.places, self._places(decimals), self.right.scale)
        return whole - 1.3 * len(self.right.singles) - self._neighbours


def _cut(outlook: Outlook, decimals: int) -> Iterator[Prediction]:
    """The values of other steps cut off, not rounded, after more decimals than they need."""
    scale = 10.0**decimals
    for other in outlook.others:
        cut = tuple(
            replace(way, value=math.trunc(way.value * scale) / scale)
            for way in other.ways
            if decimals > natural_places(way.value)
        )
        if cut:
            yield replace(other, ways=cut)


def _has_two_digits(typed: float, decimals: int) -> bool:
    return abs(typed) * 10.0**decimals >= TWO_DIGITS


def identity(made: tuple[Made, ...]) -> tuple[tuple[str, str], ...]:
    """The ids and places of some mistakes, whatever their order."""
    return tuple(sorted((one.id, one.where) for one in made))
