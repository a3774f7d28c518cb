"""What Telegram reports, as an event in a chat; None where there is nothing to answer.

| update                                              | event                        |
|-----------------------------------------------------|------------------------------|
| private text, new or edited                         | Said                         |
| a small text file, with its caption                 | SentFile                     |
| a caption, new or edited (under a photo, a video, …)| Said                         |
| any other private message (photo, voice, sticker…)  | SentOther                    |
| a pressed button in a private chat                  | Pressed                      |
| the bot blocked, or let in again                    | Blocked                      |
| in a group: a command, a mention, a reply to the bot, a button, being added | InGroup |
| what a bot wrote, what Telegram itself wrote         | None                        |
| channel posts, business messages, what else there is | None                        |

Updates are read as the JSON they are: of a message's many fields three or four matter, and building
python-telegram-bot's objects for all of them costs more than the rest of the way in. Whatever is
odd about a private message, it is answered; any other update that cannot be read is stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard

from telegram.constants import (
    ChatMemberStatus,
    ChatType,
    MessageAttachmentType,
    MessageEntityType,
    MessageType,
)

from bot.dialogue.events import Blocked, Event, InGroup, Pressed, Said, SentFile, SentOther
from bot.runtime.opening import is_text
from bot.telegram.formatting import as_typed

Json: TypeAlias = Mapping[str, Any]

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates the bot asks for."""

_TAG = re.compile(r"[A-Za-z0-9]{1,8}([-_][A-Za-z0-9]{1,8}){0,5}")
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
_BESIDE = {
    MessageType.BUSINESS_CONNECTION_ID,
    MessageType.CHECKLIST,
    MessageType.EFFECT_ID,
    MessageType.GIVEAWAY,
    MessageType.GIVEAWAY_WINNERS,
    MessageType.REPLY_TO_STORY,
    MessageType.SENDER_BOOST_COUNT,
    MessageType.SENDER_BUSINESS_BOT,
    MessageType.SUGGESTED_POST_INFO,
    MessageType.TEXT,
}
"""What python-telegram-bot counts among the kinds of messages, and people send."""
_SERVICE = frozenset(
    {kind.value for kind in MessageType} - {kind.value for kind in MessageAttachmentType} - _BESIDE
    | {MessageType.SUCCESSFUL_PAYMENT, "migrate_from_chat_id"}
)
"""Messages Telegram writes itself, which nobody expects an answer to."""


def is_update(raw: object) -> TypeGuard[Json]:
    """Whether something is an update: it has a number, as Telegram's are."""
    match raw:
        case {"update_id": int(number)}:
            return 0 <= number < 2**53 and not isinstance(number, bool)
        case _:
            return False


def event_of(raw: Json, me: int = 0, username: str = "") -> tuple[int, Event] | None:
    """The chat an update belongs to and what happened there.

    Args:
        raw: the update as Telegram sent it.
        me: the bot's own id, to know replies to it.
        username: the bot's own name without the @, to know mentions of it.
    """
    try:
        return _event_of(raw, me, username)
    except Exception:  # whatever is odd about one update, those beside it are heard
        return _bare(raw)


def _whole(number: Any) -> int:  # noqa: ANN401 - JSON
    """A whole number of 64 bits, as Telegram's all are.

    Raises:
        TypeError, ValueError: it is none.
    """
    if not -(2**63) <= (found := int(number)) < 2**63:
        raise ValueError("no number of Telegram's")
    return found


def _event_of(raw: Json, me: int, username: str) -> tuple[int, Event] | None:
    if (query := raw.get("callback_query")) is not None:
        return _press(query)
    if (change := raw.get("my_chat_member")) is not None:
        return _membership(change)
    edited = "message" not in raw
    message = raw.get("edited_message") if edited else raw["message"]
    if message is None or _by_bot(message):
        return None
    kind, chat = message["chat"]["type"], _whole(message["chat"]["id"])
    thread, language = _thread(message), _language(message)
    if kind in _GROUPS:
        mine = _for_me(message, me, username)
        return (chat, InGroup(thread=thread, language=language)) if mine else None
    if kind != ChatType.PRIVATE or not _SERVICE.isdisjoint(message):
        return None
    if edited and "location" in message:
        return None  # a live location moves by itself
    number = _whole(message["message_id"])
    if (text := message.get("text")) is not None:
        typed = as_typed(str(text), _entities(message))
        return chat, Said(typed, number, edited, thread=thread, language=language)
    caption = as_typed(str(message.get("caption") or ""), _entities(message))
    document = message.get("document")
    if document is not None and is_text(document):
        file = str(document["file_id"])
        return chat, SentFile(file, number, caption=caption, thread=thread, language=language)
    kind = _kind(message)
    if caption.strip():
        return chat, Said(caption, number, edited, under=kind, thread=thread, language=language)
    return chat, SentOther(kind, number, thread=thread, language=language)


def _by_bot(done: Json) -> bool:
    """Whether a bot did something; people who write as their group or channel do it through one."""
    who = done.get("from")
    return isinstance(who, dict) and who.get("is_bot") is True and "sender_chat" not in done


def _language(done: Json) -> str:
    """The language of somebody's app, where Telegram tells it."""
    who = done.get("from")
    code = who.get("language_code") if isinstance(who, dict) else None
    return code if isinstance(code, str) and _TAG.fullmatch(code) else ""


def _thread(message: Json) -> int | None:
    """The topic a message is in; elsewhere the same field names the message that it answers."""
    thread = message.get("message_thread_id")
    known = isinstance(thread, int) and abs(thread) < 2**63
    return thread if known and message.get("is_topic_message") else None


def _entities(message: Json) -> Sequence[Json]:
    """How the text or the caption of a message is formatted."""
    found = message.get("entities") or message.get("caption_entities")
    return found if isinstance(found, list) else []


def _bare(raw: Json) -> tuple[int, Event] | None:
    """What is left of an update that cannot be read: a private message without content."""
    match raw:
        case {"message": {"chat": {"id": int(chat), "type": "private"}}} if abs(chat) < 2**63:
            message: Json = raw["message"]
            number = message.get("message_id")
            number = number if isinstance(number, int) else 0
            thread, language = _thread(message), _language(message)
            return chat, SentOther("message", number, thread=thread, language=language)
        case _:
            return None


def _press(query: Json) -> tuple[int, Event] | None:
    if _by_bot(query):
        return None
    callback, data, language = str(query["id"]), str(query.get("data") or ""), _language(query)
    message = query.get("message")
    if message is None:  # under a message that was sent through the bot, or is too old
        return _whole(query["from"]["id"]), Pressed(data, callback, language=language)
    thread = _thread(message)
    if message["chat"]["type"] != ChatType.PRIVATE:
        return _whole(message["chat"]["id"]), InGroup(callback, thread=thread, language=language)
    number = _whole(message["message_id"])
    pressed = Pressed(data, callback, number, thread=thread, language=language)
    return _whole(query["from"]["id"]), pressed


def _membership(change: Json) -> tuple[int, Event] | None:
    chat, kind = _whole(change["chat"]["id"]), change["chat"]["type"]
    old, new = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
    if kind == ChatType.PRIVATE:
        return chat, Blocked(new in _GONE)
    if kind in _GROUPS and old in _GONE and new not in _GONE:
        return chat, InGroup(language=_language(change))
    return None


def _for_me(message: Json, me: int, username: str) -> bool:
    """Whether a message in a group is meant for the bot."""
    if message.get("reply_to_message", {}).get("from", {}).get("id") == me:
        return True
    text = message.get("text") or message.get("caption") or ""
    at_me = rf"@{re.escape(username)}\b" if username else r"(?!)"
    if re.search(at_me, text, re.IGNORECASE):
        return True
    first: Json = next(iter(_entities(message)), {})
    command = first.get("type") == MessageEntityType.BOT_COMMAND and first.get("offset") == 0
    return command and "@" not in text.split(maxsplit=1)[0]


def _kind(message: Json) -> str:
    return next((kind for kind in _KINDS if message.get(kind)), "message")
