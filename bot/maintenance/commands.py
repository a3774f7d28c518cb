"""The commands for whoever runs the bot: each prints what it found and returns 0 or 1."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import complain, redact
from bot.maintenance import backup as backups
from bot.ports import Tutor

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

    try:
        with reading(chosen.database()) as connection:
            _say(worded(course(connection, now)), chosen)
    except SQLAlchemyError as error:
        complain(f"there is nothing to count yet: {problem_of(error)}")
        return 1
    return 0


def backup(chosen: Settings, file: Path) -> int:
    """Copies the database into a file."""
    return _done(chosen, lambda: backups.backup(chosen.database(), file), f"written to {file}")


def restore(chosen: Settings, file: Path) -> int:
    """Puts a copy back."""
    return _done(chosen, lambda: backups.restore(chosen.database(), file), f"restored from {file}")


def _done(chosen: Settings, work: Callable[[], None], said: str) -> int:
    try:
        work()
    except backups.BackupError as error:
        complain(str(error))
        return 1
    _say(said, chosen)
    return 0
