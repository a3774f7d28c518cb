"""The bot on Telegram: by polling or webhook, with health and metrics where they are wanted."""

from __future__ import annotations

import asyncio

from bot import settings
from bot.ports import Tutor
from bot.running.app import make_app, run_app
from bot.settings import Settings
from bot.storage import SqlStore


async def run(chosen: Settings, store: SqlStore, tutor: Tutor, stop: asyncio.Event) -> int:
    """Runs it until `stop` is set; the exit code.

    Raises:
        SettingsError: when METRICS_LISTEN cannot be used.
    """
    webhook = None
    if chosen.webhook_url:
        from bot.telegram.webhook import Webhook  # noqa: PLC0415 - polling does without a server

        where = settings.listening(chosen.webhook_listen)
        webhook = Webhook(chosen.webhook_url, chosen.secret(), *where)
    api, token, owner = chosen.telegram_api_base_url, chosen.token or "", chosen.owner_chat_id
    if chosen.metrics_listen is None:
        app = make_app(token, api, store, tutor, owner=owner, webhook=webhook)
        return await run_app(app, stop)

    from bot.operations.endpoints import Endpoints  # noqa: PLC0415 - only where they are wanted
    from bot.operations.metrics import PrometheusMeter  # noqa: PLC0415

    meter = PrometheusMeter()
    app = make_app(token, api, store, tutor, owner=owner, webhook=webhook, meter=meter)
    meter.queue.set_function(lambda: app.runtime.waiting)
    endpoints = Endpoints(
        *settings.listening(chosen.metrics_listen), lambda: app.ready, store.ping, meter.text
    )
    try:
        await endpoints.start()
    except OSError as error:
        raise settings.SettingsError(f"METRICS_LISTEN cannot be used: {error.strerror}") from None
    try:
        return await run_app(app, stop)
    finally:
        await endpoints.stop()
