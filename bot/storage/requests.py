"""What the store can be asked for, as data, so that requests can be put together into batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.ports import Done, Outgoing, RawUpdate


@dataclass(frozen=True, slots=True)
class Receive:
    """Store updates; answers with the ids to be handled, each with its chat's `Saved`."""

    updates: tuple[RawUpdate, ...]
    at_ms: int


@dataclass(frozen=True, slots=True)
class Handled:
    """Updates that need no answer."""

    updates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """A chat's state; answers with a `Saved`."""

    chat: int


@dataclass(frozen=True, slots=True)
class Commit:
    """Store a turn."""

    done: Done


@dataclass(frozen=True, slots=True)
class Sent:
    """Replies that need no more care."""

    replies: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A reply nobody knows the fate of."""

    reply: Outgoing


@dataclass(frozen=True, slots=True)
class Block:
    """A chat that cannot be reached."""

    chat: int


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Answers with what is `Left` by workers that are gone."""


@dataclass(frozen=True, slots=True)
class TakeWaiting:
    """A chat; answers with the updates that wait there for this worker."""

    chat: int


@dataclass(frozen=True, slots=True)
class TakeDue:
    """Reminders due by a time; answers with updates for this worker."""

    now_ms: int
    most: int


@dataclass(frozen=True, slots=True)
class RepliesTo:
    """An update; answers with its replies still to be sent."""

    update: int


@dataclass(frozen=True, slots=True)
class Unhandled:
    """Answers with the updates still to be handled."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Answers with the replies still to be sent."""


@dataclass(frozen=True, slots=True)
class Count:
    """Answers with `Counts`."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture's key; answers with what the platform calls it, or None."""

    key: str


@dataclass(frozen=True, slots=True)
class KeepUpload:
    """What the platform calls a picture; None forgets it."""

    key: str
    name: str | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class Scrub:
    """Remove what was deleted from the files too."""


@dataclass(frozen=True, slots=True)
class Tidy:
    """Drop some of what has grown old: ids of handled updates, and names of pictures.

    Answers with whether there may be more.
    """

    updates_before_ms: int
    pictures_before_ms: int


Request: TypeAlias = (
    Receive
    | Handled
    | Load
    | Commit
    | Sent
    | Unsure
    | Block
    | TakeOver
    | TakeWaiting
    | TakeDue
    | RepliesTo
    | Unhandled
    | Pending
    | Count
    | Uploaded
    | KeepUpload
    | Scrub
    | Tidy
)
