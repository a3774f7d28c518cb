"""The bot in a chat on this computer: the Telegram it talks to runs in the same process."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.local.server import serve
from bot.local.telegram import LocalTelegram
from bot.ports import Tutor
from bot.running.app import first, make_app, run_app, spare_the_collector
from bot.running.clock import SystemClock
from bot.running.codes import OK
from bot.settings import Settings, SettingsError
from bot.storage import SqlStore
from bot.telegram.app import TelegramApp

logger = logging.getLogger("bot")


async def run(
    chosen: Settings, store: SqlStore, tutor: Tutor, stop: asyncio.Event, *, terminal: bool
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
    folder = chosen.data_folder.expanduser() / "local-chat"
    with _alone_in(folder):
        local = LocalTelegram(clock=SystemClock().now, folder=folder)
        async with _served(local, 0 if terminal else chosen.local_chat_port) as url:
            owner = chosen.owner_chat_id
            app = make_app(local.token, url, store, tutor, owner=owner, public=False)
            if terminal:
                return await _run_terminal(app, local, stop)
            sys.stdout.write(f"The chat is at {url}\n")
            sys.stdout.flush()
            return await run_app(app, stop)


async def _run_terminal(app: TelegramApp, local: LocalTelegram, stop: asyncio.Event) -> int:
    from bot.local.terminal import chat  # noqa: PLC0415 - the page does without

    async def settled() -> None:
        while local.updates.pending:  # noqa: ASYNC110 - Telegram does not announce confirming
            await asyncio.sleep(0.002)
        await app.settled()

    await app.start()
    spare_the_collector()
    talking = asyncio.create_task(chat(local, settled, sys.stdin, sys.stdout))
    try:
        await first(talking, asyncio.create_task(stop.wait()))
        if talking.done():
            await talking
    finally:
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        await app.stop()
    return OK


@asynccontextmanager
async def _served(local: LocalTelegram, port: int) -> AsyncIterator[str]:
    """Serves the local Telegram on this computer, on the next free port if this one is taken."""
    for candidate in (*range(port, min(port + 20, 65536)), 0):
        try:
            server = await serve(local, "127.0.0.1", candidate)
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
