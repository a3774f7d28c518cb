"""The whole shell for tests: Telegram over HTTP, the runtime, a database; an echo for a lesson."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.machine import Machine
from bot.maintenance.metrics import PrometheusMeter
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from bot.telegram.webhook import Webhook
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.painter import FakePainter
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.telegram import LocalTelegram

TOKEN = "123456789:a-token-nobody-should-see-in-any-log"
ANN, BEN = 1, 2


class Stage:
    """A Telegram, a database file, and a bot that can be started and stopped."""

    def __init__(self, telegram: LocalTelegram, server: RunningServer, file: Path) -> None:
        self.telegram = telegram
        self.server = server
        self.file = file
        self.store: SqlStore | None = None
        self.app: TelegramApp | None = None
        self.painter = FakePainter()
        self.tutor: EchoDialogue | Machine = EchoDialogue()
        self.webhook: Webhook | None = None
        self.meter = PrometheusMeter()
        self.clock = FakeClock()

    async def start(self, token: str = TOKEN) -> TelegramApp:
        """Starts the bot."""
        self.store = SqlStore(f"sqlite:///{self.file}", 123456789)
        self.app = TelegramApp(
            token,
            self.store,
            self.tutor,
            self.clock,
            api=self.server.url,
            first_wait_s=0.01,
            painter=self.painter,
            uploads=self.store,
            webhook=self.webhook,
            meter=self.meter,
        )
        await self.app.start()
        return self.app

    async def stop(self) -> None:
        """Stops it, if it runs."""
        if self.app is not None and self.store is not None:
            await self.app.stop()
            await self.store.close()
        self.app = self.store = None

    def said(self, chat: int = ANN) -> list[str]:
        """What the bot said in a chat."""
        return [post.text for post in self.telegram.posts(chat) if post.from_bot]

    async def until(self, holds: Callable[[], bool], seconds: float = 5) -> None:
        """Waits for something to become true."""
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - it may hold for many reasons
                await asyncio.sleep(0.005)

    async def hears(self, *texts: str, chat: int = ANN) -> None:
        """Waits until the bot has said this in a chat, and nothing else."""
        await self.until(lambda: len(self.said(chat)) >= len(texts))
        assert self.said(chat) == list(texts)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage with nobody on it yet."""
    telegram = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    server = await serve(telegram, port=0)
    made = Stage(telegram, server, tmp_path / "bot.sqlite3")
    yield made
    await made.stop()
    await server.close()
    assert telegram.violations == []
