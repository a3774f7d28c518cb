"""The way in: a diagnoser keeps what it has worked out about one trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from engine.diagnosis.asked import Asked
from engine.diagnosis.deciding import decide
from engine.diagnosis.predictions import Predictions, Worlds, right_predictions, right_worlds
from engine.diagnosis.rounding_paths import RoundingPath
from engine.diagnosis.structure import numbers_in
from engine.diagnosis.verdict import Candidate, Kind, Made, Verdict
from engine.expression import evaluate, refs
from engine.keeping import kept
from engine.mistakes import RULES, Step
from engine.reading import Reading, Unreadable
from engine.trace import DIRECTIONS, Trace

KEPT = 400
"""How many steps with a learner's own earlier values one diagnoser remembers."""

LAST_DIGIT = 1e-5
"""How far off, of itself, a number may be that was cut off after many digits instead of rounded."""

NOTHING: Mapping[str, float] = {}


class Diagnoser:
    """Diagnoses answers to the steps of one trace, working out each step's mistakes once.

    What is kept makes a warm answer some forty times as quick (`tests.benchmarks.diagnosis`).

    Args:
        trace: the training step.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.predictions = lru_cache(maxsize=None)(self._predictions)
        self._known = lru_cache(maxsize=KEPT)(self._asked)

    @cached_property
    def _worlds(self) -> Worlds:
        return right_worlds(self.trace)

    def _predictions(self, name: str) -> Predictions:
        """What can be foreseen at a step from the right earlier values."""
        return right_predictions(self.trace, name, self._worlds)

    def _asked(self, name: str, earlier: frozenset[tuple[str, float]]) -> Asked:
        return Asked(self.trace, name, dict(sorted(earlier)), self.predictions(name))

    def asked(self, name: str, earlier: Mapping[str, float] = NOTHING) -> Asked:
        """A step for a learner with these earlier values.

        Raises:
            ValueError: there is no such quantity.
        """
        if name not in self.trace:
            raise ValueError(f"{name!r} is not a quantity of this trace")
        return self._known(
            name,
            frozenset(
                (ref, value)
                for ref, value in earlier.items()
                if ref in self.trace and ref != name and self.trace[ref].kind != "direction"
            ),
        )

    def diagnose(
        self, name: str, reading: Reading | Unreadable, earlier: Mapping[str, float] = NOTHING
    ) -> Verdict:
        """The verdict on one answer.

        Args:
            name: the quantity asked for.
            reading: what was typed, as read.
            earlier: the learner's own earlier values by id, right or wrong.

        Raises:
            ValueError: there is no such quantity.
        """
        if isinstance(reading, Unreadable):
            quantity = self.asked(name).quantity
            return Verdict(
                Kind.UNREADABLE, name, quantity.value, quantity.places, unreadable=reading
            )
        known = {**self._as_written(name, reading), **earlier}
        return decide(self.asked(name, known), reading)

    def _as_written(self, name: str, reading: Reading) -> dict[str, float]:
        """Earlier values as the shown work has them, where a learner may rightly hold them so.

        Who rounds as they go holds 0.832 for 0.8309: their work is compared in their numbers.
        """
        found: dict[str, float] = {}
        if reading.is_bare_number or name not in self.trace:
            return found
        sides = reading.chain[:-1] if reading.answer.is_number else reading.chain
        on_page = numbers_in(side.expression for side in sides)
        either = [one for number in on_page for one in (number, -number)]
        for ref in refs(self.trace[name].expression):
            if ref in self.trace and not self.trace[ref].exact:
                low, high = self.trace.held[ref]
                for one in either:
                    room = LAST_DIGIT * abs(one)
                    if low - room <= one <= high + room:
                        found.setdefault(ref, one)
        return found

    def diagnose_direction(self, name: str, word: str) -> Verdict:
        """The verdict on a direction.

        Args:
            name: a direction quantity.
            word: one of `engine.trace.DIRECTIONS`.

        Raises:
            ValueError: the quantity is no direction, or the word none.
        """
        if name not in self.trace or self.trace[name].kind != "direction":
            raise ValueError(f"{name!r} is not a direction of this trace")
        values = {text: value for value, text in DIRECTIONS.items()}
        if word not in values:
            raise ValueError(f"{word!r} is not a direction: {', '.join(values)}")
        quantity, typed = self.trace[name], values[word]
        verdict = Verdict(Kind.CORRECT, name, quantity.value, 0, typed, 0)
        if typed == quantity.value:
            return verdict
        tree = quantity.expression
        right, candidates = self.trace.values, []
        for rule in RULES:
            for one in rule(Step(self.trace, name), tree):
                path = RoundingPath(evaluate(one.tree, right), one.tree, right)
                if path.value == typed:
                    made = Made.of(rule, one)
                    candidates.append(Candidate((made,), one.tree, right, path))
        kind = Kind.MISTAKE if candidates else Kind.UNEXPLAINED
        return replace(verdict, kind=kind, candidates=tuple(candidates))


@kept
def _of(trace: Trace) -> Diagnoser:
    return Diagnoser(trace)


def diagnose(
    trace: Trace,
    name: str,
    reading: Reading | Unreadable,
    earlier: Mapping[str, float] = NOTHING,
) -> Verdict:
    """The verdict on one answer; see `Diagnoser.diagnose`."""
    return _of(trace).diagnose(name, reading, earlier)


def diagnose_direction(trace: Trace, name: str, word: str) -> Verdict:
    """The verdict on a direction; see `Diagnoser.diagnose_direction`."""
    return _of(trace).diagnose_direction(name, word)
