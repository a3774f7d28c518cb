"""Words instead of a button: what picks an option, and what picks none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from content.library import Library
from content.models import ChoiceStep, DirectionStep
from tests.lesson import BOOK, typed

MACHINE = Machine(Library.of(BOOK))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CASES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("choices.toml").read_text(encoding="utf-8")
)
ALWAYS = CASES.pop("every choice")
NOT_JUDGED = {
    "asked": (Do.QUESTION, Do.TERM, Do.REMARK),
    "shrugged": (Do.HINT,),
    "pointed": (Do.ANSWER, Do.YES, Do.TERM),
}


def cases() -> Iterator[tuple[str, str, str]]:
    """Every choice, what is meant, and what is typed."""
    for choice, meanings in CASES.items():
        own = CASES[meanings["like"]] if "like" in meanings else meanings
        for meaning, texts in (*own.items(), *ALWAYS.items()):
            yield from ((choice, meaning, text) for text in re.split(r"\s*\|\s*", texts.strip()))


def picked(step: str, typed: str, lesson: str = "bn") -> str | None:
    """The option that a text picks at a choice; None where it picks none."""
    book, state = BOOK.with_lesson(lesson), State.of(lesson, step)
    intent = intent_of(Said(typed, 1), view_of(book, state))
    return intent.text if intent.do is Do.PICK else None


@pytest.mark.parametrize(
    "typed",
    [
        *("it does not grow", "not smaller", "it doesn't stay the same"),
        *("up or down?", "it never rises", "it never shrinks", "does it change?", "growl"),
    ],
)
def test_what_denies_or_names_two_directions_picks_none(typed: str) -> None:
    """Nothing is guessed: the learner is asked for the words or a button."""
    assert picked("nudge_wo2", typed) is None


def test_a_misspelling_near_two_directions_picks_none() -> None:
    """One that is near a single direction is taken for it, unless it is denied."""
    assert picked("nudge_wo2", "incresae") == "increase"
    assert picked("nudge_wo2", "decreese") == "decrease"
    assert picked("nudge_wo2", "encrease") is None
    assert picked("nudge_wo2", "not incresae") is None


@pytest.mark.parametrize("typed", ["bigger, not smaller", "not down but up", "not smaller, bigger"])
def test_what_is_said_beside_what_is_denied_is_picked(typed: str) -> None:
    """A clause that denies says nothing, and the other says which."""
    assert picked("nudge_wo2", typed) == "increase"


@pytest.mark.parametrize("step", ["why_h2", "why_stuck", "why_learns", "lean", "n_blame"])
def test_directions_pick_nothing_among_other_options(step: str) -> None:
    """A "more" inside a label is no direction."""
    assert picked(step, "it grows") is None
    assert picked(step, "much bigger") is None


@pytest.mark.parametrize("typed", ["neither", "neither one", "neither of them", "the fourth"])
def test_neither_is_no_direction(typed: str) -> None:
    """Of three buttons it does not say which: nothing is judged, and the buttons are pointed at."""
    assert picked("nudge_wo2", typed) is None
    turn = MACHINE.step(State.of("bn", "nudge_wo2").to_json(), Said(typed, 1), NOW)
    (said,) = (effect for effect in turn.effects if isinstance(effect, Say))
    assert said.html == BOOK.say.number_at_choice()
    assert turn.attempts == ()


def test_every_choice_of_both_lessons_has_its_cases() -> None:
    """A new choice comes with what learners type there."""
    choices = [
        f"{lesson} {place.id}"
        for lesson in ("bn", "greenhouse")
        for place in BOOK.with_lesson(lesson).lesson.places
        if isinstance(place.step, ChoiceStep | DirectionStep)
    ]
    assert sorted(choices) == sorted(CASES)


@pytest.mark.parametrize(("choice", "meaning", "text"), list(cases()))
def test_what_is_typed_at_a_choice_is_taken_as_it_was_meant(
    choice: str, meaning: str, text: str
) -> None:
    """An option is picked, a question answered, a shrug helped; all else costs nothing."""
    lesson, step = choice.split()
    book, state = BOOK.with_lesson(lesson), State.of(lesson, step)
    said = Said(typed(text, book.lesson.trace(book.lesson[step])), 1)
    turn = MACHINE.step(state.to_json(), said, NOW)
    intent = intent_of(said, view_of(book, state))
    if meaning in NOT_JUDGED:
        assert turn.attempts == ()
        assert State.from_json(turn.state or "").hand.tries == 0
        assert any(one.buttons for one in turn.effects if isinstance(one, Say))
        assert intent.do in NOT_JUDGED[meaning]
    else:
        assert (intent.do, intent.text) == (Do.PICK, meaning)
        assert len(turn.attempts) == 1
