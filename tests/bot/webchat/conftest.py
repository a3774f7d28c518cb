"""A chat with a tutor behind it that shows everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.server import RunningServer, serve
from tests.bot.webchat.sampler import SPEAKING, Sampler
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def painter() -> FakePainter:
    return FakePainter()


@pytest.fixture
def chat(clock: FakeClock, tmp_path: Path) -> Chat:
    return Chat(clock, tmp_path / "chat")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with SqlStore(f"sqlite:///{tmp_path}/learners.db") as store:
        yield store


@pytest.fixture
async def app(
    chat: Chat, store: SqlStore, clock: FakeClock, painter: FakePainter
) -> AsyncIterator[WebchatApp]:
    app = WebchatApp(chat, store, Sampler(), clock, painter)
    await app.start()
    yield app
    await app.stop()


@pytest.fixture
async def server(app: WebchatApp) -> AsyncIterator[RunningServer]:
    server = await serve(app.chat, SPEAKING, 0)
    yield server
    await server.close()
