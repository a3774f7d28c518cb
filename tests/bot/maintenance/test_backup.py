"""A backup taken while the bot works brings everything back."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.maintenance.backup import BackupError, backup, restore
from bot.ports import RawUpdate
from bot.storage import SqlStore
from tests.bot.storage.test_store import ANN, NOW, turn
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]


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
    """Neither a file that is there, nor a database with something else."""
    url, file = f"sqlite:///{tmp_path}/bot.sqlite3", tmp_path / "file"
    with pytest.raises(BackupError, match="there is no database"):
        backup(url, file)
    assert not file.exists()
    file.write_text("mine")
    with pytest.raises(BackupError, match="is there already"):
        backup(url, file)
    with pytest.raises(BackupError, match="not a database"):
        restore(url, file)
    other = tmp_path / "other.sqlite3"
    sqlite3.connect(other).close()
    with pytest.raises(BackupError, match="no backup of this bot"):
        restore(url, other)
    with pytest.raises(BackupError, match="there is no file"):
        restore(url, tmp_path / "nothing")
