"""Pushing updates to a webhook, as Telegram does when a bot has set one.

The updates of one chat go out one at a time and in order, those of several chats beside each other,
each with the bot's secret in a header. Anything but a 2xx answer, or none within the time allowed,
brings the same update again: after as long as `Retry-After` says, else in a minute or two. Every
wait is `Chats.haste` times shorter here.
"""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import aiohttp

from tests.telegram_server.chats import Chats
from tests.telegram_server.updates import Update

TIMEOUT_S = 10.0
RETRY_S = (60.0, 120.0)
CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def push(state: Chats) -> None:
    """Delivers updates for as long as it runs, whenever a webhook is set; cancel it to stop.

    Args:
        state: whose updates to deliver.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    async with aiohttp.ClientSession(timeout=timeout) as http, asyncio.TaskGroup() as chats:
        pusher = _Pusher(state, http)
        while True:
            for chat in pusher.waiting():
                chats.create_task(pusher.chat(chat))
            state.updates.arrived.clear()
            await state.updates.arrived.wait()


class _Pusher:
    def __init__(self, state: Chats, http: aiohttp.ClientSession) -> None:
        self._state, self._http = state, http
        self._busy: set[int] = set()
        self._trusted = cache(ssl.create_default_context)  # minds SSL_CERT_FILE, and takes a while

    @property
    def _hook(self) -> Mapping[str, Any]:
        return self._state.settings.get("webhook") or {}

    def waiting(self) -> set[int]:
        """Chats with something to deliver that nobody is delivering, as many as may be at once."""
        if not self._hook:
            return set()
        most = int(self._hook.get("max_connections") or CONNECTIONS)
        found = dict.fromkeys(chat_of(update) for update in self._state.updates.pending)
        fresh = [chat for chat in found if chat not in self._busy][: max(0, most - len(self._busy))]
        self._busy |= set(fresh)
        return set(fresh)

    async def chat(self, chat: int) -> None:
        """Delivers the updates of one chat until there are none."""
        updates = self._state.updates
        while self._hook:
            first = next((one for one in updates.pending if chat_of(one) == chat), None)
            if first is None:
                break
            if (wait_s := await self._deliver(first)) is None:
                updates.take(first)
            else:
                await asyncio.sleep(wait_s / self._state.haste)
        self._busy.discard(chat)
        updates.arrived.set()  # there may be others, for whom there was no connection

    async def _deliver(self, update: Update) -> float | None:
        """Sends an update; how long to wait before it is sent again, None where it was taken."""
        hook, wait_s = self._hook, random.uniform(*RETRY_S)
        headers = {SECRET_HEADER: hook["secret_token"]} if hook.get("secret_token") else {}
        try:
            secure = self._trusted() if hook["url"].startswith("https:") else True
            async with self._http.post(
                hook["url"], json=update, headers=headers, ssl=secure
            ) as response:
                if response.ok:
                    return None
                self._state.webhook_error = f"Wrong response from the webhook: {response.status}"
                return float(response.headers.get("Retry-After") or wait_s)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._state.webhook_error = f"Connection failed: {type(error).__name__}"
            return wait_s


def chat_of(update: Update) -> int:
    """The chat an update is of: those of one chat are delivered in order."""
    match next(value for key, value in update.items() if key != "update_id"):
        case {"message": {"chat": {"id": int(chat)}}} | {"chat": {"id": int(chat)}}:
            return chat
        case {"from": {"id": int(chat)}}:
            return chat
        case _:
            return 0
