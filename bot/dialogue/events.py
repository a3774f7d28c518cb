"""What can happen in a chat, whatever the platform.

A platform's adapter turns its own updates into these; the dialogue answers every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.dialogue.class_data import Classroom


@dataclass(frozen=True, slots=True, kw_only=True)
class InThread:
    """What has its place in a chat: done there, and answered there."""

    thread: int | None = None
    """The platform's id of the part of the chat, where a chat has parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(InThread):
    """What somebody did in a chat."""

    classroom: Classroom | None = None
    """What they may know of classes, once the dialogue has asked for it (`Turn.needs`)."""
    language: str = ""
    """Their language as the platform knows it: a tag such as `pt-br`."""


@dataclass(frozen=True, slots=True)
class Said(Done):
    """The learner wrote a message: an answer, a command, or plain words."""

    text: str
    message: int
    """The platform's id of the learner's message."""
    edited: bool = False
    """Whether it is a new text for a message already answered."""
    owner: bool = False
    """Whether whoever runs the bot wrote it."""
    under: str = ""
    """What it was the caption of, as a word of `SentOther.kind`; empty for a text of its own."""
    early: bool = False
    """Whether it was written before the message that asks the present step could be seen."""


@dataclass(frozen=True, slots=True)
class Pressed(Done):
    """The learner pressed a button under one of the bot's messages."""

    data: str
    """What the button carries; at most 64 bytes."""
    callback: str
    """The platform's id of the press, which must be answered."""
    message: int | None = None
    """The id of the message the button stands under, where the platform tells."""


@dataclass(frozen=True, slots=True)
class SentOther(Done):
    """The learner sent something that is not text."""

    kind: str
    """sticker, photo, voice, …: a word for what it is."""
    message: int


@dataclass(frozen=True, slots=True)
class SentFile(Done):
    """The learner sent a small text file."""

    file: str
    """The platform's id of the file."""
    message: int
    text: str | None = None
    """Its content, once it was fetched; None where it could not be."""
    caption: str = ""
    """What was written under it."""


@dataclass(frozen=True, slots=True)
class InGroup(Done):
    """Somebody addressed the bot in a group, pressed a button there, or added it to one."""

    callback: str | None = None
    """The platform's id of the press, which must be answered."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The learner blocked the bot, or (with `blocked` false) let it in again."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    """The time has come that the dialogue asked to be reminded of (`Remind`)."""

    due: datetime
    classroom: Classroom | None = None
    """As of `Done`."""


Event: TypeAlias = Said | Pressed | SentOther | SentFile | InGroup | Blocked | Reminded
