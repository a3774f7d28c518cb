"""The SQL about uploaded pictures."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from bot.storage.dialects import insert_new
from bot.storage.schema import pictures


def uploaded(connection: Connection, bot: int, key: str) -> str | None:
    """What the platform calls a picture."""
    return connection.execute(
        select(pictures.c.name).where(pictures.c.bot == bot, pictures.c.key == key)
    ).scalar()


def keep_upload(connection: Connection, bot: int, key: str, name: str | None, at_ms: int) -> None:
    """Replaces a picture's name, or drops it where there is none."""
    connection.execute(delete(pictures).where(pictures.c.bot == bot, pictures.c.key == key))
    if name is not None:
        row = {"bot": bot, "key": key, "name": name, "kept_ms": at_ms}
        connection.execute(insert_new(connection, pictures), row)


def drop_old(connection: Connection, before_ms: int) -> None:
    """Drops the names kept before a moment; their pictures are uploaded again when needed."""
    connection.execute(delete(pictures).where(pictures.c.kept_ms < before_ms))
