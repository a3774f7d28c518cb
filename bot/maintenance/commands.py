"""The commands for whoever runs the bot: each prints what it found and returns 0 or 1."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import complain, redact
from bot.ports import StorageError, Tutor
from bot.settings import database_address

if TYPE_CHECKING:
    from bot.settings import Settings


def _say(text: str, chosen: Settings) -> None:
    sys.stdout.write(redact(text, chosen.secrets()) + "\n")
    sys.stdout.flush()


async def check(chosen: Settings, make_tutor: Callable[[str], Tutor]) -> int:
    """Verifies everything."""
    from bot.maintenance.check import check as findings  # noqa: PLC0415 - it imports the whole bot

    fine = True
    async for finding in findings(chosen, make_tutor):
        _say(str(finding), chosen)
        fine = fine and finding.fine
    return 0 if fine else 1


def stats(chosen: Settings, now: datetime) -> int:
    """Prints how the course goes."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - it takes long to import

    from bot.maintenance.stats import worded  # noqa: PLC0415
    from bot.storage.course import course  # noqa: PLC0415
    from bot.storage.dialects import problem_of  # noqa: PLC0415
    from bot.storage.reading import reading  # noqa: PLC0415

    def counted() -> str:
        try:
            with reading(chosen.database()) as connection:
                return worded(course(connection, now))
        except SQLAlchemyError as error:
            raise StorageError(f"there is nothing to count yet: {problem_of(error)}") from error

    return _done(chosen, counted)


def backup(chosen: Settings, file: Path) -> int:
    """Copies the database into a file."""
    from bot.maintenance.backup import backup as copy  # noqa: PLC0415 - so does this

    def done() -> str:
        said = f"{copy(chosen.database(), file)} is written to {file}"
        others = [str(one) for one in chosen.other_files()]
        return "\n".join([said, *(f"not copied, since it is another bot's: {it}" for it in others)])

    return _done(chosen, done)


def restore(chosen: Settings, file: Path) -> int:
    """Puts a copy back."""
    from bot.maintenance.backup import restore as put_back  # noqa: PLC0415

    return _done(chosen, lambda: f"{put_back(chosen.database(), file)} is restored from {file}")


def move(chosen: Settings, target: str) -> int:
    """Copies everything into another database."""
    from bot.storage.move import move as moved  # noqa: PLC0415

    def done() -> str:
        rows = moved(chosen.database(), database_address(target))
        counted = ", ".join(f"{name} {count}" for name, count in rows.items())
        return f"moved: {counted}\nNow set DATABASE_URL to the new address; the old is as it was."

    return _done(chosen, done)


def _done(chosen: Settings, work: Callable[[], str]) -> int:
    try:
        _say(work(), chosen)
    except (StorageError, ValueError) as error:
        complain(redact(str(error), chosen.secrets()))
        return 1
    return 0
