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
from bot.dialogue.effects import Button, Purpose, Say, link
from bot.telegram.markup import linked, markup, whole
from bot.telegram.request import AnswerLostError, NotConnectedError
from bot.telegram.sender import translate

ADDRESS = "https://t.me/echo_bot"
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


def test_what_a_button_is_for_shows_in_its_style() -> None:
    """Answers are blue, what erases is red, and what helps looks like any button."""
    row = tuple(Button("B", "x", one) for one in (Purpose.ANSWER, Purpose.TOOL, Purpose.ERASE))
    shown = markup((row,))
    assert shown is not None
    styles = [button.get("style") for button in shown["inline_keyboard"][0]]
    assert styles == ["primary", None, "danger"]


def test_links_are_links() -> None:
    """One button copies the whole address, one sends it on; in a text it can be tapped."""
    row = (Button("Copy", "net_A-_", Purpose.COPY), Button("Share", "net_A-_", Purpose.SHARE))
    said = whole(Say(f"Here: {link('net_A-_')}.", (row,)), ADDRESS)
    assert isinstance(said, Say)
    assert said.html == f"Here: {ADDRESS}?start=net_A-_."
    shown = markup(said.buttons)
    assert shown is not None
    copy, share = shown["inline_keyboard"][0]
    assert copy == {"text": "Copy", "copy_text": {"text": f"{ADDRESS}?start=net_A-_"}}
    quoted = "https%3A%2F%2Ft.me%2Fecho_bot%3Fstart%3Dnet_A-_"
    assert share == {"text": "Share", "url": f"https://t.me/share/url?url={quoted}"}
    assert linked('<a href="?">me</a>', ADDRESS) == f'<a href="{ADDRESS}">me</a>'
    assert linked('<a href="https://x.y/?z">x</a>', ADDRESS) == '<a href="https://x.y/?z">x</a>'
