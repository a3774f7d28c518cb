"""A question is never an answer, and a doubtful answer is no question."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.machine import Machine
from bot.dialogue.state import Confirming, State
from bot.dialogue.steps import view_of
from content.library import Library
from content.written import languages
from tests.lesson import BOOK, LIBRARY, typed

MACHINE = Machine(Library.of(BOOK))
NOW = datetime(2026, 11, 24, tzinfo=UTC)

STATES = {
    "number": State.of("bn", "h1_sum"),
    "piece": State.of("bn", "h1_sum", tries=3, piece=0),
    "choice": State.of("bn", "low_or_high"),
    "direction": State.of("bn", "nudge_wo2"),
    "offer": State.of("bn", "full_gradient"),
    "card": State.of("bn", "what"),
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


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("where", STATES)
def test_a_question_never_counts(where: str, text: str) -> None:
    """It is answered as one at every step, and the step stands as it stood."""
    state = STATES[where]
    intent = intent_of(Said(text, 1), view_of(BOOK, state))
    assert intent.do in (Do.QUESTION, Do.TERM, Do.REMARK)
    turn = MACHINE.step(state.to_json(), Said(text, 1), NOW)
    assert turn.attempts == ()
    assert turn.state == state.to_json()


DOUBTED = (
    "#? | is it #? | is it # | maybe # | maybe #? | so # right? | # lol | lol # | haha # | "
    "hahaha #!! | # 😂 | 😂 # 🎉🎉 | # :) | # xD | umm # | could it be #? | is # right? | # <3 | "
    "#, is that right? | what about # | how about #? | which is # | is the answer #? | "
    "idk #? | not sure but # | i think # lmao | is it # lol? | would # be right? | "
    "is it {w11.product} + {w12.product} = #? | ok so #? | does it equal #? | "
    "what i got is # | looool # | # 👍🏽 | is # | # done | "
    "{w11.product} + {w12.product} = # 😅 | should be # | hmm #? | # i guess | "
    "it is #, isn't it? | #, innit? | H1 = #, right? | isn't it #? | does # look right? | "
    "is my answer # correct? | pls is it #"
)
"""Answers that are not sure of themselves; # is the right number."""


@pytest.mark.parametrize("text", DOUBTED.split(" | "))
def test_doubt_and_laughter_do_not_spoil_a_number(text: str) -> None:
    """It is judged like the number alone."""
    answer = Said(typed(text.replace("#", "{H1.sum}")), 1)
    turn = MACHINE.step(State.of("bn", "h1_sum").to_json(), answer, NOW)
    assert [attempt.verdict for attempt in turn.attempts] == ["correct"]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("H1 = 0.03 lol", "H1 = 0.03"),
        ("H1 = 0.03\nH2 = 0.26", "H1 = 0.03\nH2 = 0.26"),
        ("0.6 ✖ 0.4 ➖ 0.21", "0.6 ✖ 0.4 ➖ 0.21"),
        ("so H1 = 0.03", "so H1 = 0.03"),
        ("its 0.03", "0.03"),
        ("½ lol", "½"),
        ("0.24 + -0.21, so 0.03?", "0.24 + -0.21, so 0.03?"),
        ("0.24, maybe 0.03", "0.24, maybe 0.03"),
    ],
)
def test_what_else_stands_there_is_left_to_reading(text: str, sent: str) -> None:
    """Names, lines and signs are not touched."""
    state = State.of("bn", "h1_sum")
    intent = intent_of(Said(text, 1), view_of(BOOK, state))
    assert (intent.do, intent.text) == (Do.ANSWER, sent)


@pytest.mark.parametrize(
    ("where", "text", "do"),
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
def test_plain_words_are_heard_through_laughter(where: str, text: str, do: Do) -> None:
    """They mean what they mean alone."""
    state = STATES[where]
    assert intent_of(Said(text, 1), view_of(BOOK, state)).do is do


TYPED = [do for do in Do if do in BOOK.chat.buttons and do not in (Do.START, Do.TRAIN)]
"""Every button but the very first, and the one with a number on it."""


@pytest.mark.parametrize("do", TYPED)
def test_what_a_button_shows_does_the_same_when_it_is_typed(do: Do) -> None:
    """All of it, or its picture alone: "🧩", "Keep it, go on"."""
    label = BOOK.chat.buttons[do]
    picture = label.partition(" ")[0]
    for text in (label, label.lower(), *(() if picture.isalpha() else (picture,))):
        state = STATES["number"]
        assert intent_of(Said(text, 1), view_of(BOOK, state)).do is do


@pytest.mark.parametrize("language", languages())
def test_which_of_two_numbers_is_answered_by_asking_for_one(language: str) -> None:
    """The question is neither judged, nor answered with the reason of something else."""
    book = LIBRARY[language]
    either = next(iter(book.typed.around_answers.either))
    text = book.numbers.turned(f"0.03 {either} 0.3?")
    turn = Machine(Library.of(book)).step(STATES["number"].to_json(), Said(text, 1), NOW)
    said = " ".join(effect.html for effect in turn.effects if isinstance(effect, Say))
    assert turn.attempts == ()
    assert book.reading.problem["several_answers"] in said
