"""What one learner sees in one state: the buttons of it, and the text in the empty input field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.actions import ANOTHER, Do, button_data
from bot.dialogue.effects import Button, Purpose
from bot.dialogue.generated_lessons import OwnNetwork
from bot.dialogue.modes import Mode
from bot.dialogue.parts import Confirming
from bot.dialogue.state import State
from content.book import Book
from content.lesson import Lesson
from content.messages import Label
from content.models import WatchStep
from engine.keeping import kept

Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class View:
    """A book read out to one learner in one state; `steps.Step` where a step is in hand."""

    book: Book
    state: State

    @property
    def mode(self) -> Mode:
        """The mode of the state."""
        if self.state.pending.confirming is not None:
            return Mode.CONFIRM
        return Mode.DONE if self.state.records else Mode.NEW

    def keyboard(self) -> Keyboard:
        """The buttons under a message."""
        match self.mode:
            case Mode.CONFIRM:
                which = str(self.state.pending.confirming)
                erases = which != Confirming.CONVENTION
                purpose = Purpose.ERASE if erases else Purpose.ANSWER
                yes = self.button(Label.yes, Do.YES, which, purpose)
                return ((yes, self.button(Label.no, Do.NO, which)),)
            case Mode.NEW:
                return ((self.button(Label.start, Do.NEXT),),)
            case _ if self.state.detour:
                return (
                    *self._another_step(),
                    (self.button(Label.practice, Do.PRACTICE),),
                    (self.button(Label.stop, Do.STOP), self.button(Label.progress, Do.PROGRESS)),
                )
            case _:
                return (
                    (self.button(Label.practice, Do.PRACTICE), self.button(Label.sheet, Do.SHEET)),
                    (self.button(Label.back, Do.BACK), self.button(Label.restart, Do.RESTART)),
                    *self._training(),
                    *self._another_lesson(),
                )

    def _another_step(self) -> Keyboard:
        """After a step of a learner's own network: the next one, with the weights that came out."""
        if not isinstance(self.state.lesson, OwnNetwork):
            return ()
        return ((self.button(Label.another_step, Do.NETWORK, ANOTHER),),)

    def _training(self) -> Keyboard:
        """After a lesson in which a network learns: that once more."""
        if not any(isinstance(place.step, WatchStep) for place in self.book.lesson.places):
            return ()
        return ((self.button(Label.watch_again, Do.TRAIN, "0"),),)

    def _another_lesson(self) -> Keyboard:
        """After a lesson: the first one not yet begun; where there is none, all of them."""
        lessons = self.book.lessons
        if len(lessons) < 2:
            return ()
        begun = {self.state.current, *self.state.lessons}
        fresh = next((lesson for name, lesson in lessons.items() if name not in begun), None)
        if fresh is None:
            return ((self.button(Label.lessons, Do.LESSONS),),)
        return ((self.lesson(fresh),),)

    @property
    def table_of(self) -> str:
        """The function whose table is shown when it is asked for."""
        return "sigmoid"

    def lesson(self, lesson: Lesson) -> Button:
        """A button that takes up a lesson."""
        label = self.book.buttons.lesson(title=lesson.title)
        return Button(label, button_data(self.state, Do.LESSONS, lesson.id))

    def button(
        self,
        label: Callable[[Label], str],
        do: Do,
        argument: str = "",
        purpose: Purpose = Purpose.TOOL,
    ) -> Button:
        """A button of the chat's own."""
        return Button(label(self.book.buttons), button_data(self.state, do, argument), purpose)

    def linking(self, start: str) -> tuple[Button, ...]:
        """A row that hands on a link into this chat."""
        labels = self.book.buttons
        copy = Button(labels.copy_link(), start, Purpose.COPY)
        return copy, Button(labels.share(), start, Purpose.SHARE)

    def helpers(self) -> Keyboard:
        """The buttons under every question."""
        return _helpers(self.book, self.state.progress.run, self.state.hand.step)


@kept
def _helpers(book: Book, run: int, step: str) -> Keyboard:
    view = View(book, State.of(book.lesson.id, step, run=run))
    tools = ((Label.hint, Do.HINT), (Label.show, Do.SHOW), (Label.more, Do.MORE))
    return (tuple(view.button(label, do) for label, do in tools),)
