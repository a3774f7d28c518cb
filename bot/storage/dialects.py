"""Where SQLite and PostgreSQL differ: opening, inserting what may be there already, scrubbing."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.pool import StaticPool

from bot.ports import StorageError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

logger = logging.getLogger(__name__)

NAME: Final = "build-a-network"
"""What PostgreSQL knows our connections by."""
ALONE: Final = 1_851_879_523
"""The advisory lock of whoever is at the schema."""
BUSY: Final = "busy_timeout = 10000"
_SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # what is acknowledged survives a power cut too, not only a crash
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten
    BUSY,
)


def open_engine(url: str) -> Engine:
    """An engine for a database, which is created if it is a file and not there yet.

    Raises:
        StorageError: when it cannot be opened.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed)
        return _open_postgresql(parsed)
    except ImportError as error:
        raise StorageError(f"the database cannot be opened: {error}") from error
    except ArgumentError as error:
        raise StorageError("the database cannot be opened: its address is malformed") from error
    except OSError as error:
        message = f"the database file {parsed.database} cannot be opened: {error.strerror}"
        raise StorageError(message) from error


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(
        url,
        poolclass=StaticPool,
        paramstyle="named",  # as rows are given to `prebuilt` statements
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # they are what learners typed
    )

    read_all_text(engine)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, see _begin
        for pragma in _SQLITE_PRAGMAS:
            connection.cursor().execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def read_all_text(engine: Engine) -> None:
    """Has SQLite give a text that is no UTF-8 as far as it is, so one bad row fails no query."""

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")


def probe(connection: Connection) -> None:
    """Writes something that changes nothing: on a full disk reading may go on for long."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA user_version = 0")
    else:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


def _open_postgresql(url: URL) -> Engine:
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        pool_size=1,  # one writer thread, whose connection says that the worker is alive
        max_overflow=0,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": NAME,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
        },
    )


def is_away(error: DBAPIError) -> bool:
    """Whether an error says that the database is away, full, locked or not as it has to be.

    Also where two transactions stood in one another's way and one was sent off; not where a value
    is wrong, which waiting would not mend.
    """
    if isinstance(error, ProgrammingError):
        return getattr(error.orig, "sqlstate", None) is not None  # else the driver's, of a value
    return error.connection_invalidated or not isinstance(error, DataError | IntegrityError)


def is_deadlock(error: DBAPIError) -> bool:
    """Whether two transactions stood in one another's way and this one was sent off."""
    return getattr(error.orig, "sqlstate", None) == "40P01"


def alone(connection: Connection) -> None:
    """Waits until no other process is at the schema; the transaction's end lets the next one in."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that passes over rows that are there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - it takes long to import

    return postgresql.insert(table).on_conflict_do_nothing()


def scrub(engine: Engine) -> bool:
    """Empties SQLite's write-ahead log, which still holds what was deleted from the tables.

    Returns:
        Whether it could: not while somebody reads what was there, and nobody waits for them. It
        fails without harm.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA busy_timeout = 0")
        ((busy, *_),) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        logger.error("the database's log could not be emptied (%s)", type(error).__name__)
        return False
    else:
        return not busy
    finally:
        cursor.execute(f"PRAGMA {BUSY}")
        connection.close()


def problem_of(error: SQLAlchemyError) -> str:
    """What the database itself said, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__)
