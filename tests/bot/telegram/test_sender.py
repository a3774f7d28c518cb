"""How effects look to the Bot API, and what its refusals mean."""

from __future__ import annotations

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import ports
from bot.dialogue.effects import Button, Say
from bot.telegram.markup import markup
from bot.telegram.request import AnswerLostError, NotConnectedError
from bot.telegram.sender import translate

BUTTONS = ((Button("Hint", "h"), Button("Show me", "s")), (Button("More", "m"),))


def test_buttons_and_placeholder_hang_under_a_message() -> None:
    """Buttons alone, both together, a placeholder alone, or nothing."""
    keys = {
        "inline_keyboard": (
            (
                {"text": "Hint", "callback_data": "h"},
                {"text": "Show me", "callback_data": "s"},
            ),
            ({"text": "More", "callback_data": "m"},),
        )
    }
    shapes = [
        (Say("x", BUTTONS), keys),
        (
            Say("x", BUTTONS, "A number"),
            keys | {"force_reply": True, "input_field_placeholder": "A number"},
        ),
        (Say("x", (), "A number"), {"force_reply": True, "input_field_placeholder": "A number"}),
    ]
    for say, expected in shapes:
        found = markup(say.buttons, say.placeholder)
        assert found is not None
        as_sent = dict(found)
        if "inline_keyboard" in as_sent:
            as_sent["inline_keyboard"] = tuple(map(tuple, as_sent["inline_keyboard"]))
        assert as_sent == expected
    assert markup((), None) is None


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
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, TelegramError) else None,
)
def test_each_refusal_has_one_meaning(error: TelegramError, kind: type[Exception]) -> None:
    """Although most of them are kinds of NetworkError to python-telegram-bot."""
    assert type(translate(error)) is kind
