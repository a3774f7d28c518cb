"""Everything goes into another database, or nothing does."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.dialogue.class_data import JoinClass, MakeClass
from bot.dialogue.effects import Remind
from bot.ports import Outgoing, RawUpdate, StorageError
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate
from bot.storage.move import ROWS, move
from bot.storage.schema import metadata
from tests.bot.storage.test_store import ANN, BEN, NOW, SAY, turn
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

KILLED = """
import os, sys
from sqlalchemy import Engine, event
from bot.storage.move import move

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, parameters, context, executemany):
    if statement.startswith("INSERT INTO outbox"):
        os.kill(os.getpid(), 9)

move(sys.argv[1], sys.argv[2])
"""


@pytest.fixture(params=["to PostgreSQL", "to SQLite"])
def urls(request: pytest.FixtureRequest, tmp_path: Path, postgres: Cluster) -> tuple[str, str]:
    """From where, and to where."""
    file, server = f"sqlite:///{tmp_path}/data/bot.sqlite3", postgres.database()
    return (file, server) if request.param == "to PostgreSQL" else (server, file)


async def fill(url: str) -> None:
    """Learners, a class, answers, an update and a reply that wait, a reminder, a picture."""
    async with SqlStore(url, bot=7) as store:
        await store.take_over()
        made = MakeClass("0a" * 16, "Year 10", "lesson_bn", date(2025, 2, 1))
        await store.commit(turn(1, classes=(made,)))
        joined = JoinClass(made.code, "Ben")
        await store.commit(turn(2, chat=BEN, remind=Remind(NOW), classes=(joined,)))
        await store.receive([RawUpdate(3, ANN, '{"é": "\\ud800"}')], NOW)
        await store.keep_upload("a picture", "its name", NOW)
        await store.unsure(Outgoing(1, 0, ANN, SAY))
        await store.block(BEN)
    engine = open_engine(url)
    attempts = metadata.tables["attempts"]
    with engine.begin() as connection:  # more than are in hand at a time
        row = connection.execute(select(attempts)).mappings().first()
        assert row is not None
        new = [{**row, "id": 10 + one, "chat": one} for one in range(2 * ROWS)]
        connection.execute(attempts.insert(), new)
    engine.dispose()


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database holds."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection)
        found = {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.c))]
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


async def test_everything_arrives(urls: tuple[str, str]) -> None:
    """Row by row, and counted; the source is as it was, and the bot goes on at the target."""
    source, target = urls
    await fill(source)
    before = rows(source)
    counts = move(source, target)
    assert counts == {name: len(table) for name, table in before.items()}
    assert all(counts.values())
    assert (rows(target), rows(source)) == (before, before)
    async with SqlStore(target, bot=7) as store:
        left = await store.take_over()
        assert ([one.update for one in left.updates], len(left.replies)) == ([3], 1)
        await store.commit(turn(3, version=1))
        assert (await store.load(ANN)).version == 2
    assert len(rows(target)["attempts"]) == counts["attempts"] + 1


async def test_killed_in_the_middle_nothing_has_happened(urls: tuple[str, str]) -> None:
    """The target is empty, the source as it was, and the next try moves everything."""
    source, target = urls
    await fill(source)
    before = rows(source)
    command = [sys.executable, "-c", KILLED, source, target]
    killed = await asyncio.create_subprocess_exec(*command)
    assert await killed.wait() == -signal.SIGKILL
    assert not any(rows(target).values())
    assert rows(source) == before
    move(source, target)
    assert rows(target) == before


async def test_a_target_that_is_not_empty_is_refused(urls: tuple[str, str]) -> None:
    """Whether a learner is in it, or another program's table; it stays as it was."""
    source, target = urls
    await fill(source)
    async with SqlStore(target) as store:
        await store.commit(turn(9, attempts=(), outgoing=()))
    before = rows(target)
    with pytest.raises(StorageError, match=r"not empty \(it has learners\)"):
        move(source, target)
    assert rows(target) == before
    with pytest.raises(StorageError, match="the same database"):
        move(source, source)


async def test_another_programs_database_is_refused(urls: tuple[str, str]) -> None:
    """Even where its tables have other names."""
    source, target = urls
    await fill(source)
    engine = open_engine(target)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (what TEXT)"))
    engine.dispose()
    with pytest.raises(StorageError, match=r"not empty \(it has shopping\)"):
        move(source, target)


async def test_nothing_is_moved_under_a_bot_that_runs(urls: tuple[str, str]) -> None:
    """At the source or the target: what it stores meanwhile would be lost."""
    source, target = urls
    await fill(source)
    for running in urls:
        async with SqlStore(running):
            with pytest.raises(StorageError, match="in use: stop the bot first"):
                move(source, target)
    move(source, target)


def test_what_cannot_be_is_told_in_a_line(tmp_path: Path) -> None:
    """No source, an address that is none, a server that is away."""
    here, away = f"sqlite:///{tmp_path}/bot.sqlite3", "postgresql://me:hush@127.0.0.1:9/bot"
    for source, target, said in (
        (here, f"sqlite:///{tmp_path}/new.sqlite3", "there is no database at"),
        (away, here, "refused"),
        (away, "postgresql://me:hush@db:port/bot", "malformed"),
    ):
        with pytest.raises(StorageError, match=said) as caught:
            move(source, target)
        assert "hush" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
