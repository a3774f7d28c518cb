"""Reading beside the writer: what takes longer than a turn may never hold one up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from bot.storage.dialects import open_engine, read_all_text


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection of its own, which sees one moment's state and cannot write.

    Args:
        url: a database that is there.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, poolclass=NullPool, hide_parameters=True)
        read_all_text(engine)
        begin: tuple[str, ...] = ("PRAGMA busy_timeout = 10000", "PRAGMA query_only = ON", "BEGIN")
    else:
        engine = open_engine(url)
        begin = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",)
    try:
        with engine.connect() as connection:
            for statement in begin:
                connection.exec_driver_sql(statement)
            yield connection
    finally:
        engine.dispose()
