"""Starts the bot: on Telegram with a token, else in a chat on this computer.

This is the only place that wires the parts together. What only one way of running needs is imported
there, so that each starts quickly.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs, settings
from bot.ports import Meter, StorageError, Tutor

if TYPE_CHECKING:
    from bot.local.telegram import LocalTelegram
    from bot.settings import Settings
    from bot.storage import SqlStore
    from bot.telegram.app import TelegramApp
    from bot.telegram.webhook import Webhook

logger = logging.getLogger("bot")

OK, FAILED, UNUSABLE = 0, 1, 2


class SystemClock:
    """The computer's clock; implements `bot.ports.Clock`."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


def main(
    arguments: Sequence[str] | None = None, make_tutor: Callable[[str], Tutor] | None = None
) -> int:
    """Runs the bot until it is stopped.

    Args:
        arguments: the command line, without the program's name.
        make_tutor: makes the conversation for a language; the lesson, unless a test has another.

    Returns:
        The exit code: 0 stopped, 1 failed, 2 settings or content that cannot be used.
    """
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--terminal", action="store_true", help="chat here, in the terminal")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("check", help="verify settings, lesson, database, token and webhook")
    commands.add_parser("stats", help="how the course goes, in words")
    for name, text in (("backup", "copy the database into"), ("restore", "put back the copy in")):
        one = commands.add_parser(name, help=f"{text} FILE")
        one.add_argument("file", type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)

    from content.errors import ContentError  # noqa: PLC0415 - after --help
    from content.loader import languages  # noqa: PLC0415

    logs.set_up("INFO")
    try:
        chosen = settings.load(languages())
        logs.set_up("WARNING" if asked.terminal else chosen.log_level, chosen.secrets())
        if asked.command:
            return _command(asked, chosen, make_tutor or _lesson)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_run(chosen, make_tutor or _lesson, terminal=asked.terminal))
    except (settings.SettingsError, ContentError, StorageError) as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return 130
    except Exception:
        logger.critical("the bot failed", exc_info=True)  # by the log, which hides the token
        return FAILED


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Uvloop's event loop where it is installed, which costs less; None for the standard one."""
    try:
        import uvloop  # noqa: PLC0415 - it is optional
    except ImportError:
        return None
    return uvloop.new_event_loop


def _command(
    asked: argparse.Namespace, chosen: Settings, make_tutor: Callable[[str], Tutor]
) -> int:
    """Does one thing for whoever runs the bot, and ends."""
    from bot.operations import commands  # noqa: PLC0415 - see the module's docstring

    now = SystemClock().now()
    match asked.command:
        case "check":
            return asyncio.run(commands.check(chosen, make_tutor))
        case "stats":
            return commands.stats(chosen, now)
        case "backup":
            return commands.backup(chosen, asked.file)
        case _:
            return commands.restore(chosen, asked.file)


def _complain(text: str, code: int = UNUSABLE) -> int:
    sys.stderr.write(logs.redact(text) + "\n")
    return code


async def _run(chosen: Settings, make_tutor: Callable[[str], Tutor], *, terminal: bool) -> int:
    from bot.storage import SqlStore  # noqa: PLC0415 - see the module's docstring

    tutor = make_tutor(chosen.language)
    stop = _stop_on_signals()
    if terminal or chosen.token is None:
        where = chosen.model_copy(update={"telegram_bot_token": None})
        async with SqlStore(where.database()) as store:
            return await _run_locally(where, store, tutor, stop, terminal=terminal)
    async with SqlStore(chosen.database(), chosen.bot_id) as store:
        return await _run_on_telegram(chosen, store, tutor, stop)


def _lesson(language: str) -> Tutor:
    from bot.dialogue.machine import Machine  # noqa: PLC0415 - see the module's docstring
    from content.loader import load  # noqa: PLC0415

    return Machine(load(language))


async def _run_on_telegram(
    chosen: Settings, store: SqlStore, tutor: Tutor, stop: asyncio.Event
) -> int:
    from bot.telegram.webhook import Webhook  # noqa: PLC0415 - see the module's docstring

    webhook = None
    if chosen.webhook_url:
        where = settings.listening(chosen.webhook_listen)
        webhook = Webhook(chosen.webhook_url, chosen.secret(), *where)
    api, token = chosen.telegram_api_base_url, chosen.token or ""
    if chosen.metrics_listen is None:
        return await _run_app(_app(token, api, store, tutor, webhook=webhook), stop)

    from bot.operations.endpoints import Endpoints  # noqa: PLC0415
    from bot.operations.metrics import PrometheusMeter  # noqa: PLC0415

    meter = PrometheusMeter()
    app = _app(token, api, store, tutor, webhook=webhook, meter=meter)
    meter.queue.set_function(lambda: app.runtime.waiting)
    endpoints = Endpoints(
        *settings.listening(chosen.metrics_listen), lambda: app.ready, store.ping, meter.text
    )
    try:
        await endpoints.start()
    except OSError as error:
        raise settings.SettingsError(f"METRICS_LISTEN cannot be used: {error.strerror}") from None
    try:
        return await _run_app(app, stop)
    finally:
        await endpoints.stop()


def _app(  # noqa: PLR0913 - what it joins
    token: str,
    api: str,
    store: SqlStore,
    tutor: Tutor,
    *,
    webhook: Webhook | None = None,
    meter: Meter | None = None,
) -> TelegramApp:
    from bot.pictures.pool import PoolPainter  # noqa: PLC0415 - see the module's docstring
    from bot.telegram.app import TelegramApp  # noqa: PLC0415 - see the module's docstring

    return TelegramApp(
        token,
        store,
        tutor,
        SystemClock(),
        tutor.profile,
        api=api,
        painter=PoolPainter(),
        uploads=store,
        webhook=webhook,
        meter=meter,
    )


async def _run_app(app: TelegramApp, stop: asyncio.Event) -> int:
    """Runs the bot until `stop` is set or Telegram sends it away."""
    from bot.telegram.app import TokenRejectedError, WebhookRejectedError  # noqa: PLC0415 - see the module's docstring

    starting = asyncio.create_task(app.start())
    try:
        await _first(starting, asyncio.create_task(stop.wait()))
        if starting.done():
            await starting
            logger.info("running; Ctrl-C stops")
            await _first(asyncio.create_task(stop.wait()), asyncio.create_task(app.ended.wait()))
        if app.ended.is_set():
            raise TokenRejectedError
    except TokenRejectedError:
        return _complain(
            "TELEGRAM_BOT_TOKEN is not accepted by the Bot API at TELEGRAM_API_BASE_URL: "
            "copy the token from @BotFather again"
        )
    except WebhookRejectedError as error:
        return _complain(f"WEBHOOK_URL is not accepted by Telegram: {error}")
    except OSError as error:
        return _complain(f"WEBHOOK_LISTEN cannot be used: {error.strerror}")
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await app.stop()
    logger.info("stopped")
    return OK


async def _first(*tasks: asyncio.Task[object]) -> None:
    """Waits for the first of some tasks; those made for waiting only are ended."""
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks[1:]:
        task.cancel()
    if len(tasks) > 1:
        await asyncio.gather(*tasks[1:], return_exceptions=True)


async def _run_locally(
    chosen: Settings, store: SqlStore, tutor: Tutor, stop: asyncio.Event, *, terminal: bool
) -> int:
    """Runs the bot against the Telegram of this computer."""
    from bot.local.telegram import LocalTelegram  # noqa: PLC0415 - see the module's docstring

    folder = chosen.data_folder.expanduser() / "local-chat"
    with _alone_in(folder):
        local = LocalTelegram(clock=SystemClock().now, folder=folder)
        return await _run_with(local, chosen, store, tutor, stop, terminal=terminal)


async def _run_with(  # noqa: PLR0913 - what it joins
    local: LocalTelegram,
    chosen: Settings,
    store: SqlStore,
    tutor: Tutor,
    stop: asyncio.Event,
    *,
    terminal: bool,
) -> int:
    async with _served(local, 0 if terminal else chosen.local_chat_port) as url:
        app = _app(local.token, url, store, tutor)
        if not terminal:
            sys.stdout.write(f"The chat is at {url}\n")
            sys.stdout.flush()
            return await _run_app(app, stop)
        return await _run_terminal(app, local, stop)


async def _run_terminal(app: TelegramApp, local: LocalTelegram, stop: asyncio.Event) -> int:
    from bot.local.terminal import chat  # noqa: PLC0415 - see the module's docstring

    async def settled() -> None:
        while local.updates.pending:  # noqa: ASYNC110 - Telegram does not announce confirming
            await asyncio.sleep(0.002)
        await app.settled()

    await app.start()
    talking = asyncio.create_task(chat(local, settled, sys.stdin, sys.stdout))
    try:
        await _first(talking, asyncio.create_task(stop.wait()))
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
    from bot.local.server import serve  # noqa: PLC0415 - see the module's docstring

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
    raise settings.SettingsError(message)


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
            raise settings.SettingsError(message) from None
        yield


def _stop_on_signals() -> asyncio.Event:
    """An event set by the first Ctrl-C or SIGTERM; the second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def first(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, first, number)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    return stop


if __name__ == "__main__":
    sys.exit(main())
