"""The bots that are compared: echoes as their libraries' documentation shows them, and ours.

`python -m tests.benchmarks.throughput_bots ptb|ptb256|aiogram URL`; ours is `python -m bot`.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from tests.benchmarks.throughput_telegram import TOKEN


def ptb(url: str, *, concurrent: bool) -> None:
    """python-telegram-bot's echobot."""
    from telegram import Update  # noqa: PLC0415 - each bot imports its own library only
    from telegram.ext import (  # noqa: PLC0415
        Application,
        CallbackContext,
        MessageHandler,
        filters,
    )

    async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if concurrent:
        builder = builder.concurrent_updates(True).connection_pool_size(256).pool_timeout(60)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


def aiogram(url: str) -> None:
    """Aiogram's echo bot."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import Message  # noqa: PLC0415

    dispatcher = Dispatcher()

    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher.message.register(echo)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(dispatcher.start_polling(Bot(TOKEN, session=session)))


if __name__ == "__main__":
    match sys.argv[1]:
        case "aiogram":
            aiogram(sys.argv[2])
        case name:
            ptb(sys.argv[2], concurrent=name == "ptb256")
