"""What was written before its writer could see the step, and buttons pressed more than once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.actions import Do, button_data
from bot.dialogue.effects import AnswerPress, Asks, Effect, Say, Show, Turn
from bot.dialogue.events import Event, Pressed, Said
from bot.dialogue.machine import Machine
from bot.dialogue.state import Outcome, Record, State
from content.library import Library
from tests.lesson import BOOK, typed

MACHINE = Machine(Library.of(BOOK))
RIGHT = typed("{H1.sum}")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def text(turn: Turn) -> str:
    """What a turn says."""
    return "\n".join(e.html for e in turn.effects if isinstance(e, Say))


def takes(state: State | str | None, *events: Event) -> list[Turn]:
    """Some events, one after the other, a minute apart."""
    stored = state.to_json() if isinstance(state, State) else state
    turns = list[Turn]()
    for number, event in enumerate(events):
        turns.append(MACHINE.step(stored, event, NOW + timedelta(minutes=number)))
        stored = turns[-1].state
    return turns


def at(step: str) -> State:
    """At a step, all before it done."""
    before = dict.fromkeys([p.id for p in BOOK.lesson.places], Record(Outcome.SHOWN))
    names = list(before)
    return State.of("bn", step, records={n: before[n] for n in names[: names.index(step)]})


def step_of(turn: Turn) -> str:
    """Where a turn leads."""
    assert turn.state is not None
    return State.from_json(turn.state).hand.step


@pytest.mark.parametrize(
    ("step", "once", "twice"),
    [
        ("o_sum", "{O.sum}", "{O.sum}"),
        ("o_sum", "{O.sum}", "{O.sum}00"),
        ("o_sum", "{wO1.product} + {wO2.product} = {O.sum}", "{O.sum}"),
        ("h1_sum", "{H1.sum}", "{H1.sum}"),
        ("nudge_wo2", "increase", "increase"),
        ("nudge_wo2", "it goes up", "Increase"),
        ("low_or_high", "Too low", "too low"),
    ],
)
def test_an_answer_sent_twice_is_taken_once(step: str, once: str, twice: str) -> None:
    """It is said that it is there, which step comes now, and that one is asked; nothing counts."""
    both = Said(typed(once), 1), Said(typed(twice), 2, early=True)
    first, second = takes(State.of("bn", step), *both)
    place = BOOK.lesson[step_of(first)]
    assert step_of(first) != step
    assert second.attempts == ()
    assert second.state == first.state
    numbered = BOOK.say.have_that(number=str(place.number))
    assert text(second).startswith(numbered if place.number else BOOK.say.have_that_card())
    assert BOOK.heading(place) in text(second)


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("h1_relu", RIGHT),
        ("h1_relu", "0.5"),
        ("h1_relu", "hint"),
        ("h1_relu", "I don't know"),
        ("h1_relu", "skip"),
        ("nudge_wo2", "increase"),
        ("nudge_wo2", "down"),
        ("why_stuck", "the first one"),
        ("welcome", "ok"),
        ("branch_offer", "yes"),
        ("branch_offer", "no"),
    ],
)
def test_nothing_acts_on_a_step_unseen(step: str, typed: str) -> None:
    """An answer, an option, "ok", "yes", "hint": the step is asked again, and stands as it did."""
    step = step if step in BOOK.lesson else some_step(step)
    before = State.of("bn", step)
    (turn,) = takes(before, Said(typed, 1, early=True))
    assert turn.state == before.to_json()
    assert turn.attempts == ()
    said = [e for e in turn.effects if isinstance(e, Say | Show)]
    assert said[-1].buttons, "there is a way on"
    assert BOOK.say.asked_since() in text(turn)
    (seen,) = takes(before, Said(typed, 1))
    assert seen.state != turn.state, "it would have acted"


def some_step(kind: str) -> str:
    """The first step of a kind."""
    kinds = {"welcome": "card", "branch_offer": "offer"}
    return next(p.id for p in BOOK.lesson.places if p.step.kind == kinds[kind])


@pytest.mark.parametrize("typed", ["/help", "/where", "/words", "what is a weight?", "why?", "hi"])
def test_what_asks_nothing_of_the_step_is_answered_as_ever(typed: str) -> None:
    """Commands, greetings and questions are the same whenever they were written."""
    before = State.of("bn", "h1_relu")
    (early,), (seen,) = takes(before, Said(typed, 1, early=True)), takes(before, Said(typed, 1))
    assert early == seen


@pytest.mark.parametrize("typed", ["/hint", "/show", "／show", "hint", "skip"])
def test_what_spends_a_step_waits_until_it_was_seen(typed: str) -> None:
    """Neither a hint nor the answer is given of a step that its writer had not met, by any word."""
    before = State.of("bn", "h1_relu")
    (early,) = takes(before, Said(typed, 1, early=True))
    assert early.state is not None
    after = State.from_json(early.state)
    assert (after.hand.step, after.hand.hints, after.records) == ("h1_relu", 0, before.records)
    assert BOOK.say.asked_since() in text(early)


def test_a_yes_to_a_question_not_seen_erases_nothing() -> None:
    """Sent in one breath with /forget: it is asked, and asked again."""
    asked, again = takes(State.of("bn", "h1_sum"), Said("/forget", 1), Said("yes", 2, early=True))
    assert again.state == asked.state
    assert text(again) == BOOK.say.forget_ask()


def test_a_piece_answered_twice_is_taken_once() -> None:
    """The next piece is asked, and not judged by the number of the one before."""
    pieces, piece = State.of("bn", "h1_sum", tries=3, piece=0), typed("{w11.product}")
    first, second = takes(pieces, Said(piece, 1), Said(piece, 2, early=True))
    assert second.state == first.state
    assert second.attempts == ()
    assert text(second).startswith(BOOK.say.have_that(number="2"))


def test_an_edit_of_the_last_answer_is_a_new_try() -> None:
    """Its message is older than its text, and was judged at this step."""
    state = at("h1_sum").but(tries=1, wrong="0.3", answered=1)
    (turn,) = takes(state, Said(RIGHT, 1, edited=True, early=True))
    assert step_of(turn) == "h1_relu"


def asks(turn: Turn) -> list[Asks | None]:
    """Which of a turn's messages ask a step."""
    return [e.asks for e in turn.effects if isinstance(e, Say | Show)]


def test_the_message_with_the_new_question_is_known() -> None:
    """The last of a turn that leads to a step or a piece; no hint or feedback."""
    begun, hinted, wrong, right = takes(
        State.of("bn", "h1_sum"),
        Said("/where", 1),
        Said("/hint", 2),
        Said("0.45", 3),
        Said(RIGHT, 4),
    )
    assert [asks(turn) for turn in (begun, hinted, wrong)] == [[None], [None], [None]]
    assert asks(right) == [Asks.ANEW]
    (start,) = takes(None, Said("/start", 1))
    assert asks(start)[-1] is Asks.ANEW
    (shown,) = takes(at("h1_relu"), Said(RIGHT, 1))
    assert asks(shown) == [None, Asks.ANEW], "it is asked under a picture"
    assert isinstance(shown.effects[-1], Show)
    (unseen,) = takes(State.of("bn", "h1_relu"), Said(RIGHT, 1, early=True))
    assert asks(unseen) == [Asks.AGAIN]
    (forget,) = takes(State.of("bn", "h1_relu"), Said("/forget", 1))
    assert asks(forget) == [Asks.ANEW]


def press(state: State, do: Do, under: int, argument: str = "") -> Pressed:
    """A press on a button of a state."""
    return Pressed(button_data(state, do, argument), f"q{under}", under)


def notices(turn: Turn) -> list[Effect]:
    """What a turn does but answer the press."""
    return [e for e in turn.effects if not isinstance(e, AnswerPress)]


def test_a_hint_is_given_once_for_each_button_shown() -> None:
    """Six presses under one message climb one rung; the message that came has the next."""
    state = State.of("bn", "h1_sum")
    once = press(state, Do.HINT, 100)
    turns = takes(state, *[once] * 6, press(state, Do.HINT, 101), once, Said("0.4", 9), once)
    assert text(turns[0])
    for turn in (*turns[1:6], turns[7], turns[9]):
        assert notices(turn) == []
        assert turn.effects == (AnswerPress("q100", BOOK.say.hint_once()),)
        assert turn.attempts == ()
    last = State.from_json(turns[9].state or "")
    assert last.hand.hints == 2


def test_two_buttons_shown_are_two_rungs() -> None:
    """Pressed three times each, by turns."""
    state = State.of("bn", "h1_sum")
    both = press(state, Do.HINT, 100), press(state, Do.HINT, 101)
    assert State.from_json(takes(state, *both * 3)[-1].state or "").hand.hints == 2


@pytest.mark.parametrize(
    ("do", "argument", "step"),
    [
        (Do.PICTURE, "", "h1_sum"),
        (Do.TABLE, "", "o_sigmoid"),
        (Do.MORE, "", "h1_sum"),
        (Do.BACK, "", "o_sum"),
        (Do.PRACTICE, "", "h1_sum"),
        (Do.LESSONS, "greenhouse", "h1_sum"),
        (Do.RESTART, "", "h1_sum"),
        (Do.PICK, "decrease", "nudge_wo2"),
    ],
)
def test_a_press_come_twice_does_once(do: Do, argument: str, step: str) -> None:
    """What it brought is the newest message. After anything else it works again."""
    state = State.of("bn", step)
    once = press(state, do, 100, argument)
    first, second, third = takes(state, *[once] * 3)
    assert notices(first)
    for turn in (second, third):
        assert notices(turn) == []
        assert turn.effects == (AnswerPress("q100", BOOK.say.press_once()),)
        assert turn.state == first.state
        assert turn.attempts == ()


def test_a_picture_is_shown_again_later() -> None:
    """Something else was said meanwhile, so it is not the newest message any more."""
    state = State.of("bn", "h1_sum")
    once = press(state, Do.PICTURE, 100)
    assert notices(takes(state, once, Said("0.4", 1), once)[-1])


def test_a_piece_is_shown_once_for_each_button() -> None:
    """Two presses on Show me do not show two pieces; in pieces once is enough, too."""
    state = State.of("bn", "h1_sum", tries=3)
    broken = press(state, Do.PIECES, 100)
    show = press(state, Do.SHOW, 101)
    turns = takes(state, broken, broken, show, broken, show)
    pieces = [State.from_json(turn.state or "").hand.piece for turn in turns]
    assert pieces == [0, 0, 1, 1, 1]
    assert [bool(notices(turn)) for turn in turns] == [True, False, True, False, False]


def test_training_goes_on_with_every_press() -> None:
    """Those buttons redraw one picture, and are meant to be pressed again."""
    step = next(p.id for p in BOOK.lesson.places if p.step.kind == "watch")
    state = State.of("bn", step)
    turns = takes(state, *[press(state, Do.TRAIN, 100, "10")] * 3)
    assert [State.from_json(turn.state or "").hand.trained for turn in turns] == [10, 20, 30]


def test_where_nobody_knows_the_message_every_press_counts() -> None:
    """A platform may not tell under which message a button was."""
    state = State.of("bn", "h1_sum")
    unknown = Pressed(button_data(state, Do.HINT), "q")
    assert State.from_json(takes(state, unknown, unknown)[-1].state or "").hand.hints == 2


def test_a_state_stored_before_is_read() -> None:
    """It knows of no presses."""
    assert State.from_json('{"v":1,"lesson":"bn","step":"h1_sum","records":{}}').hand.pressed == ()
    kept = State.of("bn", "h1_sum", pressed=("100.hint.",))
    assert State.from_json(kept.to_json()) == kept
