"""How long `/stats` takes, and what a turn waits meanwhile, with very many learners stored."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.ports import Done
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import attempts, learners

STATE = (
    '{"v":1,"lesson":"bn","step":"h1_sum","records":{' + '"a":["solved"],' * 60 + '"b":["read"]}}'
)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def filled(url: str, count: int) -> None:
    """Stores so many learners, with two answers each."""
    engine = open_engine(url)
    lot = 10_000
    for first in range(1, count, lot):
        chats = range(first, first + lot)
        learner = {"state": STATE, "version": 1, "blocked": False, "created_ms": 1, "updated_ms": 1}
        answer = {"at_ms": 1, "lesson": "bn", "step": "h1_sum", "quantity": "H1.sum", "hints": 0,
                  "typed": "0.45", "verdict": "mistake", "mistakes": "[]", "tries": 1}  # fmt: skip
        with engine.begin() as connection:
            connection.execute(insert(learners), [learner | {"chat": chat} for chat in chats])
            rows = [answer | {"chat": chat} for chat in chats for _ in range(2)]
            connection.execute(insert(attempts), rows)
    engine.dispose()


async def measure(url: str) -> tuple[float, float]:
    """Seconds for the numbers; the longest that a turn took meanwhile."""
    async with SqlStore(url) as store:
        longest, running = 0.0, True

        async def turns() -> None:
            nonlocal longest
            number = 0
            while running:
                began, number = time.perf_counter(), number + 1
                await store.commit(Done(number, 10**9 + number, 0, STATE, NOW))
                longest = max(longest, time.perf_counter() - began)

        taking = asyncio.create_task(turns())
        await asyncio.sleep(0.2)
        began = time.perf_counter()
        await store.course("bn", NOW)
        took, running = time.perf_counter() - began, False
        await taking
        return took, longest


def main() -> None:
    """Prints a line for each number of learners."""
    for count in map(int, sys.argv[1:] or ("10000", "1000000")):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bot.sqlite3'}"
            asyncio.run(_made(url))
            filled(url, count)
            took, longest = asyncio.run(measure(url))
            meanwhile = f"longest turn meanwhile {longest:.3f} s"
            sys.stdout.write(f"{count:>9,} learners: /stats {took:.2f} s, {meanwhile}\n")


async def _made(url: str) -> None:
    async with SqlStore(url):
        pass


if __name__ == "__main__":
    main()
