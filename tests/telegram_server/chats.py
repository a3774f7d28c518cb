"""The state of the local Telegram: chats, messages, files, settings, and who hears of changes.

Both sides of a chat change this state, the bot through the Bot API (`methods`) and the learner
through `learner`. Messages are never altered in place: an edit puts a new one where the old one
was, so what was handed out stays as it was. Every change is announced.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from tests.telegram_server.faults import Faults
from tests.telegram_server.files import FileStore
from tests.telegram_server.flood import Flood
from tests.telegram_server.posts import LEARNER, Chat, Event, EventKind, Json, Post
from tests.telegram_server.refusal import RefusedError, bad_request
from tests.telegram_server.updates import UpdateQueue

Clock = Callable[[], datetime]

TOKEN = "1000000001:the-local-telegram-on-this-computer"


class Call(NamedTuple):
    """A call the bot made: the method and its parameters as sent."""

    method: str
    params: Mapping[str, object]


class Chats:
    """Everything the local Telegram knows.

    `faults` scripts trouble for tests; `calls` remembers what the bot asked for, newest last and
    without the polling; `violations` what in all calls breaks the description of the Bot API.

    Args:
        clock: the time, as an aware datetime.
        token: the bot's token.
        username: the bot's username.
        name: the bot's name.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        token: str = TOKEN,
        username: str = "build_a_network_bot",
        name: str = "Build-a-Network",
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.chats: dict[int, Chat] = {}
        self.languages: dict[int, str] = {}
        """The language of each person's app; English if left out."""
        self.settings: Json = {}
        self.files = FileStore()
        self.updates = UpdateQueue(int(clock().timestamp()))
        self.queries: dict[str, Json] = {}
        self.webhook_error = ""
        self.faults = Faults()
        self.flood: Flood | None = None
        """Whether and how sending is limited."""
        self.local = True
        """Whether a webhook may be anywhere, as with a Bot API server of one's own."""
        self.haste = 300.0
        """How many times faster than Telegram it sends to a webhook again."""
        self.threads: set[tuple[int, int]] = set()
        """The topics there are, each with its chat."""
        self.violations: list[str] = []
        self.calls: deque[Call] = deque(maxlen=100_000)
        self._posts: dict[int, dict[int, Post]] = {}
        self._next_message_id = 1
        self._listeners: list[Callable[[Event], None]] = []

    # -- reading ---------------------------------------------------------------------------------

    def now(self) -> int:
        """The time in whole seconds, as Telegram dates messages."""
        return int(self.clock().timestamp())

    def posts(self, chat: int = LEARNER) -> list[Post]:
        """The messages of a chat, oldest first."""
        return list(self._posts.get(chat, {}).values())

    def post(self, chat: int, message_id: int) -> Post | None:
        """One message, or None when there is none."""
        return self._posts.get(chat, {}).get(message_id)

    def open_chat(self, chat: int) -> Chat:
        """A chat the bot may send to.

        Raises:
            RefusedError: 400 for a chat it never met, 403 where it was blocked or removed.
        """
        known = self.chats.get(chat)
        if known is None:
            raise bad_request("chat not found")
        if not known.open and known.private:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if not known.open:
            raise RefusedError(403, "Forbidden: bot was kicked from the group chat")
        return known

    def commands(self, chat: int = LEARNER) -> list[Json]:
        """The commands the menu of a chat shows: the most specific list that was set."""
        kind = "all_private_chats" if chat > 0 else "all_group_chats"
        lists: Json = self.settings.get("commands", {})
        for scope in (f"chat {chat}", kind, "default"):
            for code in (self.language_code(chat), ""):
                if found := lists.get(f"{scope} {code}"):
                    return list(found)
        return []

    def about(self, name: str, chat: int = LEARNER) -> str:
        """What somebody reads about the bot: its `description`, its `short_description`."""
        own = self.settings.get(f"{name} {self.language_code(chat)}")
        return str(own or self.settings.get(f"{name} ", ""))

    def language_code(self, user: int) -> str:
        """The two letters of the language of somebody's app, by which texts are chosen."""
        return self.languages.get(user, "en").partition("-")[0]

    # -- changing --------------------------------------------------------------------------------

    def new_message(self, chat: Chat, sender: Json, **content: object) -> Json:
        """A `Message` object with an id of its own, not in the chat yet."""
        message_id = self._next_message_id
        self._next_message_id += 1
        head = {"message_id": message_id, "from": sender, "chat": chat.as_json()}
        return {**head, "date": self.now(), **content}

    def put(self, post: Post, kind: EventKind = "message") -> Post:
        """Puts a message into its chat, new or instead of the one with its id."""
        self._posts.setdefault(post.chat, {})[post.id] = post
        self.announce(Event(kind, post.chat, post, post.id))
        return post

    def remove(self, chat: int, message_id: int) -> None:
        """Takes a message out of its chat."""
        del self._posts[chat][message_id]
        self.announce(Event("delete", chat, message_id=message_id))

    def react(self, post: Post, emoji: str) -> None:
        """Sets the bot's reaction to a message."""
        self.put(replace(post, reaction=emoji), "reaction")

    def keep_chat(self, chat: Chat) -> Chat:
        """Remembers a chat as it is now."""
        self.chats[chat.id] = chat
        return chat

    def keep_settings(self, **changes: object) -> None:
        """Remembers what the bot set about itself: commands, descriptions, webhook."""
        self.settings = {**self.settings, **changes}
        self.announce(Event("settings", LEARNER))

    def queue(self, kind: str, content: Json) -> None:
        """Queues an update for the bot."""
        self.updates.put(kind, content)

    def confirm(self, offset: int) -> None:
        """Forgets the updates the bot has confirmed."""
        if offset:
            self.updates.confirm(offset)

    # -- announcing ------------------------------------------------------------------------------

    def announce(self, event: Event) -> None:
        """Tells every listener."""
        for listener in tuple(self._listeners):
            listener(event)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue of everything that happens from now on, as long as the context lasts."""
        events: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.append(events.put_nowait)
        try:
            yield events
        finally:
            self._listeners.remove(events.put_nowait)
