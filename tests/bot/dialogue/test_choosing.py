"""Words instead of a button: what picks an option, and what picks none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from content.loader import load
from content.models import ChoiceStep, DirectionStep
from tests.bot.dialogue.choice_cases import ASKED, CASES, POINTED, SHRUGGED

BOOK = load()
MACHINE = Machine(BOOK)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
LOW_OR_HIGH = next(
    place.id
    for place in BOOK.lesson.places
    if isinstance(place.step, ChoiceStep) and place.step.options[0].label == "Too low"
)


def picked(step: str, typed: str, lesson: str = "bn") -> str | None:
    """The option that a text picks at a choice; None where it picks none."""
    book, state = BOOK.with_lesson(lesson), State.of(lesson, step)
    intent = intent_of(Said(typed, 1), view_of(book, state))
    return intent.text if intent.do is Do.PICK else None


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("increase", "it gets bigger"),
        ("increase", "goes up"),
        ("increase", "Should grow."),
        ("increase", "it rises"),
        ("increase", "raised"),
        ("increase", "it must get greater"),
        ("increase", "increasing"),
        ("decrease", "smaller"),
        ("decrease", "it shrinks"),
        ("decrease", "should fall"),
        ("decrease", "it drops"),
        ("decrease", "reduce it"),
        ("decrease", "lowered"),
        ("no change", "stays the same"),
        ("no change", "no change"),
        ("no change", "it doesn’t change"),
        ("no change", "does not change"),
        ("no change", "it should not change"),
        ("no change", "won't move"),
        ("no change", "remains as it was"),
        ("no change", "leave it alone"),
        ("no change", "neither, it stays"),
    ],
)
def test_a_direction_in_free_words_is_understood(way: str, typed: str) -> None:
    """As people say it, in a sentence or in one word."""
    assert picked("nudge_wo2", typed) == way


@pytest.mark.parametrize(
    "typed",
    [
        *("it does not grow", "not smaller", "it doesn't stay the same", "bigger, not smaller"),
        *("up or down?", "neither up nor down", "it never shrinks", "does it change?", "growl"),
    ],
)
def test_what_denies_or_names_two_directions_picks_none(typed: str) -> None:
    """Nothing is guessed: the learner is asked for the words or a button."""
    assert picked("nudge_wo2", typed) is None


@pytest.mark.parametrize(
    ("lesson", "step", "option", "typed"),
    [
        ("bn", "after_step", "down", "it gets smaller"),
        ("bn", "after_step", "up", "it will grow"),
        ("greenhouse", "g_after", "fell", "it shrank"),
        ("greenhouse", "g_after", "rose", "it went up"),
        ("greenhouse", "g_disagree", "window", "it should get larger"),
        ("greenhouse", "g_disagree", "tap", "it decreases"),
    ],
)
def test_options_that_are_directions_are_understood_so_too(
    lesson: str, step: str, option: str, typed: str
) -> None:
    """Where each option says another direction, words for it will do."""
    assert picked(step, typed, lesson) == option


@pytest.mark.parametrize("step", ["why_h2", "why_stuck", "why_learns", "lean", "n_blame"])
def test_directions_pick_nothing_among_other_options(step: str) -> None:
    """A "more" inside a label is no direction."""
    assert picked(step, "it grows") is None
    assert picked(step, "much bigger") is None


@pytest.mark.parametrize(
    ("lesson", "step", "option", "typed"),
    [
        ("bn", "lean", "neither", "neither"),
        ("bn", "lean", "neither", "neither one"),
        ("greenhouse", "g_disagree", "{third}", "neither"),
        ("bn", "lean", "zero", "the first one"),
        ("bn", "lean", "one", "the second"),
        ("bn", "lean", "neither", "Third option"),
        ("bn", "nudge_wo2", "increase", "the first"),
        ("bn", "nudge_wo2", "no change", "third"),
    ],
)
def test_an_option_is_picked_by_its_telling_word_or_its_place(
    lesson: str, step: str, option: str, typed: str
) -> None:
    """Also where that word denies elsewhere."""
    if option == "{third}":
        place = BOOK.with_lesson(lesson).lesson.find(step)
        assert place is not None
        assert isinstance(place.step, ChoiceStep)
        option = place.step.options[2].id
    assert picked(step, typed, lesson) == option


@pytest.mark.parametrize("typed", ["neither", "neither one", "neither of them", "the fourth"])
def test_neither_is_no_direction(typed: str) -> None:
    """Of three buttons it does not say which: nothing is judged, and the buttons are pointed at."""
    assert picked("nudge_wo2", typed) is None
    turn = MACHINE.step(State.of("bn", "nudge_wo2").to_json(), Said(typed, 1), NOW)
    (said,) = (effect for effect in turn.effects if isinstance(effect, Say))
    assert said.html == BOOK.say.number_at_choice()
    assert turn.attempts == ()


def too(way: str) -> str:
    """The option of the first "Too low, too high" that holds a word."""
    (place,) = (p for p in BOOK.lesson.places if p.id == LOW_OR_HIGH)
    assert isinstance(place.step, ChoiceStep)
    return next(o.id for o in place.step.options if way in o.label)


def test_lower_than_it_should_be_is_too_low() -> None:
    """A comparison says the same; what it should be does not."""
    assert picked(LOW_OR_HIGH, "lower than it should be") == too("low")
    assert picked(LOW_OR_HIGH, "it is higher than the target") == too("high")
    assert picked(LOW_OR_HIGH, "it should be lower") is None
    assert picked(LOW_OR_HIGH, "the target is higher than it") is None


EVERY = [
    (choice, meaning, typed)
    for choice, meanings in CASES.items()
    for meaning, texts in meanings.items()
    for typed in texts
]


def test_every_choice_of_both_lessons_has_its_cases() -> None:
    """A new choice comes with what learners type there."""
    choices = [
        f"{lesson} {place.id}"
        for lesson in ("bn", "greenhouse")
        for place in BOOK.with_lesson(lesson).lesson.places
        if isinstance(place.step, ChoiceStep | DirectionStep)
    ]
    assert sorted(choices) == sorted(CASES)


@pytest.mark.parametrize(("choice", "meaning", "typed"), EVERY)
def test_what_is_typed_at_a_choice_is_taken_as_it_was_meant(
    choice: str, meaning: str, typed: str
) -> None:
    """An option is picked, a question answered, a shrug helped; all else costs nothing."""
    lesson, step = choice.split()
    turn = MACHINE.step(State.of(lesson, step).to_json(), Said(typed, 1), NOW)
    book, state = BOOK.with_lesson(lesson), State.of(lesson, step)
    intent = intent_of(Said(typed, 1), view_of(book, state))
    if meaning in (ASKED, SHRUGGED, POINTED):
        assert turn.attempts == ()
        assert State.from_json(turn.state or "").hand.tries == 0
        assert any(said.buttons for said in turn.effects if isinstance(said, Say))
        asked = (Do.QUESTION, Do.TERM)
        means = {ASKED: asked, SHRUGGED: (Do.HINT,), POINTED: (Do.ANSWER, Do.YES, Do.TERM)}
        assert intent.do in means[meaning]
    else:
        assert (intent.do, intent.text) == (Do.PICK, meaning)
        assert len(turn.attempts) == 1
