"""Copies everything into another database, from SQLite to PostgreSQL or back.

All of it is one transaction at the target: whenever it ends too early, the target is as empty as
before, and the source is never changed but for the migrations that every start makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.ports import StorageError
from bot.storage.at_rest import at_rest
from bot.storage.dialects import open_engine, problem_of
from bot.storage.migrate import migrate
from bot.storage.prebuilt import inserting
from bot.storage.schema import learners, metadata

ROWS: Final = 500
"""How many rows are in hand at a time."""


def move(source: str, target: str) -> dict[str, int]:
    """Copies every row; the bot must run on neither.

    Args:
        source: a database's address.
        target: another's, which is empty; a SQLite file is made.

    Returns:
        How many rows each table has at the target.

    Raises:
        StorageError: when it cannot be done; the target is as it was.
    """
    try:
        _is_there(make_url(source))
        if make_url(source) == make_url(target):
            raise StorageError("this is the same database: name another one")
    except (ArgumentError, ValueError) as error:
        raise StorageError("the database's address is malformed") from error
    try:
        with at_rest(source), at_rest(target):
            return _moved(source, target)
    except SQLAlchemyError as error:
        raise StorageError(f"nothing was moved: {problem_of(error)}") from error


def _is_there(source: URL) -> None:
    if source.get_backend_name() == "sqlite" and not Path(source.database or "").is_file():
        raise StorageError(f"there is no database at {source.database}")


def _moved(source: str, target: str) -> dict[str, int]:
    old, new = open_engine(source), open_engine(target)
    try:
        with old.begin() as reading, new.begin() as writing:
            migrate(reading)
            _refuse_unless_empty(writing)
            migrate(writing)
            for table in metadata.sorted_tables:
                _copy(table, reading, writing)
            counts = _counts(writing)
            if counts != _counts(reading):
                raise StorageError("nothing was moved: not every row arrived")
            return counts
    finally:
        old.dispose()
        new.dispose()


def _refuse_unless_empty(target: Connection) -> None:
    there = set(inspect(target).get_table_names()) - {"alembic_version"}
    full = there - metadata.tables.keys()
    for name in there & metadata.tables.keys():
        if target.execute(select(metadata.tables[name]).limit(1)).first() is not None:
            full.add(name)
    if full:
        raise StorageError(
            f"the database to move to is not empty (it has {', '.join(sorted(full))}): "
            "name one that is"
        )


def _copy(table: Table, source: Connection, target: Connection) -> None:
    insert = inserting(table)
    for rows in _batches(table, source):
        insert(target, rows)
    if table.c.get("id") is not None and target.dialect.name != "sqlite":
        count_on = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"  # noqa: E501, S608 - a table of ours
        target.execute(text(count_on))


def _batches(table: Table, source: Connection) -> Iterator[list[dict[str, Any]]]:
    """Rows as they came in: SQLite numbers learners so, and `course` draws them by that number."""
    order = [table.c.created_ms] if table is learners else []
    rows = select(table).order_by(*order, *table.primary_key)
    for some in source.execute(rows.execution_options(yield_per=ROWS)).partitions():
        yield [{name: _storable(value) for name, value in row._mapping.items()} for row in some]  # noqa: SLF001 - its name in SQLAlchemy


def _storable(value: object) -> object:
    """A value that PostgreSQL takes too: earlier versions kept a typed NUL character."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
    }
