"""Performs effects with the Bot API, and says in the runtime's words what went wrong."""

from __future__ import annotations

import html
import re

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReactionTypeEmoji,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.dialogue.effects import AnswerPress, React, Say
from bot.ports import (
    DeliveryError,
    MovedError,
    NotSentError,
    PlatformTroubleError,
    RejectedError,
    Sendable,
    ThrottledError,
    UnreachableError,
    UnsureError,
)
from bot.telegram.request import AnswerLostError, NotConnectedError

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = re.compile(
    r"chat not found|user not found|bot was kicked|user is deactivated", re.IGNORECASE
)


class TelegramMessenger:
    """Implements `bot.ports.Messenger`.

    Args:
        bot: python-telegram-bot's bot.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def perform(self, chat: int, effect: Sendable, *, plain: bool = False) -> int | None:
        """See `bot.ports.Messenger`."""
        try:
            match effect:
                case Say():
                    return await self._say(chat, effect, plain=plain)
                case React(message, emoji):
                    await self._bot.set_message_reaction(chat, message, ReactionTypeEmoji(emoji))
                case AnswerPress(callback, text):
                    await self._bot.answer_callback_query(callback, text[:200] or None)
        except TelegramError as error:
            raise translate(error) from error
        return None

    async def _say(self, chat: int, effect: Say, *, plain: bool) -> int:
        sent = await self._bot.send_message(
            chat,
            plain_text(effect.html) if plain else effect.html,
            parse_mode=None if plain else ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=None if plain else markup(effect),
        )
        return sent.message_id


def markup(effect: Say) -> InlineKeyboardMarkup | ForceReply | None:
    """What hangs under a message: buttons, a placeholder in the input field, both or nothing.

    Since Bot API 10.3 an inline keyboard may ask for an answer too. A server that is older, or does
    not know the placeholder there, passes over it and the buttons stay.
    """
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
        for row in effect.buttons
    ]
    placeholder = effect.placeholder[:64] if effect.placeholder else None
    if rows:
        extra = {"force_reply": True, "input_field_placeholder": placeholder}
        return InlineKeyboardMarkup(rows, api_kwargs=extra if placeholder else None)
    if placeholder:
        return ForceReply(input_field_placeholder=placeholder)
    return None


def plain_text(markup_text: str) -> str:
    """Telegram's HTML without its tags, cut to what one message holds.

    >>> plain_text("<b>x1</b> &lt; 2")
    'x1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text))[:4096]


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
