"""`python -m tests.benchmarks.burst`: what fifty learners at once cost another one.

Fifty chats answer 55 times in one moment; their updates wait at Telegram, first come, first served,
and so do those of one more learner, who goes on beside them. Printed is how long that one waits
from typing to the reply.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import orjson

from bot.dialogue.machine import Machine
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from content.loader import load
from tests.fuzz.hostile import TOKEN, HostileRequest, percentile
from tests.fuzz.hostile_updates import KINDS, filled

CHATS, ANSWERS, EVERY_S = 50, 55, 0.01
OTHER = 9_999


class Burst:
    """What the bot is given, and what it makes of it."""

    def __init__(self) -> None:
        self._queue: deque[bytes] = deque()
        self._number, self._more = 1000, asyncio.Event()
        self.left = CHATS * ANSWERS
        self.waiting = 0.0
        """Since when the other learner waits; 0 where they do not."""
        self.waited_s: list[float] = []

    def add(self, chat: int, text: str) -> None:
        """Somebody types."""
        self._number += 1
        raw = {"update_id": self._number, **filled(KINDS["text"], chat, text)}
        self._queue.append(orjson.dumps(raw))
        if chat >= OTHER:
            self.waiting = time.perf_counter()
        self._more.set()

    async def updates(self) -> bytes:
        """The answer to one getUpdates."""
        async with asyncio.timeout(0.5):
            while not self._queue:
                self._more.clear()
                await self._more.wait()
        batch = [self._queue.popleft() for _ in range(min(100, len(self._queue)))]
        return b'{"ok": true, "result": [' + b",".join(batch) + b"]}"

    def heard(self, chat: int) -> None:
        """A chat was told something."""
        if chat >= OTHER:
            self.waited_s.append(time.perf_counter() - self.waiting)
            self.waiting = 0.0
        else:
            self.left -= 1


async def run(folder: Path) -> list[float]:
    """One burst; how long the other learner waited each time, in seconds."""
    burst, tutor = Burst(), Machine(load())
    async with SqlStore(f"sqlite:///{folder}/bot.sqlite3", 123456789) as store:
        app = TelegramApp(
            TOKEN,
            store,
            tutor,
            SystemClock(),
            tutor.profile,
            api="http://127.0.0.1:1",
            make_request=lambda: HostileRequest(burst, 1),
        )
        await app.start()
        await asyncio.sleep(2)  # what is done ahead is done
        for number in range(ANSWERS):
            for chat in range(1, CHATS + 1):
                burst.add(chat, "0.03" if number else "/start")
        while burst.left > 0:
            if not burst.waiting:
                burst.add(OTHER + len(burst.waited_s) // 40, "0.45")
            await asyncio.sleep(EVERY_S)
        await app.settled()
        await app.stop()
    return burst.waited_s


def main() -> int:
    """Runs it and prints what was found."""
    with tempfile.TemporaryDirectory() as folder:
        waited = asyncio.run(run(Path(folder)))
    found = [f"{name} {1000 * percentile(waited, share):.0f} ms" for name, share in SHARES]
    print(f"another learner beside {CHATS} chats with {ANSWERS} answers each: {', '.join(found)}")
    return 0


SHARES = (("median", 0.5), ("p99", 0.99))

if __name__ == "__main__":
    sys.exit(main())
