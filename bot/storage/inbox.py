"""The store's calls about updates: received, waiting, handled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.ports import Left, RawUpdate, Saved, Store
from bot.storage import reminders
from bot.storage.calls import one, together
from bot.storage.claims import Claims
from bot.storage.prebuilt import inserting
from bot.storage.rows import milliseconds
from bot.storage.schema import HANDLED, UNHANDLED, inbox
from bot.storage.turns import states

TIDIED = 500
"""How many old ids go at once: no turn waits for more."""

_add_new = inserting(inbox, end=" ON CONFLICT DO NOTHING")


@together(Store.receive, lambda updates, _at: {update.chat for update in updates})
def receive(
    connection: Connection, claims: Claims, batch: Sequence[tuple[Sequence[RawUpdate], datetime]]
) -> list[dict[int, Saved]]:
    """See `bot.ports.Store`."""
    new = _keep(connection, claims, [(update, at) for updates, at in batch for update in updates])
    chats = {update.chat for updates, _ in batch for update in updates if update.update in new}
    saved = states(connection, chats)
    return [
        {one.update: saved.get(one.chat, Saved()) for one in updates if one.update in new}
        for updates, _ in batch
    ]


def _keep(
    connection: Connection, claims: Claims, updates: Sequence[tuple[RawUpdate, datetime]]
) -> set[int]:
    """Stores updates; those of a chat that waits for its turn elsewhere are nobody's yet.

    Returns:
        Those that are this worker's to handle, new ones and such as were stored before.
    """
    if not updates:
        return set()
    busy = claims.others(connection, {one.chat for one, _ in updates}, waiting=True)
    rows = [
        {
            "bot": claims.bot,
            "update_id": one.update,
            "chat": one.chat,
            "raw": one.raw,
            "received_ms": milliseconds(at),
            "handled": False,
            "worker": None if one.chat in busy else claims.me,
        }
        for one, at in updates
    ]
    if _add_new(connection, rows) == len(rows):
        return {one.update for one, _ in updates if one.chat not in busy}
    return claims.still_mine(connection, {one.update for one, _ in updates})


@together(Store.handled)
def handled(
    connection: Connection, claims: Claims, batch: Sequence[tuple[Collection[int]]]
) -> Sequence[None]:
    """See `bot.ports.Store`."""
    claims.handle(connection, [one for (updates,) in batch for one in updates], mine=False)
    return [None] * len(batch)


@together(Store.take_waiting, lambda chat: (chat,))
def take_waiting(
    connection: Connection, claims: Claims, batch: Sequence[tuple[int]]
) -> list[list[RawUpdate]]:
    """See `bot.ports.Store`."""
    waiting = claims.take_waiting(connection, {chat for (chat,) in batch})
    return [waiting.pop(chat, []) for (chat,) in batch]


@one
def take_over(connection: Connection, claims: Claims) -> Left:
    """See `bot.ports.Store`."""
    return claims.take_over(connection)


@one
def take_due(connection: Connection, claims: Claims, now: datetime, most: int) -> list[RawUpdate]:
    """See `bot.ports.Store`; due reminders become updates like any other."""
    due = reminders.take_due(connection, claims.bot, milliseconds(now), most)
    claims.lock(connection, {one.chat for one in due})
    new = _keep(connection, claims, [(one, now) for one in due])
    return [one for one in due if one.update in new]


@one
def unhandled(connection: Connection, claims: Claims) -> list[RawUpdate]:
    """Updates received and not handled, whoever has them."""
    rows = connection.execute(
        select(inbox.c.update_id, inbox.c.chat, inbox.c.raw)
        .where(inbox.c.bot == claims.bot, UNHANDLED)
        .order_by(inbox.c.update_id)
    )
    return [RawUpdate(*row) for row in rows]


@one
def drop_old(connection: Connection, claims: Claims, before_ms: int) -> bool:
    """Drops the ids of some updates handled long ago; whether there may be more."""
    old = select(inbox.c.update_id).where(
        inbox.c.bot == claims.bot, HANDLED, inbox.c.received_ms < before_ms
    )
    gone = delete(inbox).where(inbox.c.bot == claims.bot, inbox.c.update_id.in_(old.limit(TIDIED)))
    return connection.execute(gone).rowcount == TIDIED
