"""`python -m tests.faults --kills 200`: kill -9 in every way of running, and the account of it.

Polling and webhook, SQLite and PostgreSQL, and two workers behind nginx where it is installed.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.faults.world import Account, World
from tests.postgres import cluster


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
            return world.account(f"{name}, {workers} workers" if workers > 1 else name, done)


def main() -> int:
    """Runs all four and prints the account."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="in all")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    accounts = []
    ways = [(kind, webhook, 1) for kind in ("SQLite", "PostgreSQL") for webhook in (False, True)]
    if shutil.which("nginx"):
        ways.append(("PostgreSQL", True, 2))
    for kind, webhook, workers in ways:
        count = -(-asked.kills // len(ways))
        account = asyncio.run(
            kills(kind, webhook=webhook, count=count, seed=asked.seed, workers=workers)
        )
        print(account, flush=True)
        accounts.append(account)
    total = Account("in all")
    for account in accounts:
        for name in ("kills", "turns", "lost", "doubled", "unanswered", "disordered", "resent"):
            setattr(total, name, getattr(total, name) + getattr(account, name))
    print(total)
    return 0 if total.clean else 1


if __name__ == "__main__":
    sys.exit(main())
