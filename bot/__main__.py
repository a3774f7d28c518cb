"""Starts the bot: on Telegram with a token, else in a chat on this computer.

This is the only place that wires the parts together, with what is in `bot.running`. What only one
way of running needs is imported there, so that each starts quickly.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs, settings
from bot.ports import StorageError, Tutor
from bot.running.clock import SystemClock
from bot.running.signals import stop_on_signals

if TYPE_CHECKING:
    from bot.settings import Settings

logger = logging.getLogger("bot")

FAILED, UNUSABLE = 1, 2


def main(
    arguments: Sequence[str] | None = None, make_tutor: Callable[[str], Tutor] | None = None
) -> int:
    """Runs the bot until it is stopped.

    Args:
        arguments: the command line, without the program's name.
        make_tutor: makes the conversation for a language; the lessons, unless a test has another.

    Returns:
        The exit code: 0 stopped, 1 failed, 2 settings or content that cannot be used.
    """
    asked = _parser().parse_args(arguments)

    from content.errors import ContentError  # noqa: PLC0415 - after --help
    from content.loader import languages  # noqa: PLC0415

    logs.set_up("INFO")
    try:
        chosen = settings.load(languages())
        level = "WARNING" if asked.terminal else chosen.log_level
        logs.set_up(level, chosen.secrets(), form=chosen.log_format)
        if asked.command:
            return _command(asked, chosen, make_tutor or _lessons(chosen))
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_run(chosen, make_tutor or _lessons(chosen), terminal=asked.terminal))
    except (settings.SettingsError, ContentError, StorageError) as error:
        logs.complain(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
    except Exception:
        logger.critical("the bot failed", exc_info=True)  # by the log, which hides the token
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--terminal", action="store_true", help="chat here, in the terminal")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("check", help="verify settings, lesson, database, token and webhook")
    commands.add_parser("stats", help="how the course goes, in words")
    for name, text in (("backup", "copy the database into"), ("restore", "put back the copy in")):
        one = commands.add_parser(name, help=f"{text} FILE")
        one.add_argument("file", type=Path, metavar="FILE")
    return parser


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

    match asked.command:
        case "check":
            return asyncio.run(commands.check(chosen, make_tutor))
        case "stats":
            return commands.stats(chosen, SystemClock().now())
        case "backup":
            return commands.backup(chosen, asked.file)
        case _:
            return commands.restore(chosen, asked.file)


async def _run(chosen: Settings, make_tutor: Callable[[str], Tutor], *, terminal: bool) -> int:
    from bot.storage import SqlStore  # noqa: PLC0415 - see the module's docstring

    tutor = make_tutor(chosen.language)
    stop = stop_on_signals()
    if terminal or chosen.token is None:
        from bot.running import local  # noqa: PLC0415 - only one of the two is needed

        where = chosen.model_copy(update={"telegram_bot_token": None})
        async with SqlStore(where.database()) as store:
            return await local.run(where, store, tutor, stop, terminal=terminal)

    from bot.running import telegram  # noqa: PLC0415

    async with SqlStore(chosen.database(), chosen.bot_id) as store:
        return await telegram.run(chosen, store, tutor, stop)


def _lessons(chosen: Settings) -> Callable[[str], Tutor]:
    """The lessons, with those in an author's own folder."""
    from bot.dialogue.machine import Machine  # noqa: PLC0415 - see the module's docstring
    from content.loader import folders_in, load  # noqa: PLC0415

    own = chosen.lessons_folder
    further = folders_in(own.expanduser()) if own else []
    return lambda language: Machine(load(language, further=further))


if __name__ == "__main__":
    sys.exit(main())
