"""Moving a weight to see what the loss does, guessing before, and one's own words after."""

from __future__ import annotations

import pytest

from bot.dialogue.actions import Do, button_data
from bot.dialogue.effects import Show
from bot.dialogue.events import Pressed
from bot.dialogue.sheet import sheets
from bot.dialogue.state import Outcome
from bot.pictures.requests import Sheet
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, at

SAY = MACHINE.book.say


def pressed(learner: Learner, do: Do, argument: str = "", under: int = 77) -> Learner:
    """A press on a button of the step in hand."""
    return learner.does(Pressed(button_data(learner.state, do, argument), "press", under))


def shown(learner: Learner) -> Show:
    """The picture that was sent."""
    (show,) = (one for one in learner.turn.effects if isinstance(one, Show))
    return show


def test_a_press_moves_the_weight_and_redraws_the_message() -> None:
    """Up, up and down again: the loss before stays beside the loss now."""
    learner = pressed(at("explore_wo2"), Do.NUDGE, "increase")
    assert "0.9 → 1\n" in learner.told
    assert "0.1913 → 0.1857" in learner.told
    assert shown(learner).replaces == 77
    pressed(learner, Do.NUDGE, "increase")
    assert "0.9 → 1.1\n" in learner.told
    pressed(pressed(learner, Do.NUDGE, "decrease"), Do.NUDGE, "decrease")
    assert "→" not in learner.told
    assert learner.outcome("explore_wo2") is None


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("1.2", "1.2"),
        ("wO2 = 0,5", "0.5"),
        ("up", "1"),
        ("+", "1"),
        ("lower it", "0.8"),
        ("-1", "−1"),
    ],
)
def test_the_weight_is_moved_by_text_too(typed: str, to: str) -> None:
    """A number is where it should stand, a word one nudge; nothing of it is an attempt."""
    learner = at("explore_wo2").says(typed)
    assert f"0.9 → {to}\n" in learner.told
    assert learner.turn.attempts == ()


@pytest.mark.parametrize("typed", ["7.5", "-99", "1e9"])
def test_far_off_is_told(typed: str) -> None:
    """The curve is drawn near the weight; beyond, the ends are said."""
    learner = at("explore_wo2").says(typed)
    assert SAY.explore_range(weight="wO2", low="−2.1", high="3.9") in learner.told


def test_what_is_no_weight_is_told_what_to_do() -> None:
    """Words, or a hint: the way to move it; on with a button or a word."""
    for typed in ("purple", "H1 = 3", "hint"):
        assert SAY.explore_how(weight="wO2") in at("explore_wo2").says(typed).told
    assert at("explore_wo2").says("go on").state.hand.step == "slope_wo2"


@pytest.mark.parametrize("typed", ["H2", "both", "the first", "skip", "next"])
def test_a_guess_costs_nothing(typed: str) -> None:
    """Whatever is guessed, or nothing: the next step shows it."""
    learner = at("guess_driver").says(typed)
    assert learner.state.hand.step == "o_sum"
    assert learner.turn.attempts == ()
    assert learner.outcome("guess_driver") is Outcome.READ


def test_what_is_no_guess_is_pointed_to_the_buttons() -> None:
    """A number is none, nor a wish for a hint."""
    for typed in ("0.234", "hint"):
        learner = at("guess_driver").says(typed)
        assert (learner.told, learner.state.hand.step) == (SAY.guess_how(), "guess_driver")


def test_own_words_are_kept_on_the_sheet_and_judged_by_nobody() -> None:
    """As they were written; a question among them is answered, a button passes by."""
    text = "what one step does: it moves <all> weights & the loss falls"
    learner = at("own_words").says("what is a gradient?")
    assert learner.state.hand.step == "own_words"
    learner.says(text)
    assert learner.state.records["own_words"].typed == text
    assert learner.turn.attempts == ()
    pages = [one.picture for one in sheets(MACHINE.book, learner.state)]
    lines = [
        line
        for page in pages
        if isinstance(page, Sheet)
        for working in page.workings
        for line in working.lines
    ]
    assert text in lines
    assert pressed(at("own_words"), Do.NEXT).state.hand.step == ""


def test_every_step_that_is_left_before_the_end_says_what_was_done() -> None:
    """The last step of each part closes it with a line; no other step does."""
    for section in LESSON.sections:
        if section.end is None:
            continue
        last = [step for step in section.step if getattr(step, "branch", None) is None][-1]
        learner = at(last.id).says("no" if last.kind == "offer" else "skip")
        assert MACHINE.book.fill(section.end, LESSON.trace(LESSON[last.id])) in learner.told
