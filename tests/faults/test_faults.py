"""A short run of what `python -m tests.faults` does at length."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.local import faults
from tests.faults.world import World
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.process


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_kill_9_loses_nothing_and_doubles_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, *, webhook: bool
) -> None:
    """Progress is what the answers imply, every message has its reply, no answer counts twice."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    if kind == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.database()
    async with World(url, tmp_path, webhook, learners=8) as world:
        account = world.account(kind, await world.killed_often(4, longest_s=1.0))
    assert account.clean, account
    assert account.turns > 0


async def test_a_database_that_goes_away_costs_time_only(tmp_path: Path, postgres: Cluster) -> None:
    """Updates are not acknowledged and turns wait until it is back."""
    if postgres.folder is None:
        pytest.skip("TEST_DATABASE_URL's server is not ours to stop")
    async with World(postgres.database(), tmp_path, webhook=True, learners=6) as world:
        await world.start()
        await world.alive()
        await world.live(1)
        await asyncio.to_thread(postgres.stop)
        await world.live(1)
        await asyncio.to_thread(postgres.start)
        await world.live(1)
        await world.settle()
        account = world.account("database away", 0)
    assert account.clean, account
    assert account.resent == 0


async def test_telegram_in_trouble_costs_time_only(tmp_path: Path) -> None:
    """Errors of every safe kind, many of them."""
    async with World(f"sqlite:///{tmp_path}/bot.sqlite3", tmp_path, learners=6) as world:
        await world.start()
        await world.alive()
        trouble = [faults.server_error(502), faults.too_many_requests(1), None, None] * 5
        world.telegram.faults.add("sendMessage", *trouble)
        world.telegram.faults.add("getUpdates", *[faults.server_error(500), None] * 3)
        await world.live(2)
        await world.settle()
        account = world.account("Telegram in trouble", 0)
    assert account.clean, account
    assert account.resent == 0


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
async def test_two_workers_behind_nginx(tmp_path: Path, postgres: Cluster) -> None:
    """Updates come in at either; when one is killed, the other goes on with what it had."""
    async with World(postgres.database(), tmp_path, True, learners=8, workers=2) as world:
        account = world.account("two workers", await world.killed_often(3, longest_s=1.0))
    assert account.clean, account
