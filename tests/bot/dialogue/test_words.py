"""Plain words that learners type, and the labels they may be."""

from __future__ import annotations

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.modes import Mode
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from tests.bot.dialogue.test_every_event import NOW
from tests.tutor import MACHINE

BOOK = MACHINE.book
CHOICES = [
    p.id for p in BOOK.lesson.places if view_of(BOOK, State.of("bn", p.id)).mode is Mode.CHOICE
]
PHRASES = sorted({phrase for said in BOOK.typed.intents.values() for phrase in said})


@pytest.mark.parametrize("choice", CHOICES)
def test_plain_words_never_answer_a_choice_by_accident(choice: str) -> None:
    """Words like "I don't know" or "skip" mean that, unless an option says just so."""
    state = State.of("bn", choice)
    for phrase in PHRASES:
        intent = intent_of(Said(phrase, 1), view_of(BOOK, state))
        if intent.do is Do.PICK:
            word = phrase.removesuffix(" please")
            assert word in _labels(choice), (phrase, intent)


def _labels(choice: str) -> str:
    turn = MACHINE.step(State.of("bn", choice).to_json(), Said("zzz zzz", 1), NOW)
    labels = [
        button.label.casefold()
        for say in turn.effects
        if isinstance(say, Say)
        for row in say.buttons
        for button in row
    ]
    directions = [w for said in BOOK.typed.direction_words.values() for w in said]
    return " ".join([*labels, *directions])
