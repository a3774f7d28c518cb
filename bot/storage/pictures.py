"""The store's calls about uploaded pictures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.storage.calls import one
from bot.storage.claims import Claims
from bot.storage.dialects import insert_new
from bot.storage.rows import milliseconds
from bot.storage.schema import pictures


@one
def uploaded(connection: Connection, claims: Claims, key: str) -> str | None:
    """See `bot.ports.Uploads`."""
    return connection.execute(
        select(pictures.c.name).where(pictures.c.bot == claims.bot, pictures.c.key == key)
    ).scalar()


@one
def keep_upload(
    connection: Connection, claims: Claims, key: str, name: str | None, at: datetime
) -> None:
    """See `bot.ports.Uploads`."""
    bot = claims.bot
    connection.execute(delete(pictures).where(pictures.c.bot == bot, pictures.c.key == key))
    if name is not None:
        row = {"bot": bot, "key": key, "name": name, "kept_ms": milliseconds(at)}
        connection.execute(insert_new(connection, pictures), row)


@one
def drop_old(connection: Connection, _claims: Claims, before_ms: int) -> None:
    """Drops the names kept before a moment; their pictures are uploaded again when needed."""
    connection.execute(delete(pictures).where(pictures.c.kept_ms < before_ms))
