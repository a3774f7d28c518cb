"""The SQL about reminders: rows with a time, each taken once, whatever the number of workers."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.ports import Done, RawUpdate
from bot.storage.rows import milliseconds
from bot.storage.schema import learners, reminders


def set_reminders(connection: Connection, bot: int, turns: list[Done]) -> None:
    """Puts the times that turns asked for in the place of the earlier ones."""
    asked = [(done.chat, done.remind) for done in turns if done.remind is not None]
    if not asked:
        return
    chats = [chat for chat, _ in asked]
    mine = reminders.c.bot == bot
    connection.execute(delete(reminders).where(mine, reminders.c.chat.in_(chats)))
    rows = [
        {"bot": bot, "chat": chat, "due_ms": milliseconds(remind.at)}
        for chat, remind in asked
        if remind.at is not None
    ]
    if rows:
        connection.execute(insert(reminders), rows)


def take_due(connection: Connection, bot: int, now_ms: int, most: int) -> list[RawUpdate]:
    """Takes due rows out, the longest due first; what another worker is taking is passed over."""
    c = reminders.c
    rows = connection.execute(
        select(c.chat, c.due_ms)
        .join(learners, learners.c.chat == c.chat)
        .where(c.bot == bot, c.due_ms <= now_ms, learners.c.blocked.is_(False))
        .order_by(c.due_ms)
        .limit(most)
        .with_for_update(of=reminders, skip_locked=True)
    ).all()
    if rows:
        taken: list[Any] = [row.chat for row in rows]
        connection.execute(delete(reminders).where(c.bot == bot, c.chat.in_(taken)))
    return [RawUpdate(_number(row.chat, row.due_ms), row.chat, str(row.due_ms)) for row in rows]


def _number(chat: int, due_ms: int) -> int:
    """An update's number, below 0: the same for the same reminder, so that it is new only once."""
    digest = hashlib.sha256(f"{chat}/{due_ms}".encode()).digest()
    return -1 - int.from_bytes(digest[:7])
