"""Performs effects with the Bot API, and says in the runtime's words what went wrong."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.dialogue.effects import AnswerPress, React, Say, Show
from bot.ports import (
    DeliveryError,
    Document,
    MovedError,
    NotSentError,
    Performed,
    PlatformTroubleError,
    RejectedError,
    ThrottledError,
    UnreachableError,
    UnsureError,
)
from bot.telegram.api import Api
from bot.telegram.markup import markup, plain_text, whole
from bot.telegram.pictures import NoPictureError, PictureSender
from bot.telegram.request import AnswerLostError, NotConnectedError

_NO_PREVIEW = {"is_disabled": True}
_NO_THREAD = re.compile(r"message thread not found|TOPIC_DELETED", re.IGNORECASE)
_GONE = re.compile(
    r"chat not found|user not found|bot was kicked|user is deactivated", re.IGNORECASE
)


class TelegramMessenger:
    """Implements `bot.ports.Messenger`.

    Args:
        api: makes the calls.
        pictures: sends pictures; without one, their captions go out.
    """

    def __init__(self, api: Api, pictures: PictureSender | None = None) -> None:
        self._api, self._pictures = api, pictures

    async def perform(self, chat: int, effect: Performed, *, plain: bool = False) -> int | None:
        """See `bot.ports.Messenger`."""
        try:
            match effect := whole(effect, self._api.address):
                case Say():
                    return await self._say(chat, effect, plain=plain)
                case Show():
                    return await self._show(chat, effect, plain=plain)
                case Document():
                    return await self._document(chat, effect, plain=plain)
                case React(message, emoji):
                    reaction = [{"type": "emoji", "emoji": emoji}]
                    await self._api.call(
                        "setMessageReaction", chat_id=chat, message_id=message, reaction=reaction
                    )
                case AnswerPress(callback, text):
                    await self._api.call(
                        "answerCallbackQuery", callback_query_id=callback, text=text[:200] or None
                    )
        except BadRequest as error:
            if isinstance(effect, Say | Show | Document) and _lost(effect, error):
                # The learner deleted the topic; the chat is still there.
                return await self.perform(chat, replace(effect, thread=None), plain=plain)
            raise translate(error) from error
        except TelegramError as error:
            raise translate(error) from error
        return None

    async def _say(self, chat: int, effect: Say, *, plain: bool) -> int:
        sent = await self._api.call(
            "sendMessage",
            chat_id=chat,
            message_thread_id=effect.thread,
            text=plain_text(effect.html) if plain else effect.html,
            parse_mode=None if plain else "HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=None if plain else markup(effect.buttons, effect.placeholder),
        )
        return int(sent["message_id"])

    async def _show(self, chat: int, effect: Show, *, plain: bool) -> int | None:
        words = Say(effect.caption, effect.buttons, effect.placeholder, thread=effect.thread)
        if plain or self._pictures is None:
            return await self._say(chat, words, plain=plain)
        try:
            return await self._pictures.show(chat, effect)
        except NoPictureError:
            return await self._say(chat, words, plain=False)
        except (TimedOut, AnswerLostError) as error:
            if effect.replaces is None:
                raise
            raise PlatformTroubleError(str(error)) from error  # redrawing twice harms nobody

    async def _document(self, chat: int, effect: Document, *, plain: bool) -> int:
        sent = await self._api.call(
            "sendDocument",
            ("document", InputFile(effect.content, effect.name, attach=True)),
            chat_id=chat,
            message_thread_id=effect.thread,
            caption=plain_text(effect.caption) if plain else effect.caption,
            parse_mode=None if plain else "HTML",
        )
        return int(sent["message_id"])


def _lost(effect: Say | Show | Document, error: BadRequest) -> bool:
    """Whether the part of the chat that a message belongs in is gone."""
    return effect.thread is not None and bool(_NO_THREAD.search(str(error)))


def translate(error: TelegramError) -> DeliveryError:
    """What a failed call means for a reply.

    `TimedOut` and `BadRequest` are kinds of `NetworkError` in python-telegram-bot, so the order
    matters here.
    """
    text = str(error)
    match error:
        case RetryAfter(retry_after=wait):
            seconds = wait if isinstance(wait, int | float) else wait.total_seconds()
            return ThrottledError(float(seconds))
        case ChatMigrated(new_chat_id=chat):
            return MovedError(chat)
        case Forbidden():
            return UnreachableError(text)
        case BadRequest() if _GONE.search(text):
            return UnreachableError(text)
        case BadRequest():
            return RejectedError(text)
        case NotConnectedError():
            return NotSentError(text)
        case TimedOut() | AnswerLostError():
            return UnsureError(text)
        case NetworkError() if "Unknown error in HTTP implementation" not in text:
            return PlatformTroubleError(text)
        case _:
            return UnsureError(text)
