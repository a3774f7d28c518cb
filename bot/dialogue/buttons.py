"""The buttons under a message: which there are in each mode, and what each carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.dialogue.effects import Button
from bot.dialogue.intents import Do, button_data
from bot.dialogue.modes import Mode, mode_of, place_of
from bot.dialogue.state import State
from content.book import Book
from content.lesson import Lesson, Place
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep
from engine.scaffold import pieces
from engine.trace import DIRECTIONS

Keyboard = tuple[tuple[Button, ...], ...]

TRAINING = (1, 10, 100, 5000)
"""The steps behind the buttons where the network learns."""

MISSES_BEFORE_PIECES = 3
"""After so many wrong answers a step is offered in pieces."""

SHORT_LABEL = 16
"""Labels up to this length stand two in a row."""


@dataclass(frozen=True)
class Buttons:
    """The buttons of one learner's state, with a book's labels."""

    book: Book
    state: State

    @cached_property
    def place(self) -> Place:
        """The step in hand. Only where the mode has one."""
        place = place_of(self.state, self.book.lesson)
        assert place is not None
        return place

    @cached_property
    def mode(self) -> Mode:
        """The mode the state is in."""
        return mode_of(self.state, self.book.lesson)

    def keyboard(self, *, keep: bool = False) -> Keyboard:
        """The buttons under a message about the step in hand.

        Args:
            keep: whether a doubted number may be kept.
        """
        match self.mode:
            case Mode.NEW:
                return ((self.button("start", Do.NEXT),),)
            case Mode.DONE if self.state.parked:
                return (
                    (
                        self.button("practice", Do.PRACTICE),
                        self.button("practice_full", Do.PRACTICE, "full"),
                    ),
                    (self.button("stop", Do.STOP), self.button("progress", Do.PROGRESS)),
                )
            case Mode.DONE:
                return (
                    (self.button("practice", Do.PRACTICE), self.button("sheet", Do.SHEET)),
                    (self.button("back", Do.BACK), self.button("restart", Do.RESTART)),
                    *self._another_lesson(),
                )
            case Mode.WATCH:
                label = self.book.chat.buttons["train"]
                sizes = [(label.format(steps=f"{size:,}"), str(size)) for size in TRAINING]
                pressed = [
                    Button(text, button_data(self.state, Do.TRAIN, size)) for text, size in sizes
                ]
                return (tuple(pressed), (self.button("next", Do.NEXT),))
            case Mode.CONFIRM:
                which = str(self.state.confirming)
                return ((self.button("yes", Do.YES, which), self.button("no", Do.NO, which)),)
            case Mode.CARD:
                step = self.place.step
                assert isinstance(step, Card)
                label = step.button or self.book.chat.buttons["next"]
                return ((Button(label, button_data(self.state, Do.NEXT)),),)
            case Mode.OFFER:
                step = self.place.step
                assert isinstance(step, OfferStep)
                take = Button(step.take, button_data(self.state, Do.YES))
                return ((take, Button(step.pass_, button_data(self.state, Do.NO))),)
            case Mode.CHOICE:
                return (*self._options(), *self._helpers())
            case _:
                return (*self._extras(keep=keep), *self._helpers())

    def _another_lesson(self) -> Keyboard:
        """After a lesson: the first one not yet begun; where there is none, all of them."""
        lessons = self.book.lessons
        if len(lessons) < 2:
            return ()
        begun = {self.state.lesson, *self.state.shelved}
        fresh = next((lesson for name, lesson in lessons.items() if name not in begun), None)
        if fresh is None:
            return ((self.button("lessons", Do.LESSONS),),)
        return ((self.lesson(fresh),),)

    def lesson(self, lesson: Lesson) -> Button:
        """A button that takes up a lesson."""
        label = self.book.chat.buttons["lesson"].format(title=lesson.title)
        return Button(label, button_data(self.state, Do.LESSONS, lesson.id))

    def _helpers(self) -> Keyboard:
        return _helpers(self.book, self.state.run, self.state.step)

    def _extras(self, *, keep: bool) -> Keyboard:
        step = self.place.step
        assert isinstance(step, NumberStep)
        row = []
        if keep:
            row.append(self.button("keep", Do.KEEP))
        if step.sigmoid_table:
            row.append(self.button("table", Do.TABLE))
        if self.mode is Mode.NUMBER and self.may_break_up():
            row.append(self.button("pieces", Do.PIECES))
        return (tuple(row),) if row else ()

    def may_break_up(self) -> bool:
        """Whether the step has been missed often enough, and has pieces."""
        step = self.place.step
        if not isinstance(step, NumberStep) or self.state.tries < MISSES_BEFORE_PIECES:
            return False
        return len(pieces(self.book.lesson.trace(self.place), step.quantity)) > 0

    def _options(self) -> Keyboard:
        step = self.place.step
        if isinstance(step, DirectionStep):
            ways = [self.button(way.replace(" ", "_"), Do.PICK, way) for way in DIRECTIONS.values()]
            return (tuple(ways[:2]), tuple(ways[2:]))
        assert isinstance(step, ChoiceStep)
        trace = self.book.lesson.trace(self.place)
        buttons = [
            Button(_unescaped(self.book.fill(option.label, trace)), self._pick(option.id))
            for option in step.options
        ]
        if all(len(button.label) <= SHORT_LABEL for button in buttons):
            return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
        return tuple((button,) for button in buttons)

    def _pick(self, option: str) -> str:
        return button_data(self.state, Do.PICK, option)

    def button(self, label: str, do: Do, argument: str = "") -> Button:
        """A button of the chat's own, by the key of its label."""
        return Button(self.book.chat.buttons[label], button_data(self.state, do, argument))


@lru_cache(maxsize=1024)
def _helpers(book: Book, run: int, step: str) -> Keyboard:
    """What stands under every question, by the step it belongs to."""
    buttons = Buttons(book, State(book.lesson.id, step, run))
    return (
        (buttons.button("hint", Do.HINT), buttons.button("show", Do.SHOW)),
        (buttons.button("picture", Do.PICTURE), buttons.button("more", Do.MORE)),
    )


def _unescaped(html: str) -> str:
    """A label as plain text: buttons know no HTML."""
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
