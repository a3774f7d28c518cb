"""`python -m bot check`: is everything as it has to be, and if not, what is to be done?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.pictures import PictureError
from bot.pictures.requests import BarGroup, Bars
from bot.ports import StorageError, StoreAwayError, Tutor
from bot.storage import SqlStore
from bot.telegram.request import AiohttpRequest
from content.errors import ContentError
from content.loader import each_loaded
from content.written import FOLDER

if TYPE_CHECKING:
    from bot.settings import Settings

PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    found: str
    fine: bool = True

    def __str__(self) -> str:
        return f"{'ok ' if self.fine else 'FIX'}  {self.what}: {self.found}"


async def check(chosen: Settings, make_tutor: Callable[[str], Tutor]) -> AsyncIterator[Finding]:
    """Looks at everything, one after the other.

    Args:
        chosen: the settings, which could be read.
        make_tutor: makes the conversation for a language.

    Yields:
        What was found.
    """
    tutor = make_tutor(chosen.bot_language)
    yield Finding("settings", f"can be used; the log is {chosen.log_format}")
    yield Finding("lesson", f"loads, with {len(tutor.profile().commands)} commands")
    yield _languages(tutor.languages)
    yield await _database(chosen)
    yield await _pictures()
    if chosen.token is None:
        where = f"TELEGRAM_BOT_TOKEN is empty: the chat will be on port {chosen.local_chat_port}"
        yield Finding("Telegram", where)
        return
    request = AiohttpRequest(read_timeout_s=PATIENCE_S, proxy=chosen.proxy())
    bot = Bot(chosen.token, f"{chosen.telegram_api_base_url}/bot", request=request)
    try:
        await bot.initialize()
        yield Finding("token", f"belongs to @{bot.username}")
        yield await _owner(bot, chosen)
        yield await _webhook(bot, chosen)
    except InvalidToken:
        yield Finding("token", "is not accepted; copy it from @BotFather again", fine=False)
    except TelegramError as error:
        yield Finding("Telegram", f"cannot be reached: {error}", fine=False)
    finally:
        await bot.shutdown()


def _languages(tags: Sequence[str], folder: Path = FOLDER) -> Finding:
    """Which languages are spoken; one that cannot be used is told with the first of its faults."""
    faults = []
    for _, found in each_loaded(tags, folder):
        if isinstance(found, ContentError):
            more = len(found.problems) - 1
            faults.append(f"{found.problems[0]}" + (f", and {more} more" if more else ""))
    if faults:
        said = "cannot all be used, so their learners get another; " + "; ".join(faults)
        return Finding("languages", f"{said}. python -m content validate tells all", fine=False)
    return Finding("languages", ", ".join(tags))


async def _database(chosen: Settings) -> Finding:
    kind = chosen.database().partition(":")[0].partition("+")[0]
    try:
        async with SqlStore(chosen.database(), chosen.bot_id) as store:
            counts = await store.counts()
    except (StorageError, StoreAwayError) as error:
        return Finding("database", str(error), fine=False)
    said = f"{kind} with {counts.learners} learners, {counts.unhandled} updates waiting"
    return Finding("database", said)


async def _pictures() -> Finding:
    from bot.pictures.painter import ThreadPainter  # noqa: PLC0415 - it starts a thread

    painter = ThreadPainter()
    try:
        drawn = await painter.paint(Bars((BarGroup("", (("", 1),)),)))
    except PictureError as error:
        return Finding("pictures", f"cannot be drawn, so learners get words: {error}", fine=False)
    finally:
        await painter.close()
    return Finding("pictures", f"can be drawn ({len(drawn)} bytes)")


async def _owner(bot: Bot, chosen: Settings) -> Finding:
    owner = chosen.owner_chat_id
    if owner is None:
        return Finding("owner", "OWNER_CHAT_ID is empty: nobody may ask for /stats")
    try:
        await bot.get_chat(owner)
    except (BadRequest, Forbidden):
        said = f"OWNER_CHAT_ID is {owner}, which is no chat of this bot; /export names yours"
        return Finding("owner", said, fine=False)
    return Finding("owner", f"chat {owner} may ask for /stats")


async def _webhook(bot: Bot, chosen: Settings) -> Finding:
    async with asyncio.timeout(PATIENCE_S):
        info = await bot.get_webhook_info()
    waiting = f"{info.pending_update_count} updates wait at Telegram"
    if not chosen.webhook_url:
        if info.url:
            return Finding("updates", f"a webhook is set; the bot will remove it. {waiting}")
        return Finding("updates", f"are fetched (polling). {waiting}")
    if info.url != chosen.webhook_url:
        known = info.url or "none"
        said = f"Telegram knows another address ({known}); the bot sets its own when it starts"
        return Finding("webhook", said)
    if info.last_error_message:
        said = f"Telegram cannot deliver: {info.last_error_message}; look at the proxy. {waiting}"
        return Finding("webhook", said, fine=False)
    return Finding("webhook", f"{info.url} is set. {waiting}")
