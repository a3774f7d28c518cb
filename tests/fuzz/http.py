"""`python -m tests.fuzz.http --updates 100000 --seed 1`: the bot as a process, and random updates.

Whatever Telegram could send, and more, comes in over HTTP: by polling, then by webhook. Afterwards
the bot is alive, its log has no error, every private message and every press was answered, nothing
it sent was refused, and what it stored can be read. Nobody sends so much that it is a flood.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from bot.dialogue.events import Said
from bot.dialogue.state import State
from bot.learning.practised import Practised
from tests.faults.stored import Stored
from tests.fuzz.http_telegram import Handed, Watched
from tests.fuzz.http_updates import Fed, Json, Person, Updates
from tests.ports import free_port
from tests.processes import start_bot
from tests.telegram_server.posts import Chat
from tests.telegram_server.server import RunningServer, serve
from tests.telegram_server.webhook import SECRET_HEADER
from tests.tutor import MACHINE

AT_ONCE = 150
"""How many people there are at a time."""
PATIENCE_S = 60.0
CONNECTIONS = 16
SECRET = "a-secret-for-this-run-only"


@dataclass
class Waiting:
    """What somebody still has to hear."""

    replies: int
    """How many messages there must have been in the chat."""
    press: str
    since: float
    raw: Json


@dataclass
class Findings:
    """What was wrong."""

    name: str
    updates: int = 0
    seconds: float = 0.0
    unanswered: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        wrong = "".join(f"\n  {one[:600]}" for one in [*self.unanswered[:10], *self.others[:20]])
        return (
            f"{self.name}: {self.updates} updates in {self.seconds:.0f} s: "
            f"{len(self.unanswered)} unanswered, {len(self.others)} other findings{wrong}"
        )

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.unanswered or self.others)


class Fuzz:
    """One run.

    Args:
        folder: where the bot runs.
        webhook: whether updates are pushed.
        seed: of the dice.
    """

    def __init__(self, folder: Path, seed: int, *, webhook: bool) -> None:
        self.folder, self.webhook, self.rng = folder, webhook, random.Random(seed)
        self.updates = Updates(self.rng)
        self.telegram = Watched()
        self.queue = Handed()
        self.telegram.updates = self.queue
        self.found = Findings("webhook" if webhook else "polling")
        self.waiting: dict[int, Waiting] = {}
        self.number = 1000
        self.recent: deque[Json] = deque(maxlen=50)
        self.bodies: asyncio.Queue[bytes] = asyncio.Queue(CONNECTIONS * 4)
        self.port = free_port()
        self.url = f"sqlite:///{folder}/bot.sqlite3"

    async def run(self, count: int) -> Findings:
        """Sends so many updates and looks at what came of them."""
        server: RunningServer = await serve(self.telegram, port=0)
        process = await start_bot(
            self.folder,
            server.url,
            DATABASE_URL=self.url,
            PYTHONWARNINGS="error",
            WEBHOOK_URL=f"http://127.0.0.1:{self.port}/updates" if self.webhook else "",
            WEBHOOK_SECRET=SECRET,
            WEBHOOK_LISTEN=f"127.0.0.1:{self.port}",
        )
        pushing = [asyncio.create_task(self._push()) for _ in range(CONNECTIONS * self.webhook)]
        try:
            async with asyncio.timeout(60):
                while not self.telegram.settings.get("commands"):  # noqa: ASYNC110 - of a process
                    await asyncio.sleep(0.05)
            began = time.monotonic()
            await self._feed(count)
            await self._heard()
            self.found.updates, self.found.seconds = count, time.monotonic() - began
            if process.returncode is not None:
                self.found.others.append(f"the bot ended with {process.returncode}")
            self._look()
        finally:
            for task in pushing:
                task.cancel()
            if process.returncode is None:
                process.terminate()
            await process.wait()
            await server.close()
        return self.found

    async def _feed(self, count: int) -> None:
        people = [self._somebody(number) for number in range(1, AT_ONCE + 1)]
        newest, sent = AT_ONCE, 0
        while sent < count:
            await asyncio.sleep(0.001)
            for place, who in enumerate(people):
                if not self._free(who):
                    continue
                if who.left <= 0:
                    newest += 1
                    people[place] = self._somebody(newest)
                    continue
                self._learn(who)
                for _ in range(self.rng.choice([1, 1, 1, 1, 2])):
                    sent += await self._send(who, self.updates.next(who))
            if self.queue.pending and len(self.queue.pending) > 400:
                await asyncio.sleep(0.05)

    def _somebody(self, number: int) -> Person:
        chat = 7_000_000_000 + number
        self.telegram.keep_chat(Chat(chat, "Somebody"))
        self.telegram.keep_chat(Chat(-chat, "A group"))
        return self.updates.person(chat)

    def _free(self, who: Person) -> bool:
        """Whether somebody has heard all they had to; who waits too long is a finding."""
        waits = self.waiting.get(who.chat)
        if waits is None:
            return True
        heard = self.telegram.said[who.chat] >= waits.replies
        if heard and (not waits.press or waits.press in self.telegram.pressed):
            del self.waiting[who.chat]
            return True
        if time.monotonic() - waits.since > PATIENCE_S:
            self.found.unanswered.append(orjson.dumps(waits.raw).decode())
            del self.waiting[who.chat]
            who.left = 0
        return False

    async def _heard(self) -> None:
        """Waits for the last answers."""
        for chat in list(self.waiting):
            while not self._free(Person(chat, [], 0)):
                await asyncio.sleep(0.01)
                if chat not in self.waiting:
                    break
        stored, until = Stored(self.url), time.monotonic() + PATIENCE_S
        while await asyncio.to_thread(stored.waiting):
            await asyncio.sleep(0.2)
            if time.monotonic() > until:
                self.found.others.append("updates or replies are left over")
                return

    def _learn(self, who: Person) -> None:
        """Looks at the buttons of the latest message."""
        posts = self.telegram.posts(who.chat)
        buttons = [b for post in posts[-1:] for row in post.buttons for b in row]
        fresh = [(b["text"], b["callback_data"]) for b in buttons if "callback_data" in b]
        if fresh and fresh != who.shown[-len(fresh) :]:
            who.shown += fresh
            self.updates.data = [*self.updates.data[-500:], fresh[0][1]]

    async def _send(self, who: Person, fed: Fed) -> int:
        """Sends an update, perhaps twice, perhaps with a strange number; how many went out."""
        who.left -= 1
        self.number += self.rng.choice([1, 1, 1, 2, 40])
        raw: Json = {"update_id": self.number, **fed.raw}
        if fed.replies or fed.press:
            waits = self.waiting.get(who.chat)
            before = waits.replies if waits else self.telegram.said[who.chat]
            self.waiting[who.chat] = Waiting(before + fed.replies, fed.press, time.monotonic(), raw)
        sent = [raw]
        if self.rng.random() < 0.03 and self.recent:
            sent.insert(self.rng.randrange(2), self.rng.choice(self.recent))
            who.left -= 1
        if self.rng.random() < 0.02:
            sent.insert(0, self._strange(who, fed))
        self.rng.shuffle(sent)
        for one in sent:
            await self._hand_over(one)
        self.recent.append(raw)
        return len(sent)

    def _strange(self, who: Person, fed: Fed) -> Any:  # noqa: ANN401 - JSON
        """An update whose number is no number of an update; nobody waits for an answer."""
        number: Any = self.rng.choice(
            [None, "7", 1.5, True, -5, 0, 2**53, 2**62, 2**63, 2**64 - 1, []]
        )
        raw = {"update_id": number, **self.updates.next(self.updates.person(who.chat + 10**9)).raw}
        return self.rng.choice([raw, raw, fed.raw, None, [], "update", 5])

    async def _hand_over(self, raw: Any) -> None:  # noqa: ANN401 - JSON
        if not self.webhook:
            self.queue.feed(raw)
            return
        await self.bodies.put(orjson.dumps(raw))
        if self.rng.random() < 0.01:
            junk = [b"", b"{", b"\xff\xfe", b'{"update_id": 1e999}', b"[" * 5000, b"\0" * 2000]
            await self.bodies.put(self.rng.choice(junk))

    async def _push(self) -> None:
        """One of Telegram's connections."""
        url, headers = f"http://127.0.0.1:{self.port}/updates", {SECRET_HEADER: SECRET}
        async with aiohttp.ClientSession() as http:
            while True:
                body = await self.bodies.get()
                async with http.post(url, data=body, headers=headers) as response:
                    if response.status != 200:
                        self.found.others.append(f"status {response.status} for {body[:300]!r}")

    def _look(self) -> None:
        """What is to be seen once everything is quiet."""
        others = self.found.others
        others += [
            f"{times} times refused: {what}" for what, times in self.telegram.refused.items()
        ]
        log = (self.folder / "bot.log").read_text("utf-8")
        bad = (" ERROR ", " CRITICAL ", "Traceback", "Warning:")
        others += sorted({line[20:] for line in log.splitlines() if any(b in line for b in bad)})
        machine, now = MACHINE, datetime.now(UTC)
        for chat, stored in Stored(self.url).states().items():
            try:
                state = State.from_json(stored)
                Practised.from_data(state.learner.knowledge)
                machine.step(stored, Said("/where", 1), now)
            except Exception as error:
                others.append(f"the state of {chat} cannot be read: {error!r}: {stored}")


async def fuzz(count: int, seed: int, *, webhook: bool) -> Findings:
    """One run in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return await Fuzz(Path(folder), seed, webhook=webhook).run(count)


def main() -> int:
    """Runs both ways and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000, help="each way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=("polling", "webhook"), help="only this one")
    asked = parser.parse_args()
    clean = True
    for way in ("polling", "webhook"):
        if asked.way in {None, way}:
            found = asyncio.run(fuzz(asked.updates, asked.seed, webhook=way == "webhook"))
            print(found, flush=True)
            clean = clean and found.clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
