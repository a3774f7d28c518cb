"""Draws in one process beside the bot, each picture once.

The process starts beside the bot, or with the first picture, and ends with the bot. One that
crashes or takes too long is killed, and the next picture gets a new one. Pictures lately drawn are
kept; equal requests that meet wait for one drawing.

A sheet is one learner's own, and not kept. But it is sent twice, as a picture and as a PDF, and
drawn once for both: the other format waits a few seconds for the request that asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.pictures import PictureError
from bot.pictures.requests import Request, Sheet, key
from bot.pictures.worker import ANSWER, DRAWN, LENGTH, MORE

logger = logging.getLogger(__name__)

WORKER = (sys.executable, "-m", "bot.pictures.worker")
DRAWING_S = 10.0
"""How long one drawing may take."""
STARTING_S = 60.0
"""How long the process may take to start: matplotlib may be looking at fonts for the first time."""
KEPT_BYTES = 16 * 2**20
"""How much of lately drawn pictures is kept."""
WAITING_S = 10.0
"""How long a sheet's other format waits to be asked for."""


class PoolPainter:
    """Implements `bot.pictures.Painter`.

    Args:
        worker: the command that draws.
        drawing_s: how long one drawing may take.
        starting_s: how long the process may take to start.
        kept_bytes: how much of lately drawn pictures is kept.
        waiting_s: how long a sheet's other format waits to be asked for.
    """

    def __init__(
        self,
        worker: Sequence[str] = WORKER,
        drawing_s: float = DRAWING_S,
        starting_s: float = STARTING_S,
        kept_bytes: int = KEPT_BYTES,
        waiting_s: float = WAITING_S,
    ) -> None:
        self._worker = tuple(worker)
        self._drawing_s, self._starting_s, self._kept_bytes = drawing_s, starting_s, kept_bytes
        self._waiting_s = waiting_s
        self._waiting: dict[str, tuple[bytes, asyncio.TimerHandle]] = {}
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._under_way: dict[str, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._closed = False
        self._starting: asyncio.Task[None] | None = None

    def key(self, request: Request) -> str:
        """See `bot.pictures.Painter`."""
        return key(request)

    def start(self) -> None:
        """See `bot.pictures.Painter`."""
        if self._starting is None and not self._closed:
            self._starting = asyncio.create_task(self._start(), name="drawing process")

    async def _start(self) -> None:
        """Starts the process; whether it could is for the first picture to find out."""
        async with self._turn:
            try:
                await self._started()
            except (TimeoutError, OSError, EOFError) as error:
                logger.warning("the drawing process does not start: %s", type(error).__name__)
                await self._end()
            except asyncio.CancelledError:
                await self._end()
                raise

    async def paint(self, request: Request) -> bytes:
        """See `bot.pictures.Painter`."""
        name = key(request)
        if (picture := self._kept.get(name)) is not None:
            self._kept.move_to_end(name)
            return picture
        if self._closed:
            raise PictureError("closed")
        if (picture := self._awaited(name)) is not None:
            return picture
        task = self._under_way.get(name)
        if task is None:
            task = asyncio.create_task(self._drawn(name, request), name=f"picture {name}")
            self._under_way[name] = task
            task.add_done_callback(lambda done: self._landed(name, done))
        try:
            return await asyncio.shield(task)  # one who leaves must not stop it for the others
        except asyncio.CancelledError:
            if task.cancelled():
                raise PictureError("closed") from None
            raise

    async def close(self) -> None:
        """See `bot.pictures.Painter`."""
        self._closed = True
        tasks = list[asyncio.Task[Any]](self._under_way.values())
        if self._starting is not None:
            tasks.append(self._starting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _, forgetting in self._waiting.values():
            forgetting.cancel()
        self._waiting.clear()
        await self._end()

    def _landed(self, name: str, task: asyncio.Task[bytes]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.warning("no picture: %s", error)

    async def _drawn(self, name: str, request: Request) -> bytes:
        async with self._turn:
            if (picture := self._awaited(name)) is not None:  # drawn while this one had to wait
                return picture
            try:
                kind, (data, *more) = await self._asked(request)
            except (OSError, EOFError) as first:
                if isinstance(first, TimeoutError):
                    raise PictureError("took too long") from None
                try:  # the process was ended, perhaps for no fault of the drawing's: once more
                    kind, (data, *more) = await self._asked(request)
                except (OSError, EOFError) as error:
                    name = type(error).__name__
                    raise PictureError(f"the drawing process failed: {name}") from error
        if kind != DRAWN:
            raise PictureError(data.decode(errors="replace"))
        if not isinstance(request, Sheet):
            self._keep(name, data)
        elif more:
            self._wait(_other(request), more[0])
        return data

    async def _asked(self, request: Request) -> tuple[int, list[bytes]]:
        """What the process answers; where it does not, it is ended."""
        try:
            process = await self._started()
            async with asyncio.timeout(self._drawing_s):
                return await _ask(process, pickle.dumps(request))
        except (OSError, EOFError, asyncio.CancelledError):
            await self._end()  # it may be in the middle of an answer
            raise

    def _awaited(self, name: str) -> bytes | None:
        """A sheet that was drawn with its other format; it is given away once."""
        if (waiting := self._waiting.pop(name, None)) is None:
            return None
        picture, forgetting = waiting
        forgetting.cancel()
        return picture

    def _wait(self, sheet: Sheet, picture: bytes) -> None:
        """Has a sheet at hand for the request that asks for it next."""
        name = key(sheet)
        self._awaited(name)
        forget = asyncio.get_running_loop().call_later(
            self._waiting_s, self._waiting.pop, name, None
        )
        self._waiting[name] = picture, forget

    async def _started(self) -> Process:
        """The process, started where there is none."""
        if self._process is not None and self._process.returncode is None:
            return self._process
        await self._end()
        self._process = await asyncio.create_subprocess_exec(
            *self._worker, stdin=PIPE, stdout=PIPE, stderr=None if _has_errors() else DEVNULL
        )
        async with asyncio.timeout(self._starting_s):
            await _answer(self._process)
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        process.stdin.close()
        await process.communicate()  # closes the pipes as well

    def _keep(self, name: str, picture: bytes) -> None:
        self._kept[name] = picture
        self._size += len(picture)
        while self._size > self._kept_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)


def _has_errors() -> bool:
    """Whether there is a standard error to inherit."""
    return sys.__stderr__ is not None


def _other(sheet: Sheet) -> Sheet:
    """The same sheet in its other format."""
    return replace(sheet, format="png" if sheet.format == "pdf" else "pdf")


async def _ask(process: Process, request: bytes) -> tuple[int, list[bytes]]:
    assert process.stdin is not None
    process.stdin.write(LENGTH.pack(len(request)) + request)
    await process.stdin.drain()
    return await _answer(process)


async def _answer(process: Process) -> tuple[int, list[bytes]]:
    """Whether it could be drawn, and the pictures; `IncompleteReadError` is an `EOFError`."""
    assert process.stdout is not None
    pictures, kind = list[bytes](), MORE
    while kind == MORE:
        kind, length = ANSWER.unpack(await process.stdout.readexactly(ANSWER.size))
        pictures.append(await process.stdout.readexactly(length))
    return kind, pictures
