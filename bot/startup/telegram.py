"""The bot on Telegram: by polling or webhook, with health and metrics where they are wanted."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot import settings
from bot.logs import complain
from bot.pictures.painter import ThreadPainter
from bot.ports import Meter, Tutor
from bot.settings import Settings
from bot.startup.app import first, spare_the_collector
from bot.startup.clock import SystemClock
from bot.startup.codes import OK, UNUSABLE
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp, TokenRejectedError, WebhookRejectedError
from bot.telegram.describe import Describing
from bot.telegram.pacing import Pacer

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook

logger = logging.getLogger("bot")


async def run(
    chosen: Settings,
    store: SqlStore,
    tutor: Tutor,
    stop: asyncio.Event,
    describing: Describing | None = None,
) -> int:
    """Runs it until `stop` is set; the exit code.

    Raises:
        SettingsError: when METRICS_LISTEN cannot be used.
    """
    webhook = None
    if chosen.webhook_url:
        from bot.telegram.webhook import Webhook  # noqa: PLC0415 - polling does without a server

        where = settings.listening(chosen.webhook_listen)
        webhook = Webhook(chosen.webhook_url, chosen.secret(), *where)
    if chosen.metrics_listen is None:
        return await run_app(make_app(chosen, store, tutor, webhook, None, describing), stop)

    from bot.maintenance.endpoints import Endpoints  # noqa: PLC0415 - only where they are wanted

    try:
        from bot.maintenance.metrics import PrometheusMeter  # noqa: PLC0415
    except ImportError as error:
        message = f"METRICS_LISTEN needs the package prometheus-client ({error.name} is missing)"
        raise settings.SettingsError(message) from None
    meter = PrometheusMeter()
    app = make_app(chosen, store, tutor, webhook, meter, describing)
    meter.queue.set_function(lambda: app.runtime.waiting)
    endpoints = Endpoints(
        *settings.listening(chosen.metrics_listen), lambda: app.trouble, store.ping, meter.text
    )
    try:
        await endpoints.start()
    except OSError as error:
        raise settings.SettingsError(f"METRICS_LISTEN cannot be used: {error.strerror}") from None
    try:
        return await run_app(app, stop)
    finally:
        await endpoints.stop()


def make_app(  # noqa: PLR0913, PLR0917 - what it joins
    chosen: Settings,
    store: SqlStore,
    tutor: Tutor,
    webhook: Webhook | None = None,
    meter: Meter | None = None,
    describing: Describing | None = None,
) -> TelegramApp:
    """The app for a Bot API server, with real parts.

    Args:
        chosen: the settings.
        store: where everything is kept.
        tutor: the conversation.
        webhook: where updates come in; without one, they are fetched.
        meter: counts what happens.
        describing: what the bot says about itself, where that is not the tutor's.
    """
    return TelegramApp(
        chosen.token or "",
        store,
        tutor,
        SystemClock(),
        api=chosen.telegram_api_base_url,
        painter=ThreadPainter(),
        uploads=store,
        webhook=webhook,
        pacer=Pacer(chosen.sends_per_second, chosen.chat_sends_per_second),
        proxy=chosen.proxy(),
        meter=meter,
        rehearsal=tutor.rehearse(),
        owner=chosen.owner_chat_id,
        report=tutor.report,
        class_view=tutor.class_view,
        describing=describing,
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
