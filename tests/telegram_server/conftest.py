"""A local Telegram, a clock that stands still unless told, and a small bot to talk to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from tests.telegram_server.request import LocalRequest
from tests.telegram_server.telegram import LocalTelegram


class StillClock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time it stands at."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Moves on by so many seconds."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def telegram(clock: StillClock) -> LocalTelegram:
    return LocalTelegram(clock=clock)


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    """The real python-telegram-bot, in-process, in a chat that exists already."""
    request = LocalRequest(telegram)
    async with Bot(telegram.token, request=request, get_updates_request=request) as bot:
        telegram.user_sends("hello")
        yield bot
