"""A new database is made without Alembic, and is the one that the migrations would make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate
from bot.storage.schema import REVISION, metadata

MAKE = """
import sys
from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate

with open_engine(sys.argv[1]).begin() as connection:
    migrate(connection)
print(*(name for name in ("alembic", "sqlalchemy.dialects.postgresql") if name in sys.modules))
"""


def made(folder: Path, target: str) -> dict[str, Any]:
    """All that SQLite says of the tables of a new database, and the revision it is at."""
    engine = open_engine(f"sqlite:///{folder / target}.sqlite3")
    with engine.begin() as connection:
        migrate(connection, target)
        found: dict[str, Any] = {
            table: _described(connection, table) for table in (*metadata.tables, "alembic_version")
        }
        found["revision"] = _rows(connection, "SELECT * FROM alembic_version")
        named = _rows(connection, "SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2")
        found["names"] = named
        partial = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
        found["indexes"] = sorted(
            (name, " ".join(sql.split())) for name, sql in _rows(connection, partial)
        )
    engine.dispose()
    return found


def _described(connection: Connection, table: str) -> dict[str, Any]:
    """A table's columns with types, defaults and keys, and its indexes with their columns."""
    indexes = _rows(connection, f"PRAGMA index_list('{table}')")
    return {
        "columns": _rows(connection, f"PRAGMA table_xinfo('{table}')"),
        "indexes": {
            name: (rest, _rows(connection, f"PRAGMA index_xinfo('{name}')"))
            for _, name, *rest in indexes
        },
        "references": _rows(connection, f"PRAGMA foreign_key_list('{table}')"),
    }


def _rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement))]


def test_a_new_file_is_what_the_migrations_make_of_it(tmp_path: Path) -> None:
    """Column by column and index by index: a later migration finds the same either way."""
    at_once, step_by_step = made(tmp_path, "head"), made(tmp_path, REVISION)
    assert at_once.keys() == step_by_step.keys()
    for name, described in step_by_step.items():
        assert at_once[name] == described, name


def test_the_tables_of_others_in_the_file_stay(tmp_path: Path) -> None:
    """A file that holds tables already, even the one for revisions, gets those it lacks."""
    engine = open_engine(f"sqlite:///{tmp_path}/bot.sqlite3")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (what TEXT)"))
        connection.execute(text("INSERT INTO shopping VALUES ('pencils')"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        migrate(connection)
        assert _rows(connection, "SELECT what FROM shopping") == [("pencils",)]
        assert _rows(connection, "SELECT count(*) FROM learners") == [(0,)]
    engine.dispose()


@pytest.mark.process
def test_a_new_file_needs_neither_alembic_nor_postgresql(tmp_path: Path) -> None:
    """They take longer to import than the file takes to make."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    command = [sys.executable, "-c", MAKE, url]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert found.stdout.split() == []
