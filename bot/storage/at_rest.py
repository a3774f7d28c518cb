"""A database that no bot is at work on: what replaces or moves everything asks for it first."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.ports import StorageError
from bot.storage.dialects import ALONE, NAME, open_engine, problem_of

IN_USE: Final = "the database is in use: stop the bot first"
_TRIES: Final = 20
"""How often PostgreSQL is asked, every tenth of a second: who has just left may still be named."""

_others = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :name AND pid <> pg_backend_pid()"
)


@contextmanager
def at_rest(url: str) -> Iterator[None]:
    """Makes sure that no bot is at work on a database; at PostgreSQL none can start meanwhile.

    Raises:
        StorageError: when one is, or the database is away.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        if file.exists():
            with alone_with(file):
                pass
        yield
        return
    with ExitStack() as stack:
        engine = open_engine(url)
        stack.callback(engine.dispose)
        try:
            _hold(stack.enter_context(engine.connect()))
        except SQLAlchemyError as error:
            raise StorageError(f"the database cannot be used: {problem_of(error)}") from error
        yield


@contextmanager
def alone_with(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to an SQLite file that nobody else has open, nor opens until it is closed.

    Raises:
        StorageError: when somebody has.
    """
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:  # whoever has opened a file with a write-ahead log keeps others from ending the log
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise StorageError(IN_USE) from error
        yield connection


def _hold(connection: Connection) -> None:
    """Keeps every start waiting for as long as the connection is open."""
    for _ in range(_TRIES):
        held = connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({ALONE})").scalar_one()
        if held and not connection.execute(_others, {"name": NAME}).scalar_one():
            return
        time.sleep(0.1)
    raise StorageError(IN_USE)
