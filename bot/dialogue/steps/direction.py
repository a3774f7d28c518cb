"""A direction: which way a weight should move, a choice between three buttons."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.actions import Do, Intent
from bot.dialogue.buttons import Keyboard
from bot.dialogue.choosing import Options
from bot.dialogue.effects import Attempt, Purpose
from bot.dialogue.steps.choice import RightOption
from bot.dialogue.steps.step import mistakes_in
from content.book import Book
from content.messages import Label
from content.models import DirectionStep
from engine.diagnosis import diagnose_direction
from engine.keeping import kept
from engine.learner_values import with_own
from engine.trace import DIRECTIONS, Trace

LABELS = dict(
    zip(DIRECTIONS.values(), (Label.increase, Label.decrease, Label.no_change), strict=True)
)
"""The buttons, by direction."""


class Direction(RightOption[DirectionStep]):
    """Which way a weight should move."""

    @property
    def trace(self) -> Trace:
        """The trace with the numbers the learner kept: the direction follows from them."""
        return self.context.seen

    @property
    def _owner(self) -> str:
        """The weight or bias that is to move."""
        return self.trace[self.model.quantity].owner

    @property
    def _gives_gradient(self) -> bool:
        """Whether the question names the gradient."""
        return f"{self._owner}.gradient" in self.model.ask

    def question(self) -> str:
        """What is asked."""
        return self.book.fill(self.model.ask, self.trace)

    def options(self) -> Sequence[str]:
        """The directions."""
        return tuple(DIRECTIONS.values())

    def label(self, option: str) -> str:
        """A direction in words."""
        return self.book.chat.directions[option]

    def right_options(self) -> Sequence[str]:
        """The direction that follows from the learner's numbers."""
        return (self.trace[self.model.quantity].text,)

    def reason(self, option: str) -> str:
        """What is said of a direction."""
        right = self.right_options()[0]
        if option == right:
            return self.book.fill(self.model.right, self.trace)
        if right == DIRECTIONS[0.0]:
            return self.book.say.direction_overlooks_zero(owner=self._owner)
        if option == DIRECTIONS[0.0]:
            return self.book.say.direction_not_zero(owner=self._owner)
        if self._gives_gradient:
            return self.book.say.direction_overlooks_gradient(owner=self._owner)
        return self.book.say.direction_overlooks_sign(owner=self._owner)

    def confirmed(self, option: str) -> str:
        """The right direction confirmed, as HTML."""
        return self.book.say.right_direction(owner=self._owner, label=self.label(option))

    def picked(self, option: str, intent: Intent) -> Attempt:
        """The record of a direction; one the wrong way round is a mistake with a name."""
        verdict = diagnose_direction(self.trace, self.model.quantity, option)
        return self.attempt(intent, verdict.kind, mistakes_in(verdict))

    def carried(self) -> str:
        """What is added to a direction that is right only from numbers the learner kept."""
        trace, kept = self.context.trace, self.context.kept
        right = trace[self.model.quantity]
        if self.right_options()[0] == right.text:
            return ""
        moved = [
            name
            for name, value in kept.items()
            if with_own(trace, {name: value})[right.id].text != right.text
        ]
        earlier = self.book.listed([trace.symbol(name) for name in moved or kept])
        return " " + self.book.say.carried_direction(earlier=earlier, label=self.label(right.text))

    def own_keyboard(self) -> Keyboard:
        """The directions, and the helpers."""
        ways = [self.button(label, Do.PICK, way, Purpose.ANSWER) for way, label in LABELS.items()]
        return (tuple(ways[:2]), tuple(ways[2:]), *self.helpers())

    def hints(self) -> list[str]:
        """Where to look, the rule, and the rule with the gradient."""
        book, trace, name = self.book, self.trace, self.model.quantity
        gradient = trace[f"{self._owner}.gradient"].text
        slots = {**book.hint_slots(trace, name), "gradient": gradient}
        own, words = self.model, book.kind_hints(trace, name)
        last = book.fill(own.gap or book.hints.direction, trace, slots)
        if self._gives_gradient and own.look is None and own.rule is None:
            return [book.say.direction_overlooks_gradient(owner=self._owner), last]
        templates = (own.look or words.look, own.rule or words.rule)
        return [*(book.fill(text, trace, slots) for text in templates), last]

    @property
    def spoken(self) -> Options:
        """What may be said for the directions."""
        return spoken_directions(self.book)


@kept
def spoken_directions(book: Book) -> Options:
    """What may be said for up, down and no change."""
    return Options.of(book)
