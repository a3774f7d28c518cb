"""Performs effects with the Bot API, and says in the runtime's words what went wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.dialogue.effects import AnswerPress, React, Say, Show, Unbutton
from bot.ports import (
    DeliveryError,
    Document,
    Mark,
    MovedError,
    NotSentError,
    Performed,
    PlatformTroubleError,
    RejectedError,
    Speaks,
    ThrottledError,
    UnreachableError,
    UnsureError,
)
from bot.telegram.api import Api
from bot.telegram.incoming import wait_s
from bot.telegram.markup import markup, plain_text, whole
from bot.telegram.pacing import jittered
from bot.telegram.pictures import NoPictureError, PictureSender, Send
from bot.telegram.request import AnswerLostError, NotConnectedError

LONGEST_WAIT_S = 2.0
"""How long it waits at most before it asks again whether Telegram answers."""
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
        first_wait_s: the first pause before it asks again whether Telegram answers.
    """

    def __init__(
        self, api: Api, pictures: PictureSender | None = None, first_wait_s: float = 0.5
    ) -> None:
        self._api, self._pictures = api, pictures
        self._first_wait_s = first_wait_s
        self._answering: asyncio.Task[None] | None = None

    async def perform(
        self,
        chat: int,
        effect: Performed,
        *,
        plain: bool = False,
        mark: Mark | None = None,
        uploading: Mark | None = None,
    ) -> int | None:
        """See `bot.ports.Messenger`."""
        send = partial(self._api.send, chat, mark=mark, uploading=uploading)
        try:
            match effect := whole(effect, self._api.address):
                case Say():
                    return await _say(send, effect, plain=plain)
                case Show():
                    return await self._show(send, effect, plain=plain)
                case Document():
                    return await _document(send, effect, plain=plain)
                case React(message, emoji):
                    reaction = [{"type": "emoji", "emoji": emoji}]
                    await self._api.call(
                        "setMessageReaction", chat_id=chat, message_id=message, reaction=reaction
                    )
                case Unbutton(message):
                    await self._api.call("editMessageReplyMarkup", chat_id=chat, message_id=message)
                case Speaks(_, commands):
                    await self._menu(chat, commands)
                case AnswerPress(callback, text):
                    await self._api.call(
                        "answerCallbackQuery", callback_query_id=callback, text=text[:200] or None
                    )
        except BadRequest as error:
            if isinstance(effect, Say | Show | Document) and _lost(effect, error):
                # The learner deleted the topic; the chat is still there.
                there = replace(effect, thread=None)
                return await self.perform(chat, there, plain=plain, mark=mark, uploading=uploading)
            raise translate(error) from error
        except TelegramError as error:
            raise translate(error) from error
        return None

    async def reachable(self) -> None:
        """See `bot.ports.Messenger`; however many wait, one asks."""
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answers(), name="reaching Telegram")
        await asyncio.shield(self._answering)

    async def _answers(self) -> None:
        pause_s = self._first_wait_s
        while True:
            try:
                await self._api.call("getMe")
            except RetryAfter as error:
                await asyncio.sleep(wait_s(error.retry_after))
            except TelegramError:
                await asyncio.sleep(pause_s)
                pause_s = min(LONGEST_WAIT_S, 2 * pause_s)
            else:
                return

    async def _menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        """A chat's own command menu; without commands, that of its app's language again."""
        scope = {"type": "chat", "chat_id": chat}
        if not commands:
            await self._api.call("deleteMyCommands", scope=scope)
            return
        menu = [{"command": name, "description": text} for name, text in commands]
        await self._api.call("setMyCommands", commands=menu, scope=scope)

    async def _show(self, send: Send, effect: Show, *, plain: bool) -> int | None:
        words = Say(effect.caption, effect.buttons, thread=effect.thread)
        if plain or self._pictures is None:
            return await _say(send, words, plain=plain)
        try:
            return await self._pictures.show(send, effect)
        except NoPictureError:
            return await _say(send, words, plain=False)
        except (TimedOut, AnswerLostError) as error:
            if effect.replaces is None:
                raise
            raise PlatformTroubleError(str(error)) from error  # redrawing twice harms nobody


async def _say(send: Send, effect: Say, *, plain: bool) -> int:
    sent = await send(
        "sendMessage",
        message_thread_id=effect.thread,
        text=plain_text(effect.html) if plain else effect.html,
        parse_mode=None if plain else "HTML",
        link_preview_options=_NO_PREVIEW,
        reply_markup=None if plain else markup(effect.buttons),
    )
    return int(sent["message_id"])


async def _document(send: Send, effect: Document, *, plain: bool) -> int:
    file = InputFile(effect.content, effect.name, attach=True)
    sent = await send(
        "sendDocument",
        file,
        message_thread_id=effect.thread,
        document=file.attach_uri,
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
            return ThrottledError(jittered(wait_s(wait)))
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
        case InvalidToken() | Conflict():  # an error page's, or a server's that starts: not done
            return PlatformTroubleError(text)
        case TimedOut():
            return UnsureError(text)
        case AnswerLostError():
            return UnsureError(text, broke=True)
        case InvalidToken() | Conflict():
            return PlatformTroubleError(text)
        case NetworkError() if "Unknown error in HTTP implementation" not in text:
            return PlatformTroubleError(text)
        case _:
            return UnsureError(text, broke=True)
