"""A PostgreSQL for tests: `TEST_DATABASE_URL`, or a throw-away cluster of Debian's PostgreSQL.

Without either, tests that need it are skipped with the reason; with `CI=true` they fail.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

_names = itertools.count(1)


class Cluster:
    """A server in which tests make databases of their own.

    Args:
        url: a database of a user who may create databases.
        folder: the cluster's own folder, where it is one of ours.
    """

    def __init__(self, url: URL, folder: Path | None = None) -> None:
        self.url, self.folder = url, folder
        self._made: list[str] = []

    def engine(self) -> Engine:
        """A connection for administration."""
        return create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"bot_test_{os.getpid()}_{next(_names)}"
        with self.engine().connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop_all(self) -> None:
        """Drops the databases made."""
        with self.engine().connect() as connection:
            for name in self._made:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def stop(self) -> None:
        """Stops the server as a power cut would; only for a cluster of ours."""
        assert self.folder is not None
        _control(self.folder, "stop", "-m", "immediate")

    def start(self) -> None:
        """Starts it again."""
        assert self.folder is not None
        _control(self.folder, "start", "-l", str(self.folder / "log"))


def _programs() -> Path | None:
    """The folder of the newest PostgreSQL that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


def _run(folder: Path, *command: str) -> None:
    """Runs a program of PostgreSQL's, which refuses to be run by root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    log = folder / "commands.log"
    with log.open("ab") as out:
        subprocess.run([*prefix, *command], check=True, stdout=out, stderr=out, cwd=folder)


def _control(folder: Path, *command: str) -> None:
    programs = _programs()
    assert programs is not None
    _run(folder, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", *command)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A server, for as long as the block runs.

    Args:
        durable: whether a commit waits for the disk, as on a real server.

    Raises:
        LookupError: when there is none; the text says what is missing.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        theirs = Cluster(make_url(given).set(drivername="postgresql+psycopg"))
        yield theirs
        theirs.drop_all()
        return
    programs = _programs()
    if programs is None:
        raise LookupError("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="bot-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run(folder, str(programs / "initdb"), "-D", str(data), "-U", "bot", "-A", "trust", "-N")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses=''\nunix_socket_directories='{folder}'\n")
            settings.write("max_connections=50\n" + ("" if durable else "fsync=off\n"))
        ours = Cluster(
            URL.create(
                "postgresql+psycopg", "bot", database="postgres", query={"host": str(folder)}
            ),
            folder,
        )
        ours.start()
        try:
            yield ours
        finally:
            ours.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One server for all tests."""
    with _or_skip() as made:
        yield made


@contextmanager
def _or_skip() -> Iterator[Cluster]:
    making = cluster()
    try:
        made = making.__enter__()
    except LookupError as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    try:
        yield made
    finally:
        making.__exit__(None, None, None)
