"""Turns while connections break at random: what is not answered, out of order, or said twice.

`python -m tests.benchmarks.sending_broken --turns 20000 --broken 0.05 --arrives 0.5`

The whole bot, polling over HTTP, SQLite, an echo for a lesson; its pace is unbounded. Of the sends
that break, some have arrived and some have not, which the bot cannot tell apart. Each learner
writes again when the last message was answered.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.runtime.flood import BURST
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from tests.fakes.dialogue import EchoDialogue
from tests.processes import TOKEN
from tests.telegram_server import faults
from tests.telegram_server.posts import Event
from tests.telegram_server.server import serve
from tests.telegram_server.telegram import LocalTelegram

EACH = BURST - 10
"""How many turns each learner takes: they write faster than a person, who is not heard for long."""
SOON_S = 10.0


class Breaking(faults.Faults):
    """Connections that break, some before the message arrived and some after."""

    def __init__(self, rng: random.Random, broken: float, arrives: float) -> None:
        super().__init__()
        self._rng, self._broken, self._arrives = rng, broken, arrives
        self.sends = self.times = 0

    def take(self, method: str) -> faults.Fault | None:
        """See `Faults.take`."""
        if method.lower() != "sendmessage":
            return None
        self.sends += 1
        if self._rng.random() >= self._broken:
            return None
        self.times += 1
        return faults.lost_answer() if self._rng.random() < self._arrives else faults.dropped()


@dataclass
class Learner:
    """One chat."""

    chat: int
    turns: int
    telegram: LocalTelegram
    heard: list[str] = field(default_factory=list)
    waited_s: list[float] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def learn(self) -> None:
        """Writes, and waits for the answer, again and again."""
        for number in range(self.turns):
            began = time.perf_counter()
            self.telegram.user_sends(str(number), chat=self.chat)
            try:
                async with asyncio.timeout(3 * SOON_S):
                    while f"{number + 1}: {number}" not in self.heard[-6:]:
                        self.news.clear()
                        await self.news.wait()
            except TimeoutError:
                pass
            self.waited_s.append(time.perf_counter() - began)


class Telegram(LocalTelegram):
    """One whose learners notice what they are told."""

    people: dict[int, Learner]

    def announce(self, event: Event) -> None:
        """See `LocalTelegram.announce`."""
        if event.kind == "message" and event.post is not None and event.post.from_bot:
            self.people[event.chat].heard.append(event.post.text)
            self.people[event.chat].news.set()


async def measure(turns: int, broken: float, arrives: float, seed: int) -> Counter[str]:
    """Lets learners learn; what came of it."""
    rng = random.Random(seed)
    telegram = Telegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    breaking = telegram.faults = Breaking(rng, broken, arrives)
    people = {chat: Learner(chat, EACH, telegram) for chat in range(1, turns // EACH + 1)}
    telegram.people = people
    server = await serve(telegram)
    with tempfile.TemporaryDirectory() as folder:
        async with SqlStore(f"sqlite:///{Path(folder)}/bot.sqlite3", 123456789) as store:
            echo = EchoDialogue()
            app = TelegramApp(TOKEN, store, echo, SystemClock(), api=server.url)
            await app.start()
            await asyncio.gather(*(one.learn() for one in people.values()))
            await app.settled()
            await app.stop()
            left = (await store.counts()).outgoing
    await server.close()
    found = Counter(sends=breaking.sends, broken=breaking.times, left=left)
    for one in people.values():
        told = [f"{number + 1}: {number}" for number in range(one.turns)]
        copies = Counter(one.heard)
        found["turns"] += one.turns
        found["late"] += sum(waited > SOON_S for waited in one.waited_s)
        found["never"] += sum(text not in copies for text in told)
        firsts = list(dict.fromkeys(one.heard))
        found["disordered"] += firsts != [text for text in told if text in copies]
        for text in told:
            found[f"{max(0, copies[text] - 1)} extra"] += 1
    found["slowest ms"] = round(1000 * max(s for one in people.values() for s in one.waited_s))
    return found


def main() -> int:
    """Prints the figures; 1 when somebody was not answered, or out of order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=20_000)
    parser.add_argument("--broken", type=float, default=0.05, help="the share of sends that break")
    parser.add_argument("--arrives", type=float, default=0.5, help="the share of those that arrive")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = asyncio.run(measure(asked.turns, asked.broken, asked.arrives, asked.seed))
    extra = {kind: found[kind] for kind in sorted(found) if kind.endswith("extra")}
    print(
        f"{found['turns']} turns, {found['sends']} sends, {found['broken']} broken: "
        f"{found['late']} not answered within {SOON_S:g} s ({found['never']} never), "
        f"{found['disordered']} chats out of order, {found['left']} left in the outbox; "
        f"the slowest answer {found['slowest ms']} ms"
    )
    print("copies: " + ", ".join(f"{count} replies with {kind}" for kind, count in extra.items()))
    return int(bool(found["late"] or found["never"] or found["disordered"] or found["left"]))


if __name__ == "__main__":
    sys.exit(main())
