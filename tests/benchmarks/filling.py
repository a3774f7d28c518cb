"""Databases with very many learners in them, filled by the database itself: see `filled`."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import attempts
from tests.postgres import Cluster, cluster

T = TypeVar("T")

KINDS = ("SQLite", "PostgreSQL")
INDEX = "attempts_by_chat"
"""GeneratedLesson after the rows, for all of them at once."""

_LEARNERS = """
INSERT INTO learners (chat, state, version, blocked, created_ms, updated_ms)
SELECT {number}, {state}, 1, {false}, 1, 1 FROM {learners} ORDER BY 1"""
_ATTEMPTS = """
INSERT INTO attempts (chat, at_ms, lesson, step, quantity, typed, verdict, mistakes, hints, tries)
SELECT {number}, {answer}, 'bn', 'h1_sum', 'H1.sum', '0.45', 'mistake', '["dropped_sign"]', 0, 1
FROM {answers}"""


@contextmanager
def databases(kind: str) -> Iterator[Databases]:
    """Where to make databases of a kind, which are gone afterwards.

    Raises:
        LookupError: when there is no PostgreSQL; the text says what is missing.
    """
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield Databases(Path(folder))
    else:
        with cluster(durable=True) as made:
            yield Databases(made)


def on_each(measured: Callable[[Databases], T]) -> Iterator[tuple[str, T]]:
    """What is measured on databases of each kind; says so where there are none of a kind."""
    for kind in KINDS:
        try:
            with databases(kind) as made:
                yield kind, measured(made)
        except LookupError as missing:
            print(f"{kind}: {missing}")


class Databases:
    """Makes databases.

    Args:
        where: a folder for SQLite's, or a server of PostgreSQL's.
    """

    def __init__(self, where: Path | Cluster) -> None:
        self._where = where

    def filled(self, learners: int, state: str, answers: int = 10) -> str:
        """The address of a new database with so many learners, numbered from 1.

        Args:
            learners: how many.
            state: each one's.
            answers: how many each has given, one after the other, all learners at the same time.
        """
        if isinstance(self._where, Path):
            url = f"sqlite:///{self._where}/{learners}.sqlite3"
        else:
            url = self._where.database()
        asyncio.run(_made(url))
        if isinstance(self._where, Path):
            _fill_sqlite(str(make_url(url).database), learners, state, answers)
        else:
            _fill_postgresql(url, learners, state, answers)
        return url


def _fill_sqlite(file: str, learners: int, state: str, answers: int) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    numbers = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    pair = f"((i - 1) % {learners}) + 1", f"(i - 1) / {learners}"
    for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute(f"DROP INDEX {INDEX}")
    said = numbers.format(learners) + _LEARNERS.format(
        number="i", state="?", false="0", learners="n"
    )
    connection.execute(said, (state,))
    said = numbers.format(learners * answers) + _ATTEMPTS.format(
        number=pair[0], answer=pair[1], answers="n"
    )
    connection.execute(said)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    _index(open_engine(f"sqlite:///{file}"))


def _fill_postgresql(url: str, learners: int, state: str, answers: int) -> None:
    engine = open_engine(url)
    quick = "SET maintenance_work_mem = '256MB'", "SET synchronous_commit = off"
    with engine.begin() as connection:
        for setting in quick:
            connection.exec_driver_sql(setting)
        connection.exec_driver_sql(f"DROP INDEX {INDEX}")
        said = _LEARNERS.format(
            number="i", state="%s", false="false", learners=f"generate_series(1, {learners}) i"
        )
        connection.exec_driver_sql(said, (state,))
        every = f"generate_series(0, {answers - 1}) k, generate_series(1, {learners}) i"
        said = _ATTEMPTS.format(number="i", answer="k", answers=every)
        connection.exec_driver_sql(said)
    _index(engine)
    with engine.connect() as connection:  # so that nothing is tidied up while turns are measured
        tidy = connection.execution_options(isolation_level="AUTOCOMMIT")
        tidy.exec_driver_sql("VACUUM (ANALYZE) learners, attempts")
        tidy.exec_driver_sql("CHECKPOINT")
    engine.dispose()


def _index(engine: Engine) -> None:
    (index,) = (one for one in attempts.indexes if one.name == INDEX)
    with engine.begin() as connection:
        index.create(connection)
    engine.dispose()


async def _made(url: str) -> None:
    await SqlStore(url).close()
