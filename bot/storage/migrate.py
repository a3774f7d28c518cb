"""Brings a database up to the newest schema.

Alembic takes longer to import than everything else the store does at start-up, so a database that
is up to date is recognised without it, and a new SQLite file gets the tables of `schema.py`, which
a test holds against those that the migrations make. There is no `env.py`: migrations run from here
only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.ports import StorageError
from bot.storage.schema import REVISION, metadata

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext, RevisionStep

FOLDER = Path(__file__).parent / "migrations"
_VERSION = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""
"""The table in which Alembic notes the revision, as it makes it."""


def revision_of(connection: Connection) -> str | None:
    """The schema revision a database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(connection: Connection, target: str = "head") -> None:
    """Runs the migrations that are missing, in the caller's transaction.

    Args:
        connection: an open connection.
        target: the revision to stop at; the newest one unless a test asks for another.

    Raises:
        StorageError: when the database was made by a newer version of the bot.
    """
    found = revision_of(connection)
    if target == "head":
        if found == REVISION:
            return
        if found is None and _is_new_file(connection):
            _make(connection)
            return

    from alembic.config import Config  # noqa: PLC0415 - see the module's docstring
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: str | tuple[str, ...], _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs(target, revision)  # type: ignore[arg-type] # noqa: SLF001 - as alembic.command does

    environment = EnvironmentContext(config, scripts, fn=steps)
    with environment:
        environment.configure(connection=connection, transactional_ddl=False)
        try:
            environment.run_migrations()
        except CommandError as error:
            message = (
                f"the database is at schema revision {found}, which this version of the bot does "
                f"not know (it knows up to {REVISION}): use the version that made it, or newer"
            )
            raise StorageError(message) from error


def _is_new_file(connection: Connection) -> bool:
    """Whether this is an SQLite file without any tables."""
    return connection.dialect.name == "sqlite" and not inspect(connection).get_table_names()


def _make(connection: Connection) -> None:
    """Makes all tables at once."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(text(_VERSION))
    connection.execute(text("INSERT INTO alembic_version VALUES (:at)"), {"at": REVISION})
