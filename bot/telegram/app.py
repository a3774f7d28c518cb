"""python-telegram-bot's application around the runtime, with long polling."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, ContextTypes, TypeHandler
from telegram.request import BaseRequest

from bot.pictures import Painter
from bot.ports import Clock, Dialogue, Profile, Store, Uploads
from bot.runtime import Runtime
from bot.runtime.delivery import FIRST_WAIT_S
from bot.telegram.describe import describe
from bot.telegram.intake import DurableBot
from bot.telegram.pictures import PictureSender
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramMessenger
from bot.telegram.updates import ALLOWED

logger = logging.getLogger(__name__)

API = "https://api.telegram.org"
POLL_S = 25
LONGEST_WAIT_S = 30.0


class TokenRejectedError(Exception):
    """Telegram does not know the token."""


class TelegramApp:
    """The bot on Telegram, or on any server that speaks the Bot API.

    Args:
        token: the bot's token.
        store: where everything is kept.
        dialogue: the conversation.
        clock: the time.
        profile: what the bot says about itself.
        sorry: what a learner reads when the dialogue itself fails, as HTML.
        api: the Bot API server's address, without a slash at the end.
        painter: draws pictures; without one, their captions go out. It is closed at the end.
        uploads: remembers uploaded pictures.
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
        sorry: str,
        api: str = API,
        painter: Painter | None = None,
        uploads: Uploads | None = None,
        make_request: Callable[[], BaseRequest] | None = None,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self.ended = asyncio.Event()
        """Set when the bot cannot go on because its token was revoked."""
        make = make_request or (lambda: AiohttpRequest(proxies=not _is_loopback(api)))
        self.bot = DurableBot(
            token,
            store,
            clock,
            self.ended.set,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=make(),
            get_updates_request=make(),
        )
        self._painter = painter
        pictures = PictureSender(self.bot, painter, uploads, clock) if painter and uploads else None
        self.runtime = Runtime(
            dialogue,
            store,
            TelegramMessenger(self.bot, pictures),
            clock,
            sorry=sorry,
            first_wait_s=first_wait_s,
        )
        self._profile = profile
        self._first_wait_s = first_wait_s
        self._describing: asyncio.Task[None] | None = None
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().bot(self.bot).job_queue(None).build()
        )
        self.application.add_handler(TypeHandler(Update, self._handle))
        self.application.add_error_handler(_log_error)

    async def start(self) -> None:
        """Connects, goes on where the last run stopped, and starts polling.

        While Telegram cannot be reached it keeps trying.

        Raises:
            TokenRejectedError: when Telegram does not know the token.
        """
        await self._connect()
        logger.info("this is @%s: https://t.me/%s", self.bot.username, self.bot.username)
        await self.runtime.start()
        for received in await self.bot.waiting():
            self.runtime.accept(received)
        await self.application.start()
        if self.application.updater is None:
            raise RuntimeError("python-telegram-bot built no updater")
        await self.application.updater.start_polling(
            timeout=POLL_S,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED,
            error_callback=_log_polling,
        )
        self._describing = asyncio.create_task(describe(self.bot, self._profile))

    async def settled(self) -> None:
        """Returns once everything fetched was handled and its effects were performed."""
        await self.application.update_queue.join()
        await self.runtime.settled()

    async def stop(self) -> None:
        """Stops polling, finishes the turns in hand, and disconnects."""
        if self._describing is not None:
            self._describing.cancel()
            await asyncio.gather(self._describing, return_exceptions=True)
        updater = self.application.updater
        if updater is not None and updater.running:
            with suppress(TelegramError):  # what ended the polling is known already
                await updater.stop()
        if self.application.running:
            await self.application.stop()
        await self.runtime.stop()
        if self._painter is not None:
            await self._painter.close()
        await self.application.shutdown()
        await self.bot.shutdown()

    async def _connect(self) -> None:
        wait_s = self._first_wait_s
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                raise TokenRejectedError from None
            except TelegramError as error:
                if isinstance(error, RetryAfter):
                    wait_s = _seconds(error)
                logger.warning("Telegram cannot be reached (%s); again in %g s", error, wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
            else:
                return

    async def _handle(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        received = self.bot.received(update)
        if received is not None:
            self.runtime.accept(received)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def _is_loopback(api: str) -> bool:
    return any(f"//{host}" in api for host in ("127.0.0.1", "localhost", "[::1]"))


async def _log_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    logger.error("an update failed", exc_info=context.error)


def _log_polling(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        logger.error("another program polls Telegram with the same token; stop one of them")
    elif not isinstance(error, TimedOut):
        logger.warning("Telegram cannot be reached (%s); trying again", error)
