"""Keeping updates, states, attempts and replies, and what a store says when it cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.dialogue.class_data import AskClasses, ClassChange, ClassResults, Classroom
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Asks, Attempt, Remind, Say, Show
from bot.ports.messenger import Sendable


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as the platform sent it, to be stored before it is acknowledged."""

    update: int
    """The platform's number; below 0 when the store itself brings it up (`take_due`)."""
    chat: int
    raw: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A chat's state as stored."""

    state: str | None = None
    version: int = 0
    """Grows by one with every turn; 0 when nothing is stored."""
    asked: int | None = None
    """The platform's id of the message that asked the present step; None where it is not known.

    Where it is that of an earlier step's, what came before it came before the present step too.
    """

    keyboard: int | None = None
    """The platform's id of the newest message with buttons; None where it is not known."""

    def after(self, done: Done) -> Saved:
        """What is stored once a turn that started from here is."""
        if done.forget or done.state is None:
            return Saved()
        return replace(self, state=done.state, version=self.version + 1)

    def arrived(self, replies: Iterable[Outgoing]) -> Saved:
        """What is stored once these have arrived."""
        asked, keyboard = self.asked, self.keyboard
        for one in replies:
            if one.message is None:
                continue
            if one.has_buttons:
                keyboard = one.message
            anew = one.asks is Asks.ANEW or asked is None or one.message < asked
            if one.asks is not None and anew:
                asked = one.message
        return replace(self, asked=asked, keyboard=keyboard)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply that must go out: a row of the outbox, named by the turn and its place in it."""

    update: int
    position: int
    chat: int
    effect: Sendable
    unknown: bool = False
    """Whether it was sent before and nobody knows whether it arrived."""
    message: int | None = None
    """The platform's id of the message it became, once it has arrived."""
    at: datetime | None = field(default=None, compare=False)
    """When its turn was taken, of one left over."""

    @property
    def asks(self) -> Asks | None:
        """Whether a step is asked with it.

        The outbox does not hold it: who can tell, of a reply left over, whether it was seen before?
        """
        return self.effect.asks if isinstance(self.effect, Say | Show) else None

    @property
    def has_buttons(self) -> bool:
        """Whether it has buttons that it did not have before it was redrawn."""
        effect = self.effect
        redrawn = isinstance(effect, Show) and effect.replaces is not None
        return isinstance(effect, Say | Show) and bool(effect.buttons) and not redrawn

    @property
    def unasked(self) -> bool:
        """Whether it answers nothing the learner did: then it is sent at most once."""
        return self.update < 0


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
    remind: Remind | None = None
    """When the chat is to be taken up again; None changes nothing."""
    forget: bool = False
    """Erase everything about the chat first."""
    blocked: bool = False
    """Whether the learner has just blocked the bot."""
    finished: bool | None = None
    """Whether the learner has finished a lesson; None changes nothing."""
    classes: tuple[ClassChange, ...] = ()
    """What changes in classes: each only where this chat may."""


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


class Store(Protocol):
    """Keeps updates, states, attempts and replies; every call is durable when it returns.

    Raises:
        StoreAwayError: from any call.
    """

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same store: then `take_over` is for always."""
        ...

    async def receive(self, updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        """Stores updates.

        Returns:
            The ids of those to be handled, each with its chat's state. Those are left out that were
            handled, and those whose chat another worker has in hand. One that was stored before and
            is not handled yet is named again: perhaps nobody could say then that it was stored.
        """
        ...

    async def take_over(self) -> Left:
        """What no living worker has in hand; from now on this one has.

        Replies of unknown fate are dropped where a newer one has arrived in their chat.
        After a call whose fate is unknown it may name what this worker has in hand already.
        """
        ...

    async def take_waiting(self, chat: int) -> list[RawUpdate]:
        """What other workers received for a chat that this one had in hand and is done with."""
        ...

    async def take_due(self, now: datetime, most: int) -> list[RawUpdate]:
        """Chats that asked to be reminded by now, as updates for this worker; each only once.

        Args:
            now: the time.
            most: how many at most.

        Returns:
            Their `raw` is the time that was asked for, in milliseconds since 1970. Chats that
            blocked the bot are left alone.
        """
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
        """These need no more care: they arrived, or never will. See `Saved.arrived`."""
        ...

    async def unsure(self, reply: Outgoing) -> None:
        """This one was sent, and nobody knows whether it arrived."""
        ...

    async def last_try(self, reply: Outgoing) -> None:
        """This one is sent for the last time: `take_over` drops it, whatever becomes of it."""
        ...

    async def not_sent(self, reply: Outgoing) -> None:
        """It was not sent after all: not for the last time, nor for one more than it says."""
        ...

    async def block(self, chat: int) -> None:
        """The learner cannot be reached: drop the chat's replies and remember it."""
        ...

    async def export(self, chat: int) -> str:
        """Everything stored about a chat, and nothing of others, as JSON."""
        ...

    async def course(self, lesson: str, now: datetime) -> Course:
        """How the course goes; asking it holds up no turn.

        Args:
            lesson: the lesson whose steps are told apart.
            now: the time.
        """
        ...

    async def classroom(self, chat: int, asked: AskClasses) -> Classroom:
        """What a chat may know of classes: those it teaches, those it is in, and a link's."""
        ...

    async def class_results(self, chat: int, class_: int) -> ClassResults | None:
        """How a class is doing, for a teacher of it; None for all others. It holds up no turn."""
        ...

    async def scrub(self) -> bool:
        """Removes what was deleted from the files as well, not only from the tables.

        Returns:
            Whether it could: somebody may be reading what was there. No turn waits for them.
        """
        ...
