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
from importlib.util import find_spec
from pathlib import Path

import orjson

from bot.pictures import PictureError
from bot.pictures.data import template_data
from bot.pictures.requests import OWN, Bars, Request, Sheet, key
from bot.pictures.scripts import EAST_ASIAN

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages with fonts: of most of the world's letters, and of those of East Asia."""
PPI = 130
"""1.8 pixels of a picture for each of a phone 335 pixels wide."""
KEPT = 64
"""How many pictures lately drawn are kept."""
NICE = 15
"""How far drawing stands back, of 19: on a busy core replies come first, and still it goes on."""


def font_folders(packages: Sequence[str] = FONTS) -> list[Path]:
    """Where the fonts are that came with this bot; those of the system are left alone."""
    found = (find_spec(name) for name in packages)
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def templates() -> dict[str, bytes]:
    """The templates by name."""
    return {file.name: file.read_bytes() for file in TEMPLATES.iterdir()}


def main_file(template: str) -> bytes:
    """Typst's main file: the template at work on the data."""
    return f'#import "{template}": draw\n#draw(json("data.json"))'.encode()


class Press:
    """Typst with the templates and the fonts, for one thread at a time.

    Args:
        packages: what has the fonts.
    """

    def __init__(self, packages: Sequence[str] = FONTS) -> None:
        import typst  # noqa: PLC0415 - it takes a while, which nobody should wait for

        folders = font_folders(packages)
        self._compiler = typst.Compiler(font_paths=folders, ignore_system_fonts=True)
        self._templates = templates()
        self._east_asian = len(folders) == len(FONTS)

    def printed(self, request: Request) -> bytes:
        """The picture: a PNG, or the PDF that a sheet asks for.

        Raises:
            ValueError: it cannot be drawn as it is asked for, or its letters have no font here.
        """
        template, data = template_data(request)
        written = orjson.dumps(data)
        if not self._east_asian and EAST_ASIAN.search(written.decode()):
            package = FONTS[1].replace("_", "-")
            raise ValueError(f"no font here has East Asian letters: pip install {package}")
        # Data as a file, not as `sys_inputs`, with which Typst would build its library anew.
        files = {
            **self._templates,
            "main.typ": main_file(template),
            "data.json": written,
        }
        printed = self._compiler.compile(  # type: ignore[type-var] # its types know of one file
            files,
            format="pdf" if isinstance(request, Sheet) and request.format == "pdf" else "png",
            ppi=PPI,
        )
        assert isinstance(printed, bytes)
        return printed


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
