"""What a turn does to the world, as data: the shells perform it, in order, after it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import TypeAlias, TypeVar, cast

from bot.dialogue.class_data import AskClasses, ClassChange
from bot.dialogue.events import InThread
from bot.pictures.requests import Request


class Purpose(StrEnum):
    """What a button is for, which decides how it looks, and for links what it does."""

    TOOL = "tool"
    """It helps with what is asked."""
    ANSWER = "answer"
    """It is one of several answers."""
    ERASE = "erase"
    """What it does cannot be undone."""
    COPY = "copy"
    """It copies a link into this chat."""
    SHARE = "share"
    """It sends a link into this chat to somebody."""


LINKS = frozenset({Purpose.COPY, Purpose.SHARE})
"""They carry what is behind `/start` in place of data, and nothing comes back."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    data: str
    """What a press sends back; 1 to 64 bytes."""
    purpose: Purpose = Purpose.TOOL


class Asks(Enum):
    """What a message means for what its reader has seen."""

    ANEW = auto()
    """It asks a step for the first time: what was written before it was written to another."""
    AGAIN = auto()
    """It asks a step that was asked before."""


@dataclass(frozen=True, slots=True)
class Say(InThread):
    """Send a message."""

    html: str
    """Text with Telegram's HTML tags; at most 4096 characters after parsing.

    `link` makes what leads into this chat from outside.
    """
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons under it."""
    asks: Asks | None = None
    """Whether the present step is asked with it."""


@dataclass(frozen=True, slots=True)
class Show(InThread):
    """Send a picture, or redraw one in place. Where it cannot be drawn or sent, its words go out.

    What a picture shows is data (`bot.pictures.requests`); the shells draw it, remember uploads by
    its key, and fall back to a message of the caption alone.
    """

    picture: Request
    caption: str
    """Telegram HTML, at most 1024 characters after parsing; says all that the picture shows."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    replaces: int | None = None
    """The platform's id of a picture message of the bot's, to redraw that one instead."""
    asks: Asks | None = None


@dataclass(frozen=True, slots=True)
class React:
    """Put a reaction on one of the learner's messages. May fail without harm."""

    message: int
    emoji: str


@dataclass(frozen=True, slots=True)
class Unbutton:
    """Take the buttons off one of the bot's messages: the chat has moved on. May fail."""

    message: int
    """The platform's id of it."""


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """Answer a button press, so that the platform stops showing it as under way."""

    callback: str
    text: str = ""
    """A short notice, at most 200 characters, or nothing."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase everything stored about this learner: state, attempts, messages in and out."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Let this chat know with `Reminded` when a time has come; a later one takes its place."""

    at: datetime | None
    """When, with a time zone; None for never."""


@dataclass(frozen=True, slots=True)
class Export(InThread):
    """Send this learner everything stored about them, as a file."""

    caption: str
    """Telegram HTML; said with the file."""


@dataclass(frozen=True, slots=True)
class Report(InThread):
    """Show how the course goes: the numbers are looked up when it is sent."""

    lesson: str
    """Whose steps are told apart."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    language: str = ""
    """In whose words; the bot's own where it is empty."""


@dataclass(frozen=True, slots=True)
class ClassView(InThread):
    """Show a class to its teacher: what is in it is looked up when it is sent."""

    id: int
    """The class's; whoever does not teach it is shown nothing of it."""
    what: str
    """`picture`, `list`, `csv`, `json`, `remove`, or `remove` and a pupil's number."""
    language: str
    """Whose words it is told in."""


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class as a file."""

    name: str
    content: bytes
    caption: str
    """HTML."""


Effect: TypeAlias = (
    Say | Show | React | AnswerPress | Forget | Remind | Export | Report | ClassView | ClassChange
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer given by a learner, for the record."""

    lesson: str
    step: str
    quantity: str
    """The quantity asked, or empty at a choice."""
    typed: str
    verdict: str
    mistakes: tuple[str, ...] = ()
    """Ids of the mistakes that explain it, most likely first."""
    hints: int = 0
    """How many hints had been seen at this step."""
    tries: int = 1
    """Which try at this step this was, from 1."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to: the new state as JSON (None: nothing to keep), effects, attempts."""

    state: str | None
    effects: tuple[Effect, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    finished: bool | None = None
    """Whether the learner has finished a lesson; None changes nothing."""
    needs: AskClasses | None = None
    """What has to be known first: nothing has happened yet, and the turn is taken again with it."""


def link(start: str) -> str:
    """HTML of a link into this chat; the platform knows what comes before the `?`.

    >>> link("net_AQ")
    '<a href="?start=net_AQ">/start net_AQ</a>'
    """
    return f'<a href="?start={start}">/start {start}</a>'


E = TypeVar("E", bound=Effect)


def in_thread(effects: Iterable[E], thread: int | None) -> tuple[E, ...]:
    """Effects with the messages among them in a part of the chat."""
    if thread is None:
        return tuple(effects)
    return tuple(
        cast("E", replace(one, thread=thread)) if isinstance(one, InThread) else one
        for one in effects
    )
