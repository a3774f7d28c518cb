"""`python -m tests.fuzz.hostile --updates 100000 --seed 1`: hostile bytes at every field.

Every kind of update and file comes in with one field, anywhere in it, replaced by bytes that nobody
expects. Whoever can still be told by it is answered; another learner beside them hardly notices;
nothing is left in the store; and everything stored can be read again.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Protocol

import orjson
from telegram.request import RequestData

from bot.dialogue.machine import Machine
from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from bot.telegram.request import AiohttpRequest
from content.loader import load
from tests.fuzz.hostile_updates import FILES, KINDS, VALUES, Json, Path_, filled, places, told

TOKEN = "123456789:a-token-nobody-should-see-in-any-log"
CALM, EACH = 10_000, 40
"""The chat of the other learner; there is a new one after so many answers, for nobody floods."""
CHATS = 5_000
AT_ONCE = 16
"""How many hostile updates are under way."""
PATIENCE_S = 20.0
_SAYS = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "answerCallbackQuery")


class Feed:
    """What the bot is given, and what it makes of it.

    Args:
        updates: how many hostile ones.
        seed: of the dice.
    """

    def __init__(self, updates: int, seed: int) -> None:
        self._rng, self._left = random.Random(seed), updates
        self._number = 1000
        self.waiting: dict[int, tuple[float, bytes]] = {}
        """By chat: since when an answer is waited for, and to what."""
        self.unanswered: list[bytes] = []
        self.refused: list[str] = []
        self.calm_s: list[float] = []
        """How long the other learner waited each time."""
        self._changed = asyncio.Event()

    @property
    def _calm(self) -> int:
        return CALM + len(self.calm_s) // EACH

    @property
    def done(self) -> bool:
        """Whether everything was handed out and heard of."""
        return self._left <= 0 and not self.waiting

    async def updates(self) -> bytes:
        """The answer to one getUpdates."""
        async with asyncio.timeout(0.5):
            while not (batch := self._batch()):
                self._changed.clear()
                await self._changed.wait()
        return b'{"ok": true, "result": [' + b",".join(batch) + b"]}"

    def heard(self, chat: int) -> None:
        """A chat was told something."""
        if (waited := self.waiting.pop(chat, None)) is not None:
            if chat == self._calm:
                self.calm_s.append(time.perf_counter() - waited[0])
            self._changed.set()

    def _batch(self) -> list[bytes]:
        now, batch = time.perf_counter(), list[bytes]()
        for chat in [chat for chat, (at, _) in self.waiting.items() if now - at > PATIENCE_S]:
            self.unanswered.append(self.waiting.pop(chat)[1])
        calm = self._calm
        if calm not in self.waiting and self._left > 0:
            text = self._rng.choice(["/start", "0.03", "/hint", "/where", "0.45"])
            self._add(batch, calm, filled(KINDS["text"], calm, text), told_=True)
        while self._left > 0 and len(self.waiting) <= AT_ONCE and len(batch) < 100:
            self._left -= 1
            self._hostile(batch)
        return batch

    def _hostile(self, batch: list[bytes]) -> None:
        chat = 1_000_000 + self._left % CHATS
        if chat in self.waiting:
            return
        kind = self._rng.choice([*KINDS])
        raw = filled(KINDS[kind], chat, self._rng.choice(["0.03", "/start", "/network x=1"]))
        at: Path_ = self._rng.choice(places(raw))
        value = self._rng.choice(VALUES)
        self._add(batch, chat, raw, at, value, told_=told(kind, at))

    def _add(
        self,
        batch: list[bytes],
        chat: int,
        raw: Json,
        at: Path_ = (),
        value: bytes = b"",
        *,
        told_: bool,
    ) -> None:
        self._number += 1
        update = {"update_id": self._number, **copy.deepcopy(raw)}
        if at:
            inside: Any = update
            for key in at[:-1]:
                inside = inside[key]
            inside[at[-1]] = "@@"
        body = orjson.dumps(update).replace(b'"@@"', value)
        if told_:
            self.waiting[chat] = time.perf_counter(), body
        batch.append(body)


class Feeds(Protocol):
    """What hands out updates and hears what comes of them."""

    async def updates(self) -> bytes:
        """The answer to one getUpdates."""
        ...

    def heard(self, chat: int) -> None:
        """A chat was told something."""
        ...


class HostileRequest(AiohttpRequest):
    """A Bot API without a network, which hands out what a feed has.

    Args:
        feed: what it hands out.
        seed: of the dice, for files.
    """

    def __init__(self, feed: Feeds, seed: int) -> None:
        super().__init__()
        self._feed, self._rng = feed, random.Random(seed)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more: object,
    ) -> tuple[int, bytes]:
        """See `AiohttpRequest`."""
        name = url.rpartition("/")[2]
        if method == "GET":
            return 200, self._rng.choice(FILES)
        params = {} if request_data is None else request_data.parameters
        orjson.dumps(params)
        await asyncio.sleep(0)
        match name:
            case "getUpdates":
                try:
                    return 200, await self._feed.updates()
                except TimeoutError:
                    return 200, b'{"ok": true, "result": []}'
            case "getMe":
                me: Json = {"id": 123456789, "is_bot": True, "first_name": "B", "username": "b_bot"}
                result: object = me
            case "getWebhookInfo":
                result = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            case "getFile":
                result = {"file_id": "f", "file_unique_id": "f", "file_path": "file"}
            case "getMyCommands":
                result = []
            case "getMyName" | "getMyDescription" | "getMyShortDescription":
                result = {"name": "B", "description": "", "short_description": ""}
            case _:
                if name in _SAYS:
                    press = str(params.get("callback_query_id", ""))[1:]
                    chat = str(params.get("chat_id", press))
                    self._feed.heard(int(chat) if chat.isdecimal() else 0)
                result = {"message_id": 7} if name.startswith("send") else True
        return 200, orjson.dumps({"ok": True, "result": result})


async def fuzz(updates: int, seed: int, folder: Path) -> tuple[Feed, list[str]]:
    """One run; the feed as it is afterwards, and what is wrong in the store."""
    feed, tutor, url = Feed(updates, seed), Machine(load()), f"sqlite:///{folder}/bot.sqlite3"
    async with SqlStore(url, 123456789) as store:
        app = TelegramApp(
            TOKEN,
            store,
            tutor,
            SystemClock(),
            tutor.profile,
            api="http://127.0.0.1:1",
            make_request=lambda: HostileRequest(feed, seed),
        )
        await app.start()
        try:
            while not feed.done:  # noqa: ASYNC110 - of many chats
                await asyncio.sleep(0.01)
            await app.settled()
            wrong = [f"the bot says: {app.trouble}"] if app.trouble else []
            counts = await store.counts()
            wrong += [f"left in the store: {counts}"] if counts.unhandled + counts.outgoing else []
            for chat in range(1_000_000, 1_000_000 + min(updates, CHATS), 50):
                orjson.loads(await store.export(chat))
        finally:
            await app.stop()
    return feed, wrong


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> int:
    """Runs it and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        feed, wrong = asyncio.run(fuzz(asked.updates, asked.seed, Path(folder)))
    p99 = 1000 * percentile(feed.calm_s, 0.99)
    seconds = time.monotonic() - began
    print(f"{asked.updates} hostile updates in {seconds:.0f} s: {len(feed.unanswered)} unanswered;")
    print(f"another learner beside them: {len(feed.calm_s)} answers, p99 {p99:.0f} ms")
    for one in (*wrong, *feed.unanswered[:20]):
        print(f"  {str(one)[:300]}")
    return 1 if wrong or feed.unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
