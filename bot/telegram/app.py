"""The bot on Telegram: intake by polling or webhook, the runtime, and what it sends."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import orjson
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.pictures import Painter
from bot.ports import Clock, Meter, NoMeter, Store, Tutor, Uploads
from bot.runtime import Runtime
from bot.runtime.delivery import FIRST_WAIT_S
from bot.runtime.lookup import ClassViewer, Reporter
from bot.runtime.parts import Parts
from bot.runtime.rehearsing import bit_by_bit
from bot.telegram.api import Api
from bot.telegram.describe import Describing, describe
from bot.telegram.files import TelegramFiles
from bot.telegram.incoming import wait_s
from bot.telegram.intake import Intake, received
from bot.telegram.pacing import Pacer
from bot.telegram.pictures import PictureSender
from bot.telegram.polling import LONGEST_WAIT_S, Poller
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramMessenger
from bot.telegram.token import Token
from bot.telegram.updates import ALLOWED

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook, WebhookServer

logger = logging.getLogger(__name__)

API = "https://api.telegram.org"
LONGEST_WEBHOOK_WAIT_S = 300.0
_LOGGED_OUT = re.compile("logged out", re.IGNORECASE)
_PASSING = re.compile(r"failed to resolve host|temporar|time(d )?-?out", re.IGNORECASE)
"""Why Telegram may refuse a webhook now and take it later."""


class TokenRejectedError(Exception):
    """Telegram does not know the token."""


class WebhookRejectedError(Exception):
    """Telegram does not take the webhook's address; the text says why.

    Args:
        text: Telegram's.
        passing: whether it may take it later.
    """

    def __init__(self, text: str, *, passing: bool) -> None:
        super().__init__(text)
        self.passing = passing


class TelegramApp:
    """The bot on Telegram, or on any server that speaks the Bot API.

    Args:
        token: the bot's token.
        store: where everything is kept.
        tutor: the conversation.
        clock: the time.
        api: the Bot API server's address, without a slash at the end.
        painter: draws pictures; without one, their captions go out. It is closed at the end.
        uploads: remembers uploaded pictures.
        webhook: where updates come in; without one, they are fetched.
        pacer: says when a message may go; by default, at once.
        proxy: the address of a proxy to go through.
        meter: counts what happens.
        owner: the chat that may ask how the course goes.
        report: says how the course goes.
        class_view: tells a teacher of a class.
        describing: what the bot says about itself; else the tutor's own.
        rehearsal: what is done ahead, bit by bit, once updates are received.
        make_request: makes python-telegram-bot's request objects; tests have one without a network.
        first_wait_s: the first pause before anything is tried again.
    """

    def __init__(  # noqa: PLR0913 - one argument per part it joins
        self,
        token: str,
        store: Store,
        tutor: Tutor,
        clock: Clock,
        *,
        api: str = API,
        painter: Painter | None = None,
        uploads: Uploads | None = None,
        webhook: Webhook | None = None,
        pacer: Pacer | None = None,
        proxy: str | None = None,
        meter: Meter | None = None,
        rehearsal: Iterable[None] = (),
        owner: int | None = None,
        report: Reporter | None = None,
        class_view: ClassViewer | None = None,
        describing: Describing | None = None,
        make_request: Callable[[], BaseRequest] | None = None,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self.ended = asyncio.Event()
        """Set when the bot cannot go on because its token was revoked."""
        make = make_request or partial(AiohttpRequest, proxy=proxy)
        meter, polling = meter or NoMeter(), make()
        self.bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=make(),
            get_updates_request=polling,
        )
        self._api = Api(self.bot, meter, pacer)
        pictures = None
        if painter is not None and uploads is not None:
            pictures = PictureSender(painter, uploads, clock, meter)
        self.runtime = Runtime(
            tutor,
            store,
            TelegramMessenger(self._api, pictures, first_wait_s),
            clock,
            first_wait_s=first_wait_s,
            meter=meter,
            files=TelegramFiles(self._api),
            reader=lambda raw: received(orjson.loads(raw.raw), self.bot),
            owner=owner,
            report=report,
            class_view=class_view,
        )
        self._intake = Intake(self.bot, store, self.runtime, clock, meter)
        polls = Api(self.bot, meter, request=polling)
        self._token = Token(self._api, self.ended.set, first_wait_s)
        self._poller = Poller(polls, self._intake, self._token, first_wait_s)
        self._webhook = webhook
        self._server = _served(webhook, self._intake, meter) if webhook else None
        self._languages, self._about = tutor.languages, describing or tutor.profile
        self._painter, self._rehearsal = painter, rehearsal
        self._first_wait_s = first_wait_s
        self._parts = Parts(first_wait_s)
        self._connected = False
        self._refused = ""
        """Why the webhook is not set yet, where Telegram said so."""

    async def start(self) -> None:
        """Connects, goes on where the last run stopped, and receives updates.

        While Telegram cannot be reached it keeps trying.

        Raises:
            TokenRejectedError: when Telegram does not know the token.
            OSError: when the webhook's port is taken.
        """
        await self._patiently(self._meet)
        logger.info("this is @%s: https://t.me/%s", self.bot.username, self.bot.username)
        await self.runtime.take_over()
        self._parts.keep("taking over", self.runtime.watch)
        self._parts.keep("reminding", self.runtime.remind)
        if self._server is not None:
            await self._server.start()
        await self._patiently(self._choose)
        if self._server is None:
            self._parts.keep("polling", self._poller.run)
        else:
            self._parts.keep("asking for the token", self._token.watch)
        self._parts.keep("describing", self._describe)
        self._connected = True
        if self._painter is not None:
            self._painter.start()
        self._parts.keep("rehearsing", lambda: bit_by_bit(self._rehearsal))

    @property
    def trouble(self) -> str:
        """Why the bot is not ready; empty where it is."""
        if not self._connected:
            return self._refused or "not connected to Telegram yet"
        if self._token.doubted:
            return "Telegram does not know the bot's token"
        return ", ".join(f"{name} fails" for name in sorted(self._parts.failing))

    async def settled(self) -> None:
        """Returns once everything taken was handled and its effects were performed."""
        await self.runtime.settled()

    async def stop(self) -> None:
        """Receives no more, finishes the turns in hand, and disconnects."""
        self._connected = False
        await self._parts.stop()
        if self._server is not None:
            await self._server.stop()
        await self.runtime.stop()
        if self._painter is not None:
            await self._painter.close()
        await self.bot.shutdown()

    async def _meet(self) -> None:
        """Learns who the bot is; whatever tells of nobody is no answer of Telegram's."""
        await self.bot.initialize()
        if not isinstance(self.bot.id, int) or not isinstance(self.bot.username, str):
            await self.bot.shutdown()
            raise TelegramError("getMe tells of no bot")

    async def _describe(self) -> None:
        """Tells Telegram what the bot is, in every language."""
        await describe(self.bot, self._about, self._languages, self._first_wait_s)

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
            if _LOGGED_OUT.search(text := str(error)):
                raise
            raise WebhookRejectedError(text, passing=bool(_PASSING.search(text))) from None

    async def _patiently(self, call: Callable[[], Awaitable[None]]) -> None:
        pause_s = self._first_wait_s
        while True:
            try:
                return await call()
            except WebhookRejectedError as error:
                if not error.passing:
                    raise
                said = self._refused = f"Telegram does not take WEBHOOK_URL yet ({error})"
                longest_s = LONGEST_WEBHOOK_WAIT_S
            except Exception as error:
                if isinstance(error, InvalidToken) and await self._token.is_given_up():
                    raise TokenRejectedError from None
                if isinstance(error, RetryAfter):
                    pause_s = wait_s(error.retry_after)
                why = error if isinstance(error, TelegramError) else "no answer of the Bot API"
                said, longest_s = f"Telegram cannot be reached ({why})", LONGEST_WAIT_S
            logger.warning("%s; again in %g s", said, pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(longest_s, pause_s * 2)


def _served(webhook: Webhook, intake: Intake, meter: Meter) -> WebhookServer:
    from bot.telegram.webhook import WebhookServer  # noqa: PLC0415 - polling does without

    return WebhookServer(webhook, intake, meter)
