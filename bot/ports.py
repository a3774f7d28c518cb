"""What the shells need from one another: each port is a Protocol, its data and its failures.

The runtime knows only these. Adapters (`bot.storage`, `bot.telegram`) and the fakes in
`tests/fakes/` implement them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.dialogue.effects import AnswerPress, Attempt, React, Say, Show, Turn
from bot.dialogue.events import Event

Message: TypeAlias = Say | Show
"""The effects that become a message of the bot's."""

Sendable: TypeAlias = Message | React | AnswerPress
"""The effects a platform performs; `Forget` is the store's."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the bot says about itself on the platform."""

    commands: tuple[tuple[str, str], ...]
    """(name, description) pairs of the command menu, in order."""
    description: str
    """Shown in an empty chat; at most 512 characters."""
    short_description: str
    """Shown on the bot's page; at most 120 characters."""
    sorry: str
    """What a learner reads when the dialogue itself fails, as HTML."""
    too_fast: str
    """What who floods the bot reads once, as HTML."""


@dataclass(frozen=True, slots=True)
class Received:
    """An event, with what identifies it; its raw update is stored already."""

    update: int
    chat: int
    event: Event


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as the platform sent it, to be stored before it is acknowledged."""

    update: int
    chat: int
    raw: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A chat's state as stored."""

    state: str | None = None
    version: int = 0
    """Grows by one with every turn; 0 when nothing is stored."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply that must go out: a row of the outbox, named by the turn and its place in it."""

    update: int
    position: int
    chat: int
    effect: Sendable
    unknown: bool = False
    """Whether it was sent before and nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished turn, to be stored in one piece."""

    update: int
    chat: int
    version: int
    """The version of the state the turn started from."""
    state: str | None
    """The new state; None keeps no row."""
    at: datetime
    attempts: tuple[Attempt, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    forget: bool = False
    """Erase everything about the chat first."""
    blocked: bool = False
    """Whether the learner has just blocked the bot."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is to be done for workers that are gone."""

    updates: tuple[RawUpdate, ...] = ()
    """In the order of their ids."""
    replies: tuple[Outgoing, ...] = ()
    """By chat, in the order they were made."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is stored."""

    learners: int
    attempts: int
    unhandled: int
    outgoing: int


class StaleError(Exception):
    """Somebody else stored a newer state of this chat: load it and take the turn again."""


class TakenError(Exception):
    """The update was handled already, or is another worker's: leave it."""


class StoreAwayError(Exception):
    """The store cannot be reached or written to just now; nothing of this call was stored.

    Of a call that stores, nobody may know: a turn stored twice is recognised (`TakenError`).
    """


class StorageError(Exception):
    """The store cannot be opened; its text is one line for whoever runs the bot."""


class DeliveryError(Exception):
    """An effect was not performed, or nobody knows."""


class ThrottledError(DeliveryError):
    """Not performed: the platform asks to wait.

    Args:
        seconds: how long.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class NotSentError(DeliveryError):
    """Not performed: the platform could not be reached. Trying again is safe."""


class PlatformTroubleError(DeliveryError):
    """Not performed: the platform says it failed on its side. Worth trying again a few times."""


class UnsureError(DeliveryError):
    """Perhaps performed: the answer was lost."""


class UnreachableError(DeliveryError):
    """Not performed: the learner blocked the bot, or is gone."""


class RejectedError(DeliveryError):
    """Not performed: the platform does not accept it, and never will."""


class MovedError(DeliveryError):
    """Not performed: the chat has a new id.

    Args:
        chat: the new id.
    """

    def __init__(self, chat: int) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Dialogue(Protocol):
    """The conversation, as a pure function."""

    def step(self, state: str | None, event: Event, now: datetime) -> Turn:
        """What `event` leads to in a chat that is in `state` (None: a new chat)."""
        ...


class Tutor(Dialogue, Protocol):
    """A conversation that also knows how to introduce itself."""

    @property
    def profile(self) -> Profile:
        """What the bot says about itself on the platform."""
        ...


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present moment, with a time zone."""
        ...


class Messenger(Protocol):
    """Performs effects on the platform."""

    async def perform(self, chat: int, effect: Sendable, *, plain: bool = False) -> int | None:
        """Performs one effect.

        Args:
            chat: where.
            effect: what.
            plain: send the text without formatting and buttons, as a last resort.

        Returns:
            The platform's id of the message sent, if one was.

        Raises:
            DeliveryError: one of its kinds above, and nothing else.
        """
        ...


class Uploads(Protocol):
    """Remembers what the platform calls pictures that were uploaded, by the painter's key."""

    async def uploaded(self, key: str) -> str | None:
        """The platform's name for a picture, None when it has to be uploaded."""
        ...

    async def keep_upload(self, key: str, name: str | None, at: datetime) -> None:
        """Remembers a picture's name, or with None that the platform does not know it any more."""
        ...


class Meter(Protocol):
    """Counts what happens, for whoever runs the bot. It is told no names, chats or answers."""

    def received(self, how: str) -> None:
        """An update came in: `new`, `repeated`, `ignored` or `refused`."""
        ...

    def turn(self, attempts: Sequence[Attempt], seconds: float) -> None:
        """A turn was stored, so many seconds after its update was taken up."""
        ...

    def reply(self, seconds: float) -> None:
        """A turn's replies were dealt with, so many seconds after its update was taken up."""
        ...

    def call(self, method: str, outcome: str, seconds: float) -> None:
        """The platform was called."""
        ...

    def drawing(self, outcome: str, seconds: float) -> None:
        """A picture was drawn or was not."""
        ...


class NoMeter:
    """Counts nothing; implements `Meter`."""

    def received(self, how: str) -> None:
        """See `Meter`."""

    def turn(self, attempts: Sequence[Attempt], seconds: float) -> None:
        """See `Meter`."""

    def reply(self, seconds: float) -> None:
        """See `Meter`."""

    def call(self, method: str, outcome: str, seconds: float) -> None:
        """See `Meter`."""

    def drawing(self, outcome: str, seconds: float) -> None:
        """See `Meter`."""


class Store(Protocol):
    """Keeps updates, states, attempts and replies; every call is durable when it returns.

    Raises:
        StoreAwayError: from any call.
    """

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same store: then `take_over` is for always."""
        ...

    async def receive(self, updates: Sequence[RawUpdate], at: datetime) -> set[int]:
        """Stores updates.

        Returns:
            The ids of those never seen before, but for those whose chat another worker has in hand.
        """
        ...

    async def take_over(self) -> Left:
        """What no living worker has in hand; from now on this one has."""
        ...

    async def take_waiting(self, chat: int) -> list[RawUpdate]:
        """What other workers received for a chat that this one had in hand and is done with."""
        ...

    async def handled(self, updates: Collection[int]) -> None:
        """Marks updates that need no answer."""
        ...

    async def load(self, chat: int) -> Saved:
        """A chat's state."""
        ...

    async def commit(self, done: Done) -> None:
        """Stores a turn: state, attempts, replies, and its update as handled, or nothing of it.

        Raises:
            StaleError: when the stored version is not `done.version`.
            TakenError: when the update is handled, or another worker's.
        """
        ...

    async def replies_to(self, update: int) -> list[Outgoing]:
        """The replies to an update that are this worker's to send."""
        ...

    async def sent(self, replies: Collection[Outgoing]) -> None:
        """These need no more care: they arrived, or never will."""
        ...

    async def unsure(self, reply: Outgoing) -> None:
        """This one was sent, and nobody knows whether it arrived."""
        ...

    async def block(self, chat: int) -> None:
        """The learner cannot be reached: drop the chat's replies and remember it."""
        ...

    async def forget(self, chat: int) -> None:
        """Erases everything about a chat."""
        ...

    async def scrub(self) -> None:
        """Removes what was deleted from the files as well, not only from the tables."""
        ...
