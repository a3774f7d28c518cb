"""The bot on Telegram: intake by polling or webhook, the runtime, and what it sends."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

import orjson
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.dialogue.effects import Say
from bot.dialogue.profile import Profile
from bot.pictures import Painter
from bot.ports import Clock, Dialogue, Meter, NoMeter, Store, Uploads
from bot.runtime import Runtime
from bot.runtime.delivery import FIRST_WAIT_S
from bot.runtime.lookup import Reporter
from bot.runtime.rehearsing import bit_by_bit
from bot.telegram.api import Api
from bot.telegram.describe import describe
from bot.telegram.files import TelegramFiles
from bot.telegram.intake import Intake, received
from bot.telegram.pictures import PictureSender
from bot.telegram.polling import LONGEST_WAIT_S, Poller, seconds
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramMessenger
from bot.telegram.token import Token
from bot.telegram.updates import ALLOWED

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook, WebhookServer

logger = logging.getLogger(__name__)

API = "https://api.telegram.org"
_PASSING = re.compile(r"failed to resolve host|temporar|time(d )?-?out|logged out", re.IGNORECASE)
"""Why Telegram may refuse a webhook now and take it later."""


class TokenRejectedError(Exception):
    """Telegram does not know the token."""


class WebhookRejectedError(Exception):
    """Telegram does not take the webhook's address; the text says why."""


class TelegramApp:
    """The bot on Telegram, or on any server that speaks the Bot API.

    Args:
        token: the bot's token.
        store: where everything is kept.
        dialogue: the conversation.
        clock: the time.
        profile: what the bot says about itself.
        api: the Bot API server's address, without a slash at the end.
        painter: draws pictures; without one, their captions go out. It is closed at the end.
        uploads: remembers uploaded pictures.
        webhook: where updates come in; without one, they are fetched.
        meter: counts what happens.
        owner: the chat that may ask how the course goes.
        report: says how the course goes.
        rehearsal: what is done ahead, bit by bit, once updates are received.
        make_request: makes python-telegram-bot's request objects; tests have one without a network.
        first_wait_s: the first pause before anything is tried again.
    """

    def __init__(  # noqa: PLR0913 - one argument per part it joins
        self,
        token: str,
        store: Store,
        dialogue: Dialogue,
        clock: Clock,
        profile: Profile,
        *,
        api: str = API,
        painter: Painter | None = None,
        uploads: Uploads | None = None,
        webhook: Webhook | None = None,
        meter: Meter | None = None,
        rehearsal: Iterable[None] = (),
        owner: int | None = None,
        report: Reporter | None = None,
        make_request: Callable[[], BaseRequest] | None = None,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self.ended = asyncio.Event()
        """Set when the bot cannot go on because its token was revoked."""
        make = make_request or (lambda: AiohttpRequest(proxies=not _is_loopback(api)))
        meter = meter or NoMeter()
        self.bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=make(),
            get_updates_request=make(),
        )
        self._api = Api(self.bot, meter)
        pictures = None
        if painter is not None and uploads is not None:
            pictures = PictureSender(self._api, painter, uploads, clock, meter)
        self.runtime = Runtime(
            dialogue,
            store,
            TelegramMessenger(self._api, pictures),
            clock,
            sorry=profile.sorry,
            first_wait_s=first_wait_s,
            meter=meter,
            files=TelegramFiles(self._api),
            reader=lambda raw: received(orjson.loads(raw.raw), self.bot),
            owner=owner,
            report=report,
        )
        self._intake = Intake(
            self.bot,
            store,
            self.runtime,
            clock,
            meter,
            lambda chat, thread: self.runtime.mention(chat, Say(profile.too_fast, thread=thread)),
        )
        self._token = Token(self._api, self.ended.set, first_wait_s)
        self._poller = Poller(self._api, self._intake, self._token, first_wait_s)
        self._webhook = webhook
        self._server = _served(webhook, self._intake, meter) if webhook else None
        self._profile, self._painter, self._rehearsal = profile, painter, rehearsal
        self._first_wait_s = first_wait_s
        self._beside: list[asyncio.Task[None]] = []
        self._connected = False

    @property
    def trouble(self) -> str:
        """Why the bot is not ready; empty where it is."""
        if not self._connected:
            return "not connected to Telegram yet"
        return "Telegram does not know the bot's token" if self._token.doubted else ""

    async def start(self) -> None:
        """Connects, goes on where the last run stopped, and receives updates.

        While Telegram cannot be reached it keeps trying.

        Raises:
            TokenRejectedError: when Telegram does not know the token.
            OSError: when the webhook's port is taken.
        """
        await self._patiently(self.bot.initialize)
        logger.info("this is @%s: https://t.me/%s", self.bot.username, self.bot.username)
        await self.runtime.take_over()
        for name, work in (("watch", self.runtime.watch()), ("remind", self.runtime.remind())):
            self._beside.append(asyncio.create_task(work, name=name))
        if self._server is not None:
            await self._server.start()
        await self._patiently(self._choose)
        if self._server is None:
            self._beside.append(asyncio.create_task(self._poller.run(), name="polling"))
        else:
            self._beside.append(asyncio.create_task(self._token.watch(), name="token"))
        self._beside.append(asyncio.create_task(describe(self.bot, self._profile)))
        self._connected = True
        if self._painter is not None:
            self._painter.start()
        self._beside.append(asyncio.create_task(bit_by_bit(self._rehearsal), name="rehearsal"))

    async def settled(self) -> None:
        """Returns once everything taken was handled and its effects were performed."""
        await self.runtime.settled()

    async def stop(self) -> None:
        """Receives no more, finishes the turns in hand, and disconnects."""
        self._connected = False
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        if self._server is not None:
            await self._server.stop()
        await self.runtime.stop()
        if self._painter is not None:
            await self._painter.close()
        await self.bot.shutdown()

    async def _choose(self) -> None:
        """Tells Telegram how updates are to come."""
        if self._webhook is None:
            if (await self.bot.get_webhook_info()).url:
                await self._api.call("deleteWebhook")
            return
        from bot.telegram.webhook import CONNECTIONS  # noqa: PLC0415 - polling does without

        try:
            await self._api.call(
                "setWebhook",
                url=self._webhook.url,
                secret_token=self._webhook.secret,
                allowed_updates=ALLOWED,
                max_connections=CONNECTIONS,
            )
        except BadRequest as error:
            if _PASSING.search(str(error)):
                raise
            raise WebhookRejectedError(str(error)) from None

    async def _patiently(self, call: Callable[[], Awaitable[None]]) -> None:
        wait_s = self._first_wait_s
        while True:
            try:
                await call()
            except TelegramError as error:
                if isinstance(error, InvalidToken) and await self._token.is_given_up():
                    raise TokenRejectedError from None
                if isinstance(error, RetryAfter):
                    wait_s = seconds(error)
                logger.warning("Telegram cannot be reached (%s); again in %g s", error, wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
            else:
                return


def _served(webhook: Webhook, intake: Intake, meter: Meter) -> WebhookServer:
    from bot.telegram.webhook import WebhookServer  # noqa: PLC0415 - polling does without

    return WebhookServer(webhook, intake, meter)


def _is_loopback(api: str) -> bool:
    return any(f"//{host}" in api for host in ("127.0.0.1", "localhost", "[::1]"))
