"""The conversation, as the runtime sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue.class_data import ClassResults
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import ClassFile, ClassView, Report, Say, Show, Turn
from bot.dialogue.events import Event
from bot.dialogue.profile import Profile
from bot.ports.store import Saved


@dataclass(frozen=True, slots=True)
class Received:
    """An event, with what identifies it; its raw update is stored already."""

    update: int
    chat: int
    event: Event
    saved: Saved | None = None
    """The chat's state when the update was stored, where it is known."""


class Dialogue(Protocol):
    """The conversation, as a pure function."""

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """What `event` leads to in a chat that is in `state` (None: a new chat).

        `learner`, the chat's id, decides what is drawn by chance, and nothing else. Where the turn
        `needs` to know of classes, it is taken once more with an event that tells of them.
        """
        ...

    def begins_anew(self, event: Event) -> bool:
        """Whether an event asks for a beginning or for being forgotten: it needs no state then."""
        ...

    def profile(self, language: str = "") -> Profile:
        """What the bot says about itself to those of a language, or by itself."""
        ...


class Tutor(Dialogue, Protocol):
    """A conversation that also knows how to introduce itself."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of all languages."""
        ...

    def rehearse(self) -> Iterator[None]:
        """Does ahead, bit by bit, what would make one learner's turn long for all the others."""
        ...

    def class_view(self, asked: ClassView, found: ClassResults | None) -> Say | Show | ClassFile:
        """A class for its teacher; what there is to say where it is none of theirs."""
        ...

    def report(self, asked: Report, course: Course) -> Say | Show:
        """How the course goes, in words and, where there is something to draw, a picture."""
        ...
