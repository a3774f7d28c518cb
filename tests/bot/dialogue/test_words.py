"""The words of the chat and the code that says them belong together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.intents import intent_of
from bot.dialogue.machine import Machine
from bot.dialogue.modes import Mode
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from content import said
from content.book import table_key
from content.loader import load
from engine.functions import tabled
from tests.bot.dialogue.test_every_event import NOW

MACHINE = Machine(load())
BOOK = MACHINE.book
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for folder in ("bot/dialogue", "content")
    for path in sorted((Path(__file__).parents[3] / folder).rglob("*.py"))
    if path.name != "said.py"
)
TABLES = [*map(table_key, tabled())]
CHOICES = [p.id for p in BOOK.lesson.places if view_of(BOOK, State("bn", p.id)).mode is Mode.CHOICE]
PHRASES = sorted({phrase for said in BOOK.chat.intents.values() for phrase in said})


def test_every_sentence_the_code_says_is_there() -> None:
    """No key of a sentence or button is asked for that loading does not look for."""
    asked = set(re.findall(r"""\bsay\(\s*"([a-z_]+)""", SOURCES))
    assert asked - set(said.SAY) == set()
    buttons = set(re.findall(r"""\.button\("([a-z_]+)""", SOURCES))
    assert buttons - set(said.BUTTONS) == set()
    made = set(re.findall(r"""\bmade_text\(\s*"([a-z_]+)""", SOURCES))
    assert made - set(said.PRACTICE) == set()


def test_loading_looks_for_what_is_there() -> None:
    """The lists that loading goes by hold every sentence and button of the words, and no other."""
    assert {*said.SAY, *TABLES} == set(BOOK.chat.say)
    assert set(said.BUTTONS) == set(BOOK.chat.buttons)
    assert set(said.PRACTICE) == set(BOOK.made.practice)
    assert set(said.OWN) == set(BOOK.made.own)


def test_every_sentence_that_is_there_is_said() -> None:
    """chat.toml holds no sentence that nothing says."""
    keys = [key for key in BOOK.chat.say if key not in TABLES]
    unused = [key for key in keys if not re.search(rf"[\"']{key}[\"']", SOURCES)]
    assert unused == []


@pytest.mark.parametrize("choice", CHOICES)
def test_plain_words_never_answer_a_choice_by_accident(choice: str) -> None:
    """Words like "I don't know" or "skip" mean that, unless an option says just so."""
    state = State("bn", choice)
    for phrase in PHRASES:
        intent = intent_of(Said(phrase, 1), view_of(BOOK, state))
        if intent.do is Do.PICK:
            word = phrase.removesuffix(" please")
            assert word in _labels(choice), (phrase, intent)


def _labels(choice: str) -> str:
    turn = MACHINE.step(State("bn", choice).to_json(), Said("zzz zzz", 1), NOW)
    labels = [
        button.label.casefold()
        for say in turn.effects
        if isinstance(say, Say)
        for row in say.buttons
        for button in row
    ]
    directions = [w for said in BOOK.chat.direction_words.values() for w in said]
    return " ".join([*labels, *directions])
