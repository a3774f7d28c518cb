"""What a learner has met: the skills they were asked for, and the kind of network they know."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.generated_lessons import book_for
from bot.dialogue.records import Records
from bot.dialogue.state import State
from bot.learning.practised import Practised
from content.book import Book
from content.lesson import Lesson, LessonStep
from content.models import DirectionStep, NumberStep
from engine.practice import EASIEST, SKILLS, introduced_at, skill_of

FROM_SCHOOL = frozenset({"signed_product"})
"""What is met before the first lesson."""

USUAL = 2
"""The rung of the first lesson's networks: ReLU and sigmoid, two inputs, no biases."""


def practised(state: State) -> Practised:
    """What is known of the learner's practice."""
    return Practised.from_data(state.learner.knowledge)


def hardest(state: State) -> int:
    """The rung of the networks that a learner knows: the usual one until they ask for more."""
    return max(USUAL, practised(state).highest)


def met(state: State, book: Book) -> frozenset[str]:
    """The skills that a learner answered or was shown, in any lesson, or asked to go on to.

    Args:
        state: the learner's.
        book: has the written lessons.
    """
    known = {*FROM_SCHOOL, *practised(state).skills}
    known |= {s for s in SKILLS if EASIEST < introduced_at(s) <= hardest(state)}
    for name, progress in state.lessons.items():
        if name in book.lessons:
            known |= set(_in(book.lessons[name], progress.records))
    if state.detour:
        made = book_for(book, state.detour.lesson).lesson
        known |= set(_in(made, state.detour.progress.records))
    return frozenset(known)


def _in(lesson: Lesson, records: Records) -> Iterator[str]:
    for step in records:
        if step in lesson and (skill := skill_at(lesson, lesson[step])):
            yield skill


def skill_at(lesson: Lesson, place: LessonStep) -> str | None:
    """The skill that a step practises; None where it asks for none."""
    if not isinstance(place.step, NumberStep | DirectionStep):
        return None
    return skill_of(lesson.trace(place).network, place.step.quantity)
