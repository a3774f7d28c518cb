"""Performing effects on the platform, and what a platform says when it does not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.dialogue.effects import AnswerPress, ClassView, Export, React, Report, Say, Show, Unbutton
from bot.dialogue.events import InThread

Message: TypeAlias = Say | Show | Export | Report | ClassView
"""The effects that become a message of the bot's."""

Sendable: TypeAlias = Message | React | AnswerPress
"""The effects that are stored until they are performed; `Forget` is the store's."""


Mark: TypeAlias = Callable[[], Awaitable[object]]
"""Notes that something goes out."""


@dataclass(frozen=True, slots=True)
class Document(InThread):
    """A file to send."""

    name: str
    content: bytes
    caption: str
    """HTML."""


@dataclass(frozen=True, slots=True)
class Speaks:
    """A chat is in another language from now on, and so is what its app shows. May fail."""

    language: str
    """Empty where the chat is as its app is again."""
    commands: tuple[tuple[str, str], ...] = ()
    """(name, description) pairs of its command menu."""


Performed: TypeAlias = Say | Show | Document | React | AnswerPress | Unbutton | Speaks
"""What a platform performs: `Export`, `Report` and `ClassView` are looked up first."""


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
    """Perhaps performed: the answer was lost.

    Args:
        text: what happened.
        broke: whether the connection broke, as by chance; otherwise no answer came in time.
    """

    def __init__(self, text: str = "", *, broke: bool = False) -> None:
        super().__init__(text)
        self.broke = broke


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


class Messenger(Protocol):
    """Performs effects on the platform."""

    async def perform(
        self,
        chat: int,
        effect: Performed,
        *,
        plain: bool = False,
        mark: Mark | None = None,
        uploading: Mark | None = None,
    ) -> int | None:
        """Performs one effect.

        Args:
            chat: where.
            effect: what.
            plain: send the text without formatting and buttons, as a last resort.
            mark: awaited right before it goes out, of what may have gone out before; such lets
                others go first where not all can go at once.
            uploading: awaited instead of it right before a file goes up, which takes long; a
                file that the platform has goes by its name.

        Returns:
            The platform's id of the message sent, if one was.

        Raises:
            DeliveryError: one of its kinds above, and nothing else.
        """
        ...

    async def reachable(self) -> None:
        """Returns once the platform answers, however long that takes."""
        ...


class Files(Protocol):
    """Fetches what learners send."""

    async def text(self, file: str) -> str | None:
        """The content of a small text file; None where there is none, or it is no text.

        Raises:
            DeliveryError: when it cannot be fetched just now.
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
