"""`python -m content preview --serve`: a lesson in the chat page, read anew when it is saved."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import logs
from bot.pictures import Painter
from bot.pictures.painter import ThreadPainter
from bot.preview.lesson import LessonOnDisk
from bot.preview.server import AuthorsPage
from bot.startup.clock import SystemClock
from bot.startup.codes import OK, UNUSABLE
from bot.startup.signals import stop_on_signals
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.server import serve
from bot.webchat.speaking import Speaking
from content.commands.command import Refused
from content.errors import ContentError


def run(asked: argparse.Namespace) -> int:
    """Serves the preview until it is stopped; the exit code."""
    try:
        return asyncio.run(_run(asked))
    except (Refused, ContentError, OSError) as error:
        logs.complain(str(error))
        return UNUSABLE


def told(url: str) -> str:
    """What an author is told of a preview at an address."""
    return f"Read anew whenever you save it, the lesson is at {url}/author"


async def _run(asked: argparse.Namespace) -> int:
    stop = stop_on_signals()
    lesson = LessonOnDisk(asked.folder, asked.language)
    first = asked.step or lesson.book.lesson.places[0].id
    if first not in lesson.book.lesson:
        raise Refused(f"--step: {first!r} is no step of {lesson.book.lesson.title!r}")
    async with previewing(lesson, ThreadPainter(), asked.port, first) as url:
        sys.stdout.write(f"{told(url)}\n")
        sys.stdout.flush()
        await stop.wait()
    return OK


@asynccontextmanager
async def previewing(
    lesson: LessonOnDisk, painter: Painter, port: int, first: str
) -> AsyncIterator[str]:
    """The preview on this computer, as long as the context lasts; nothing of it is kept.

    Args:
        lesson: what is taught.
        painter: draws its pictures. It is closed at the end.
        port: where to listen; 0 takes a free port.
        first: the id of the step that it opens at.

    Raises:
        OSError: the port is taken.
    """
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        chat = Chat(clock, Path(folder))
        async with SqlStore(f"sqlite:///{folder}/preview.sqlite3") as store:
            app = WebchatApp(chat, store, lesson, clock, painter)
            speaking = Speaking(lesson.book.language, lesson.languages, lesson.profile)
            server = await serve(chat, speaking, port, AuthorsPage(chat, lesson).routes())
            try:
                await app.start()
                chat.say(f"/step {first}")
                yield server.url
            finally:
                await server.close()
                await app.stop()
