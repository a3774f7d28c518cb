"""Numbers a learner kept although the tutor doubts them, and what follows from them.

They count within their own example, where the learner works without scaffolding: what builds on
them is asked in these numbers, judged from them, and shown as it stands with them.
"""

from __future__ import annotations

from bot.dialogue.state import How, State
from bot.dialogue.way import on_the_way
from content.lesson import Lesson, Place
from content.models import NumberStep
from engine.own import leads_on, with_own
from engine.rounding import within
from engine.trace import Trace


def free_places(state: State, lesson: Lesson, place: Place) -> list[Place]:
    """The number steps of a place's example that the learner works alone, in order."""
    if not place.section.free:
        return []
    return [
        other
        for other in on_the_way(state, lesson)
        if other.section.free
        and other.section.example == place.section.example
        and isinstance(other.step, NumberStep)
    ]


def kept_values(state: State, lesson: Lesson, place: Place) -> dict[str, float]:
    """The doubted numbers that count at a place, by quantity: those that can be gone on from."""
    found: dict[str, float] = {}
    trace = lesson.trace(place)
    for other in free_places(state, lesson, place) if state.kept else ():
        record = state.records.get(other.id)
        if record is not None and record.how is How.KEPT and record.value is not None:
            further = found | {quantity_of(other): record.value}
            found = further if leads_on(trace, further) else found
    return found


def _theirs(state: State, lesson: Lesson, place: Place) -> dict[str, float]:
    """The kept numbers, and those the learner went on to from them."""
    kept = kept_values(state, lesson, place)
    if not kept:
        return kept
    trace, found = lesson.trace(place), dict(kept)
    moved = with_own(trace, kept)
    for other in free_places(state, lesson, place):
        record, name = state.records.get(other.id), quantity_of(other)
        if record is not None and record.value is not None and moved[name] != trace[name]:
            further = found | {name: record.value}
            found = further if leads_on(trace, further) else found
    return found


def own_values(state: State, lesson: Lesson, place: Place) -> dict[str, float]:
    """The learner's own numbers that a place is asked in, by quantity; not the one it asks."""
    found = _theirs(state, lesson, place)
    found.pop(quantity_of(place), None)
    return found


def seen(state: State, lesson: Lesson, place: Place) -> Trace:
    """The trace in which a place is asked: with the numbers the learner kept before it."""
    return with_own(lesson.trace(place), own_values(state, lesson, place))


def believed(state: State, lesson: Lesson, place: Place) -> Trace:
    """The trace as it stands for the learner, the place's own kept number included."""
    return with_own(lesson.trace(place), _theirs(state, lesson, place))


def in_doubt(state: State, lesson: Lesson, place: Place) -> bool:
    """Whether some number of a place's example is still to be returned to."""
    doubted = state.unreturned
    return bool(doubted) and any(other.id in doubted for other in free_places(state, lesson, place))


def astray(state: State, lesson: Lesson, place: Place) -> list[str]:
    """The quantities of a place's example whose number on record is not the right one."""
    trace, found = lesson.trace(place), []
    for other in free_places(state, lesson, place):
        record, quantity = state.records.get(other.id), trace[quantity_of(other)]
        if record is None or record.value is None:
            continue
        if not within(record.value, trace.held[quantity.id], quantity.places):
            found.append(quantity.id)
    return found


def quantity_of(place: Place) -> str:
    """The quantity that a place asks as a number; empty where it asks none."""
    return place.step.quantity if isinstance(place.step, NumberStep) else ""
