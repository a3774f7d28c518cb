"""Statements for many rows, turned into SQL once: the driver then takes the rows as they are.

SQLAlchemy prepares every parameter of every row again, which costs more than the database's own
work on it. The values here are numbers, texts and truth values, which both drivers know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.sql.dml import UpdateBase


class Prebuilt:
    """A statement with named parameters.

    Args:
        statement: an UPDATE or DELETE with parameters, or an INSERT.
        columns: an INSERT's columns, which are its parameters.
        end: what stands behind it, in words that both databases know.
    """

    def __init__(
        self, statement: UpdateBase, columns: Sequence[str] | None = None, end: str = ""
    ) -> None:
        self._statement, self._columns, self._end = statement, columns, end
        self._sql: dict[str, str] = {}

    def __call__(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
        """Runs it for each of some rows.

        Returns:
            How many rows of the table it touched.
        """
        if not rows:
            return 0
        dialect = connection.dialect
        if (sql := self._sql.get(dialect.name)) is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            sql = self._sql[dialect.name] = str(compiled) + self._end
        return connection.exec_driver_sql(sql, rows).rowcount


def inserting(table: Table, *without: str, end: str = "") -> Prebuilt:
    """Inserts rows, which give every column but those left to the database."""
    statement: Insert = insert(table).inline()
    return Prebuilt(statement, [one.name for one in table.columns if one.name not in without], end)
