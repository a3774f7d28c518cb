"""Chats that wait after an outage of Telegram, and a Telegram that refuses more than it allows.

`python -m tests.benchmarks.sending_outage --chats 5000 --allowed 30`

The runtime, the messenger and the pace are the bot's own; Telegram's answers take 50 to 150 ms, and
it counts messages in a window of one second. Time passes at once, and nothing is stored.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections import Counter, deque
from typing import Any

import orjson
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.dialogue.events import Said
from bot.ports import NoMeter, RawUpdate, Received
from bot.runtime import Runtime
from bot.settings import Settings
from bot.telegram.api import Api
from bot.telegram.pacing import Pacer
from bot.telegram.request import NotConnectedError
from bot.telegram.sender import TelegramMessenger
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.loop import run
from tests.fakes.store import MemoryStore

AWAY_S = 60.0
TOKEN = "123456789:a-token-of-the-benchmark"


class Strict(BaseRequest):
    """A Telegram that is away at first, and then refuses what comes too fast.

    Args:
        allowed: how many messages it takes in a second.
    """

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self.back_s = 0.0
        """When it is back."""
        self._rng = random.Random(1)
        self._taken: deque[float] = deque()
        self.refusals = 0
        self.answered: dict[int, float] = {}
        """When each chat was first told something."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is python-telegram-bot's
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_named_timeouts: object,
    ) -> tuple[int, bytes]:
        """Answers one call."""
        await asyncio.sleep(self._rng.uniform(0.025, 0.075))
        now = asyncio.get_running_loop().time()
        if now < self.back_s:
            raise NotConnectedError("away")
        status = 200
        answer: dict[str, object] = {"ok": True, "result": {"message_id": 1}}
        if url.endswith("getMe"):
            me = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "outage_bot"}
            answer = {"ok": True, "result": me}
        if url.endswith("sendMessage"):
            assert request_data is not None
            chat: Any = request_data.parameters["chat_id"]
            while self._taken and self._taken[0] <= now - 1:
                self._taken.popleft()
            if len(self._taken) < self._allowed:
                self._taken.append(now)
                self.answered.setdefault(int(chat), now)
            else:
                self.refusals += 1
                status, wait = 429, {"retry_after": 1}
                answer = {"ok": False, "error_code": 429, "description": "", "parameters": wait}
        await asyncio.sleep(self._rng.uniform(0.025, 0.075))
        return status, orjson.dumps(answer)


async def measure(chats: int, allowed: int) -> Counter[str]:
    """Seconds and refusals until all chats are answered."""
    chosen = Settings(_env_file=None)
    telegram = Strict(allowed)
    bot = Bot(TOKEN, request=telegram, get_updates_request=telegram)
    await bot.initialize()
    telegram.back_s = asyncio.get_running_loop().time() + AWAY_S
    pacer = Pacer(chosen.sends_per_second, chosen.chat_sends_per_second)
    messenger = TelegramMessenger(Api(bot, NoMeter(), pacer))
    store, clock, dialogue = MemoryStore(), FakeClock(), EchoDialogue()
    runtime = Runtime(dialogue, store, messenger, clock)
    for number in range(1, chats + 1):
        saved = await store.receive([RawUpdate(number, number, "{}")], clock.now())
        runtime.accept(Received(number, number, Said("hi", number), saved[number]))
    await runtime.settled()
    took_s = max(telegram.answered.values()) - telegram.back_s
    return Counter(answered=len(telegram.answered), ms=round(1000 * took_s), no=telegram.refusals)


def main() -> int:
    """Prints the figures; 1 when it takes too long, or too many are refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=5_000)
    parser.add_argument("--allowed", type=int, default=30, help="messages a second")
    asked = parser.parse_args()
    found = run(measure(asked.chats, asked.allowed))
    took_s, ideal_s = found["ms"] / 1000, asked.chats / asked.allowed
    print(
        f"{found['answered']} of {asked.chats} chats answered in {took_s:.1f} s after the outage, "
        f"{took_s / ideal_s:.2f} × the ideal {ideal_s:.1f} s, with {found['no']} refusals"
    )
    return int(found["answered"] < asked.chats or took_s > 1.2 * ideal_s or found["no"] > 5)


if __name__ == "__main__":
    sys.exit(main())
