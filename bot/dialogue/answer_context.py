"""What a step is asked in and an answer judged against: the trace, and the learner's own numbers.

Where the learner works without scaffolding, a number that the tutor doubts may be kept. It counts
within its own example: what builds on it is asked in these numbers, judged from them, and shown as
it stands with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.dialogue.path import path
from bot.dialogue.state import Outcome, State
from content.book import Book
from content.lesson import LessonStep
from content.models import NumberStep
from engine.diagnosis import Carried, Kind, Verdict, diagnose
from engine.learner_values import leads_on, with_own
from engine.reading import Reading, Unreadable
from engine.rounding import within
from engine.trace import Trace


@dataclass(frozen=True)
class AnswerContext:
    """A step as it stands for one learner, gathered once and handed down.

    Args:
        book: with the lesson in hand.
        state: the learner's, with every step done so far.
        place: the step asked; any of the lesson's.
    """

    book: Book
    state: State
    place: LessonStep

    @cached_property
    def quantity(self) -> str:
        """The quantity asked as a number; empty where none is."""
        return quantity_of(self.place)

    @cached_property
    def trace(self) -> Trace:
        """The training step as it is."""
        return self.book.lesson.trace(self.place)

    @cached_property
    def free_places(self) -> tuple[LessonStep, ...]:
        """The number steps of this example that the learner works alone, in order."""
        section = self.place.section
        if not section.free:
            return ()
        return tuple(
            other
            for other in path(self.state, self.book.lesson)
            if other.section.free
            and other.section.example == section.example
            and quantity_of(other)
        )

    @cached_property
    def kept(self) -> Mapping[str, float]:
        """The doubted numbers that count here, by quantity: those that can be gone on from."""
        found: dict[str, float] = {}
        for other in self.free_places if self.state.records.kept else ():
            record = self.state.records.get(other.id)
            if record is not None and record.outcome is Outcome.KEPT and record.value is not None:
                further = found | {quantity_of(other): record.value}
                found = further if leads_on(self.trace, further) else found
        return found

    @cached_property
    def found(self) -> frozenset[str]:
        """The quantities of this example that the learner has answered, but for the step's own."""
        places, records = self.book.lesson.places, self.state.records
        return frozenset(
            quantity_of(other)
            for other in places
            if other.id in records
            and other is not self.place
            and other.section.example == self.place.section.example
        )

    @cached_property
    def _theirs(self) -> Mapping[str, float]:
        """The kept numbers, and those the learner went on to from them."""
        if not self.kept:
            return self.kept
        found, moved = dict(self.kept), with_own(self.trace, self.kept)
        for other in self.free_places:
            record, name = self.state.records.get(other.id), quantity_of(other)
            if record is not None and record.value is not None and moved[name] != self.trace[name]:
                further = found | {name: record.value}
                found = further if leads_on(self.trace, further) else found
        return found

    @cached_property
    def own(self) -> Mapping[str, float]:
        """The learner's own numbers that the step is asked in; not the one it asks."""
        return {name: value for name, value in self._theirs.items() if name != self.quantity}

    @cached_property
    def seen(self) -> Trace:
        """The trace in which the step is asked: with those numbers, and what follows from them."""
        return with_own(self.trace, self.own)

    @cached_property
    def believed(self) -> Trace:
        """The trace as it stands for the learner, the step's own kept number included."""
        return with_own(self.trace, self._theirs)

    @cached_property
    def in_doubt(self) -> bool:
        """Whether some number of this example is still to be returned to."""
        doubted = self.state.records.unreturned
        return bool(doubted) and any(other.id in doubted for other in self.free_places)

    @property
    def astray(self) -> list[str]:
        """The quantities of this example whose number on record is not the right one."""
        return [
            quantity_of(other)
            for other in self.free_places
            if (record := self.state.records.get(other.id)) is not None
            and self.is_own(quantity_of(other), record.value)
        ]

    def is_own(self, name: str, value: float | None) -> bool:
        """Whether a number on record for a quantity is another than the tutor's."""
        places = self.trace[name].places
        return value is not None and not within(value, self.trace.held[name], places)

    def goes_on_from(self, value: float, quantity: str = "") -> bool:
        """Whether there is anything to work from a number, were it kept."""
        return leads_on(self.trace, {**self.own, quantity or self.quantity: value})

    def at(self, state: State, place: LessonStep | None = None) -> AnswerContext:
        """The same in another state, or at another step."""
        return AnswerContext(self.book, state, place or self.place)

    def read(self, text: str) -> Reading | Unreadable:
        """What was typed at the step."""
        return self.book.read(self.trace, self.quantity, text, self.own)

    def judged(self, reading: Reading, quantity: str = "") -> Verdict:
        """What an answer is, as one to the step, or to another quantity of its example."""
        return diagnose(self.trace, quantity or self.quantity, reading, self.own)

    def tellable(self, verdict: Verdict) -> Verdict:
        """What may be told of it: no explanation in numbers that the learner is yet to find.

        An answer may be a mistake made with the right number where another one is kept.
        """
        explained = verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS)
        own = all(candidate.from_own for candidate in verdict.candidates)
        if not explained or own or self.seen[self.quantity] == self.trace[self.quantity]:
            return verdict
        return replace(verdict, kind=Kind.UNEXPLAINED, candidates=(), question=None, slip=None)

    def carried_from(self, verdict: Verdict) -> list[Carried]:
        """The kept numbers that an answer was right from, nearest first."""
        kept = [one for one in verdict.carried if one.id in self.kept]
        return kept or list(verdict.carried)


def quantity_of(place: LessonStep) -> str:
    """The quantity that a place asks as a number; empty where it asks none."""
    return place.step.quantity if isinstance(place.step, NumberStep) else ""
