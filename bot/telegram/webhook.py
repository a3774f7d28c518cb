"""Receives updates from Telegram: answered with 200 once they are stored, never before.

Whoever does not know the secret learns nothing and costs nothing: no body is read for them.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from aiohttp import web

from bot.ports import Meter
from bot.telegram.incoming import parsed
from bot.telegram.intake import Intake
from bot.telegram.updates import is_update

logger = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY_BYTES = 1024 * 1024
"""Telegram's updates are far smaller."""
UNDER_WAY = 500
"""How many requests may wait for the store at the same time; Telegram sends the others again."""
IDLE_S, BODY_S = 60.0, 10.0
"""How long a connection may say nothing, or begin a request and not go on with it."""
AGAIN = {"Retry-After": "1"}
"""Without it Telegram waits for a minute or two before it sends an update again."""
CONNECTIONS = 100
"""How many connections Telegram may open, its own limit."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, and where they come in."""

    url: str
    """The public address."""
    secret: str = field(repr=False)
    host: str
    port: int
    """Where to listen; a reverse proxy in front has the public address."""

    @property
    def path(self) -> str:
        """The address's path in plain characters; the proxy leaves it as it is."""
        return unquote(urlsplit(self.url).path) or "/"


class WebhookServer:
    """Listens for updates.

    Args:
        webhook: where.
        intake: stores the updates.
        meter: counts what is refused.
    """

    def __init__(self, webhook: Webhook, intake: Intake, meter: Meter) -> None:
        self._webhook, self._intake, self._meter = webhook, intake, meter
        self._runner: web.AppRunner | None = None
        self._under_way = 0

    async def start(self) -> None:
        """Listens.

        Raises:
            OSError: when the port is taken.
        """
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_post("/{path:.*}", self._receive)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=5.0, keepalive_timeout=IDLE_S
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, self._webhook.host, self._webhook.port).start()

    async def stop(self) -> None:
        """Answers what has come in, and listens no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _receive(self, request: web.Request) -> web.Response:
        if request.path != self._webhook.path:
            return web.Response(status=404)
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._webhook.secret.encode()):
            self._meter.received("refused")
            return web.Response(status=403)
        if self._under_way >= UNDER_WAY:
            return web.Response(status=503, headers=AGAIN)
        self._under_way += 1
        try:
            async with asyncio.timeout(BODY_S):
                body = await request.read()
            return await self._store(body)
        except TimeoutError:
            return web.Response(status=408)
        finally:
            self._under_way -= 1

    async def _store(self, body: bytes) -> web.Response:
        raw = parsed(body)
        if not is_update(raw):
            # Telegram would send it again for a day, and hold the others back.
            logger.warning("the webhook received something that is no update")
            self._meter.received("refused")
            return web.Response()
        try:
            await self._intake.take([raw])
        except Exception as error:
            logger.error("an update could not be stored (%s)", type(error).__name__)
            return web.Response(status=500, headers=AGAIN)
        return web.Response()
