"""Backup and restore: a consistent copy while the bot runs, and the way back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bot.ports import StorageError
from bot.storage.at_rest import alone_with, at_rest
from bot.storage.schema import REVISION

FIRST = {"inbox", "learners", "attempts", "outbox", "alembic_version"}
"""The tables of the first version, which every backup has."""


def backup(url: str, file: Path) -> str:
    """Writes a copy of the database into a new file, for its owner only.

    Returns:
        What was copied, without a password.

    Raises:
        StorageError: the file is there already, or the copy failed.
    """
    if file.exists():
        raise StorageError(f"{file} is there already: name a new file")
    parsed = make_url(url)
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(_existing(parsed), file)
        else:
            _run("pg_dump", f"--dbname={_address(parsed)}", "--format=custom", f"--file={file}",
                 url=parsed)  # fmt: skip
        return _said(parsed)
    except (OSError, sqlite3.Error) as error:
        file.unlink(missing_ok=True)
        raise StorageError(f"the backup failed: {error}") from error
    except StorageError:
        file.unlink(missing_ok=True)
        raise


def restore(url: str, file: Path) -> str:
    """Puts a backup in the place of the database.

    Returns:
        Where it was put, without a password.

    Raises:
        StorageError: there is no such backup, it cannot be used, or the bot runs.
    """
    if not file.is_file():
        raise StorageError(f"there is no file {file}")
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        _check(file, *_in_dump(file))
        with at_rest(url):
            _run("pg_restore", f"--dbname={_address(parsed)}", "--clean", "--if-exists",
                 "--single-transaction", "--no-owner", str(file), url=parsed)  # fmt: skip
        return _said(parsed)
    target = Path(parsed.database or "")
    try:
        if target.exists() and target.samefile(file):
            raise StorageError(f"{file} is the database itself")
        _check(file, *_in_sqlite(file))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not target.exists():
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
        with alone_with(target) as new, closing(sqlite3.connect(file, timeout=10)) as old:
            old.backup(new)
        return _said(parsed)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"the backup could not be restored: {error}") from error


def _said(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(Path(url.database or "").resolve())
    return f"PostgreSQL's {url.database}"


def _existing(url: URL) -> Path:
    path = Path(url.database or "")
    if not path.is_file():
        raise StorageError(f"there is no database at {path}")
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copies page by page through SQLite itself, so that it is one moment's state."""
    with (
        closing(sqlite3.connect(source, timeout=10)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _check(file: Path, tables: set[str], revision: str) -> None:
    if not tables >= FIRST:
        raise StorageError(f"{file} is no backup of this bot")
    if revision > REVISION:
        raise StorageError(
            f"{file} was made by a newer version of the bot (its schema is {revision}, this "
            f"version knows up to {REVISION}): restore it with that version"
        )


def _in_sqlite(file: Path) -> tuple[set[str], str]:
    """The tables of a backup, and the schema's revision."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StorageError(f"{file} is damaged: {found}")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        revision = "SELECT max(version_num) FROM alembic_version"
        known = database.execute(revision).fetchone() if "alembic_version" in tables else ("",)
        return tables, str(known[0])


def _in_dump(file: Path) -> tuple[set[str], str]:
    """The same of a backup that PostgreSQL made."""
    listed = _run("pg_restore", "--list", str(file))
    tables = {name for name in FIRST if re.search(rf" TABLE \S+ {name} ", listed)}
    rows = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    found = re.search(r"^COPY .*;\n(.*)$", rows, re.MULTILINE)
    return tables, found[1] if found else ""


def _address(url: URL) -> str:
    """The address without its password, which goes by the environment: `ps` shows no more."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _run(program: str, *arguments: str, url: URL | None = None) -> str:
    """Runs one of PostgreSQL's programs; what it printed."""
    path = shutil.which(program)
    if path is None:
        raise StorageError(
            f"{program} is not installed (Debian: apt-get install postgresql-client)"
        )
    secret = {"PGPASSWORD": str(url.password)} if url is not None and url.password else {}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's
        [path, *arguments],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise StorageError(f"{program} failed: {said[0] if said else done.returncode}")
    return done.stdout
