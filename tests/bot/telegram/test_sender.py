"""How effects look to the Bot API, and what its refusals mean."""

from __future__ import annotations

import pytest
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

from bot import ports
from bot.dialogue.effects import Button
from bot.telegram.markup import markup
from bot.telegram.request import AnswerLostError, NotConnectedError
from bot.telegram.sender import translate

BUTTONS = ((Button("Hint", "h"), Button("Show me", "s")), (Button("More", "m"),))


def test_buttons_hang_under_a_message() -> None:
    """And nothing else does: no reply is asked for, no placeholder set."""
    hint, more = {"text": "Hint", "callback_data": "h"}, {"text": "More", "callback_data": "m"}
    show_me = {"text": "Show me", "callback_data": "s"}
    assert markup(BUTTONS) == {"inline_keyboard": [[hint, show_me], [more]]}
    assert markup(()) is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(3), ports.ThrottledError),
        (ChatMigrated(-5), ports.MovedError),
        (Forbidden("Forbidden: bot was blocked by the user"), ports.UnreachableError),
        (BadRequest("Chat not found"), ports.UnreachableError),
        (BadRequest("Can't parse entities"), ports.RejectedError),
        (BadRequest("Query is too old"), ports.RejectedError),
        (NotConnectedError("refused"), ports.NotSentError),
        (TimedOut(), ports.UnsureError),
        (AnswerLostError("reset"), ports.UnsureError),
        (NetworkError("Bad Gateway"), ports.PlatformTroubleError),
        (TelegramError("Invalid server response"), ports.UnsureError),
        (InvalidToken(), ports.PlatformTroubleError),
        (Conflict("Conflict: terminated by other long poll"), ports.PlatformTroubleError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, TelegramError) else None,
)
def test_each_refusal_has_one_meaning(error: TelegramError, kind: type[Exception]) -> None:
    """Although most of them are kinds of NetworkError to python-telegram-bot."""
    assert type(translate(error)) is kind
