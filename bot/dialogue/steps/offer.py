"""An offer: an optional branch to take or to pass."""

from __future__ import annotations

from bot.dialogue.actions import Do, Intent, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Button, Purpose
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import Result, Step
from content.models import OfferStep


class Offer(Step[OfferStep]):
    """A fork in the lesson."""

    own_mode = Mode.OFFER

    def question(self) -> str:
        """What is offered, and how many steps it has."""
        slots = {"steps": str(self.book.lesson.total(self.model.opens))}
        return self.book.fill(self.model.ask, self.trace, slots)

    def own_keyboard(self) -> Keyboard:
        """Take it, or pass."""
        take = Button(self.model.take, button_data(self.state, Do.YES), Purpose.ANSWER)
        return ((take, Button(self.model.pass_, button_data(self.state, Do.NO), Purpose.ANSWER)),)

    def recap(self) -> str:
        """The offer, and whether it was taken."""
        record = self.state.records.get(self.place.id)
        taken = record is not None and record.outcome is Outcome.TAKEN
        return f"{self.question()}\n<b>{self.model.take if taken else self.model.pass_}</b>"

    def take(self, _: Intent) -> Result:
        """Into the optional branch."""
        return self.ended(Outcome.TAKEN)

    def pass_by(self, _: Intent) -> Result:
        """Past the optional branch."""
        return self.ended(Outcome.PASSED, self.book.say.passed())
