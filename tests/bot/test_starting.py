"""What a start does without, because it would take longer than all the rest."""

from __future__ import annotations

import subprocess
import sys

import pytest

POLLING = "bot.startup.chosen, bot.dialogue.machine, bot.startup.telegram"
LOCAL = "bot.startup.chosen, bot.dialogue.machine, bot.startup.webchat, bot.webchat.server"
HEAVY = ("alembic", "sqlalchemy.dialects.postgresql", "typst", "numpy", "segno")
SERVER = "aiohttp.web"


def imported(modules: str, names: tuple[str, ...]) -> list[str]:
    """Those of some modules that others have imported, in a process of their own."""
    seen = f"import sys, {modules}; print(*(name for name in {names} if name in sys.modules))"
    command = [sys.executable, "-c", seen]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.process
def test_polling_starts_without_what_it_does_not_use() -> None:
    """Neither migrations, other databases, drawing nor a web server are imported."""
    assert imported(POLLING, (*HEAVY, SERVER)) == []


@pytest.mark.process
def test_the_local_chat_starts_without_what_it_does_not_use() -> None:
    """It serves pages, and is without the rest all the same."""
    assert imported(LOCAL, (*HEAVY, SERVER)) == [SERVER]


@pytest.mark.process
def test_help_needs_none_of_the_bot() -> None:
    """Whoever asks for the command line does not wait for the lessons."""
    assert imported("bot.__main__", ("asyncio", "pydantic", "content", "engine", "telegram")) == []
