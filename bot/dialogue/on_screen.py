"""The numbers a learner has met: given, found, or shown in what was asked; none that lies ahead.

A question such as "where does 0.24 come from?" is answered from these alone. The number that the
step in hand asks for is never one of them, and a working is told only where all in it was met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.dialogue.answer_context import AnswerContext, quantity_of
from bot.dialogue.path import path
from bot.dialogue.state import Outcome
from content.lesson import LessonStep
from content.templates import TELLING, slots_of
from engine.decimals import number_text, short_text
from engine.expression import refs
from engine.scaffold import pieces
from engine.trace import Trace

NUMBER = re.compile(r"(?<![\w.])[−+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?![\w]|[.,]\d)")
"""A number in a question."""

_REFS = ("working", "lines", "numbers")
"""Those that show the values it is worked from."""


@dataclass(frozen=True)
class Met:
    """One number that the learner has met."""

    id: str
    trace: Trace
    place: LessonStep | None = None
    """Where it was found; None where it was given or shown."""
    part_of: str = ""
    """The quantity whose working it stands in, where it has no other place."""
    here: bool = False
    """Whether it stands in the question of the step in hand."""
    kept: bool = False
    """Whether it is a number of the learner's own, in doubt."""

    @property
    def value(self) -> float:
        """The number itself."""
        return self.trace.values[self.id]

    @property
    def text(self) -> str:
        """As the tutor writes it."""
        if self.id in self.trace:
            return self.trace[self.id].text
        return short_text(self.value)[0]

    def is_written(self, typed: str) -> bool:
        """Whether a number as typed is this one, rounded perhaps, its sign left out perhaps."""
        text = typed.replace(",", ".").replace("−", "-")
        size, places = abs(float(text)), len(text.partition(".")[2])
        if "-" in text and self.value >= 0:
            return False
        if self.id not in self.trace or self.trace[self.id].exact:
            return abs(size - abs(self.value)) < 1e-9
        least = min(2, self.trace[self.id].places)
        return places >= least and number_text(abs(self.value), places) == number_text(size, places)


def met(context: AnswerContext) -> list[Met]:
    """All that the learner has met up to the step in hand, the latest first.

    Args:
        context: the step in hand.
    """
    found = dict[tuple[Trace, str], Met]()
    for one in _met(context):
        hidden = one.id == context.quantity and one.trace in (context.trace, context.seen)
        known = found.setdefault((one.trace, one.id), one) if not hidden else one
        if one.place and not known.place:
            found[one.trace, one.id] = replace(known, place=one.place, kept=one.kept)
    return list(found.values())


def may_show_working(one: Met, among: list[Met]) -> bool:
    """Whether everything in the working of a number was met."""
    known = {other.id for other in among if other.trace is one.trace}
    return one.id in one.trace and known.issuperset(refs(one.trace[one.id].expression))


def _met(context: AnswerContext) -> Iterator[Met]:
    places = path(context.state, context.book.lesson)
    here = next((i for i, place in enumerate(places) if place.id == context.place.id), 0)
    before = [p for p in places if p.id in context.state.records and p.id != context.place.id]
    before.sort(key=lambda p: p.section.example != context.place.section.example)  # stable
    order = [context.place, *reversed([p for p in before if places.index(p) < here])]
    order += [p for p in before if p not in order]
    for place in order:
        there = context.at(context.state, place)
        trace = there.seen if place.section.free else there.trace
        if place.id != context.place.id and (name := quantity_of(place)):
            yield from _found(there, trace, name)
        for name in _shown(place, trace, done=place.id != context.place.id):
            yield Met(name, trace, here=place.id == context.place.id)
    for place in order:
        trace = context.at(context.state, place).trace
        yield from (Met(name, trace) for name in trace.given)


def _found(there: AnswerContext, trace: Trace, name: str) -> Iterator[Met]:
    """What a step that is done brought: its number, and what stands in its working."""
    record = there.state.records[there.place.id]
    if record.outcome is Outcome.KEPT:
        yield Met(name, there.believed, there.place, kept=True)
    elif record.outcome in (Outcome.SOLVED, Outcome.SHOWN):
        yield Met(name, trace, there.place)
        for part in pieces(trace, name):
            if part.id in trace:
                yield Met(part.id, trace, part_of=name)


def _shown(place: LessonStep, trace: Trace, *, done: bool) -> Iterator[str]:
    """The quantities whose values stand in the texts of a step."""
    for text in _texts(place, done=done):
        for name, view in slots_of(text):
            if name in trace and view in TELLING:
                yield name
            if name in trace and view in _REFS:
                yield from (ref for ref in refs(trace[name].expression) if ref in trace)


def _texts(place: LessonStep, *, done: bool) -> Iterator[str]:
    """The texts of a step that its learner has read."""
    for name in ("text", "ask", *(("right",) if done else ())):
        if text := getattr(place.step, name, None):
            yield text
