"""Watching: the network trains under the learner's eyes, as often as they press."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do, Intent, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Button, Show
from bot.dialogue.modes import Mode
from bot.dialogue.state import Outcome
from bot.dialogue.steps.step import Result, Step
from bot.dialogue.training_runs import LONGEST_RUN, TRAINING, learning
from content.messages import Label
from content.models import WatchStep


class Watch(Step[WatchStep]):
    """A network that learns."""

    own_mode = Mode.WATCH

    def question(self) -> str:
        """What there is to watch."""
        return self.book.fill(self.model.text, self.trace)

    def asking(self, *, opening: bool = True) -> Show:  # noqa: ARG002 - it always opens
        """The network as far as it is trained, in a picture."""
        picture = learning(self.book, self.place, self.state.hand.trained)
        caption = picture.caption
        if not self.state.hand.trained and self.place.section.step[0] is self.model:
            caption = f"{self.book.part(self.place)}\n{caption}"
        return replace(picture, caption=caption, buttons=self.keyboard())

    def own_keyboard(self) -> Keyboard:
        """Some steps of training, or on."""
        return (*self.training(), (self.button(Label.next, Do.NEXT),))

    def training(self) -> Keyboard:
        """Some steps of training."""
        return (
            tuple(
                Button(
                    self.book.buttons.train(steps=f"{size:,}"),
                    button_data(self.state, Do.TRAIN, str(size)),
                )
                for size in TRAINING
            ),
        )

    def train(self, intent: Intent) -> Result:
        """Some more steps; the same message is redrawn in place."""
        typed = intent.text.strip().lstrip("+").replace(",", "")
        if typed not in map(str, (0, *TRAINING)):
            return self.how(intent)
        trained = min(LONGEST_RUN, self.state.hand.trained + int(typed))
        after = replace(self, state=self.state.but(trained=trained, looking=None))
        redrawn = replace(after.asking(), replaces=intent.under)
        if self.is_plain(trained):
            ended = after.ended(Outcome.READ)
            return replace(ended, shown=replace(redrawn, buttons=()))
        return Result(after.state, shown=redrawn)

    def is_plain(self, trained: int) -> bool:
        """Whether all there is to see has been seen: a network that is stuck stays so."""
        return not self.model.train_biases and trained >= TRAINING[-1]

    def how(self, _: Intent) -> Result:
        """What can be done here."""
        return Result(self.state, [self.book.say.watch_how()])

    def read_on(self, intent: Intent) -> Result:
        """On to the next step, which is about a trained network: it is trained first."""
        if self.state.hand.trained >= TRAINING[-1]:
            return self.ended(Outcome.READ)
        trained = self.train(replace(intent, text=str(TRAINING[-1])))
        assert trained.shown is not None
        ended = replace(self, state=trained.state).ended(Outcome.READ)
        return replace(ended, shown=replace(trained.shown, buttons=()))
