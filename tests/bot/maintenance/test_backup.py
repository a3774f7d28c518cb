"""A backup taken while the bot works brings everything back."""

from __future__ import annotations

import asyncio
import io
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, redirect_stderr
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot import logs
from bot.maintenance import commands
from bot.maintenance.backup import backup, restore
from bot.ports import RawUpdate, StorageError
from bot.settings import Settings
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import REVISION
from tests.bot.storage.test_store import ANN, NOW, turn
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

ALEMBIC = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE learners (name TEXT);
"""
"""Another program's database, with tables of the same names."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/bot.sqlite3"
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.database()


async def test_what_was_backed_up_comes_back(url: str, tmp_path: Path) -> None:
    """As it was at that moment; the file is its owner's only."""
    copy = tmp_path / "backup"
    async with SqlStore(url, bot=7) as store:
        await store.take_over()
        await store.receive([RawUpdate(1, ANN, "{}")], NOW)
        await store.commit(turn(1))
        backup(url, copy)
        await store.commit(turn(2, 1, state='{"step": 3}'))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    restore(url, copy)
    async with SqlStore(url, bot=7) as store:
        assert (await store.load(ANN)).version == 1
        assert len((await store.take_over()).replies) == 1


async def test_a_database_that_was_lost_comes_back(tmp_path: Path) -> None:
    """Into a folder that is not there any more, for its owner only."""
    url, copy = f"sqlite:///{tmp_path}/data/bot.sqlite3", tmp_path / "backup"
    async with SqlStore(url) as store:
        await store.commit(turn(1))
        backup(url, copy)
    shutil.rmtree(tmp_path / "data")
    restore(url, copy)
    assert stat.S_IMODE((tmp_path / "data" / "bot.sqlite3").stat().st_mode) == 0o600
    async with SqlStore(url) as store:
        assert (await store.load(ANN)).version == 1


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    """A file that is there stays; nothing is made where there is nothing to copy."""
    url, file = f"sqlite:///{tmp_path}/bot.sqlite3", tmp_path / "file"
    with pytest.raises(StorageError, match="there is no database"):
        backup(url, file)
    assert not file.exists()
    file.write_text("mine")
    with pytest.raises(StorageError, match="is there already"):
        backup(url, file)
    assert file.read_text() == "mine"


async def test_what_is_no_backup_of_the_bot_s_is_not_restored(url: str, tmp_path: Path) -> None:
    """Text, an empty database, another program's, the database itself; what there was stays."""
    words, empty, theirs = (
        tmp_path / "words",
        tmp_path / "empty.sqlite3",
        tmp_path / "theirs.sqlite3",
    )
    words.write_text("mine")
    for file, made in ((empty, "PRAGMA user_version = 1"), (theirs, ALEMBIC)):
        with closing(sqlite3.connect(file)) as database:
            database.executescript(made)
    async with SqlStore(url) as store:
        await store.commit(turn(1))
    no_backup = r"not a database|no backup of this bot|error: input file"
    for file in (words, empty, theirs):
        with pytest.raises(StorageError, match=no_backup):
            restore(url, file)
    with pytest.raises(StorageError, match="there is no file"):
        restore(url, tmp_path / "nothing")
    if url.startswith("sqlite"):
        with pytest.raises(StorageError, match="is the database itself"):
            restore(url, Path(url.removeprefix("sqlite:///")))
    async with SqlStore(url) as store:
        assert (await store.load(ANN)).version == 1


async def test_a_backup_of_a_newer_version_is_not_restored(url: str, tmp_path: Path) -> None:
    """It says of which schema it is, and which this version knows; what there was stays."""
    copy = tmp_path / "backup"
    async with SqlStore(url) as store:
        await store.commit(turn(1))
    _set_revision(url, "9999")
    backup(url, copy)
    _set_revision(url, REVISION)
    with pytest.raises(StorageError, match=f"newer version .*9999, .* up to {REVISION}"):
        restore(url, copy)
    async with SqlStore(url) as store:
        assert (await store.load(ANN)).version == 1


def _set_revision(url: str, revision: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    engine.dispose()


async def test_nothing_is_restored_under_a_bot_that_runs(url: str, tmp_path: Path) -> None:
    """Also while it has nothing to do; what it stored stays."""
    copy = tmp_path / "backup"
    async with SqlStore(url, bot=7) as store:
        await store.take_over()
        backup(url, copy)
        await store.commit(turn(1))
        with pytest.raises(StorageError, match="in use: stop the bot first"):
            await asyncio.to_thread(restore, url, copy)
        assert (await store.load(ANN)).version == 1
    restore(url, copy)


@pytest.mark.parametrize("password", ["e", "p@ss", "a/b"])
def test_no_password_is_told(tmp_path: Path, password: str) -> None:
    """Not by what went wrong, nor by what is cut out of it."""
    url = URL.create("postgresql", "me", password, "127.0.0.1", 9, "bot")
    chosen = Settings(data_folder=tmp_path, database_url=url.render_as_string(hide_password=False))
    asked: tuple[Callable[[], int], ...] = (
        lambda: commands.backup(chosen, tmp_path / "copy"),
        lambda: commands.move(chosen, f"sqlite:///{tmp_path}/new.sqlite3"),
        lambda: commands.stats(chosen, NOW),
    )
    for command in asked:
        err = io.StringIO()
        with redirect_stderr(err):
            assert command() == 1
        said = err.getvalue()
        assert logs.HIDDEN not in said
        assert "refused" in said
        assert f":{password}" not in said
        assert password not in said.split() or password == "e"
