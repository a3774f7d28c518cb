"""A small bot on the real python-telegram-bot that uses everything the chat page can show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.telegram_server.pictures import png

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
STEP = (
    "<b>Step 2 of 26 · H1 · weighted sum</b>\n"
    "Multiply each input by its weight, then add:\n"
    "<pre>x1 × w11 + x2 × w12\n0.6 × 0.4 + 0.7 × (−0.3)</pre>\n"
    "<blockquote>A weight says how strongly an input counts.</blockquote>\n"
    "The worked line, if you want it: <tg-spoiler>0.24 + (−0.21) = 0.03</tg-spoiler>\n"
    "Type <code>the number</code>, or <i>your working</i>."
)
KEYS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("💡 Hint", callback_data="hint"),
            InlineKeyboardButton("👀 Show me", callback_data="show"),
        ],
        [InlineKeyboardButton("☰ More", callback_data="more")],
    ]
)


async def _start(update: Update, _context: Context) -> None:
    assert update.message is not None
    await update.message.reply_photo(png(860, 460, 238), caption="The network: 2 inputs, H1, H2, O")
    await update.message.reply_html(STEP, reply_markup=KEYS)


async def _file(update: Update, _context: Context) -> None:
    assert update.message is not None
    await update.message.reply_document(b"0.03\n", filename="trace.txt", caption="Your trace")


async def _ask(update: Update, _context: Context) -> None:
    assert update.message is not None
    placeholder = ForceReply(input_field_placeholder="Type the number")
    await update.message.reply_text("How much is 0.6 × 0.4?", reply_markup=placeholder)


async def _text(update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    if update.edited_message:
        await message.reply_html(f"You changed it to <b>{message.text_html}</b>.")
    elif message.text == "0.03":
        await message.set_reaction("👍")
        await message.reply_html("✓ <b>0.03</b>. Right.")
    else:
        await message.reply_html(f"Not yet: {message.text_html}")


async def _press(update: Update, _context: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "hint":
        await query.answer("Look at the sign of w12")
        return
    await query.answer("Shown, so not counted as solved", show_alert=query.data == "more")
    await query.edit_message_text("Shown: <b>0.03</b>", parse_mode="HTML")


def equip(app: AnyApplication) -> AnyApplication:
    """Gives an application the echo bot's handlers."""
    app.add_handler(CommandHandler("start", _start))
    app.add_handler(CommandHandler("file", _file))
    app.add_handler(CommandHandler("ask", _ask))
    app.add_handler(CallbackQueryHandler(_press))
    app.add_handler(MessageHandler(filters.TEXT, _text))
    return app


@asynccontextmanager
async def echo_bot(url: str, token: str) -> AsyncIterator[AnyApplication]:
    """The bot, polling the Bot API server at `url` as long as the context lasts."""
    builder = Application.builder().token(token)
    app = equip(builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build())
    async with app:
        await app.bot.set_my_commands(
            [("start", "Start or go on"), ("ask", "Ask me something"), ("file", "Send a file")]
        )
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(poll_interval=0, timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()
