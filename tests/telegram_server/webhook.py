"""Pushing updates to a webhook, as Telegram does when a bot has set one.

Updates go out one at a time and in order, each with the bot's secret in a header. Anything but a
2xx answer, or none within the time allowed, brings the same update again a little later.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from functools import cache

import aiohttp

from tests.telegram_server.chats import Chats

TIMEOUT_S = 10.0
RETRY_S = 0.2
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def push(state: Chats) -> None:
    """Delivers updates for as long as it runs, whenever a webhook is set; cancel it to stop.

    Args:
        state: whose updates to deliver.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    trusted = cache(ssl.create_default_context)  # it minds SSL_CERT_FILE, and takes a while
    async with aiohttp.ClientSession(timeout=timeout) as http:
        while True:
            if not state.settings.get("webhook") or not state.updates.pending:
                state.updates.arrived.clear()
                await state.updates.arrived.wait()
            elif not await _deliver(state, http, trusted):
                await asyncio.sleep(RETRY_S)


async def _deliver(
    state: Chats, http: aiohttp.ClientSession, trusted: Callable[[], ssl.SSLContext]
) -> bool:
    """Sends the first update; whether it was taken."""
    update, hook = state.updates.pending[0], state.settings["webhook"]
    headers = {SECRET_HEADER: hook["secret_token"]} if hook.get("secret_token") else {}
    try:
        secure = trusted() if hook["url"].startswith("https:") else True
        async with http.post(hook["url"], json=update, headers=headers, ssl=secure) as response:
            if not response.ok:
                state.webhook_error = f"Wrong response from the webhook: {response.status}"
                return False
    except (aiohttp.ClientError, TimeoutError) as error:
        state.webhook_error = f"Connection failed: {type(error).__name__}"
        return False
    state.confirm(update["update_id"] + 1)
    return True
