"""The second lesson is short, says how many decimals it wants, and its hints say something new."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.effects import Say, Show
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.state import State
from bot.dialogue.steps import step_at
from bot.dialogue.steps.choice import RightOption
from content.lesson import LessonStep
from tests.benchmarks.lesson_length import prose
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner
from tests.transcripts.play import plain

BOOK = book_for(MACHINE.book, "greenhouse")
MOST = 60
"""Words of prose in a message."""

SENTENCE = re.compile(r"(?<=[.?!:])\s+")


def right(learner: Learner) -> str:
    """What the perfect learner types."""
    place = BOOK.lesson[learner.state.hand.step]
    step = step_at(BOOK, learner.state, place)
    if place.step.kind == "number":
        return BOOK.lesson.trace(place)[place.step.quantity].text
    if isinstance(step, RightOption):
        return " ".join(plain(step.label(step.right_options()[0])))
    return "next"


def test_no_message_has_more_than_sixty_words_of_prose() -> None:
    """For who makes no mistake, from the first message to the last."""
    learner = Learner(State(LESSON.id)).says("/start lesson_greenhouse")
    for _ in BOOK.lesson.places:
        for one in learner.turn.effects:
            if isinstance(one, Say | Show):
                html = one.html if isinstance(one, Say) else one.caption
                assert len(prose(html)) <= MOST, html
        learner.says(right(learner))
    assert not learner.state.hand.step
    assert all(record.tries == 1 for record in learner.state.records.values())


@pytest.mark.parametrize("place", BOOK.lesson.places, ids=lambda place: place.id)
def test_hints_are_short_and_say_nothing_that_the_question_says(place: LessonStep) -> None:
    """No sentence of four words or more, and no formula, stands in both."""
    step = step_at(BOOK, State.of("greenhouse", place.id), place)
    asked = " ".join(plain(step.question()))
    for hint in step.hints():
        assert len(prose(hint)) <= MOST
        for sentence in SENTENCE.split(" ".join(plain(hint))):
            assert len(sentence.split()) < 4 or sentence.rstrip(".:= ▢") not in asked


@pytest.mark.parametrize("place", BOOK.lesson.places, ids=lambda place: place.id)
def test_more_than_two_decimals_are_asked_for_in_words(place: LessonStep) -> None:
    """Also where the number is exact with them."""
    if place.step.kind == "number":
        step = step_at(BOOK, State.of("greenhouse", place.id), place)
        quantity = BOOK.lesson.trace(place)[place.step.quantity]
        said = BOOK.say.decimals(places=str(quantity.places))
        assert (said in step.question()) == (quantity.places > 2)
