"""The chat's memory: its messages, what the learner did that is not stored yet, who looks on.

Messages are never altered in place: an edit puts a new one where the old one was. Every change is
written to the journal before anybody hears of it; what the learner does stays in the journal until
the store has it (`stored`), so it outlives a process that is killed in between.
"""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.ports import Clock
from bot.webchat import earlier
from bot.webchat.files import Files
from bot.webchat.journal import Journal
from bot.webchat.posts import LEARNER, Event, EventKind, File, Json, Post, typed

logger = logging.getLogger(__name__)

KEPT_POSTS = 2_000
LONGEST_MESSAGE = 4_096
"""How many characters one message holds; a longer one goes out in pieces, as on Telegram."""


class Chat:
    """The one chat of this computer.

    Args:
        clock: the time.
        folder: where history and files are kept.
    """

    def __init__(self, clock: Clock, folder: Path) -> None:
        self._clock = clock
        self.files = Files(folder / "files")
        self.language = ""
        """The language it is in; empty before anybody knows."""
        self.updates: asyncio.Queue[Json] = asyncio.Queue()
        """What the learner did, in the order they did it."""
        self._posts: dict[int, Post] = {}
        self._next_post, self._next_update = 1, self._now()
        self._listeners: list[Callable[[Event], None]] = []
        self._journal = Journal(folder / "history.jsonl")
        left: list[Json] = []
        for record in self._journal.read():
            try:
                self._replay(record, left)
            except (KeyError, TypeError, ValueError):
                logger.warning("skipped a record of another version in the chat's history")
        self._journal.rewrite(self._records(left))
        for update in left:
            self.updates.put_nowait(update)

    # -- reading ---------------------------------------------------------------------------------

    def posts(self) -> list[Post]:
        """The messages, oldest first."""
        return list(self._posts.values())

    def post(self, number: int) -> Post | None:
        """One message, None when there is none."""
        return self._posts.get(number)

    def file(self, digest: str) -> File | None:
        """A file that some message has."""
        files = (post.file for post in self._posts.values())
        return next((file for file in files if file is not None and file.digest == digest), None)

    # -- what the learner does -------------------------------------------------------------------

    def say(self, text: str, language: str = "") -> None:
        """The learner sends a text.

        Args:
            text: what they typed.
            language: that of their browser or terminal, here and below.

        Raises:
            ValueError: when there is nothing but blanks to send.
        """
        if not (text := text.strip()):
            raise ValueError("an empty message cannot be sent")
        for start in range(0, len(text), LONGEST_MESSAGE):
            piece = text[start : start + LONGEST_MESSAGE]
            post = self._new(mine=True, html=typed(piece))
            self._does(post, "message", {"message_id": post.id, "text": piece}, language)

    def send_file(self, name: str, content: bytes, caption: str = "", language: str = "") -> None:
        """The learner sends a file.

        Raises:
            ValueError: when there is nothing in it.
        """
        if not content:
            raise ValueError("an empty file cannot be sent")
        file = self.files.add(name, content)
        post = self._new(mine=True, html=typed(caption), file=file)
        kind = mimetypes.guess_type(name)[0]
        document = {"file_id": file.digest, "file_size": file.size, "file_name": name}
        document["mime_type"] = kind or ""
        message = {"message_id": post.id, "caption": caption, "document": document}
        self._does(post, "message", message, language)

    def edit(self, number: int, text: str, language: str = "") -> None:
        """The learner edits a text they sent.

        Raises:
            LookupError: when there is no such message of theirs, or it is no text.
            ValueError: when nothing would be left of it, or it would be too long.
        """
        text, post = text.strip(), self._posts.get(number)
        if post is None or not post.mine or post.file is not None:
            raise LookupError("only one's own text messages can be edited")
        if not 0 < len(text) <= LONGEST_MESSAGE:
            raise ValueError(f"a message has between 1 and {LONGEST_MESSAGE} characters")
        if text != post.text:
            post = replace(post, html=typed(text), edited=True)
            edited = {"message_id": number, "text": text}
            self._does(post, "edited_message", edited, language, "edit")

    def press(self, number: int, data: str, language: str = "") -> None:
        """The learner presses a button.

        Raises:
            LookupError: when the message is gone or has no such button.
        """
        post = self._posts.get(number)
        if post is None or data not in [key["data"] for row in post.buttons for key in row]:
            raise LookupError(f"message {number} has no button {data!r}")
        query = {"id": str(number), "data": data, "message": {"message_id": number}}
        self._does(None, "callback_query", query, language)

    def stored(self, update: Json) -> None:
        """An update needs to be remembered no more: the store has it."""
        self._journal.append({"stored": update["update_id"]})

    # -- what the bot does -----------------------------------------------------------------------

    def tell(
        self,
        html: str,
        buttons: list[list[Json]],
        file: File | None = None,
        replaces: int | None = None,
    ) -> int | None:
        """The bot sends a message, or puts it in the place of another.

        Returns:
            The message's number; None where the other said this already.
        """
        old = None if replaces is None else self._posts.get(replaces)
        post = old or self._new(mine=False)
        post = replace(post, html=html, buttons=buttons, file=file)
        if old is None:
            return self._put(post).id
        return None if post == old else self._put(post, "edit").id

    def react(self, number: int, emoji: str) -> None:
        """The bot reacts to a message."""
        if (post := self._posts.get(number)) is not None:
            self._put(replace(post, reaction=emoji), "reaction")

    def unbutton(self, number: int) -> None:
        """The bot takes the buttons off a message."""
        if (post := self._posts.get(number)) is not None and post.buttons:
            self._put(replace(post, buttons=[]), "unbutton")

    def speak(self, language: str) -> None:
        """The chat is in a language from now on; empty for that of the learner's computer."""
        self.language = language
        self.announce(Event("language"))

    def announce(self, event: Event) -> None:
        """Tells everybody who looks on."""
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

    # -- remembering -----------------------------------------------------------------------------

    def _now(self) -> int:
        return int(self._clock.now().timestamp())

    def _new(self, *, mine: bool, html: str = "", file: File | None = None) -> Post:
        """A message with a number of its own, not in the chat yet."""
        self._next_post += 1
        return Post(self._next_post - 1, mine, self._now(), html, file=file)

    def _put(self, post: Post, kind: EventKind = "message") -> Post:
        self._posts[post.id] = post
        self._journal.append({"post": post})
        self.announce(Event(kind, post))
        return post

    def _does(
        self,
        post: Post | None,
        what: str,
        content: Json,
        language: str,
        kind: EventKind = "message",
    ) -> None:
        """Keeps what the learner did, as an update for the bot, in one piece with its message."""
        if language:
            content = {**content, "from": {"language_code": language}}
        update = {"update_id": self._next_update, what: content}
        self._next_update += 1
        if post is not None:
            self._posts[post.id] = post
        self._journal.append(*([{"post": post}] if post else []), {"update": update})
        if post is not None:
            self.announce(Event(kind, post))
        self.updates.put_nowait(update)

    def _records(self, left: Iterable[Json]) -> Iterable[Json]:
        """The shortest journal with today's meaning."""
        yield {"next": [self._next_post, self._next_update]}
        newest = sorted(self._posts.values(), key=lambda post: post.id)[-KEPT_POSTS:]
        yield from ({"post": post} for post in newest)
        yield from ({"update": update} for update in left)

    def _replay(self, record: Json, left: list[Json]) -> None:
        match record:
            case {"post": {"message": {"chat": {"id": int(chat)}}}} if chat != LEARNER:
                pass
            case {"post": {"message": _} as value}:
                self._remember(earlier.post_of(value))
            case {"post": value}:
                file = value.pop("file", None)
                value.pop("placeholder", None)  # of earlier versions
                self._remember(Post(**value, file=File(**file) if file else None))
            case {"gone": [_, number]}:
                self._posts.pop(number, None)
            case {"update": value}:
                left.append(value)
                self._next_update = max(self._next_update, value["update_id"] + 1)
            case {"stored": number}:
                left[:] = [update for update in left if update["update_id"] != number]
            case {"confirmed": number}:  # of earlier versions: this one is the first not stored
                left[:] = [update for update in left if update["update_id"] >= number]
                self._next_update = max(self._next_update, number)
            case {"next": [post, update]}:
                self._next_post = max(self._next_post, post)
                self._next_update = max(self._next_update, update)

    def _remember(self, post: Post) -> None:
        self._posts[post.id] = post
        self._next_post = max(self._next_post, post.id + 1)
