"""What a handler decides from, and what it returns: the next state, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeAlias

from bot.dialogue.actions import Intent
from bot.dialogue.buttons import Keyboard, View
from bot.dialogue.class_data import NO_CLASSES, Classroom
from bot.dialogue.effects import Asks, Attempt, Button, Effect, Say, Show
from bot.dialogue.formatting import paragraphs
from bot.dialogue.modes import Mode
from bot.dialogue.state import State
from bot.dialogue.steps import Step, view_of
from bot.dialogue.steps.number import Number
from content.book import Book
from content.lesson import LessonStep
from content.library import Library


@dataclass(frozen=True)
class Moment:
    """What a handler decides from: the state, the intent, the words, and the time."""

    state: State
    intent: Intent
    book: Book
    now: float
    """Seconds since 1970."""
    main: Book
    """The book with the written lesson; `book` has the lesson in hand."""
    library: Library
    """The books of all languages."""
    classroom: Classroom = NO_CLASSES
    """What they may know of classes, where it was asked for."""
    learner: int = 0
    """Who it is, for what is drawn by chance: the platform's id of the chat."""

    @property
    def time(self) -> datetime:
        """Now, in UTC."""
        return datetime.fromtimestamp(self.now, UTC)

    @cached_property
    def view(self) -> View:
        """What the learner sees."""
        return view_of(self.book, self.state)

    @property
    def mode(self) -> Mode:
        """The mode the learner is in."""
        return self.view.mode

    @property
    def at_step(self) -> bool:
        """Whether there is a step in hand, be it under a question for yes or no."""
        return isinstance(self.view, Step)

    @property
    def step(self) -> Step[Any]:
        """The step in hand. Only where there is one."""
        assert isinstance(self.view, Step)
        return self.view

    @property
    def place(self) -> LessonStep:
        """Where it stands in the lesson."""
        place: LessonStep = self.step.place
        return place

    def at(self, state: State) -> Moment:
        """The same moment in another state."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one intent leads to."""

    state: State
    effects: tuple[Effect, ...] = ()
    """What is sent and done, in order."""
    attempts: tuple[Attempt, ...] = ()
    notice: str = ""
    """Shown at the button that was pressed."""
    reaction: str = ""
    """Put on the learner's message."""
    asks: Asks | None = None
    """Said where the present step is asked once more of who had not seen it."""

    def before(self, *effects: Effect) -> Reply:
        """The same after something else."""
        return replace(self, effects=(*effects, *self.effects))

    def with_row(self, *buttons: Button) -> Reply:
        """The same with one more row of buttons under its last message."""
        *before, last = self.effects
        assert isinstance(last, Say | Show)
        return replace(self, effects=(*before, replace(last, buttons=(*last.buttons, buttons))))

    def opening(self, said: str) -> Reply:
        """The same with something said first, in the same message where there is one."""
        for index, effect in enumerate(self.effects):
            if isinstance(effect, Say):
                longer = replace(effect, html=paragraphs(said, effect.html))
                return replace(self, effects=_with(self.effects, index, longer))
        return self.before(Say(said))


Handler: TypeAlias = Callable[[Moment], Reply]


def _with(effects: tuple[Effect, ...], index: int, effect: Effect) -> tuple[Effect, ...]:
    return (*effects[:index], effect, *effects[index + 1 :])


def saying(state: State, html: str, keyboard: Keyboard = ()) -> Reply:
    """A reply of one message with buttons of its own."""
    return Reply(state, (Say(html, keyboard),))


def asking(moment: Moment, state: State, *before: str, opening: bool = True) -> Reply:
    """A reply that ends with the question of a state's step, after other texts.

    Args:
        moment: the present.
        state: the next one, at a step.
        before: texts that come first, as HTML; empty ones are left out.
        opening: whether a section's opening line is said.
    """
    asked = moment.at(state).step.asking(opening=opening)
    said = paragraphs(*before)
    if isinstance(asked, Say):
        return Reply(state, (replace(asked, html=paragraphs(said, asked.html)),))
    return Reply(state, (Say(said), asked) if said else (asked,))


def staying(moment: Moment, *texts: str, state: State | None = None, keep: bool = False) -> Reply:
    """A reply that leaves the learner at the same step, with its buttons under it.

    Args:
        moment: the present.
        texts: what is said, as HTML; empty ones are left out.
        state: the next one, where it changes.
        keep: whether a number that is doubted may be kept.
    """
    view = moment.view if state is None else view_of(moment.book, state)
    if keep and isinstance(view, Number):
        view = replace(view, may_keep=True)
    return Reply(view.state, (Say(paragraphs(*texts), view.keyboard()),))
