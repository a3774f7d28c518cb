"""A whole bot in this process, fed with updates: no network, a real database."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from telegram.request import RequestData

from bot.startup.clock import SystemClock
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp
from bot.telegram.request import AiohttpRequest
from tests.fuzz.hostile_updates import FILES, Json
from tests.tutor import MACHINE

TOKEN = "123456789:a-token-nobody-should-see-in-any-log"
_SAYS = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "answerCallbackQuery")


class Feed:
    """What the bot is given, and what it makes of it."""

    def __init__(self) -> None:
        self._number = 1000
        self._changed = asyncio.Event()

    def batch(self) -> list[bytes]:
        """The updates that come next; none where something has to change first."""
        raise NotImplementedError

    def heard(self, chat: int) -> None:
        """A chat was told something."""
        raise NotImplementedError

    def numbered(self, raw: Mapping[str, Any]) -> Json:
        """The next update."""
        self._number += 1
        return {"update_id": self._number, **raw}

    def changed(self) -> None:
        """There may be more to hand out."""
        self._changed.set()

    async def updates(self) -> bytes:
        """The answer to one getUpdates."""
        async with asyncio.timeout(0.5):
            while not (batch := self.batch()):
                self._changed.clear()
                await self._changed.wait()
        return b'{"ok": true, "result": [' + b",".join(batch) + b"]}"


class FedRequest(AiohttpRequest):
    """A Bot API without a network, which hands out what a feed has.

    Args:
        feed: what it hands out.
        seed: of the dice, for files.
    """

    def __init__(self, feed: Feed, seed: int) -> None:
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


@asynccontextmanager
async def fed(
    feed: Feed, folder: Path, seed: int = 1
) -> AsyncIterator[tuple[TelegramApp, SqlStore]]:
    """A bot that gets what a feed has, with its store; it is stopped at the end."""
    tutor = MACHINE
    async with SqlStore(f"sqlite:///{folder}/bot.sqlite3", 123456789) as store:
        app = TelegramApp(
            TOKEN,
            store,
            tutor,
            SystemClock(),
            api="http://127.0.0.1:1",
            make_request=lambda: FedRequest(feed, seed),
        )
        await app.start()
        try:
            yield app, store
        finally:
            await app.stop()


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
