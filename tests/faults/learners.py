"""Simulated learners who take the lesson, and what each of them must have been told at the end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.learning.practised import Practised
from bot.runtime.flood import BURST, PER_S
from tests.telegram_server.posts import Post
from tests.telegram_server.telegram import LocalTelegram
from tests.transcripts.play import FOLDER, Chat, learner_lines

HASTE = 0.25
"""How often a learner types on without waiting for the answer.

They ask about a word: an answer to a step that they have not seen yet would not be judged.
"""
BREATH = BURST - 10
"""How much a learner does at once. The bot answers a few things more, and then says once that it is
too much, which nobody who goes on at their own pace may be told."""


def scripts() -> list[list[str]]:
    """What learners do: the lesson without a mistake, and some with mistakes."""
    found = []
    for name in ("perfect", "errs"):
        lines = learner_lines((FOLDER / f"{name}.txt").read_text("utf-8"))
        found.append([line for who, line in lines if who == "you" and not line.startswith("(")])
    return found


def one_line(text: str) -> str:
    """A text without the line breaks that differ between a message and its transcript."""
    return " ".join(text.split())


@dataclass
class Learner:
    """One learner, and the chat that the dialogue alone would have with them."""

    chat: int
    script: list[str]
    expected: Chat
    done: int = 0
    told: list[str] = field(default_factory=list)
    """What the bot must have said, in order."""
    heard: list[str] = field(default_factory=list)
    """What it said, in order; a picture redrawn later counts as it was sent."""
    asked: int = 0
    """After how many things they last asked something, without waiting."""
    breath: float = BREATH
    """How much they can do before they have to rest."""
    rested: datetime | None = None
    """Until when their rest is counted."""

    def rests(self, now: datetime) -> bool:
        """Whether they have to get their breath back before they go on."""
        passed_s = (now - (self.rested or now)).total_seconds()
        self.breath, self.rested = min(BREATH, self.breath + PER_S * passed_s), now
        return self.breath < 1

    def goes_on(self, telegram: LocalTelegram, rng: random.Random) -> None:
        """Does the next thing, if the last was answered, or sometimes before it was."""
        if self.finished:
            return
        line = self.script[self.done]
        if self.missing:
            if self.asked < self.done and rng.random() < HASTE:
                terms = list(self.expected.machine.book.glossary.term.values())
                self._does(telegram, f"what is {terms[self.done % len(terms)].title}?")
                self.asked = self.done
            return
        if self._does(telegram, line):
            self.done += 1

    def _does(self, telegram: LocalTelegram, line: str) -> bool:
        """Does one thing, if it can be done yet."""
        if line.startswith("["):
            shown = [b.data for b in self.expected.buttons if b.label == line.strip("[]")]
            post = _with_button(telegram.posts(self.chat), shown[-1])
            if post is None:
                return False  # a picture that is still to be redrawn will have it
            telegram.user_presses(post.id, shown[-1], chat=self.chat)
        else:
            telegram.user_sends(line, chat=self.chat)
        self.breath -= 1
        self.expected.does(line)
        self.told += map(one_line, self.expected.said)
        return True

    @property
    def finished(self) -> bool:
        """Whether the script is at its end."""
        return self.done == len(self.script)

    @property
    def missing(self) -> int:
        """How many messages are still to come."""
        return sum((Counter(self.told) - Counter(self.heard)).values())

    @property
    def out_of_order(self) -> bool:
        """Whether the first copies came in another order than they had to."""
        following = 0
        for text in self.heard:
            if following < len(self.told) and text == self.told[following]:
                following += 1
        return following < len(self.told)

    def wrong_state(self, stored: str | None) -> bool:
        """Whether the stored progress is not what the learner's answers imply."""
        if stored is None or self.expected.state is None:
            return stored != self.expected.state
        return _progress(stored) != _progress(self.expected.state)


def _progress(stored: str) -> object:
    """A state without what depends on the clock and on message ids."""
    state = State.from_json(stored)
    known = _known(Practised.from_data(state.learner.knowledge))
    return state.but(hinted_at=0.0, answered=None, pressed=(), slowed=False, knowledge={}), known


def _known(practised: Practised) -> object:
    """What practice says of a learner, without the days on which it was seen."""
    skills = {name: replace(known, card=None) for name, known in practised.skills.items()}
    mistakes = {name: (m.skill, m.times, m.recent) for name, m in practised.mistakes.items()}
    return skills, mistakes, practised.sets, practised.last


def _with_button(posts: list[Post], data: str) -> Post | None:
    for post in reversed(posts):
        if any(button.get("callback_data") == data for row in post.buttons for button in row):
            return post
    return None


def class_of(count: int, machine: Machine, first: int = 1) -> list[Learner]:
    """So many learners."""
    plans = scripts()
    return [
        Learner(first + number, plans[(first + number) % len(plans)], Chat(machine))
        for number in range(count)
    ]
