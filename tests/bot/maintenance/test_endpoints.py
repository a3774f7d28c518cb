"""Health, readiness and metrics, as a monitor sees them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from platform import python_version

import aiohttp
import pytest

from bot.dialogue.effects import Attempt
from bot.maintenance import endpoints as module
from bot.maintenance.endpoints import Endpoints
from bot.maintenance.metrics import PrometheusMeter


class Bot:
    """What the endpoints ask."""

    trouble = ""
    database = True
    stuck = False

    async def ping(self) -> None:
        """Asks the database."""
        if self.stuck:
            await asyncio.sleep(60)
        if not self.database:
            raise OSError


@pytest.fixture
def bot() -> Bot:
    """A bot in good health."""
    return Bot()


@pytest.fixture
def meter() -> PrometheusMeter:
    """Its meter."""
    return PrometheusMeter(lambda: 3)


@pytest.fixture
async def url(bot: Bot, meter: PrometheusMeter) -> AsyncIterator[str]:
    """Where its endpoints are."""
    served = Endpoints("127.0.0.1", 0, lambda: bot.trouble, bot.ping, meter.text)
    await served.start()
    yield f"http://127.0.0.1:{served.port}"
    await served.stop()


async def get(url: str) -> tuple[int, str]:
    """Status and text of a page."""
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.text()


async def test_a_bot_in_good_health(url: str) -> None:
    """Is alive and ready."""
    assert await get(url + "/health") == (200, "ok\n")
    assert await get(url + "/ready") == (200, "ready\n")


async def test_a_bot_that_is_not_connected_is_alive_and_not_ready(url: str, bot: Bot) -> None:
    """So nobody restarts it while Telegram is away."""
    bot.trouble = "not connected to Telegram yet"
    assert await get(url + "/health") == (200, "ok\n")
    assert await get(url + "/ready") == (503, "not connected to Telegram yet\n")


@pytest.mark.parametrize("how", ["away", "stuck"])
async def test_a_bot_without_its_database_is_not_ready(
    url: str, bot: Bot, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it refuses or does not answer."""
    monkeypatch.setattr(module, "PATIENCE_S", 0.01)
    bot.database, bot.stuck = False, how == "stuck"
    assert await get(url + "/ready") == (503, "the database does not answer\n")


async def test_what_happened_is_counted(url: str, meter: PrometheusMeter) -> None:
    """Turns by verdict, mistakes by id, calls by outcome, drawings, the queue."""
    meter.received("new")
    wrong = Attempt("l", "s", "H1.sum", "0.45", "mistake", ("dropped_sign", "slip"))
    meter.turn((wrong,), 0.01)
    meter.reply(0.02)
    meter.call("sendMessage", "throttled", 0.1)
    meter.drawing("drawn", 0.2)
    status, text = await get(url + "/metrics")
    assert status == 200
    for line in (
        'build_a_network_updates_total{how="new"} 1.0',
        "build_a_network_turns_total 1.0",
        'build_a_network_answers_total{verdict="mistake"} 1.0',
        'build_a_network_mistakes_total{mistake="dropped_sign"} 1.0',
        'build_a_network_telegram_calls_total{method="sendMessage",outcome="throttled"} 1.0',
        'build_a_network_drawings_total{outcome="drawn"} 1.0',
        "build_a_network_reply_seconds_count 1.0",
        "build_a_network_chats_waiting 3.0",
    ):
        assert line in text.splitlines()
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert {
        name for name in names if not name.startswith(("build_a_network_", "process_"))
    } == set()
    assert f'build_info{{python="{python_version()}",version="' in text
    assert "slip" not in text
    assert "0.45" not in text
