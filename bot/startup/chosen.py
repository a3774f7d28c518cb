"""Does what the command line asks for, and says what stands in its way."""

from __future__ import annotations

import argparse
import asyncio
import logging
from collections.abc import Callable

from bot import logs, settings
from bot.ports import StorageError, Tutor
from bot.settings import Settings
from bot.startup.clock import SystemClock
from bot.startup.codes import FAILED, UNUSABLE
from bot.startup.signals import stop_on_signals
from content.errors import ContentError
from content.library import Library
from content.shell_words import About, about
from content.written import folders_in, languages, nearest

logger = logging.getLogger("bot")


def run(asked: argparse.Namespace, make_tutor: Callable[[str], Tutor] | None) -> int:
    """Runs what was asked for; the exit code.

    Args:
        asked: the command line.
        make_tutor: makes the conversation for a language; without one, the lessons.
    """
    logs.set_up("INFO")
    if asked.command == "preview":
        from bot.startup import preview  # noqa: PLC0415 - the bot does without

        logs.set_up("WARNING")
        return preview.run(asked)
    try:
        chosen = settings.load(languages(), asked.env_file)
        level = "WARNING" if asked.terminal else chosen.log_level
        logs.set_up(level, chosen.secrets(), form=chosen.log_format)
        for line in settings.misspelt(asked.env_file):
            logger.warning("%s", line)
        if asked.command:
            return _command(asked, chosen, make_tutor or _lessons(chosen))
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_run(chosen, make_tutor, terminal=asked.terminal))
    except (settings.SettingsError, ContentError, StorageError) as error:
        logs.complain(str(error))
        return UNUSABLE
    except BrokenPipeError:
        raise
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
    from bot.maintenance import commands  # noqa: PLC0415 - the bot does without

    match asked.command:
        case "check":
            return asyncio.run(commands.check(chosen, make_tutor))
        case "stats":
            return commands.stats(chosen, SystemClock().now())
        case "backup":
            return commands.backup(chosen, asked.file)
        case "restore":
            return commands.restore(chosen, asked.file)
        case _:
            return commands.move(chosen, asked.to)


async def _run(
    chosen: Settings, make_tutor: Callable[[str], Tutor] | None, *, terminal: bool
) -> int:
    from bot.storage import SqlStore  # noqa: PLC0415 - settings that cannot be used do without

    tutor = (make_tutor or _lessons(chosen))(chosen.bot_language)
    stop = stop_on_signals()
    if terminal or chosen.token is None:
        from bot.startup import webchat  # noqa: PLC0415 - only one of the two is needed

        where = chosen.model_copy(update={"telegram_bot_token": None})
        async with SqlStore(where.database()) as store:
            return await webchat.run(where, store, tutor, stop, terminal=terminal)

    from bot.startup import telegram  # noqa: PLC0415

    async with SqlStore(chosen.database(), chosen.bot_id) as store:
        describing = None if make_tutor else _about(chosen.bot_language)
        return await telegram.run(chosen, store, tutor, stop, describing)


def _about(default: str) -> Callable[[str], About]:
    """What the bot says about itself by language, without loading what it says besides."""
    return lambda tag: about(nearest(tag, languages()) or default)


def _lessons(chosen: Settings) -> Callable[[str], Tutor]:
    """The lessons, with those in an author's own folder."""
    from bot.dialogue.machine import Machine  # noqa: PLC0415 - the commands do without

    own = chosen.lessons_folder
    further = folders_in(own) if own else []
    return lambda language: Machine(Library(language, further=further))
