"""What Telegram reports, as an event in a chat; None where there is nothing to answer.

| update                                              | event                        |
|-----------------------------------------------------|------------------------------|
| private text, new or edited                         | Said                         |
| any other private message (photo, voice, sticker…)  | SentOther                    |
| a pressed button in a private chat                  | Pressed                      |
| the bot blocked, or let in again                    | Blocked                      |
| in a group: a command, a mention, a reply to the bot, a button, being added | InGroup |
| channel posts, business messages, what else there is | None                        |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from telegram import Bot, ChatMemberUpdated, Message, MessageEntity, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.dialogue.events import Blocked, Event, InGroup, Pressed, Said, SentOther

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates the bot asks for."""

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_GONE = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
_KINDS = (
    "sticker",
    "animation",
    "photo",
    "voice",
    "video_note",
    "video",
    "audio",
    "document",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "game",
    "story",
)
_SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
    "new_chat_members",
    "left_chat_member",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
)
"""Messages Telegram writes itself, which nobody expects an answer to."""


def parse(raw: Mapping[str, Any], bot: Bot | None = None) -> Update:
    """The update in Telegram's JSON, as far as this python-telegram-bot understands it.

    A private message it cannot read becomes a message without content, so that it is answered; any
    other unreadable update becomes an empty one, so that it is stepped over.
    """
    number = int(raw["update_id"])
    for attempt in (raw, _bare(raw)):
        try:
            return Update.de_json(dict(attempt), bot)
        except Exception:  # noqa: S112 - whatever is wrong with it, the next ones must come through
            continue
    return Update(number)


def _bare(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The update with only as much of its message as names it."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(chat, Mapping) or "id" not in chat:
        return {"update_id": raw["update_id"]}
    return {
        "update_id": raw["update_id"],
        "message": {
            "message_id": message.get("message_id", 0),
            "date": 0,
            "chat": {"id": chat["id"], "type": chat.get("type", "")},
        },
    }


def event_of(update: Update, me: int = 0, username: str = "") -> tuple[int, Event] | None:
    """The chat an update belongs to and what happened there.

    Args:
        update: what Telegram reported.
        me: the bot's own id, to know replies to it.
        username: the bot's own name without the @, to know mentions of it.
    """
    if update.callback_query is not None:
        return _press(update)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type in _GROUPS:
        return (message.chat.id, InGroup()) if _for_me(message, me, username) else None
    if message.chat.type != ChatType.PRIVATE or any(getattr(message, one) for one in _SERVICE):
        return None
    edited = update.edited_message is not None
    if edited and message.location is not None:
        return None  # a live location moves by itself
    if message.text is not None:
        return message.chat.id, Said(message.text, message.message_id, edited)
    return message.chat.id, SentOther(_kind(message), message.message_id)


def _press(update: Update) -> tuple[int, Event] | None:
    query = update.callback_query
    if query is None:
        return None
    message = query.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return message.chat.id, InGroup()
    if query.inline_message_id is not None:
        return None
    number = message.message_id if message is not None else None
    return query.from_user.id, Pressed(query.data or "", query.id, number)


def _membership(change: ChatMemberUpdated) -> tuple[int, Event] | None:
    old, new = change.old_chat_member.status, change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        return change.chat.id, Blocked(new in _GONE)
    if change.chat.type in _GROUPS and old in _GONE and new not in _GONE:
        return change.chat.id, InGroup()
    return None


def _for_me(message: Message, me: int, username: str) -> bool:
    """Whether a message in a group is meant for the bot."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me:
        return True
    text = message.text or message.caption or ""
    at_me = rf"@{re.escape(username)}\b" if username else r"(?!)"
    if re.search(at_me, text, re.IGNORECASE):
        return True
    first = message.entities[0] if message.entities else None
    command = first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0
    return command and "@" not in text.split(maxsplit=1)[0]


def _kind(message: Message) -> str:
    return next((kind for kind in _KINDS if getattr(message, kind)), "message")
