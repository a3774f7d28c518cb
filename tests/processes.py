"""The bot as a process of its own, against a Telegram on this computer."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram

UNBOUNDED = {"SENDS_PER_SECOND": "1e6", "CHAT_SENDS_PER_SECOND": "1e6"}
"""Settings with which a bot sends as fast as it can, where something else is tried."""
ROOT = Path(__file__).parents[1]
TOKEN = "123456789:a-token-nobody-should-see-in-any-log"


async def start_bot(folder: Path, api: str, **settings: str) -> asyncio.subprocess.Process:
    """Starts the bot itself, which writes its warnings into `bot.log` in the folder."""
    variables = {
        "DATA_FOLDER": str(folder / "data"),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": api,
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "bot.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot",
            env=os.environ | UNBOUNDED | variables | settings, cwd=folder, stderr=log, stdout=log,
        )  # fmt: skip


class Bots:
    """Starts echo bots against one Telegram and reads what they write."""

    def __init__(self, telegram: LocalTelegram, server: RunningServer, folder: Path) -> None:
        self.telegram = telegram
        self.server = server
        self.folder = folder
        self.running: list[asyncio.subprocess.Process] = []

    async def start(
        self, *arguments: str, module: str = "tests.fakes.echo_bot", **settings: str
    ) -> asyncio.subprocess.Process:
        """Starts one."""
        variables = {
            "DATA_FOLDER": str(self.folder / "data"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": self.server.url,
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            cwd=self.folder,
            env=os.environ | UNBOUNDED | variables | settings,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self.running.append(process)
        return process

    async def start_page(self, module: str = "bot", **settings: str) -> str:
        """Starts one in a chat on this computer; the page's address."""
        chosen = {"TELEGRAM_BOT_TOKEN": "", "LOCAL_CHAT_PORT": "0"} | settings
        process = await self.start(module=module, **chosen)
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        return line.removeprefix("The chat is at ").strip()

    def said(self, chat: int = 1) -> list[str]:
        """What the bots said in a chat."""
        return [post.text for post in self.telegram.posts(chat) if post.from_bot]

    async def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Waits for something to become true."""
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - the other side is a process
                await asyncio.sleep(0.01)


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Bots]:
    """Nothing started yet; what is left running is ended."""
    telegram = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    server = await serve(telegram, port=0)
    made = Bots(telegram, server, tmp_path)
    yield made
    for process in made.running:
        if process.returncode is None:
            process.kill()
        await process.communicate()
    await server.close()
    assert telegram.violations == []
