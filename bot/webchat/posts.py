"""What the chat is made of: messages, their files, and the events that tell of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from bot.dialogue.effects import LINKS, Button
from bot.webchat.formatting import plain, tree

Json = dict[str, Any]
EventKind = Literal["message", "edit", "unbutton", "reaction", "typing", "answer", "language"]

LEARNER = 1
"""The id of the one chat there is, and so of its learner."""


@dataclass(frozen=True)
class File:
    """A file in the chat.

    Args:
        digest: names the content.
        name: what it is called on the learner's side.
        size: in bytes.
        width: of a picture, in pixels; 0 for any other file.
        height: the same.
    """

    digest: str
    name: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered."""
        return self.width > 0


@dataclass(frozen=True)
class Post:
    """One message.

    Args:
        id: its place in the chat, from 1.
        mine: whether the learner sent it.
        date: when, in seconds since 1970.
        html: what it says; the bot's with Telegram's tags, the learner's with every sign escaped.
        buttons: rows of buttons, each with `label` and `data`.
        reaction: the bot's reaction to it, an emoji or nothing.
        edited: whether the learner changed it later.
        file: what was sent with it.
    """

    id: int
    mine: bool
    date: int
    html: str = ""
    buttons: list[list[Json]] = field(default_factory=list)
    reaction: str = ""
    edited: bool = False
    file: File | None = None

    @property
    def text(self) -> str:
        """What it says, without markup."""
        return plain(tree(self.html))


@dataclass(frozen=True)
class Event:
    """Something that happened, for a page or a terminal to show.

    Args:
        kind: a new message, an edit, buttons gone, a reaction, typing, the answer to a press, or
            another language.
        post: the message after the change.
        message: whose button was pressed.
        text: what the answer to it says.
    """

    kind: EventKind
    post: Post | None = None
    message: int = 0
    text: str = ""


def typed(text: str) -> str:
    """What a learner typed, as a message says it: every sign is only a sign.

    >>> typed("1 < 2")
    '1 &lt; 2'
    """
    return escape(text, quote=False)


def as_json(buttons: Iterable[Iterable[Button]]) -> list[list[Json]]:
    """Rows of buttons as a message keeps them; links lead nowhere here and are left out."""
    rows = [[one for one in row if one.purpose not in LINKS] for row in buttons]
    return [[{"label": one.label, "data": one.data} for one in row] for row in rows if row]
