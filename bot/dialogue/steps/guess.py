"""A guess: options on buttons before something is seen, none of them wrong."""

from __future__ import annotations

from bot.dialogue.actions import Intent
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.choice import WrittenOptions
from bot.dialogue.steps.step import Result
from content.models import GuessStep


class Guess(WrittenOptions[GuessStep]):
    """What a learner expects; the next step shows it."""

    own_mode = Mode.GUESS

    def pick(self, intent: Intent) -> Result:
        """The guess, taken as it is."""
        if intent.text not in self.options():
            return self.how(intent)
        record = self.record(Outcome.READ, intent.text, tried=False)
        done = self.state.with_record(self.place.id, record)
        return Result(done, done=True)

    def how(self, _: Intent) -> Result:
        """What can be done here."""
        return Result(self.state, [self.book.say.guess_how()])

    def pass_by(self, _: Intent) -> Result:
        """On without a guess."""
        return self.ended(Outcome.READ)

    def recap(self) -> str:
        """The question, and what was guessed."""
        record = self.state.records.get(self.place.id)
        guessed = self.label(record.typed) if record and record.typed else ""
        return f"{self.question()}\n<b>{guessed}</b>" if guessed else self.question()
