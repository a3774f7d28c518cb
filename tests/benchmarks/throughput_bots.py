"""The bots that are compared: echoes as their libraries' documentation shows them, and ours.

`python -m tests.benchmarks.throughput_bots ptb|ptb256|aiogram-asyncio|aiogram-uvloop|ours-asyncio
URL`; ours is otherwise `python -m bot`. The token comes from `TELEGRAM_BOT_TOKEN`. Each bot imports
its own library only: aiogram has an environment of its own, in which ours is not there.
"""

from __future__ import annotations

import asyncio
import logging
import os
import runpy
import sys
from typing import Any

CONCURRENT = 256


def ptb(url: str, *, concurrent: bool) -> None:
    """python-telegram-bot's echobot."""
    from telegram import Update  # noqa: PLC0415 - see the module's docstring
    from telegram.ext import (  # noqa: PLC0415
        Application,
        CallbackContext,
        MessageHandler,
        filters,
    )

    async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    builder = Application.builder().token(_token()).base_url(f"{url}/bot")
    if concurrent:
        builder = builder.concurrent_updates(CONCURRENT).connection_pool_size(CONCURRENT)
        builder = builder.pool_timeout(60)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


def aiogram(url: str, *, fast: bool) -> None:
    """Aiogram's echo bot, on asyncio's event loop or on uvloop's, as `aiogram[fast]` has it."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import Message  # noqa: PLC0415

    dispatcher = Dispatcher()

    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def run() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        await dispatcher.start_polling(Bot(_token(), session=session))

    dispatcher.message.register(echo)
    logging.basicConfig(level=logging.WARNING)
    loop = None
    if fast:
        import uvloop  # noqa: PLC0415

        loop = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(run())


def ours_without_uvloop() -> None:
    """`python -m bot` where uvloop is not installed."""
    sys.modules["uvloop"] = None  # type: ignore[assignment] # importing it fails from now on
    sys.argv = ["bot"]
    runpy.run_module("bot", run_name="__main__")


def _token() -> str:
    return os.environ["TELEGRAM_BOT_TOKEN"]


if __name__ == "__main__":
    match sys.argv[1]:
        case "aiogram-asyncio" | "aiogram-uvloop" as name:
            aiogram(sys.argv[2], fast=name == "aiogram-uvloop")
        case "ours-asyncio":
            ours_without_uvloop()
        case name:
            ptb(sys.argv[2], concurrent=name == "ptb256")
