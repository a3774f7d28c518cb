"""What is said beside the lesson fits where the learner is."""

from __future__ import annotations

import pytest

from bot.dialogue.events import Pressed, SentOther
from bot.dialogue.generated_lessons import practice_set
from bot.dialogue.state import Confirming, Outcome, Record, State
from tests.bot.dialogue.learner import heard
from tests.bot.dialogue.test_every_event import NOW
from tests.bot.dialogue.test_switching import says
from tests.tutor import MACHINE

BOOK = MACHINE.book
SAY = BOOK.chat.say
FIRST = BOOK.lesson.places[0].id
RECORDS = {"p1_1": Record(Outcome.SOLVED, "0.54", 0.54)}
STATES = {
    "new": State(BOOK.lesson.id),
    "in a lesson": State.of(BOOK.lesson.id, FIRST),
    "after a lesson": State.of(BOOK.lesson.id, records={FIRST: Record(Outcome.READ)}),
    "after a set": State(BOOK.lesson.id)
    .into(practice_set("signed_product", 1, "s", 1), "")
    .but(records=RECORDS),
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_an_unknown_command_is_said_to_be_one(state: State) -> None:
    """Whatever is under way or over."""
    assert heard(says(state, "/nonsense")) == SAY["unknown_command"]


@pytest.mark.parametrize(
    ("where", "key"),
    [("new", "not_started"), ("after a lesson", "done_already"), ("after a set", "set_done")],
)
def test_what_does_not_fit_is_not_told_of_an_open_step(where: str, key: str) -> None:
    """A bare no, where no step is open, is answered with what there is to do."""
    assert heard(says(STATES[where], "no")) == SAY[key]
    assert heard(says(STATES["in a lesson"], "no")) == SAY["not_now"]


def test_under_a_question_what_does_not_fit_points_at_the_question() -> None:
    """A yes or no comes first."""
    state = State.of(BOOK.lesson.id, FIRST, confirming=Confirming.FORGET)
    turn = MACHINE.step(state.to_json(), Pressed(f"1.{FIRST}.train.10", "press"), NOW)
    assert heard(turn) == SAY["confirm_first"]


@pytest.mark.parametrize("where", ["after a lesson", "after a set"])
def test_a_sticker_after_a_set_is_not_told_that_the_lesson_is_over(where: str) -> None:
    """What is over is called by its name."""
    turn = MACHINE.step(STATES[where].to_json(), SentOther("sticker", 7), NOW)
    assert ("The lesson is finished" in heard(turn)) == (where == "after a lesson")
