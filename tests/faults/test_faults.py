"""A short run of what `python -m tests.faults` does at length."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults import outages
from tests.faults.account import account_of
from tests.faults.disk import small_disk
from tests.faults.world import World
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.process

SHORT_S = 2.0
"""How long an outage is here; `python -m tests.faults --outages` has longer ones."""


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
        account = account_of(world, kind, await world.killed_often(4, longest_s=1.0))
    assert account.clean, account
    assert account.turns > 0


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_database_that_goes_away_costs_time_only(
    tmp_path: Path, postgres: Cluster, *, webhook: bool
) -> None:
    """Updates are not acknowledged and turns wait until it is back."""
    if postgres.folder is None:
        pytest.skip("TEST_DATABASE_URL's server is not ours to stop")
    async with World(postgres.database(), tmp_path, webhook, learners=6) as world:
        broken = outages.database_away(postgres)
        account = await outages.outage(world, "database away", broken, SHORT_S)
        assert "the store is away" in world.log
    assert account.clean, account
    assert account.resent == 0


async def test_telegram_in_trouble_costs_time_only(tmp_path: Path) -> None:
    """Refused, failing, asking to wait: all is caught up; only unanswered sends may come twice."""
    async with World(f"sqlite:///{tmp_path}/bot.sqlite3", tmp_path, learners=6) as world:
        account = await outages.outage(world, "Telegram", outages.telegram_away, SHORT_S)
        unknown = world.log.count("nobody knows whether the reply")
    assert account.clean, account
    assert account.resent <= unknown


async def test_a_full_disk_costs_time_only(tmp_path: Path) -> None:
    """Nothing is acknowledged that does not fit; when there is room again, all is caught up."""
    with small_disk(tmp_path / "disk") as disk:
        url = f"sqlite:///{disk.folder}/bot.sqlite3"
        async with World(url, tmp_path, learners=6) as world:
            account = await outages.outage(world, "disk", outages.disk_full(disk), SHORT_S)
            assert "the store is away" in world.log or "could not be stored" in world.log
    assert account.clean, account
    assert account.resent == 0


@pytest.mark.skipif(outages.FAKETIME is None, reason="libfaketime is not installed")
async def test_a_clock_set_back_changes_nothing(tmp_path: Path) -> None:
    """Learners go on in an hour that was there already."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    async with World(url, tmp_path, webhook=True, learners=6) as world:
        clock, more = outages.clock_set_back, outages.clock_of(tmp_path)
        account = await outages.outage(world, "clock", clock, SHORT_S, **more)
    assert account.clean, account
    assert account.resent == 0
    assert account.turns > 0


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
async def test_two_workers_behind_nginx(tmp_path: Path, postgres: Cluster) -> None:
    """Updates come in at either; when one is killed, the other goes on with what it had."""
    async with World(postgres.database(), tmp_path, True, learners=8, workers=2) as world:
        account = account_of(world, "two workers", await world.killed_often(3, longest_s=1.0))
    assert account.clean, account
