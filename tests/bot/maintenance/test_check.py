"""`python -m bot check`, as a process: each line says what is fine or what to do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.maintenance.check import _languages
from tests.languages import content
from tests.processes import Bots, bots

__all__ = ["bots"]

pytestmark = pytest.mark.process


async def checked(bots: Bots, **settings: str) -> tuple[int | None, list[str]]:
    """Exit code and lines."""
    process = await bots.start("check", **settings)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert err == b""
    assert b"nobody-should-see" not in out
    return process.returncode, out.decode().splitlines()


async def test_all_is_well(bots: Bots) -> None:
    """Settings, lesson, database, pictures, token, owner, updates."""
    code, lines = await checked(bots)
    assert code == 0
    assert [line.partition(":")[0] for line in lines] == [
        "ok   settings",
        "ok   lesson",
        "ok   languages",
        "ok   database",
        "ok   pictures",
        "ok   token",
        "ok   owner",
        "ok   updates",
    ]
    assert "@build_a_network_bot" in lines[5]


async def test_a_token_that_is_not_accepted(bots: Bots) -> None:
    """The line says where to get one."""
    bots.telegram.token = "123456789:another-token-nobody-should-see-anywhere"
    code, lines = await checked(bots)
    assert code == 1
    assert lines[-1] == "FIX  token: is not accepted; copy it from @BotFather again"


async def test_the_owner_has_to_be_a_chat_of_the_bot_s(bots: Bots) -> None:
    """One that has written to it; another number is most likely a slip."""
    bots.telegram.user_sends("hello", chat=77)
    code, lines = await checked(bots, OWNER_CHAT_ID="77", LOG_FORMAT="json")
    assert code == 0
    assert lines[0] == "ok   settings: can be used; the log is json"
    assert lines[-2] == "ok   owner: chat 77 may ask for /stats"
    code, lines = await checked(bots, OWNER_CHAT_ID="78")
    assert code == 1
    assert lines[-2].startswith("FIX  owner: OWNER_CHAT_ID is 78, which is no chat of this bot;")


async def test_settings_that_cannot_be_used_are_told_before_anything_else(bots: Bots) -> None:
    """A line for each, and nothing is looked at."""
    process = await bots.start("check", OWNER_CHAT_ID="me", LOG_FORMAT="xml")
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out) == (2, b"")
    assert err.decode().splitlines() == [
        "OWNER_CHAT_ID is 'me': use the number of your own chat, as /export names it",
        "LOG_FORMAT is 'xml': use one of text, json",
    ]


async def test_a_webhook_that_telegram_cannot_reach(bots: Bots) -> None:
    """What Telegram says about it is passed on."""
    url = "http://127.0.0.1:9/updates"
    bots.telegram.settings["webhook"] = {"url": url}
    bots.telegram.webhook_error = "Connection refused"
    code, lines = await checked(bots, WEBHOOK_URL=url)
    assert code == 1
    assert lines[-1].startswith("FIX  webhook: Telegram cannot deliver: Connection refused;")


async def test_a_backup_and_its_restoring_are_one_command_each(bots: Bots, tmp_path: Path) -> None:
    """Exit code 0 and a line that names the database; a mistake is 1 and one line."""
    await checked(bots)  # makes the database
    copy = str(tmp_path / "copy")
    database = tmp_path / "data" / "telegram-123456789.sqlite3"
    for command, done in (("backup", "is written to"), ("restore", "is restored from")):
        process = await bots.start(command, copy)
        out, err = await asyncio.wait_for(process.communicate(), 60)
        assert (process.returncode, out.decode()) == (0, f"{database} {done} {copy}\n")
        assert err == b""
    process = await bots.start("backup", copy)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out) == (1, b"")
    assert err.decode() == f"{copy} is there already: name a new file\n"


async def test_the_numbers_of_the_course(bots: Bots) -> None:
    """In words."""
    await checked(bots)
    process = await bots.start("stats")
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, err) == (0, b"")
    assert out.decode().startswith("learners: 0, of them active this week: 0\n")


def test_languages_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """Each with the first of its faults; the others are spoken all the same."""
    folder = content(tmp_path / "content")
    assert str(_languages(["de", "en"], folder)) == "ok   languages: de, en"
    found = _languages(["de", "en", "fr"], folder)
    assert not found.fine
    assert "fr/chat.toml: say.welcom: is not known" in found.found
