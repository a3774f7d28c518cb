"""A card: something to read, with one button to go on."""

from __future__ import annotations

from bot.dialogue.actions import Do, Intent, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Button
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import Result, Step
from content import models


class Card(Step[models.Card]):
    """Something to read."""

    own_mode = Mode.CARD

    def question(self) -> str:
        """The text of the card."""
        return self.book.card(self.place)

    def own_keyboard(self) -> Keyboard:
        """On to the next step."""
        label = self.model.button or self.book.buttons.next()
        return ((Button(label, button_data(self.state, Do.NEXT)),),)

    def read_on(self, _: Intent) -> Result:
        """On to the next step."""
        return self.ended(Outcome.READ)
