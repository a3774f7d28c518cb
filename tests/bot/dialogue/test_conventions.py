"""Numbers that fit another book's loss throughout: said once, offered, and gone on with."""

from __future__ import annotations

from bot.dialogue.generated_lessons import OwnNetwork, book_for
from bot.dialogue.state import Confirming, State
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner

TYPED = "x1=0.6 x2=0.7\nH1 relu 0.4 -0.3\nH2 relu -0.5 0.8\nO sigmoid 0.6 0.9\ntarget 1\nrate 0.1"
HALF_LOSS, HALF_STEP = "0.0956", "0.8068"
"""Half the loss, and w22 after a step on it: what a book with ½ in its loss prints."""


def at_update(loss: str) -> Learner:
    """A learner of an own network who gave a loss first, then the right one, up to the update."""
    learner = Learner(State.of(LESSON.id, LESSON.places[0].id)).says(f"/network {TYPED}")
    for text in ("next", *["show"] * 6, loss, "0.191", "too low", *["show"] * 6):
        learner.says(text)
    assert "updated" in quantity(learner)
    return learner


def quantity(learner: Learner) -> str:
    """What is asked of a learner."""
    lesson = book_for(MACHINE.book, learner.state.lesson).lesson
    return str(getattr(lesson[learner.state.hand.step].step, "quantity", ""))


def test_two_answers_of_another_book_are_an_offer() -> None:
    """Yes: the same network with the other loss, from the loss on; what was found stays."""
    learner = at_update(HALF_LOSS).says(HALF_STEP)
    assert "0.5 × (target − p)²" in learner.told
    assert learner.state.pending.confirming is Confirming.CONVENTION
    assert learner.turn.attempts == ()
    learner.says("yes")
    assert isinstance(learner.state.lesson, OwnNetwork)
    assert learner.state.lesson.problem["loss"] == "half_squared_error"
    assert quantity(learner) == "loss"
    assert len(learner.state.records) == 7
    assert "✓" in learner.says(HALF_LOSS).told


def test_no_keeps_the_network_as_it_is() -> None:
    """The same step is asked again, and judged as before."""
    learner = at_update(HALF_LOSS).says(HALF_STEP).says("no")
    assert isinstance(learner.state.lesson, OwnNetwork)
    assert learner.state.lesson.problem["loss"] == "squared_error"
    assert "updated" in quantity(learner)
    assert "✓" in learner.says("0.8136").told


def test_one_answer_of_another_book_is_none() -> None:
    """Without the loss before it, it is a wrong answer like any other."""
    learner = at_update("0.5").says(HALF_STEP)
    assert learner.state.pending.confirming is None
    assert "Not yet" in learner.told
