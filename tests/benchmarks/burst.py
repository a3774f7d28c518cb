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

from tests.fuzz.fed import Feed, fed, percentile
from tests.fuzz.hostile_updates import KINDS, filled

CHATS, ANSWERS, EVERY_S = 50, 55, 0.01
OTHER = 9_999


class Burst(Feed):
    """Many answers at once, and those of another learner."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: deque[bytes] = deque()
        self.left = CHATS * ANSWERS
        self.waiting = 0.0
        """Since when the other learner waits; 0 where they do not."""
        self.waited_s: list[float] = []

    def add(self, chat: int, text: str) -> None:
        """Somebody types."""
        self._queue.append(orjson.dumps(self.numbered(filled(KINDS["text"], chat, text))))
        if chat >= OTHER:
            self.waiting = time.perf_counter()
        self.changed()

    def batch(self) -> list[bytes]:
        """See `Feed`."""
        return [self._queue.popleft() for _ in range(min(100, len(self._queue)))]

    def heard(self, chat: int) -> None:
        """See `Feed`."""
        if chat >= OTHER:
            self.waited_s.append(time.perf_counter() - self.waiting)
            self.waiting = 0.0
        else:
            self.left -= 1


async def run(folder: Path) -> list[float]:
    """One burst; how long the other learner waited each time, in seconds."""
    burst = Burst()
    async with fed(burst, folder) as (app, _store):
        await asyncio.sleep(2)  # what is done ahead is done
        for number in range(ANSWERS):
            for chat in range(1, CHATS + 1):
                burst.add(chat, "0.03" if number else "/start")
        while burst.left > 0:
            if not burst.waiting:
                burst.add(OTHER + len(burst.waited_s) // 40, "0.45")
            await asyncio.sleep(EVERY_S)
        await app.settled()
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
