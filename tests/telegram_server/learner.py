"""The learner's side of the local Telegram: typing, pressing, editing, sending stickers, blocking.

Each method does what a person with a Telegram app can do, and queues the update a bot would get
for it. A group exists once the bot was added to it, and there the bot hears what Telegram lets a
bot with privacy mode hear: commands, mentions of it, and replies to it.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any, Literal

from tests.telegram_server.chats import Chats
from tests.telegram_server.entities import cleaned, cut, detect, units
from tests.telegram_server.limits import MAX_TEXT
from tests.telegram_server.params import Upload
from tests.telegram_server.posts import LEARNER, Chat, Json, Post, flat

MediaKind = Literal[
    "sticker", "photo", "voice", "document", "video", "animation", "audio", "video_note",
    "location", "contact", "dice", "poll",
]  # fmt: skip

_FILE = {"file_id": "learners.file.1", "file_unique_id": "learners-file", "file_size": 1000}
_SIZE = {"width": 512, "height": 512}
_MEDIA: dict[str, Any] = {
    "sticker": {**_FILE, **_SIZE, "type": "regular", "is_animated": False, "is_video": False},
    "photo": [{**_FILE, **_SIZE}],
    "voice": {**_FILE, "duration": 2, "mime_type": "audio/ogg"},
    "document": {**_FILE, "file_name": "notes.pdf", "mime_type": "application/pdf"},
    "video": {**_FILE, **_SIZE, "duration": 2},
    "animation": {**_FILE, **_SIZE, "duration": 2},
    "audio": {**_FILE, "duration": 2, "title": "A song"},
    "video_note": {**_FILE, "length": 240, "duration": 2},
    "location": {"latitude": 52.0, "longitude": 13.0},
    "contact": {"phone_number": "+10000000000", "first_name": "A friend"},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "1",
        "question": "Which?",
        "options": [{"text": "this", "voter_count": 0, "persistent_id": "0"}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}


class NoSuchButtonError(LookupError):
    """The message is gone or does not have this button any more."""


class LearnerSide(Chats):
    """What people do in their Telegram apps."""

    privacy_mode = True

    def user_sends(
        self,
        text: str,
        *,
        chat: int = LEARNER,
        user: int | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Post:
        """A person sends a text; a very long one goes out in pieces, as from Telegram's apps.

        Args:
            text: what they typed.
            chat: where; a private chat comes into being with its first message.
            user: who, in a group.
            reply_to: the message it answers, if any.
            thread: the topic, which is there from then on.

        Returns:
            The message, the last one when there are several.

        Raises:
            ValueError: when there is nothing but blanks to send.
        """
        text = cleaned(text).strip()
        if not text:
            raise ValueError("an empty message cannot be sent")
        topic = self._topic(chat, thread)
        size = units(text)
        for start in range(0, size, MAX_TEXT):
            piece = cut(text, start, min(start + MAX_TEXT, size))
            post = self._sends(chat, user, reply_to, text=piece, entities=detect(piece), **topic)
        return post

    def user_sends_media(
        self,
        kind: MediaKind,
        *,
        chat: int = LEARNER,
        user: int | None = None,
        caption: str = "",
        thread: int | None = None,
    ) -> Post:
        """A person sends something that is not text: a sticker, a photo, a location."""
        extra = {"caption": caption} if caption else {}
        topic = self._topic(chat, thread)
        return self._sends(chat, user, None, **{kind: _MEDIA[kind]}, **extra, **topic)

    def user_sends_file(self, name: str, content: bytes, *, chat: int = LEARNER) -> Post:
        """A person sends a file.

        Raises:
            ValueError: when there is nothing in it.
        """
        if not content:
            raise ValueError("an empty file cannot be sent")
        stored = self.files.add("document", Upload(name, content))
        file = {
            "file_id": self.files.new_id(stored),
            "file_unique_id": stored.digest,
            "file_size": stored.size,
            "file_name": stored.name,
            "mime_type": stored.mime_type,
        }
        return self._sends(chat, None, None, document=file)

    def user_edits(self, message_id: int, text: str, *, chat: int = LEARNER) -> Post:
        """A person edits a text they sent.

        Raises:
            LookupError: when there is no such message of theirs, or it is no text.
            ValueError: when nothing would be left of it, or it would be too long.
        """
        text = cleaned(text).strip()
        post = self.post(chat, message_id)
        if post is None or post.from_bot or "text" not in post.message:
            raise LookupError("only one's own text messages can be edited")
        if not 0 < units(text) <= MAX_TEXT:
            raise ValueError("a message has between 1 and 4096 characters")
        if text == post.text:
            return post
        changes = {"text": text, "entities": detect(text), "edit_date": self.now()}
        edited = self.put(replace(post, message={**post.message, **changes}), "edit")
        self.queue("edited_message", edited.message)
        return edited

    def user_presses(
        self, message_id: int, data: str, *, chat: int = LEARNER, user: int | None = None
    ) -> str:
        """A person presses an inline button, on any message that still has it.

        Args:
            message_id: the message with the button.
            data: the button's callback data.
            chat: where.
            user: who, in a group.

        Returns:
            The id of the callback query.

        Raises:
            NoSuchButtonError: when the message is gone or has no such button.
        """
        post = self.post(chat, message_id)
        if post is None or data not in [b.get("callback_data") for b in flat(post.buttons)]:
            raise NoSuchButtonError(f"message {message_id} has no button {data!r}")
        query: Json = {
            "id": str(secrets.randbits(62)),
            "from": self._person(user or max(chat, LEARNER)),
            "message": post.message,
            "chat_instance": str(chat),
            "data": data,
        }
        self.queries[query["id"]] = {**query, "date": self.now()}
        self.queue("callback_query", query)
        return str(query["id"])

    def user_presses_elsewhere(self, data: str, *, user: int = LEARNER) -> str:
        """A person presses a button under a message that was sent by way of the bot."""
        query: Json = {
            "id": str(secrets.randbits(62)),
            "from": self._person(user),
            "inline_message_id": "elsewhere",
            "chat_instance": "elsewhere",
            "data": data,
        }
        self.queries[query["id"]] = {**query, "date": self.now()}
        self.queue("callback_query", query)
        return str(query["id"])

    def user_deletes_thread(self, thread: int, *, chat: int = LEARNER) -> None:
        """A person deletes a topic of a chat."""
        self.threads.discard((chat, thread))

    def user_blocks_bot(self, *, chat: int = LEARNER) -> None:
        """A person blocks the bot: from now on what it sends gets a 403."""
        self._membership(self._private(chat), "member", "kicked")

    def user_unblocks_bot(self, *, chat: int = LEARNER) -> None:
        """A person lets the bot write again."""
        self._membership(self._private(chat), "kicked", "member")

    def user_adds_bot(self, chat: int, title: str = "Study group", *, user: int = LEARNER) -> Post:
        """A person adds the bot to a group, which exists from now on.

        Args:
            chat: the group's id, negative.
            title: its name.
            user: who adds it.
        """
        group = self.keep_chat(Chat(chat, title))
        self._membership(group, "left", "member", user)
        return self._sends(chat, user, None, new_chat_members=[self.bot])

    def user_removes_bot(self, chat: int, *, user: int = LEARNER) -> None:
        """A person removes the bot from a group."""
        self._membership(self.chats[chat], "member", "kicked", user)

    def _sends(self, chat: int, user: int | None, reply_to: int | None, **content: object) -> Post:
        place = self.chats.get(chat) or self._private(chat)
        if not place.open and place.private:
            place = self.keep_chat(replace(place, open=True))
        message = self.new_message(place, self._person(user or max(chat, LEARNER)), **content)
        if not message.get("entities", True):
            del message["entities"]
        answered = self.post(chat, reply_to) if reply_to else None
        if answered is not None:
            inner = {k: v for k, v in answered.message.items() if k != "reply_to_message"}
            message["reply_to_message"] = inner
        post = self.put(Post(message))
        if place.open and (place.private or self._audible(post)):
            self.queue("message", message)
        return post

    def _topic(self, chat: int, thread: int | None) -> Json:
        """What says in a message that it is in a topic."""
        if thread is None:
            return {}
        self.threads.add((chat, thread))
        return {"message_thread_id": thread, "is_topic_message": True}

    def _audible(self, post: Post) -> bool:
        """Whether a bot in privacy mode hears this group message."""
        if not self.privacy_mode or "text" not in post.message:
            return not self.privacy_mode or "new_chat_members" in post.message
        commands = [
            cut(post.text, entity["offset"], entity["offset"] + entity["length"])
            for entity in post.entities
            if entity["type"] == "bot_command"
        ]
        own = f"@{self.bot['username']}".lower()
        meant = any("@" not in command or command.lower().endswith(own) for command in commands)
        answered = post.message.get("reply_to_message", {}).get("from", {}).get("is_bot", False)
        return meant or own in post.text.lower() or bool(answered)

    def _private(self, chat: int) -> Chat:
        if chat <= 0:
            raise LookupError(f"there is no group {chat}; add the bot to it first")
        known = self.chats.get(chat)
        return known or self.keep_chat(Chat(chat, "You" if chat == LEARNER else f"Person {chat}"))

    def _person(self, user: int) -> Json:
        known = self.chats.get(user)
        name = known.name if known else f"Person {user}"
        language = self.languages.get(user, "en")
        return {"id": user, "is_bot": False, "first_name": name, "language_code": language}

    def _membership(self, chat: Chat, old: str, new: str, user: int | None = None) -> None:
        self.keep_chat(replace(chat, open=new == "member"))
        self.queue(
            "my_chat_member",
            {
                "chat": chat.as_json(),
                "from": self._person(user or max(chat.id, LEARNER)),
                "date": self.now(),
                "old_chat_member": self._status(old),
                "new_chat_member": self._status(new),
            },
        )

    def _status(self, status: str) -> Json:
        return {"status": status, "user": self.bot} | (
            {"until_date": 0} if status == "kicked" else {}
        )
