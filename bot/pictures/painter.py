"""Draws in a thread beside the bot's; Typst leaves the interpreter free meanwhile.

Pictures lately drawn are kept; equal requests that meet wait for one drawing. A sheet is one
learner's own, and not kept.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.pictures import PictureError
from bot.pictures.data import template_data
from bot.pictures.requests import OWN, Bars, Request, format_of, key
from content.paper import press
from content.paper.press import FONTS

TEMPLATES = Path(__file__).parent / "templates"
KEPT = 64
"""How many pictures lately drawn are kept."""
NICE = 15
"""How far drawing stands back, of 19: on a busy core replies come first, and still it goes on."""


class Press:
    """Draws requests with Typst, for one thread at a time.

    Args:
        packages: what has the fonts.
    """

    def __init__(self, packages: Sequence[str] = FONTS) -> None:
        self._press = press.Press(TEMPLATES, packages=packages)

    def printed(self, request: Request) -> bytes:
        """The picture: a PNG, or the PDF that a sheet asks for.

        Raises:
            ValueError: it cannot be drawn as it is asked for, or its letters have no font here.
        """
        template, data = template_data(request)
        return self._press.printed(template, data, format_of(request))


class ThreadPainter:
    """Implements `bot.pictures.Painter`.

    Args:
        kept: how many pictures lately drawn are kept.
        press: makes what draws; called in the thread that draws.
    """

    def __init__(self, kept: int = KEPT, press: Callable[[], Press] = Press) -> None:
        self._kept, self._make = kept, press
        self._thread = ThreadPoolExecutor(1, "drawing", _stand_back)
        self._press: Press | None = None
        self._pictures: OrderedDict[str, asyncio.Future[bytes]] = OrderedDict()
        self._closed = False

    def key(self, request: Request) -> str:
        """See `bot.pictures.Painter`."""
        return key(request)

    def start(self) -> None:
        """See `bot.pictures.Painter`."""
        if not self._closed:
            self._thread.submit(self._printed, Bars((), "−0.1"))

    async def paint(self, request: Request) -> bytes:
        """See `bot.pictures.Painter`."""
        name = key(request)
        if (picture := self._pictures.get(name)) is None:
            if self._closed:
                raise PictureError("closed")
            loop = asyncio.get_running_loop()
            picture = loop.run_in_executor(self._thread, self._printed, request)
            self._pictures[name] = picture
            picture.add_done_callback(partial(self._landed, name, isinstance(request, OWN)))
        self._pictures.move_to_end(name)
        try:
            return await asyncio.shield(picture)  # one who leaves must not stop it for the others
        except asyncio.CancelledError:
            if picture.cancelled():
                raise PictureError("closed") from None
            raise

    async def close(self) -> None:
        """See `bot.pictures.Painter`."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _landed(self, name: str, own: bool, picture: asyncio.Future[bytes]) -> None:  # noqa: FBT001
        """Forgets what is one learner's own or no picture, and the longest unused of too many."""
        if own or picture.cancelled() or picture.exception() is not None:
            del self._pictures[name]
        while len(self._pictures) > self._kept:
            self._pictures.popitem(last=False)

    def _printed(self, request: Request) -> bytes:
        try:
            if self._press is None:
                self._press = self._make()
            return self._press.printed(request)
        except BaseException as error:  # a panic in Typst is no Exception
            raise PictureError(f"{type(error).__name__}: {error}") from error


def _stand_back() -> None:
    """Has the thread, and those it starts, wait for others where threads can be told apart."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
