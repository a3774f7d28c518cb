"""What every kind of step has: a question, buttons, hints, a solution, and a look back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

from bot.dialogue.actions import Intent
from bot.dialogue.answer_context import AnswerContext
from bot.dialogue.buttons import Keyboard, View
from bot.dialogue.effects import Attempt, Say, Show
from bot.dialogue.generated_lessons import short_name
from bot.dialogue.modes import Mode
from bot.dialogue.pictures import pictured, with_words
from bot.dialogue.state import Outcome, Record, State
from bot.pictures.captions import LONGEST_CAPTION
from content.lesson import LessonStep
from content.models import AnyStep, Picture
from engine.diagnosis import Kind, Verdict
from engine.trace import Trace


@dataclass(frozen=True, slots=True)
class Result:
    """What something done at a step comes to, before it is known what the next step is."""

    state: State
    """With the record of what is done."""
    said: Sequence[str] = ()
    """What is said of it, as HTML."""
    attempts: tuple[Attempt, ...] = ()
    done: bool = False
    """Whether the step in hand is over."""
    asks: bool = False
    """Whether the question, a piece of it perhaps, is asked anew."""
    keep: bool = False
    """Whether a doubted number may be kept."""
    shown: Show | None = None
    """What is sent instead of the question."""
    editable: bool = False
    """Whether an edit of the message is a new try even at the next step."""


M_co = TypeVar("M_co", bound=AnyStep, covariant=True)


@dataclass(frozen=True)
class Step(View, ABC, Generic[M_co]):
    """A step as one learner meets it in one state. Each kind of step is a subclass in its own file.

    What may be done at it are methods that take the intent and give a `Result`; which, stands in
    the table.
    """

    place: LessonStep
    model: M_co
    """The place's step, as the lesson has it."""

    @property
    @abstractmethod
    def own_mode(self) -> Mode:
        """The mode of a learner at the step who is not asked yes or no."""

    @property
    def mode(self) -> Mode:
        """The mode of the state."""
        return self.own_mode if self.state.pending.confirming is None else Mode.CONFIRM

    @cached_property
    def context(self) -> AnswerContext:
        """What the step is asked in, and judged against."""
        return AnswerContext(self.book, self.state, self.place)

    @property
    def trace(self) -> Trace:
        """The trace that the step speaks of."""
        return self.context.trace

    @property
    def picture(self) -> Picture | bool | None:
        """The picture that the step is asked under."""
        return getattr(self.model, "picture", None)

    def where(self) -> str:
        """The place in words, as HTML: `Step 4 of 36 · H1 · ReLU`, or the section's title."""
        return self.book.heading(self.place) or f"<b>{self.book.about(self.place)}</b>"

    def ask(self, *, opening: bool = True) -> str:
        """The question with its heading, as HTML.

        Args:
            opening: whether the line that opens a section is said where one begins.
        """
        place, book = self.place, self.book
        lines = []
        if opening and place.section.step[0] is place.step:
            lines.append(book.part(place))
        if heading := book.heading(place):
            lines.append(heading)
        lines.append(self.question())
        return "\n".join(lines)

    def asking(self, *, opening: bool = True) -> Say | Show:
        """The message that asks the step.

        Args:
            opening: whether a section's opening line is said, and the picture shown; a card's is.
        """
        shown = opening or self.own_mode is Mode.CARD
        return self._message(self.ask(opening=opening), self.keyboard(), shown=shown)

    def looked_at(self, buttons: Keyboard) -> Say | Show:
        """The step as it went; a card with its picture.

        Args:
            buttons: those under it.
        """
        return self._message(self.recap(), buttons, shown=self.own_mode is Mode.CARD)

    def _message(self, text: str, buttons: Keyboard, *, shown: bool) -> Say | Show:
        if not (shown and self.picture) or len(text) > LONGEST_CAPTION:
            return Say(text, buttons)  # what no picture can carry goes without
        picture = pictured(self.picture, self.book, self.state, self.place, self.trace)
        return replace(with_words(self.book, picture, text), buttons=buttons)

    @abstractmethod
    def question(self) -> str:
        """The question without its heading, as HTML."""

    def keyboard(self) -> Keyboard:
        """The buttons under a message."""
        return self.own_keyboard() if self.state.pending.confirming is None else super().keyboard()

    @abstractmethod
    def own_keyboard(self) -> Keyboard:
        """The buttons of the step."""

    def hints(self) -> list[str]:
        """The ladder of hints from the first rung, as HTML; empty where nothing is asked."""
        return []

    def hint_at_mistake(self) -> str:
        """Where the last answer went wrong, as HTML; empty where that is not known."""
        return ""

    def recap(self) -> str:
        """The step as it went, as HTML."""
        return self.question()

    def repeats(self, _text: str, /) -> bool:
        """Whether a text says again what the step, now done, was answered with."""
        return False

    def attempt(
        self, intent: Intent, verdict: str, mistakes: Sequence[str] = (), quantity: str = ""
    ) -> Attempt:
        """The record of one try at the step, or at a piece of it."""
        return Attempt(
            lesson=short_name(self.state.lesson),
            step=self.place.id,
            quantity=quantity or getattr(self.place.step, "quantity", ""),
            typed=intent.text,
            verdict=verdict,
            mistakes=tuple(mistakes),
            hints=self.state.hand.hints,
            tries=self.state.hand.tries + 1,
        )

    def after_message(self, intent: Intent) -> State:
        """The state after a message that may still be edited."""
        return self.state.but(answered=intent.message, looking=None)

    def record(
        self,
        outcome: Outcome,
        typed: str = "",
        value: float | None = None,
        *,
        tried: bool = True,
        made: Sequence[str] = (),
    ) -> Record:
        """How the step ends, with all that was tried at it, now and before it was returned to.

        Args:
            outcome: the way it ends.
            typed: the learner's answer.
            value: its number, where it is one.
            tried: whether this end is one more try.
            made: further mistakes that were named.
        """
        state, before = self.state, self.state.records.get(self.place.id, _UNTRIED)
        return Record(
            outcome,
            typed,
            value,
            tries=state.hand.tries + before.tries + tried,
            hints=state.hand.hints + before.hints,
            made=tuple(dict.fromkeys((*before.made, *state.hand.made, *made))),
        )

    def ended(self, outcome: Outcome, *said: str) -> Result:
        """The step over without an answer."""
        record = Record(outcome)
        return Result(self.state.with_record(self.place.id, record), said, done=True)


_UNTRIED = Record(Outcome.READ, tries=0)


def mistakes_in(verdict: Verdict) -> tuple[str, ...]:
    """The ids of the mistakes that explain an answer, most likely first."""
    return tuple(made.id for candidate in verdict.candidates for made in candidate.mistakes)


def named_mistakes(verdict: Verdict) -> tuple[str, ...]:
    """The mistakes that the best explanation names, where there is just one explanation."""
    if verdict.kind is not Kind.MISTAKE:
        return ()
    return tuple(made.id for made in verdict.candidates[0].mistakes)
