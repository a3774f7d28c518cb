"""Backup and restore: a consistent copy while the bot runs, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url


class BackupError(Exception):
    """It did not work; the text is one line for whoever runs the bot."""


def backup(url: str, file: Path) -> None:
    """Writes a copy of the database into a new file, for its owner only.

    Raises:
        BackupError: the file is there already, or the copy failed.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: name a new file")
    parsed = make_url(url)
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(_existing(parsed), file)
        else:
            _run("pg_dump", parsed, "--format=custom", f"--file={file}")
    except (OSError, sqlite3.Error) as error:
        file.unlink(missing_ok=True)
        raise BackupError(f"the backup failed: {error}") from error
    except BackupError:
        file.unlink(missing_ok=True)
        raise


def restore(url: str, file: Path) -> None:
    """Puts a backup in the place of the database. The bot must not run meanwhile.

    Raises:
        BackupError: there is no such backup, or it could not be put in place.
    """
    if not file.is_file():
        raise BackupError(f"there is no file {file}")
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        _run("pg_restore", parsed, "--clean", "--if-exists", "--single-transaction",
             "--no-owner", str(file))  # fmt: skip
        return
    target = Path(parsed.database or "")
    try:
        _check_sqlite(file)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not target.exists():
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
        _copy_sqlite(file, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"the backup could not be restored: {error}") from error


def _existing(url: URL) -> Path:
    path = Path(url.database or "")
    if not path.is_file():
        raise BackupError(f"there is no database at {path}")
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copies page by page through SQLite itself, so that it is one moment's state."""
    with (
        closing(sqlite3.connect(source, timeout=10)) as old,
        closing(sqlite3.connect(target, timeout=1)) as new,
    ):
        new.execute("BEGIN EXCLUSIVE").fetchall()  # nobody may be at work on it
        new.rollback()
        old.backup(new)


def _check_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise BackupError(f"{file} is damaged: {found}")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in tables:
            raise BackupError(f"{file} is no backup of this bot")


def _run(program: str, url: URL, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs; the password goes by the environment, not by `ps`."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"{program} is not installed (Debian: apt-get install postgresql-client)")
    where = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's
        [path, f"--dbname={where}", *arguments],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} failed: {said[0] if said else done.returncode}")
