"""`python -m tests.faults --kills 200`: kill -9 in every way of running, and the account of it.

Polling and webhook, SQLite and PostgreSQL, and two workers behind nginx where it is installed;
`--ways` names some of them.
`python -m tests.faults --outages --seconds 30`: what breaks around the bot instead, one after the
other: PostgreSQL, Telegram, the disk, the clock.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.faults import outages
from tests.faults.account import Account, account_of, total
from tests.faults.disk import small_disk
from tests.faults.world import World
from tests.postgres import cluster

WAYS = {
    "polling-sqlite": ("SQLite", False, 1),
    "webhook-sqlite": ("SQLite", True, 1),
    "polling-postgresql": ("PostgreSQL", False, 1),
    "webhook-postgresql": ("PostgreSQL", True, 1),
    "two-workers": ("PostgreSQL", True, 2),
}
OUTAGES = ("PostgreSQL away", "Telegram away", "disk full", "clock set back")


async def kills(kind: str, *, webhook: bool, count: int, seed: int, workers: int = 1) -> Account:
    """One way of running, killed so often."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/bot.sqlite3"
        if kind == "PostgreSQL":
            url = stack.enter_context(cluster(durable=True)).database()
        async with World(url, folder, webhook, seed=seed, workers=workers) as world:
            done = await world.killed_often(count, first_s=20)
            name = f"{'webhook' if webhook else 'polling'} on {kind}"
            return account_of(world, f"{name}, {workers} workers" if workers > 1 else name, done)


async def broken(what: str, *, webhook: bool, seconds: float, seed: int) -> Account:
    """One outage."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url, more = f"sqlite:///{folder}/bot.sqlite3", dict[str, str]()
        match what:
            case "PostgreSQL away":
                server = stack.enter_context(cluster(durable=True))
                url, breaks = server.database(), outages.database_away(server)
            case "disk full":
                disk = stack.enter_context(small_disk(folder / "disk"))
                url, breaks = f"sqlite:///{disk.folder}/bot.sqlite3", outages.disk_full(disk)
                what += "" if disk.real else " (files bounded)"
            case "clock set back":
                more, breaks = outages.clock_of(folder), outages.clock_set_back
            case _:
                breaks = outages.telegram_away
        name = f"{what} for {seconds:g} s, {'webhook' if webhook else 'polling'}"
        async with World(url, folder, webhook, seed=seed) as world:
            account = await outages.outage(world, name, breaks, seconds, **more)
            said = [line for line in world.log.splitlines() if " ERROR " in line]
            print(f"  the log has {len(said)} errors: {'; '.join(sorted(_kinds(said)))}")
            return account


def _kinds(lines: list[str]) -> set[str]:
    """Log lines without their times."""
    return {line.split(" ERROR ", 1)[1].strip() for line in lines}


def all_kills(asked: argparse.Namespace) -> Iterator[Account]:
    """Every way of running that is asked for, killed as often as the others."""
    count = -(-asked.kills // len(asked.ways))
    for way in asked.ways:
        kind, webhook, workers = WAYS[way]
        if workers > 1 and shutil.which("nginx") is None:
            print("nginx is not installed, so there are no two workers")
            continue
        yield asyncio.run(
            kills(kind, webhook=webhook, count=count, seed=asked.seed, workers=workers)
        )


def all_outages(asked: argparse.Namespace) -> Iterator[Account]:
    """Every outage, polling and by webhook."""
    for what in asked.outages or OUTAGES:
        if what == "clock set back" and outages.FAKETIME is None:
            print("libfaketime is not installed, so no clock is set back")
            continue
        for webhook in (False, True):
            yield asyncio.run(broken(what, webhook=webhook, seconds=asked.seconds, seed=asked.seed))


def main() -> int:
    """Runs all of it and prints the account."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="in all")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS], help="some, not all")
    parser.add_argument("--outages", nargs="*", choices=OUTAGES, help="all, or some, not kills")
    parser.add_argument("--seconds", type=float, default=30, help="how long an outage is")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    accounts = []
    for account in all_outages(asked) if asked.outages is not None else all_kills(asked):
        print(account, flush=True)
        accounts.append(account)
    together = total(accounts)
    print(together)
    return 0 if together.clean else 1


if __name__ == "__main__":
    sys.exit(main())
