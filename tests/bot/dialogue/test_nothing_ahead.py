"""Nothing that lies ahead can be read out of the bot, whatever is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.dialogue.effects import Say, Show
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.state import State
from content.markup import plain
from content.models import NumberStep
from engine.spoken import spoken
from tests.tutor import MACHINE

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNTS = {"0.5", *(str(count) for count in range(100))}
"""Step 4 of 38, 3 decimals, 30 %, the half in the words of the glossary: no value of a network."""

BANK = {
    number
    for entry in MACHINE.book.why.entry.values()
    for number in NUMBER.findall(entry.text or "")
}
"""What the bank says of every network: 0.25 is the loss of a shrug."""
QUESTIONS = (
    *("where does # come from?", "why is it #?", "what is #?", "is # good?", "why is it negative?"),
    *("how do i compute this?", "why?", "what went wrong?", "what does that mean", "i forgot"),
    *("why is the gradient negative?", "how do i get the blame?", "where does the loss come from?"),
    *("what is the sum?", "is the prediction good?", "why this rate?", "say that again"),
)
"""# is the right number of the step in hand."""

OWN = "/network x1=0.35 x2=0.85\nH1 tanh 0.45 -0.65 bias 0.15\nO sigmoid 0.75\ntarget 1\nrate 0.15"
BEGINNINGS = {
    "lesson": ("/start",),
    "greenhouse": ("/start lesson_greenhouse",),
    "own network": ("/start", OWN),
    **{f"practice {n}": ("/start", "/practice") for n in range(3)},
}


class Reader:
    """A learner who reads all that is on the screen, and types what they like."""

    def __init__(self, learner: int) -> None:
        self.learner, self.state, self.message = learner, "", 0
        self.screen: set[str] = set(COUNTS)

    def sees(self, text: str) -> set[str]:
        """The numbers in the answer to a text; the learner is then where they were."""
        turn = MACHINE.step(self.state or None, Said(text, self.message), NOW, self.learner)
        said = [
            getattr(e, "html", "") or getattr(e, "caption", "")
            for e in turn.effects
            if isinstance(e, Say | Show)
        ]
        return {number for one in said for number in NUMBER.findall(plain(one))}

    def does(self, text: str) -> None:
        """Types a text and goes on from there; all that is said stays on the screen."""
        self.message += 1
        self.screen |= self.sees(text) | set(NUMBER.findall(text))
        turn = MACHINE.step(self.state or None, Said(text, self.message), NOW, self.learner)
        self.state = turn.state or ""

    def goes_through(self) -> Iterator[NumberStep]:
        """Every number step, in order; the others are shown or passed on the way."""
        for _ in range(200):
            state = State.from_json(self.state)
            place = book_for(MACHINE.book, state.lesson).lesson.find(state.hand.step)
            if place is None:
                return
            if isinstance(place.step, NumberStep):
                yield place.step
            before = self.state
            self.does("show")
            if self.state == before:
                self.does("next")
        raise AssertionError("this lesson has no end")


@pytest.mark.parametrize("name", BEGINNINGS)
def test_no_name_tells_a_number_that_is_not_on_the_screen(name: str) -> None:
    """At every step, every name there is, alone and in work, says nothing of what is to come."""
    reader = Reader(learner=len(name) + int(name[-1]) if name[-1].isdigit() else 3)
    for text in BEGINNINGS[name]:
        reader.does(text)
    steps = 0
    for step in reader.goes_through():
        steps += 1
        state = State.from_json(reader.state)
        lesson = book_for(MACHINE.book, state.lesson).lesson
        trace = lesson.trace(lesson[state.hand.step])
        for called in spoken(trace):
            for typed in (called, f"{called} + 0", f"1 / {called}", f"{called} = {called}"):
                told = reader.sees(typed) - reader.screen - set(NUMBER.findall(typed))
                assert not told, (step.id, typed, told)
    assert steps >= 3


@pytest.mark.parametrize("name", BEGINNINGS)
def test_no_question_tells_a_number_that_is_not_on_the_screen(name: str) -> None:
    """At every step, whatever is asked, by words, by names, by the right number itself."""
    reader = Reader(learner=3)
    for text in BEGINNINGS[name]:
        reader.does(text)
    asked = 0
    for step in reader.goes_through():
        state = State.from_json(reader.state)
        lesson = book_for(MACHINE.book, state.lesson).lesson
        right = lesson.trace(lesson[state.hand.step])[step.quantity].text
        hints = reader.sees("hint")
        for text in QUESTIONS:
            typed = text.replace("#", right)
            told = reader.sees(typed) - reader.screen - hints - BANK - set(NUMBER.findall(typed))
            assert not told, (step.id, typed, told)
            asked += 1
    assert asked >= 3 * len(QUESTIONS)
