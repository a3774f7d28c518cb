"""How long `/stats` takes, and what a turn waits meanwhile, with very many learners stored.

The sizes take turns, round by round. `--learners 10000,1000000`
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.ports import Done
from bot.storage import SqlStore
from tests.benchmarks.filling import Databases, on_each

STATE = '{"v":1,"lesson":"bn","step":"h1_sum","records":{%s,"b":["read"]}}' % ",".join(  # noqa: UP031 - braces
    f'"a{n}":["solved"]' for n in range(60)
)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ANSWERS, ROUNDS = 2, 3


class Asked:
    """An owner who asks while learners go on.

    Args:
        store: of a database with learners.
    """

    def __init__(self, store: SqlStore) -> None:
        self._store, self._turns = store, 0
        self.took_s: list[float] = []
        self.waited_s: list[float] = []
        """The longest that a turn took meanwhile, for each time."""

    async def once(self) -> None:
        """Asks for the numbers, and notes how long they and the turns took."""
        longest, asking = 0.0, True

        async def turns() -> None:
            nonlocal longest
            while asking:
                began, self._turns = time.perf_counter(), self._turns + 1
                await self._store.commit(Done(self._turns, 10**9 + self._turns, 0, STATE, NOW))
                longest = max(longest, time.perf_counter() - began)

        taking = asyncio.create_task(turns())
        await asyncio.sleep(0.2)
        began = time.perf_counter()
        await self._store.course("bn", NOW)
        self.took_s.append(time.perf_counter() - began)
        asking = False
        await taking
        self.waited_s.append(longest)


async def measured(made: Databases, sizes: list[int], rounds: int) -> dict[int, Asked]:
    """Each size asked once in every round."""
    async with AsyncExitStack() as stack:
        by_size: dict[int, Asked] = {}
        for size in sizes:
            url = await asyncio.to_thread(made.filled, size, STATE, ANSWERS)
            by_size[size] = Asked(await stack.enter_async_context(SqlStore(url)))
        for _ in range(rounds):
            for one in by_size.values():
                await one.once()
        return by_size


def main() -> None:
    """Prints a line for each database and number of learners."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", default="10000,1000000")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.learners.split(",")]
    for kind, by_size in on_each(lambda made: asyncio.run(measured(made, sizes, asked.rounds))):
        for size, one in by_size.items():
            print(
                f"{kind:<12}{size:>10,} learners: /stats {statistics.median(one.took_s):.2f} s,"
                f" longest turn meanwhile {max(one.waited_s):.3f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
