"""What a handler of the machine returns: the next state, one message, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Asks, Attempt, Export, Remind, Report, Show
from bot.dialogue.intents import Intent
from bot.dialogue.modes import Mode, mode_of, place_of
from bot.dialogue.pictures import learning, question_with_diagram
from bot.dialogue.speech import Speaker, paragraphs
from bot.dialogue.state import State
from content.book import Book
from content.lesson import Place


@dataclass(frozen=True, slots=True)
class Moment:
    """What a handler decides from: the state, the intent, the words, and the time."""

    state: State
    intent: Intent
    book: Book
    now: float
    """Seconds since 1970."""
    main: Book
    """The book with the written lesson; `book` has the lesson in hand."""
    learner: int = 0
    """Who it is, for what is drawn by chance: the platform's id of the chat."""

    @property
    def time(self) -> datetime:
        """Now, in UTC."""
        return datetime.fromtimestamp(self.now, UTC)

    @property
    def mode(self) -> Mode:
        """The mode the learner is in."""
        return mode_of(self.state, self.book.lesson)

    @property
    def at_step(self) -> bool:
        """Whether there is a step in hand, be it under a question for yes or no."""
        return place_of(self.state, self.book.lesson) is not None

    @property
    def place(self) -> Place:
        """The step in hand. Only where the mode has one."""
        place = place_of(self.state, self.book.lesson)
        assert place is not None
        return place

    def speaker(self, state: State | None = None) -> Speaker:
        """The book read out in the present state, or in another."""
        return Speaker(self.book, state or self.state)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one intent leads to."""

    state: State
    html: str = ""
    """The message; empty for none."""
    keyboard: Keyboard = ()
    placeholder: str | None = None
    pictures: tuple[Show, ...] = ()
    """Pictures: those that carry buttons go out after the message, others before it."""
    notice: str = ""
    """Shown at the button that was pressed."""
    reaction: str = ""
    """Put on the learner's message."""
    attempts: tuple[Attempt, ...] = ()
    remind: Remind | None = None
    looked_up: Export | Report | None = None
    """What the shells look up when they send it; it goes out first."""
    forget: bool = False
    asks: Asks | None = None
    """Said where the present step is asked once more of who had not seen it."""


def asking(moment: Moment, state: State, *before: str, opening: bool = True) -> Reply:
    """A reply that ends with the question of a state's step, after other texts.

    Args:
        moment: the present.
        state: the next one, at a step.
        before: texts that come first, as HTML; empty ones are left out.
        opening: whether a section's opening line is said.
    """
    speaker = moment.speaker(state)
    if speaker.mode is Mode.WATCH:
        return Reply(state, paragraphs(*before), pictures=(watched(speaker),))
    if opening and speaker.wants_picture:
        return Reply(state, paragraphs(*before), pictures=(question_with_diagram(speaker),))
    return Reply(
        state,
        paragraphs(*before, speaker.ask(opening=opening)),
        keyboard=speaker.keyboard(),
        placeholder=speaker.placeholder(),
    )


def watched(speaker: Speaker, replaces: int | None = None) -> Show:
    """The network learning, with its heading and its buttons."""
    picture = learning(speaker)
    caption = picture.caption
    if not speaker.state.trained and speaker.place.section.step[0] is speaker.place.step:
        caption = f"{speaker.book.part(speaker.place)}\n{caption}"
    return replace(picture, caption=caption, buttons=speaker.keyboard(), replaces=replaces)


def staying(moment: Moment, *texts: str, state: State | None = None, keep: bool = False) -> Reply:
    """A reply that leaves the learner at the same step, with its buttons under it."""
    here = state or moment.state
    speaker = moment.speaker(here)
    return Reply(
        here,
        paragraphs(*texts),
        keyboard=speaker.keyboard(keep=keep),
        placeholder=speaker.placeholder(),
    )
