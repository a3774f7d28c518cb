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
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from telegram import InputFile
from telegram.error import BadRequest, NetworkError

from bot.dialogue.effects import Show
from bot.pictures import Painter, PictureError
from bot.pictures.requests import OWN, Request, filename
from bot.ports import Clock, Meter, Uploads
from bot.telegram.markup import markup

logger = logging.getLogger(__name__)

DRAWING_S = 20.0
"""How long a reply waits for its picture, behind other drawings."""
DRAWINGS = 32
"""How many may wait for the painter at the same time."""
NAMES = 256
"""How many of Telegram's names are at hand without asking the store."""
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

Json: TypeAlias = dict[str, Any]
Send: TypeAlias = Callable[..., Awaitable[Any]]
File: TypeAlias = str | InputFile
"""A picture by Telegram's name, or as an upload."""


class NoPictureError(Exception):
    """There is no picture to send, or Telegram does not take it: send its words."""


class PictureSender:
    """Sends `Show` effects.

    Args:
        painter: draws.
        uploads: remembers Telegram's names.
        clock: the time.
        meter: counts drawings.
    """

    def __init__(self, painter: Painter, uploads: Uploads, clock: Clock, meter: Meter) -> None:
        self._painter, self._uploads = painter, uploads
        self._clock, self._meter = clock, meter
        self._drawing = asyncio.Semaphore(DRAWINGS)
        self._under_way: dict[str, asyncio.Future[None]] = {}
        self._names: OrderedDict[str, str] = OrderedDict()

    async def show(self, send: Send, effect: Show) -> int | None:
        """Sends or redraws a picture.

        Args:
            send: `Api.send` to a chat.
            effect: what.

        Returns:
            The message's id.

        Raises:
            NoPictureError: send its caption as a text.
            TelegramError: the picture is not to blame.
        """
        try:
            return await self._with_file(effect.picture, lambda file: _post(send, effect, file))
        except PictureError as error:
            logger.warning("a picture's words are sent instead of it: %s", error)
            raise NoPictureError from error
        except (BadRequest, NetworkError) as error:
            if not _REFUSED.search(str(error)):
                raise
            logger.warning("Telegram does not take a picture: %s", error)
            raise NoPictureError from error

    async def _with_file(
        self, request: Request, post: Callable[[File], Awaitable[Json | None]]
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
        self, request: Request, key: str, post: Callable[[File], Awaitable[Json | None]]
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
        began, outcome = time.perf_counter(), "failed"
        try:
            async with self._drawing, asyncio.timeout(DRAWING_S):
                drawn = await self._painter.paint(request)
        except TimeoutError:
            outcome = "too slow"
            raise PictureError("drawing it took too long") from None
        else:
            outcome = "drawn"
            return drawn
        finally:
            self._meter.drawing(outcome, time.perf_counter() - began)

    async def _name(self, key: str) -> str | None:
        if (name := self._names.get(key)) is not None:
            self._names.move_to_end(key)
            return name
        try:
            name = await self._uploads.uploaded(key)
        except Exception as error:
            logger.error("the store failed (%s); a picture is uploaded", type(error).__name__)
            return None
        self._remember(key, name)
        return name

    def _remember(self, key: str, name: str | None) -> None:
        self._names.pop(key, None)
        if name is not None:
            self._names[key] = name
        if len(self._names) > NAMES:
            self._names.popitem(last=False)

    async def _keep(self, request: Request, key: str, name: str | None) -> None:
        if isinstance(request, OWN):
            return
        self._remember(key, name)
        try:
            await self._uploads.keep_upload(key, name, self._clock.now())
        except Exception as error:
            logger.error("the store failed (%s); a picture's name is lost", type(error).__name__)


async def _post(send: Send, effect: Show, file: File) -> Json | None:
    if effect.replaces is not None:
        try:
            return await _redraw(send, effect.replaces, effect, file)
        except BadRequest as error:
            if "message is not modified" in str(error).lower():
                return None
            if not _GONE.search(str(error)):
                raise
    part = _part(effect.picture)
    sent: Json = await send(
        f"send{part.capitalize()}",
        None if isinstance(file, str) else file,
        message_thread_id=effect.thread,
        caption=effect.caption,
        parse_mode="HTML",
        reply_markup=markup(effect.buttons),
        **{part: _name_of(file)},
    )
    return sent


async def _redraw(send: Send, message: int, effect: Show, file: File) -> Json | None:
    part = _part(effect.picture)
    media = {"type": part, "media": _name_of(file), "caption": effect.caption, "parse_mode": "HTML"}
    edited = await send(
        "editMessageMedia",
        None if isinstance(file, str) else file,
        mark=None,  # redrawing twice harms nobody
        uploading=None,
        message_id=message,
        media=media,
        reply_markup=markup(effect.buttons),
    )
    return edited if isinstance(edited, dict) else None


def _part(request: Request) -> str:
    """What the Bot API calls such a file."""
    return "document" if filename(request).endswith(".pdf") else "photo"


def _name_of(file: File) -> str | None:
    return file if isinstance(file, str) else file.attach_uri


def _id(message: Json | None) -> int | None:
    return None if message is None else int(message["message_id"])


def _name_in(message: Json) -> str | None:
    match message:
        case {"document": {"file_id": str(name)}} | {"photo": [*_, {"file_id": str(name)}]}:
            return name
        case _:
            return None
