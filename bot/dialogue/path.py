"""The learner's path through a lesson: its steps in order, the next one, and back onto it."""

from __future__ import annotations

from bot.dialogue.state import Outcome, Record, State
from content.lesson import Lesson, LessonStep
from content.models import NumberStep
from engine.keeping import kept


def path(state: State, lesson: Lesson) -> tuple[LessonStep, ...]:
    """The steps of the lesson in order, without branches that were not taken, or left."""
    records = state.records
    taken = [lesson[offer].step for offer in records.taken if offer in lesson]
    opened = {getattr(offer, "opens", "") for offer in taken}
    opened |= {
        getattr(place.step, "if_smooth" if _is_smooth(records[place.id]) else "if_slipped")
        for place in lesson.forks
        if place.id in records
    }
    return _with_branches(lesson, frozenset(opened - set(state.progress.left)))


def _is_smooth(record: Record) -> bool:
    """Whether a step went right at once and without help."""
    return record.outcome is Outcome.SOLVED and record.tries == 1 and not record.hints


@kept
def _with_branches(lesson: Lesson, opened: frozenset[str]) -> tuple[LessonStep, ...]:
    return tuple(place for place in lesson.places if place.branch is None or place.branch in opened)


def next_place(state: State, lesson: Lesson) -> LessonStep | None:
    """The step that comes next: kept numbers are returned to before their own numbers end.

    One that was gone on from as the last of them is returned to at the end of all. What a newer
    lesson has in a section that is behind the learner is passed over.
    """
    steps = path(state, lesson)
    done = set(state.records)
    begin = _section_reached(state, steps)
    open_ = (i for i, place in enumerate(steps) if i >= begin and place.id not in done)
    following = next(open_, None)
    ahead = steps[following] if following is not None else None
    doubted = state.records.unreturned
    if not doubted:
        return ahead
    for place in steps[:following]:
        if place.id in doubted and not (ahead and _goes_on(state, place, ahead)):
            return place
    return ahead


def _section_reached(state: State, steps: tuple[LessonStep, ...]) -> int:
    """Where the furthest section begins that has the step in hand, or one done before it.

    Where the learner works alone, numbers may have been given ahead of it.
    """
    here, records = state.hand.step, state.records
    lost = not any(place.id == here for place in steps)
    met = [p for p in steps if p.id == here or (p.id in records and (lost or not p.section.free))]
    last = met[-1] if met else steps[0]
    return next(i for i, place in enumerate(steps) if place.section is last.section)


def _goes_on(state: State, doubted: LessonStep, ahead: LessonStep) -> bool:
    """Whether the path goes on to the step ahead before a kept number is returned to."""
    numbers = isinstance(ahead.step, NumberStep) and ahead.section is doubted.section
    return numbers or state.records[doubted.id].last


def on_course(state: State, lesson: Lesson) -> State:
    """A state whose step the lesson no longer has goes on at the nearest one that is left."""
    if not state.hand.step or state.hand.step in lesson:
        return state
    following = next_place(state, lesson)
    return state.at(following.id if following else "")
