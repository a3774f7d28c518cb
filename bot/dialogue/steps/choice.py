"""A choice: options on buttons, one of them right. What `direction` asks is one too.

A guess has options as well, and none of them is wrong.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from html import unescape
from typing import TypeVar

from bot.dialogue.actions import Do, Intent, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.choosing import Options, alike
from bot.dialogue.effects import Attempt, Button, Purpose
from bot.dialogue.modes import Mode
from bot.dialogue.picking import picked
from bot.dialogue.places import Phrases
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import M_co, Result, Step
from content.book import Book
from content.models import ChoiceStep, GuessStep
from content.word_lists import WordList
from engine.diagnosis import Kind
from engine.keeping import kept

SHORT_LABEL = 16
"""Labels up to this length stand two in a row."""


class OptionsStep(Step[M_co]):
    """A step that is answered by picking one of its options."""

    @abstractmethod
    def options(self) -> Sequence[str]:
        """The ids of the options."""

    @abstractmethod
    def label(self, option: str) -> str:
        """The label of an option, as HTML."""

    @property
    @abstractmethod
    def spoken(self) -> Options:
        """What may be said for the options."""

    def repeats(self, text: str, /) -> bool:
        """Whether a text picks the option that was picked."""
        return picked(self.spoken, text) == self.state.records[self.place.id].typed


class RightOption(OptionsStep[M_co]):
    """A step with one right option."""

    own_mode = Mode.CHOICE

    @abstractmethod
    def right_options(self) -> Sequence[str]:
        """The ids of the right options: one, but where a choice may have several."""

    @abstractmethod
    def reason(self, option: str) -> str:
        """What is said of an option: why it is right, or not."""

    def confirmed(self, option: str) -> str:
        """The right option confirmed, as HTML."""
        return self.book.say.right_choice(label=self.label(option))

    def carried(self) -> str:
        """What is added to an option that is right only from numbers the learner kept."""
        return ""

    def picked(self, option: str, intent: Intent) -> Attempt:
        """The record of an option picked."""
        right = option in self.right_options()
        return self.attempt(intent, Kind.CORRECT if right else Kind.UNEXPLAINED)

    def pick(self, intent: Intent) -> Result:
        """An option of the choice."""
        state, option = self.state, intent.text
        if option not in self.options():
            return Result(state, [self.book.say.use_buttons()])
        attempts = (self.picked(option, intent),)
        if option in self.right_options():
            done = state.with_record(self.place.id, self.record(Outcome.SOLVED, option))
            said = f"{self.confirmed(option)} {self.reason(option)}{self.carried()}"
            said = "\n".join((said, *self._also_right(option)))
            return Result(done, [said], attempts, done=True)
        again = option == state.hand.wrong
        tried = dict.fromkeys((*state.hand.picked, option))
        after = self.after_message(intent).but(
            tries=state.hand.tries + (not again), wrong=option, picked=tuple(tried)
        )
        return Result(after, [self.book.say.wrong_choice(reply=self.reason(option))], attempts)

    def show(self, _: Intent) -> Result:
        """The right option, marked as shown."""
        done = self.state.with_record(self.place.id, self.record(Outcome.SHOWN))
        return Result(done, [self.solution()], done=True)

    def solution(self) -> str:
        """The right option, and why it is."""
        right = self.right_options()[0]
        said = self.book.say.shown_choice(label=self.label(right)) + " " + self.reason(right)
        return "\n".join((said, *self._also_right(right)))

    def _also_right(self, option: str) -> list[str]:
        """What is said of the other right options, as HTML."""
        others = [one for one in self.right_options() if one != option]
        return [
            self.book.say.also_right(label=self.label(one), reply=self.reason(one))
            for one in others
        ]

    def recap(self) -> str:
        """The choice as it went."""
        record = self.state.records.get(self.place.id)
        shown = record is not None and record.outcome is Outcome.SHOWN
        how = (self.book.say.recap_shown if shown else self.book.say.recap_solved)()
        return f"{self.where()}\n<i>{how}</i>\n{self.solution()}"


G_co = TypeVar("G_co", bound=ChoiceStep | GuessStep, covariant=True)


class WrittenOptions(OptionsStep[G_co]):
    """A step whose options an author wrote."""

    def question(self) -> str:
        """What is asked."""
        return self.book.fill(self.model.ask, self.trace)

    def options(self) -> Sequence[str]:
        """The ids of the options."""
        return [option.id for option in self.model.options]

    def label(self, option: str) -> str:
        """The label of an option, as HTML."""
        labels = {one.id: one.label for one in self.model.options}
        return self.book.fill(labels[option], self.trace)

    def own_keyboard(self) -> Keyboard:
        """The options."""
        buttons = [
            Button(
                unescape(self.label(option)),
                button_data(self.state, Do.PICK, option),
                Purpose.ANSWER,
            )
            for option in self.options()
        ]
        in_a_row = 2 if all(len(button.label) <= SHORT_LABEL for button in buttons) else 1
        rows = [tuple(buttons[i : i + in_a_row]) for i in range(0, len(buttons), in_a_row)]
        return tuple(rows)

    @property
    def spoken(self) -> Options:
        """What may be said for the options."""
        return _spoken(self.book, self.place.id)


class Choice(WrittenOptions[ChoiceStep], RightOption[ChoiceStep]):
    """A question about what was computed."""

    def right_options(self) -> Sequence[str]:
        """The ids of the right options: the engine decides."""
        return [one.id for one in self.book.lesson.right_options(self.place, self.book.words)]

    def reason(self, option: str) -> str:
        """What is said of an option."""
        replies = {one.id: one.reply for one in self.model.options}
        return self.book.fill(replies[option], self.trace)

    def own_keyboard(self) -> Keyboard:
        """The options, and the helpers."""
        return (*super().own_keyboard(), *self.helpers())

    def hints(self) -> list[str]:
        """Where to look, what to compare, and a wrong option struck out that was not yet tried."""
        book, trace, hand = self.book, self.trace, self.state.hand
        known = (*self.right_options(), hand.wrong, *hand.picked)
        fresh = [self.label(option) for option in self.options() if option not in known]
        strike = [book.fill(book.hints.strike, trace, {"label": label}) for label in fresh[:1]]
        last = [book.fill(self.model.gap, trace)] if self.model.gap else strike
        return [book.fill(self.model.look, trace), book.fill(self.model.rule, trace), *last]


@kept
def _spoken(book: Book, step: str) -> Options:
    """What may be said for the options an author wrote: labels, their beginnings, other words."""
    place = book.lesson[step]
    assert isinstance(place.step, ChoiceStep | GuessStep)
    trace = book.lesson.trace(place)
    phrases: Phrases = {
        option.id: WordList(
            alike(book.spelling(unescape(book.fill(one, trace)).casefold()))
            for one in (option.label, *option.also)
        )
        for option in place.step.options
    }
    return Options.of(book, phrases)
