"""What a chat is made of: chats, messages, and the events that tell of their changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
EventKind = Literal["message", "edit", "delete", "reaction", "typing", "answer", "settings"]

LEARNER = 1


@dataclass(frozen=True)
class Chat:
    """A private chat or a group.

    Args:
        id: positive for a private chat, where it is also the person's id; negative for a group.
        name: the person's first name or the group's title.
        open: whether the bot may send: not blocked, not removed.
    """

    id: int
    name: str
    open: bool = True

    @property
    def private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.id > 0

    def as_json(self) -> Json:
        """Telegram's `Chat` object."""
        if self.private:
            return {"id": self.id, "type": "private", "first_name": self.name}
        return {"id": self.id, "type": "group", "title": self.name}


@dataclass(frozen=True)
class Post:
    """One message as the chat keeps it.

    Args:
        message: Telegram's `Message` object.
        placeholder: what the input box says while this is the latest message.
        reaction: the bot's reaction to it, an emoji or nothing.
    """

    message: Json
    placeholder: str = ""
    reaction: str = ""

    @property
    def id(self) -> int:
        """The message id."""
        return int(self.message["message_id"])

    @property
    def chat(self) -> int:
        """The chat's id."""
        return int(self.message["chat"]["id"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.message["from"]["is_bot"])

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or the caption."""
        return list(self.message.get("entities") or self.message.get("caption_entities") or [])

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard, row by row."""
        return list(self.message.get("reply_markup", {}).get("inline_keyboard", []))


@dataclass(frozen=True)
class Event:
    """Something that happened in a chat, for a page, a terminal or a test to show.

    Args:
        kind: a new message, an edit, a deletion, a reaction, typing, the answer to a button press,
            or new commands.
        chat: where.
        post: the message after the change, for messages, edits and reactions.
        message_id: which message, also for deletions and answers.
        text: what an answer says.
        alert: whether an answer wants to be acknowledged.
    """

    kind: EventKind
    chat: int
    post: Post | None = None
    message_id: int = 0
    text: str = ""
    alert: bool = False


def flat(rows: Iterable[Iterable[Json]]) -> list[Json]:
    """The buttons of a keyboard in reading order."""
    return list(itertools.chain.from_iterable(rows))
