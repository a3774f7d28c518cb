"""Every call is held against a description of the Bot API that is kept as data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from telegram import Bot

from tests.telegram_server.describing import NEWER, described, written
from tests.telegram_server.description import API, FILE, violations
from tests.telegram_server.methods import NAMES
from tests.telegram_server.telegram import LocalTelegram

SAY: dict[str, Any] = {"chat_id": 1, "text": "x"}


def under(**fields: object) -> dict[str, Any]:
    """A message with a button that has these fields."""
    button = {"text": "b", "callback_data": "x", **fields}
    return SAY | {"reply_markup": {"inline_keyboard": [[button]]}}


def test_it_is_what_python_telegram_bot_says() -> None:
    """Whoever updates that library writes the description anew."""
    assert FILE.read_text(encoding="utf-8") == written(described())


def test_it_knows_all_that_the_local_telegram_does() -> None:
    """And what is newer than the library has the version it came with."""
    assert set(NAMES.values()) <= set(API["methods"])
    newer = [fact for fields in NEWER.values() for fact in fields.values()]
    assert newer
    assert all(fact["version"] > API["version"] for fact in newer)


KEY = "InlineKeyboardButton"
BROKEN = {
    f"{KEY}.style: blue is none of its values": under(style="blue"),
    f"{KEY}.colour: unknown": under(colour="blue"),
    f"{KEY}.callback_data: 0 long, not [1, 64]": under(callback_data=""),
    f"{KEY}.callback_data: 66 long, not [1, 64]": under(callback_data="é" * 33),
    "CopyTextButton.text: 257 long, not [1, 256]": under(copy_text={"text": "c" * 257}),
    "MessageEntity.length: missing": SAY | {"entities": [{"type": "bold", "offset": 0}]},
    "sendMessage.text: missing": {"chat_id": 1},
    "sendMessage.thread: unknown": SAY | {"thread": 1},
    "sendMessage.protect_content: not of type Boolean": SAY | {"protect_content": "perhaps"},
    "sendMessages: unknown": SAY,
    "getUpdates.limit: 101 is not within [1, 100]": {"limit": 101},
    "setMyDescription.description: 513 long, not [0, 512]": {"description": "d" * 513},
    "setMyCommands.commands: not an array": {"commands": "start"},
}


@pytest.mark.parametrize("found", BROKEN)
def test_what_breaks_it_is_named(found: str) -> None:
    """A field that is not known, missing, of another type, too long, or of no known value."""
    method = re.split("[.:]", found)[0]
    assert violations(method if method[0].islower() else "sendMessage", BROKEN[found]) == [found]


@pytest.mark.parametrize("call", [SAY, {"chat_id": "1", "text": "1"}, under(style="primary")])
def test_what_it_allows_is_not(call: dict[str, Any]) -> None:
    """As JSON, and as the texts of a form."""
    assert violations("sendMessage", call) == []


def test_files_are_attached_to_something() -> None:
    """A part of a form that nothing names is passed over by Telegram."""
    media = '{"type": "photo", "media": "attach://a"}'
    call = {"chat_id": "1", "message_id": "2", "media": media}
    assert violations("editMessageMedia", call, {"a"}) == []
    assert violations("sendPhoto", {"chat_id": "1"}, {"photo"}) == []
    assert violations("editMessageMedia", call, {"a", "b"}) == [
        "editMessageMedia: attach://b is attached to nothing"
    ]


async def test_the_local_telegram_counts_them(bot: Bot, telegram: LocalTelegram) -> None:
    """The real library's own calls have none; like Telegram it passes over what it knows not."""
    await bot.send_message(1, "x", reply_markup=None)
    assert telegram.violations == []
    answer = await telegram.call("sendMessage", SAY | {"texts": "y"})
    assert answer["ok"]
    assert telegram.violations == ["sendMessage.texts: unknown"]
