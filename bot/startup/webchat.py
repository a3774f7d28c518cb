"""The bot in a chat on this computer, in a page or in the terminal."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.pictures.painter import ThreadPainter
from bot.ports import Store, Tutor
from bot.settings import Settings, SettingsError
from bot.startup.app import first, spare_the_collector
from bot.startup.clock import SystemClock
from bot.startup.codes import OK
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from bot.webchat.speaking import Speaking

logger = logging.getLogger("bot")


async def run(
    chosen: Settings, store: Store, tutor: Tutor, stop: asyncio.Event, *, terminal: bool
) -> int:
    """Runs it until `stop` is set; the exit code.

    Args:
        chosen: the settings.
        store: where progress is kept.
        tutor: the conversation.
        stop: ends it.
        terminal: whether to chat in the terminal instead of a page.

    Raises:
        SettingsError: when a chat runs already, or no port is free.
    """
    folder = chosen.data_folder / "local-chat"
    with _alone_in(folder):
        clock, owner = SystemClock(), chosen.owner_chat_id
        chat = Chat(clock, folder)
        app = WebchatApp(chat, store, tutor, clock, ThreadPainter(), owner)
        speaking = Speaking(chosen.bot_language, tutor.languages, tutor.profile)
        if terminal:
            return await _run(app, _talk(app, speaking), stop)
        async with _served(chat, speaking, chosen.local_chat_port) as url:
            sys.stdout.write(f"The chat is at {url}\n")
            sys.stdout.flush()
            return await _run(app, stop.wait(), stop)


async def _run(
    app: WebchatApp, until: Coroutine[object, object, object], stop: asyncio.Event
) -> int:
    """Runs the bot until something is over, or `stop` is set."""
    talking = asyncio.create_task(until)
    try:
        await app.start()
        spare_the_collector()
        logger.info("running; Ctrl-C stops")
        await first(talking, asyncio.create_task(stop.wait()))
        if talking.done():
            await talking
    finally:
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        await app.stop()
    logger.info("stopped")
    return OK


async def _talk(app: WebchatApp, speaking: Speaking) -> None:
    from bot.webchat.terminal import talk  # noqa: PLC0415 - the page does without

    await talk(app.chat, app.settled, sys.stdin, sys.stdout, speaking)


@asynccontextmanager
async def _served(chat: Chat, speaking: Speaking, port: int) -> AsyncIterator[str]:
    """Serves the page on this computer, on the next free port if this one is taken."""
    from bot.webchat.server import serve  # noqa: PLC0415 - the terminal does without

    for candidate in (*range(port, min(port + 20, 65536)), 0):
        try:
            server = await serve(chat, speaking, candidate)
        except OSError:
            continue
        if candidate != port:
            logger.warning("port %d is taken, so the chat is elsewhere", port)
        try:
            yield server.url
        finally:
            await server.close()
        return
    message = "no port is free for the local chat: set LOCAL_CHAT_PORT"
    raise SettingsError(message)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keeps a second chat out of the folder: two would overwrite each other's history.

    Raises:
        SettingsError: when there is one already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            message = (
                f"DATA_FOLDER {folder.parent} is in use: a chat on this computer runs already; "
                "close it first, or give this one another DATA_FOLDER"
            )
            raise SettingsError(message) from None
        yield
