"""What breaks around the bot, each while learners go on, and for so long as asked.

The bot is one process; nothing kills it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.telegram.request import READ_TIMEOUT_S
from tests.faults.account import Account, account_of
from tests.faults.disk import SmallDisk
from tests.faults.weather import FETCHING
from tests.faults.world import World
from tests.postgres import Cluster
from tests.telegram_server import faults

Break = Callable[[World, float], Awaitable[None]]
AROUND_S = 1.0
"""How long learners go on before and after."""


LONGER = 10
"""So many times as long a disk stays full on a machine where little is stored in the time."""


async def outage(world: World, name: str, broken: Break, seconds: float, **more: str) -> Account:
    """One outage, with learners before, during and after it.

    Args:
        world: where.
        name: what the account is called.
        broken: breaks something for so many seconds and mends it.
        seconds: how long.
        more: environment variables of the bot.
    """
    await world.start(more=more)
    await world.alive()
    await world.live(AROUND_S)
    await broken(world, seconds)
    await world.live(AROUND_S)
    await world.settle()
    return account_of(world, name)


def database_away(cluster: Cluster) -> Break:
    """PostgreSQL loses power."""

    async def broken(world: World, seconds: float) -> None:
        await asyncio.to_thread(cluster.stop)
        await world.live(seconds)
        await asyncio.to_thread(cluster.start)

    return broken


async def telegram_away(world: World, seconds: float) -> None:
    """Connections refused, then 502, then 429, then sends that arrive but are not answered."""
    await world.close_telegram()
    await world.live(seconds / 4)
    await world.open_telegram()
    with world.weather.bad(faults.server_error(502)):
        await world.live(seconds / 4)
    with world.weather.bad(faults.too_many_requests(1)):
        await world.live(seconds / 4)
    # A timeout needs its time; a dropped connection leaves the same doubt at once.
    silent_s = READ_TIMEOUT_S + 1 if seconds >= READ_TIMEOUT_S else 0
    with world.weather.bad(faults.lost_answer(silent_s), FETCHING):
        await world.live(seconds / 4)


def disk_full(disk: SmallDisk) -> Break:
    """No byte more fits, until the bot has felt it: its files have some room of their own."""

    async def broken(world: World, seconds: float) -> None:
        disk.fill([process.pid for process in world.processes.values()])
        for _ in range(LONGER):
            await world.live(seconds)
            if "the store is away" in world.log or "could not be stored" in world.log:
                break
        disk.free([process.pid for process in world.processes.values()])

    return broken


FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
"""What sets a process's clock, where it is installed."""


def clock_of(folder: Path) -> dict[str, str]:
    """Environment variables of a bot whose clock can be set, but not the one it waits by."""
    (folder / "clock").write_text("+0", "utf-8")
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


async def clock_set_back(world: World, seconds: float) -> None:
    """By an hour, and later right again."""
    clock = world.folder / "clock"
    clock.write_text("-1h", "utf-8")
    await world.live(seconds)
    clock.write_text("+0", "utf-8")
