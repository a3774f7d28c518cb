"""Sends pictures: drawn and uploaded once, afterwards by the name Telegram gave them.

| what happened                              | what follows                                       |
|--------------------------------------------|----------------------------------------------------|
| Telegram has the picture already           | it is sent by name                                 |
| it is being uploaded for another chat      | wait for the name                                  |
| Telegram does not know the name any more   | it is uploaded again                               |
| it cannot be drawn, or takes too long      | its caption goes out as a message of text          |
| Telegram does not take it                  | the same                                           |
| a picture to redraw is as it should be     | nothing                                            |
| a picture to redraw is gone                | a new message                                      |

A trace sheet holds what one learner typed: nobody else will be sent it, so its name is not kept.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError

from bot.dialogue.effects import Show
from bot.pictures import Painter, PictureError
from bot.pictures.requests import Request, Sheet
from bot.ports import Clock, Uploads
from bot.telegram.markup import markup

logger = logging.getLogger(__name__)

DRAWING_S = 20.0
"""How long a reply waits for its picture, behind other drawings."""
_UNKNOWN_FILE = re.compile(
    r"file identifier|file_id|FILE_REFERENCE|wrong type of the web page", re.IGNORECASE
)
_GONE = re.compile(
    r"message to edit not found|message can't be edited|MESSAGE_ID_INVALID", re.IGNORECASE
)
_REFUSED = re.compile(
    r"IMAGE_PROCESS_FAILED|PHOTO_|DOCUMENT_|file is too big|can't use file|non-empty|Too Large"
    r"|CAPTION_TOO_LONG|caption is too long|parse InputMedia|rights to send",
    re.IGNORECASE,
)

File: TypeAlias = str | InputFile
"""A picture by Telegram's name, or as an upload."""


class NoPictureError(Exception):
    """There is no picture to send, or Telegram does not take it: send its words."""


class PictureSender:
    """Sends `Show` effects.

    Args:
        bot: python-telegram-bot's bot.
        painter: draws.
        uploads: remembers Telegram's names.
        clock: the time.
    """

    def __init__(self, bot: Bot, painter: Painter, uploads: Uploads, clock: Clock) -> None:
        self._bot, self._painter, self._uploads, self._clock = bot, painter, uploads, clock
        self._under_way: dict[str, asyncio.Future[None]] = {}

    async def show(self, chat: int, effect: Show) -> int | None:
        """Sends or redraws a picture.

        Returns:
            The message's id.

        Raises:
            NoPictureError: send its caption as a text.
            TelegramError: the picture is not to blame.
        """
        try:
            return await self._with_file(
                effect.picture, lambda file: self._post(chat, effect, file)
            )
        except PictureError as error:
            logger.warning("a picture's words are sent instead of it: %s", error)
            raise NoPictureError from error
        except (BadRequest, NetworkError) as error:
            if not _REFUSED.search(str(error)):
                raise
            logger.warning("Telegram does not take a picture: %s", error)
            raise NoPictureError from error

    async def _with_file(
        self, request: Request, post: Callable[[File], Awaitable[Message | None]]
    ) -> int | None:
        key = self._painter.key(request)
        while True:
            if known := await self._name(key):
                try:
                    return _id(await post(known))
                except BadRequest as error:
                    if not _UNKNOWN_FILE.search(str(error)):
                        raise
                    await self._keep(request, key, None)
            if (other := self._under_way.get(key)) is None:
                return await self._uploaded(request, key, post)
            await asyncio.shield(other)

    async def _uploaded(
        self, request: Request, key: str, post: Callable[[File], Awaitable[Message | None]]
    ) -> int | None:
        """Draws and uploads; others who want the same picture wait, and share a failed drawing."""
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._under_way[key] = ready
        try:
            sent = await post(InputFile(await self._drawn(request), filename(request), attach=True))
            if sent is not None and (name := _name_in(sent)):
                await self._keep(request, key, name)
            return _id(sent)
        except PictureError as error:
            ready.set_exception(error)
            ready.exception()  # nobody may be waiting
            raise
        finally:
            del self._under_way[key]
            if not ready.done():
                ready.set_result(None)

    async def _drawn(self, request: Request) -> bytes:
        try:
            async with asyncio.timeout(DRAWING_S):
                return await self._painter.paint(request)
        except TimeoutError:
            raise PictureError("drawing it took too long") from None

    async def _post(self, chat: int, effect: Show, file: File) -> Message | None:
        if effect.replaces is not None:
            try:
                return await self._redraw(chat, effect.replaces, effect, file)
            except BadRequest as error:
                if "message is not modified" in str(error).lower():
                    return None
                if not _GONE.search(str(error)):
                    raise
        under = markup(effect.buttons, effect.placeholder)
        if _is_document(effect.picture):
            return await self._bot.send_document(
                chat, file, effect.caption, parse_mode=ParseMode.HTML, reply_markup=under
            )
        return await self._bot.send_photo(
            chat, file, effect.caption, parse_mode=ParseMode.HTML, reply_markup=under
        )

    async def _redraw(self, chat: int, message: int, effect: Show, file: File) -> Message | None:
        kind = InputMediaDocument if _is_document(effect.picture) else InputMediaPhoto
        under = markup(effect.buttons, None)
        edited = await self._bot.edit_message_media(
            kind(file, effect.caption, parse_mode=ParseMode.HTML),
            chat,
            message,
            reply_markup=under if isinstance(under, InlineKeyboardMarkup) else None,
        )
        return edited if isinstance(edited, Message) else None

    async def _name(self, key: str) -> str | None:
        try:
            return await self._uploads.uploaded(key)
        except Exception as error:
            logger.error("the store failed (%s); a picture is uploaded", type(error).__name__)
            return None

    async def _keep(self, request: Request, key: str, name: str | None) -> None:
        if isinstance(request, Sheet):
            return
        try:
            await self._uploads.keep_upload(key, name, self._clock.now())
        except Exception as error:
            logger.error("the store failed (%s); a picture's name is lost", type(error).__name__)


def filename(request: Request) -> str:
    """What a picture's file is called on the learner's side."""
    ending = "pdf" if _is_document(request) else "png"
    return f"{'trace-sheet' if isinstance(request, Sheet) else 'picture'}.{ending}"


def _is_document(request: Request) -> bool:
    return isinstance(request, Sheet) and request.format == "pdf"


def _id(message: Message | None) -> int | None:
    return None if message is None else message.message_id


def _name_in(message: Message) -> str | None:
    if message.document is not None:
        return message.document.file_id
    return message.photo[-1].file_id if message.photo else None
