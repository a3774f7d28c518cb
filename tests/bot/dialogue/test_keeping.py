"""“Keep it, go on” goes on, also at the last number, and the number is returned to at the end."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.effects import Say
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps import view_of
from engine.practice import FULL_TRACE
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at, own_network, value
from tests.lesson import NEW, typed

BOOK = MACHINE.book


def pressed_keep(learner: Learner) -> Learner:
    """A wrong number typed, and the button pressed under what is said of it."""
    learner.says("0.7777")
    said = [effect for effect in learner.turn.effects if isinstance(effect, Say)][-1]
    label = BOOK.buttons.keep()
    assert label in [button.label for row in said.buttons for button in row]
    return learner.says("keep it")


def skipped_to_the_end(learner: Learner, *, until: str = "") -> Learner:
    """Every step shown, until one comes back or none is left."""
    for _ in range(60):
        if learner.state.hand.step in ("", until):
            return learner
        learner.says("skip")
    raise AssertionError("no end")


@pytest.mark.parametrize(("step", "following"), [("n_loss", "n_loss_means"), ("t_p", "n_start")])
def test_the_last_number_of_a_part_is_gone_on_from(step: str, following: str) -> None:
    """The loss of the new example, the last gap of the table: the next step is asked at once."""
    learner = pressed_keep(at(step))
    assert (learner.state.hand.step, learner.outcome(step)) == (following, Outcome.KEPT)
    assert BOOK.say.kept(typed="0.7777") in learner.told
    skipped_to_the_end(learner, until=step)
    assert learner.state.hand.step == step  # the end it was promised for
    assert learner.state.records["why_learns"].outcome is Outcome.SHOWN
    assert "You had 0.7777" in learner.told
    right = value(learner, getattr(LESSON[step].step, "quantity", ""))
    assert learner.says(right).state.hand.step == ""
    assert learner.outcome(step) is Outcome.SOLVED


def test_a_gap_kept_when_all_others_are_filled_is_gone_on_from() -> None:
    """It need not be the last gap: nothing else of the table is open."""
    learner = at("t_w11")
    learner.says(typed("x1*w11 = {w11.product}, x2*w22 = {w22.product}, z2 = {H2.sum}"))
    learner.says(typed("zO = {O.sum}, p = {O.activation}"))
    assert learner.state.hand.step == "t_h1"
    assert pressed_keep(learner).state.hand.step == "n_start"


def test_earlier_numbers_in_doubt_come_first() -> None:
    """Kept with the loss, an earlier number is returned to where it always was."""
    learner = at("n_o_sum")
    for text in ("{O.sum}", "keep it", "{O.activation}", "0.77", "keep it"):
        learner.says(typed(text, NEW, {"O.sum": 0.11}))
    assert learner.state.hand.step == "n_o_sum"
    assert learner.says(typed("{O.sum}", NEW)).state.hand.step == "n_loss"
    assert learner.says(typed("{loss}", NEW)).state.hand.step == "n_loss_means"


def test_in_practice_it_goes_on_to_the_next_problem_and_ends_the_set() -> None:
    """Each problem's only number kept: the next one, then back to all of them, then the end."""
    set_ = practice_set("loss", 1, "keep", 3)
    book = book_for(BOOK, set_)
    lesson = book.lesson
    learner = Learner(State(LESSON.id).into(set_, lesson.places[0].id))
    for following in lesson.places[1:]:
        assert pressed_keep(learner).state.hand.step == following.id
    assert pressed_keep(learner).state.hand.step == lesson.places[0].id
    skipped_to_the_end(learner)
    assert view_of(book, learner.state).mode is Mode.DONE


def test_the_very_last_number_ends_the_lesson() -> None:
    """Where nothing at all is open any more, the number is left at that and the right one told."""
    set_ = practice_set("loss", 1, "keep", 3)
    lesson = book_for(BOOK, set_).lesson
    last = lesson.places[-1]
    done = {place.id: Record(Outcome.SOLVED) for place in lesson.places[:-1]}
    learner = Learner(State(LESSON.id).into(set_, last.id).but(records=done))
    right = value(learner, "loss")
    pressed_keep(learner)
    assert learner.state.hand.step == ""
    assert BOOK.say.kept_last(typed="0.7777") in learner.told
    assert right in learner.told


def test_the_loss_of_a_whole_step_and_of_an_own_network_is_gone_on_from() -> None:
    """What comes after it is asked; nothing of the lesson is lost."""
    for made in (practice_set(FULL_TRACE, 3, "seed", 7), own_network().state.lesson):
        assert not isinstance(made, str)
        lesson = book_for(BOOK, made).lesson
        index = next(
            i for i, p in enumerate(lesson.places) if getattr(p.step, "quantity", "") == "loss"
        )
        done = {place.id: Record(Outcome.PASSED) for place in lesson.places[:index]}
        learner = Learner(State(LESSON.id).into(made, lesson.places[index].id).but(records=done))
        assert pressed_keep(learner).state.hand.step == lesson.places[index + 1].id


def test_states_stored_before_are_read() -> None:
    """A kept number without word of whether it was the last is returned to as it was."""
    state = at("n_loss").state.with_record("n_loss", Record(Outcome.KEPT, "0.7", 0.7, made=("x",)))
    old = json.loads(state.to_json())
    records = old["lessons"][LESSON.id]["records"]
    assert len(records["n_loss"]) == 7  # nothing new is stored where nothing is new
    assert State.from_json(json.dumps(old)).records["n_loss"] == state.records["n_loss"]
    kept = state.with_record("n_loss", Record(Outcome.KEPT, "0.7", 0.7, last=True))
    assert State.from_json(kept.to_json()).records["n_loss"].last
