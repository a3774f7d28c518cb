"""A question answered in the learner's own words: nothing in it is judged."""

from __future__ import annotations

from html import escape

from bot.dialogue.actions import Do, Intent
from bot.dialogue.buttons import Keyboard
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import Result, Step
from content.messages import Label
from content.models import WordsStep

LONGEST = 500
"""So many letters are kept."""


class OwnWords(Step[WordsStep]):
    """A text of the learner's own, kept on their sheet."""

    own_mode = Mode.WORDS

    def question(self) -> str:
        """What is asked."""
        return self.book.fill(self.model.ask, self.trace)

    def own_keyboard(self) -> Keyboard:
        """On without it."""
        return ((self.button(Label.skip, Do.NEXT),),)

    def kept(self, intent: Intent) -> Result:
        """The text, kept as it is."""
        words = " ".join(intent.text.split())[:LONGEST]
        record = self.record(Outcome.READ, words, tried=False)
        done = self.state.with_record(self.place.id, record)
        thanks = self.book.fill(self.model.thanks, self.trace)
        return Result(done, [thanks], done=True)

    def pass_by(self, _: Intent) -> Result:
        """On without it."""
        return self.ended(Outcome.READ)

    @property
    def written(self) -> str:
        """What was written; empty for nothing."""
        record = self.state.records.get(self.place.id)
        return record.typed if record else ""

    def recap(self) -> str:
        """The question, and what was written."""
        return f"{self.question()}\n<i>{escape(self.written, quote=False)}</i>".rstrip()

    def repeats(self, text: str, /) -> bool:
        """Whether a text is the same words."""
        return " ".join(text.split())[:LONGEST] == self.written
