"""A question is never an answer, and a doubtful answer is no question."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.machine import Machine
from bot.dialogue.state import Confirming, State
from bot.dialogue.steps import view_of
from content.loader import load

BOOK = load()
MACHINE = Machine(BOOK)
NOW = datetime(2026, 11, 24, tzinfo=UTC)

STATES = {
    "number": State.of("bn", "h1_sum"),
    "piece": State.of("bn", "h1_sum", tries=3, piece=0),
    "choice": State.of("bn", "low_or_high"),
    "direction": State.of("bn", "nudge_wo2"),
    "offer": State.of("bn", "full_gradient"),
    "card": State.of("bn", "weights"),
    "free card": State.of("bn", "n_start"),
    "watch": State.of("bn", "watch_plain"),
    "yes or no": State.of("bn", "h1_sum", confirming=Confirming.FORGET),
}

QUESTIONS = (
    *("what is a shrug", "why does wO2 go up?", "what happens if i increase it?"),
    *("would it go up", "should i say to 0", "what if its too low", "would too low be right?"),
    *("would it fall", "could they increase", "what if it is to 1", "i think it falls because?"),
    *("what does too low mean?", "should it go up or down", "how do i know if it's lower"),
    *("why 0.03?", "how is 0.45 wrong", "why not 0.3", "what is 0.6*0.4?", "what's 0.7*-0.3"),
    *("how do i get 0.03", "do i multiply 0.6 by 0.4?", "so do i add 0.24 and -0.21?"),
    *("should i round 0.03 to 2 decimals?", "where does the 0.24 come from", "wait why 0.24?"),
    *("is it 0.03 or 0.3?", "i dont get why it is 0.03", "can you explain 0.21 again?"),
    *("does 0.4 mean the weight?", "when do i use 0.6?", "ok but how do i do 0.6 * 0.4", "why?"),
    *("which number is 0.6?", "lol what", "why 😭", "so what is the answer?"),
)


@pytest.mark.parametrize("typed", QUESTIONS)
@pytest.mark.parametrize("where", STATES)
def test_a_question_never_counts(where: str, typed: str) -> None:
    """It is answered as one at every step, and the step stands as it stood."""
    state = STATES[where]
    intent = intent_of(Said(typed, 1), view_of(BOOK, state))
    assert intent.do in (Do.QUESTION, Do.TERM)
    turn = MACHINE.step(state.to_json(), Said(typed, 1), NOW)
    assert turn.attempts == ()
    assert turn.state == state.to_json()


@pytest.mark.parametrize(
    "typed",
    [
        *("0.03?", "is it 0.03?", "is it 0.03", "maybe 0.03", "maybe 0.03?", "so 0.03 right?"),
        *("0.03 lol", "lol 0.03", "haha 0.03", "hahaha 0.03!!", "0.03 😂", "😂 0.03 🎉🎉"),
        *("0.03 :)", "0.03 xD", "umm 0.03", "could it be 0.03?", "is 0.03 right?", "0.03 <3"),
        *("0.03, is that right?", "what about 0.03", "how about 0.03?", "which is 0.03"),
        *("is the answer 0.03?", "idk 0.03?", "not sure but 0.03", "i think 0.03 lmao"),
        *("is it 0.03 lol?", "would 0.03 be right?", "is it 0.24 - 0.21 = 0.03?", "ok so 0,03?"),
        *("does it equal 0.03?", "what i got is 0.03", "looool 0.03", "0.03 👍🏽", "is 0.03"),
        *("0.03 done", "0.24 - 0.21 = 0.03 😅", "should be 0.03", "hmm 0.03?", "0.03 i guess"),
        *("it is 0.03, isn't it?", "0.03, innit?", "H1 = 0.03, right?", "3/100 lol"),
        *(
            "isn't it 0.03?",
            "does 0.03 look right?",
            "pls is it 0.03",
            "is my answer 0.03 correct?",
        ),
    ],
)
def test_doubt_and_laughter_do_not_spoil_a_number(typed: str) -> None:
    """It is judged like the number alone."""
    turn = MACHINE.step(State.of("bn", "h1_sum").to_json(), Said(typed, 1), NOW)
    assert [attempt.verdict for attempt in turn.attempts] == ["correct"]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("H1 = 0.03 lol", "H1 = 0.03"),
        ("H1 = 0.03\nH2 = 0.26", "H1 = 0.03\nH2 = 0.26"),
        ("0.6 ✖ 0.4 ➖ 0.21", "0.6 ✖ 0.4 ➖ 0.21"),
        ("so H1 = 0.03", "so H1 = 0.03"),
        ("its 0.03", "its 0.03"),
        ("½ lol", "½"),
        ("lol", "lol"),
        ("0.24 + -0.21, so 0.03?", "0.24 + -0.21, so 0.03?"),
        ("0.24, maybe 0.03", "0.24, maybe 0.03"),
    ],
)
def test_what_else_stands_there_is_left_to_reading(typed: str, sent: str) -> None:
    """Names, lines and signs are not touched."""
    state = State.of("bn", "h1_sum")
    intent = intent_of(Said(typed, 1), view_of(BOOK, state))
    assert (intent.do, intent.text) == (Do.ANSWER, sent)


@pytest.mark.parametrize(
    ("where", "typed", "do"),
    [
        ("offer", "yes lol", Do.YES),
        ("offer", "no 😅", Do.NO),
        ("card", "ok 👍", Do.NEXT),
        ("card", "ok?", Do.NEXT),
        ("number", "hint?", Do.HINT),
        ("number", "idk lol", Do.HINT),
        ("number", "where am i?", Do.WHERE),
        ("watch", "go on haha", Do.NEXT),
    ],
)
def test_plain_words_are_heard_through_laughter(where: str, typed: str, do: Do) -> None:
    """They mean what they mean alone."""
    state = STATES[where]
    assert intent_of(Said(typed, 1), view_of(BOOK, state)).do is do


TYPED = [do for do in Do if do in BOOK.chat.buttons and do not in (Do.START, Do.TRAIN)]
"""Every button but the very first, and the one with a number on it."""


@pytest.mark.parametrize("do", TYPED)
def test_what_a_button_shows_does_the_same_when_it_is_typed(do: Do) -> None:
    """All of it, or its picture alone: "🧩", "Keep it, go on"."""
    label = BOOK.chat.buttons[do]
    picture = label.partition(" ")[0]
    for typed in (label, label.lower(), *(() if picture.isalpha() else (picture,))):
        state = STATES["number"]
        assert intent_of(Said(typed, 1), view_of(BOOK, state)).do is do
