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
from typing import Any

import orjson

from tests.fuzz.fed import Feed, fed, percentile
from tests.fuzz.hostile_updates import KINDS, VALUES, Json, Path_, filled, places, told

CALM, EACH = 10_000, 40
"""The chat of the other learner; there is a new one after so many answers, for nobody floods."""
CHATS = 5_000
AT_ONCE = 16
"""How many hostile updates are under way."""
PATIENCE_S = 20.0


class Hostile(Feed):
    """Hostile updates, and another learner beside them.

    Args:
        updates: how many hostile ones.
        seed: of the dice.
    """

    def __init__(self, updates: int, seed: int) -> None:
        super().__init__()
        self._rng, self._left = random.Random(seed), updates
        self.waiting: dict[int, tuple[float, bytes]] = {}
        """By chat: since when an answer is waited for, and to what."""
        self.unanswered: list[bytes] = []
        self.refused: list[str] = []
        self.calm_s: list[float] = []
        """How long the other learner waited each time."""

    @property
    def _calm(self) -> int:
        return CALM + len(self.calm_s) // EACH

    @property
    def done(self) -> bool:
        """Whether everything was handed out and heard of."""
        return self._left <= 0 and not self.waiting

    def heard(self, chat: int) -> None:
        """See `Feed`."""
        if (waited := self.waiting.pop(chat, None)) is not None:
            if chat == self._calm:
                self.calm_s.append(time.perf_counter() - waited[0])
            self.changed()

    def batch(self) -> list[bytes]:
        """See `Feed`."""
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
        update = self.numbered(copy.deepcopy(raw))
        if at:
            inside: Any = update
            for key in at[:-1]:
                inside = inside[key]
            inside[at[-1]] = "@@"
        body = orjson.dumps(update).replace(b'"@@"', value)
        if told_:
            self.waiting[chat] = time.perf_counter(), body
        batch.append(body)


async def fuzz(updates: int, seed: int, folder: Path) -> tuple[Hostile, list[str]]:
    """One run; the feed as it is afterwards, and what is wrong in the store."""
    feed = Hostile(updates, seed)
    async with fed(feed, folder, seed) as (app, store):
        while not feed.done:  # noqa: ASYNC110 - of many chats
            await asyncio.sleep(0.01)
        await app.settled()
        wrong = [f"the bot says: {app.trouble}"] if app.trouble else []
        counts = await store.counts()
        wrong += [f"left in the store: {counts}"] if counts.unhandled + counts.outgoing else []
        for chat in range(1_000_000, 1_000_000 + min(updates, CHATS), 50):
            orjson.loads(await store.export(chat))
    return feed, wrong


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
