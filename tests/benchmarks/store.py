"""What a turn costs in the store, with a thousand and with a million learners stored.

A turn is received, loaded, committed with an answer and a reply, and its reply marked as sent; 64
learners at a time, as under load. `--learners 1000,100000,1000000`
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.dialogue.effects import Attempt, Button, Say
from bot.ports import Done, Outgoing, RawUpdate
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import attempts, learners
from tests.postgres import cluster

TURNS, TOGETHER, PIECE = 4_000, 64, 20_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
STATE = '{"v":1,"lesson":"one-step","step":"H1.sum","records":{' + ",".join(
    f'"step-{n}":["solved","0.{n}",0.{n}]' for n in range(30)
) + "}}"  # fmt: skip
REPLY = Say("<b>Step 4 of 38</b> " + "x" * 500, ((Button("Hint", "h"), Button("More", "m")),))


def fill(url: str, count: int) -> None:
    """Stores so many learners, each with ten answers."""
    engine = open_engine(url)
    for first in range(1, count + 1, PIECE):
        chats = range(first, min(first + PIECE, count + 1))
        rows = [{"chat": chat, "state": STATE, "version": 1, "blocked": False} for chat in chats]
        answer = {"at_ms": 0, "lesson": "l", "step": "s", "quantity": "q", "typed": "0.03"}
        answer |= {"verdict": "correct", "mistakes": "[]", "hints": 0, "tries": 1}
        with engine.begin() as connection:
            times = {"created_ms": 0, "updated_ms": 0}
            connection.execute(insert(learners), [row | times for row in rows])
            given = [answer | {"chat": chat} for chat in chats for _ in range(10)]
            connection.execute(insert(attempts), given)
    engine.dispose()


async def turns(url: str, count: int) -> tuple[float, float]:
    """CPU and elapsed milliseconds of a turn."""
    rng, number = random.Random(1), 0
    async with SqlStore(url, bot=1) as store:
        await store.take_over()

        async def one(update: int, chat: int) -> None:
            await store.receive([RawUpdate(update, chat, "{}" * 200)], NOW)
            saved = await store.load(chat)
            reply = Outgoing(update, 0, chat, REPLY)
            answer = Attempt("l", "s", "q", "0.03", "correct")
            done = Done(update, chat, saved.version, STATE, NOW, (answer,), (reply,))
            await store.commit(done)
            await store.sent([reply])

        cpu, at = time.process_time(), time.perf_counter()
        while number < TURNS:
            chats = rng.sample(range(1, count + 1), TOGETHER)
            await asyncio.gather(*(one(number + at, chat) for at, chat in enumerate(chats, 1)))
            number += TOGETHER
        return (
            (time.process_time() - cpu) * 1000 / number,
            (time.perf_counter() - at) * 1000 / number,
        )


async def _made(url: str) -> None:
    await SqlStore(url).close()


def main() -> None:
    """Measures both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", default="1000,100000")
    counts = [int(count) for count in parser.parse_args().learners.split(",")]
    print(f"{'':<12}{'learners':>10}  CPU ms/turn  elapsed ms/turn")
    for kind in ("SQLite", "PostgreSQL"):
        for count in counts:
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                url = f"sqlite:///{folder}/bot.sqlite3"
                if kind == "PostgreSQL":
                    try:
                        url = stack.enter_context(cluster(durable=True)).database()
                    except LookupError as missing:
                        print(f"{kind}: {missing}")
                        continue
                asyncio.run(_made(url))
                fill(url, count)
                cpu, elapsed = asyncio.run(turns(url, count))
                print(f"{kind:<12}{count:>10,}{cpu:>13.3f}{elapsed:>17.3f}", flush=True)


if __name__ == "__main__":
    main()
