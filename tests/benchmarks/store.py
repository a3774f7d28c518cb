"""What a turn costs in the store, with a thousand and with a million learners stored.

A turn is received, loaded, committed with an answer and a reply, and its reply marked as sent; 64
learners at a time, as under load. The sizes take turns, round by round, so that a computer's drift
does not look like growth. `--learners 1000,100000,1000000`
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.dialogue.effects import Attempt, Button, Say
from bot.ports import Done, Outgoing, RawUpdate
from bot.storage import SqlStore
from tests.benchmarks.filling import Databases, on_each

ROUNDS, TURNS, TOGETHER = 8, 1_024, 64
NOW = datetime(2026, 1, 1, tzinfo=UTC)
STATE = '{"v":1,"lesson":"one-step","step":"H1.sum","records":{' + ",".join(
    f'"step-{n}":["solved","0.{n}",0.{n}]' for n in range(30)
) + "}}"  # fmt: skip
REPLY = Say("<b>Step 4 of 38</b> " + "x" * 500, ((Button("Hint", "h"), Button("More", "m")),))


class Turns:
    """Turns of learners drawn from all.

    Args:
        store: of a database with them.
        learners: how many there are, numbered from 1.
    """

    def __init__(self, store: SqlStore, learners: int) -> None:
        self._store, self._chats = store, range(1, learners + 1)
        self._rng, self._updates = random.Random(1), itertools.count(1)
        self.cpu_ms: list[float] = []
        self.elapsed_ms: list[float] = []

    async def round(self, turns: int) -> None:
        """Takes so many turns and notes what one cost."""
        cpu, at = time.process_time(), time.perf_counter()
        for _ in range(turns // TOGETHER):
            chats = self._rng.sample(self._chats, TOGETHER)
            await asyncio.gather(*(self._one(next(self._updates), chat) for chat in chats))
        self.cpu_ms.append((time.process_time() - cpu) * 1000 / turns)
        self.elapsed_ms.append((time.perf_counter() - at) * 1000 / turns)

    async def _one(self, update: int, chat: int) -> None:
        await self._store.receive([RawUpdate(update, chat, "{}" * 200)], NOW)
        saved = await self._store.load(chat)
        reply = Outgoing(update, 0, chat, REPLY)
        answer = Attempt("l", "s", "q", "0.03", "correct")
        done = Done(update, chat, saved.version, STATE, NOW, (answer,), (reply,))
        await self._store.commit(done)
        await self._store.sent([reply])


async def measured(
    made: Databases, sizes: list[int], rounds: int, turns: int = TURNS
) -> dict[int, Turns]:
    """Turns at each size, in rounds that hold them all; a first round only warms."""
    async with AsyncExitStack() as stack:
        by_size: dict[int, Turns] = {}
        for size in sizes:
            url = await asyncio.to_thread(made.filled, size, STATE)
            store = await stack.enter_async_context(SqlStore(url, bot=1))
            await store.take_over()
            by_size[size] = Turns(store, size)
        for number in range(rounds + 1):
            for one in list(by_size.values())[:: 1 if number % 2 else -1]:
                await one.round(turns)
        for one in by_size.values():
            del one.cpu_ms[0], one.elapsed_ms[0]
        return by_size


def grown(figures: list[float], least: list[float]) -> str:
    """How a figure compares with that of the smallest size, within each round.

    >>> grown([2.0, 4.0, 9.0], [1.0, 2.0, 3.0])
    '×2.00 [2.00 to 3.00]'
    """
    times = [one / other for one, other in zip(figures, least, strict=True)]
    return f"×{statistics.median(times):.2f} [{min(times):.2f} to {max(times):.2f}]"


def main() -> None:
    """Measures both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", default="1000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.learners.split(",")]
    print(
        f"{'':<12}{'learners':>10}  CPU ms/turn  elapsed ms/turn"
        f"   of {sizes[0]:,} learners', within each round: CPU, elapsed"
    )
    for kind, by_size in on_each(lambda made: asyncio.run(measured(made, sizes, asked.rounds))):
        first = by_size[sizes[0]]
        for size, one in by_size.items():
            print(
                f"{kind:<12}{size:>10,}{statistics.median(one.cpu_ms):>13.3f}"
                f"{statistics.median(one.elapsed_ms):>17.3f}   "
                f"{grown(one.cpu_ms, first.cpu_ms)}, {grown(one.elapsed_ms, first.elapsed_ms)}",
                flush=True,
            )


if __name__ == "__main__":
    main()
