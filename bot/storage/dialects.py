"""Where SQLite and PostgreSQL differ: opening, inserting what may be there already, scrubbing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import StaticPool

from bot.ports import StorageError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # what is acknowledged survives a power cut too, not only a crash
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten
    "busy_timeout = 10000",
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

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, see _begin
        for pragma in _SQLITE_PRAGMAS:
            connection.cursor().execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _open_postgresql(url: URL) -> Engine:
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        pool_size=1,  # one writer thread; the second connection says that the worker is alive
        max_overflow=1,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "build-a-network",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
        },
    )


def is_away(error: DBAPIError) -> bool:
    """Whether an error says that the database is away, full or locked, rather than a request wrong.

    Also where two transactions stood in one another's way and one was sent off.
    """
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def alone(connection: Connection) -> None:
    """Waits until no other process is at the schema; the transaction's end lets the next one in."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1851879523)")


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that passes over rows that are there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - it takes long to import

    return postgresql.insert(table).on_conflict_do_nothing()


def scrub(engine: Engine) -> None:
    """Empties SQLite's write-ahead log, which still holds what was deleted from the tables."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def problem_of(error: SQLAlchemyError) -> str:
    """What the database itself said, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__)
