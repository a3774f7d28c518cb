"""The bot's parts joined into one app, and that app run until it is to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING

from bot.logs import complain
from bot.pictures.pool import PoolPainter
from bot.ports import Meter, Tutor
from bot.running.clock import SystemClock
from bot.running.codes import OK, UNUSABLE
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp, TokenRejectedError, WebhookRejectedError

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook

logger = logging.getLogger("bot")

COLLECT = (20_000, 20, 50)
"""When Python's collector looks for cycles: a turn makes thousands of objects and hardly a cycle,
and at the usual thresholds a fifth of its time went into looking."""


def make_app(  # noqa: PLR0913 - what it joins
    token: str,
    api: str,
    store: SqlStore,
    tutor: Tutor,
    *,
    owner: int | None = None,
    webhook: Webhook | None = None,
    meter: Meter | None = None,
    public: bool = True,
) -> TelegramApp:
    """The app for a Bot API server, with real parts.

    Args:
        token: the bot's token.
        api: the server's address.
        store: where everything is kept.
        tutor: the conversation.
        owner: the chat that may ask how the course goes.
        webhook: where updates come in; without one, they are fetched.
        meter: counts what happens.
        public: whether the bot can be found on Telegram.
    """
    return TelegramApp(
        token,
        store,
        tutor,
        SystemClock(),
        tutor.profile,
        api=api,
        painter=PoolPainter(),
        uploads=store,
        webhook=webhook,
        meter=meter,
        rehearsal=tutor.rehearse(),
        owner=owner,
        report=tutor.report,
        public=public,
    )


async def run_app(app: TelegramApp, stop: asyncio.Event) -> int:
    """Runs the bot until `stop` is set or Telegram sends it away; the exit code."""
    starting = asyncio.create_task(app.start())
    try:
        await first(starting, asyncio.create_task(stop.wait()))
        if starting.done():
            await starting
            spare_the_collector()
            logger.info("running; Ctrl-C stops")
            await first(asyncio.create_task(stop.wait()), asyncio.create_task(app.ended.wait()))
        if app.ended.is_set():
            raise TokenRejectedError
    except TokenRejectedError:
        complain(
            "TELEGRAM_BOT_TOKEN is not accepted by the Bot API at TELEGRAM_API_BASE_URL: "
            "copy the token from @BotFather again"
        )
        return UNUSABLE
    except WebhookRejectedError as error:
        complain(f"WEBHOOK_URL is not accepted by Telegram: {error}")
        return UNUSABLE
    except OSError as error:
        complain(f"WEBHOOK_LISTEN cannot be used: {error.strerror}")
        return UNUSABLE
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await app.stop()
    logger.info("stopped")
    return OK


def spare_the_collector() -> None:
    """Leaves what stays for good out of every search for cycles, and searches less often.

    There is no search before: it would take longer than the first answer, to find next to nothing.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT)


async def first(*tasks: asyncio.Task[object]) -> None:
    """Waits for the first of some tasks; those made for waiting only are ended."""
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks[1:]:
        task.cancel()
    if len(tasks) > 1:
        await asyncio.gather(*tasks[1:], return_exceptions=True)
