"""The store's calls about turns: a chat's state, and what a turn changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    update,
)

from bot.ports import Counts, Done, Saved, StaleError, Store
from bot.storage import classes, reminders, rows, schema
from bot.storage.calls import one, together
from bot.storage.claims import HANDLED_ROW, Claims
from bot.storage.dialects import insert_new
from bot.storage.prebuilt import Prebuilt, inserting
from bot.storage.schema import UNHANDLED, attempts, inbox, learners, outbox

_c = learners.c
_load = select(_c.chat, _c.state, _c.version, _c.asked, _c.keyboard).where(
    _c.chat.in_(bindparam("chats", expanding=True))
)
_update_learner = Prebuilt(
    update(learners)
    .where(learners.c.chat == bindparam("b_chat"), learners.c.version == bindparam("b_version"))
    .values(
        state=bindparam("b_state"),
        version=bindparam("b_version") + literal_column("1"),
        blocked=bindparam("b_blocked"),
        finished=func.coalesce(bindparam("b_finished"), learners.c.finished),
        updated_ms=bindparam("b_now"),
    )
)
_drop_learner = Prebuilt(
    delete(learners).where(
        learners.c.chat == bindparam("b_chat"), learners.c.version == bindparam("b_version")
    )
)
_erase = [
    Prebuilt(
        update(inbox)
        .where(
            inbox.c.bot == bindparam("b_bot"),
            inbox.c.chat == bindparam("b_chat"),
            inbox.c.update_id < bindparam("b_update"),
            UNHANDLED,
        )
        .values(HANDLED_ROW)
    ),
    *(
        Prebuilt(delete(table).where(table.c.chat == bindparam("b_chat")))
        for table in (attempts, outbox, schema.reminders, learners)
    ),
]
_add_attempts = inserting(attempts, "id")
_add_replies = inserting(outbox, "last_try")


@together(Store.load)
def load(connection: Connection, _claims: Claims, batch: Sequence[tuple[int]]) -> list[Saved]:
    """See `bot.ports.Store`."""
    saved = states(connection, {chat for (chat,) in batch})
    return [saved.get(chat, Saved()) for (chat,) in batch]


def states(connection: Connection, chats: Collection[int]) -> dict[int, Saved]:
    """What is stored of some chats."""
    if not chats:
        return {}
    found = connection.execute(_load, {"chats": list(chats)})
    return {chat: Saved(*saved) for chat, *saved in found}


@together(Store.commit)
def commit(connection: Connection, claims: Claims, batch: Sequence[tuple[Done]]) -> Sequence[None]:
    """See `bot.ports.Store`."""
    turns = [done for (done,) in batch]
    claims.handle(connection, [done.update for done in turns], mine=True)
    forgotten = [done for done in turns if done.forget]
    _write(connection, _drop_learner, [rows.key_row(done) for done in forgotten if done.version])
    if forgotten and _forget(connection, claims.bot, forgotten):
        raise StaleError  # one of them had a state that the turn did not start from
    kept = [done for done in turns if not done.forget]
    known = [done for done in kept if done.version]
    _write(connection, _update_learner, [rows.learner_row(done) for done in known if done.state])
    _write(connection, _drop_learner, [rows.key_row(done) for done in known if not done.state])
    fresh = [rows.fresh_row(done) for done in kept if not done.version and done.state]
    if fresh:
        made = insert_new(connection, learners).returning(learners.c.chat)
        if len(connection.execute(made, fresh).all()) != len(fresh):
            raise StaleError
    _add_attempts(connection, [row for done in kept for row in rows.attempt_rows(done)])
    reminders.set_reminders(connection, claims.bot, turns)
    classes.change(connection, claims.bot, kept)
    owner = {"bot": claims.bot, "worker": claims.me}
    _add_replies(connection, [row | owner for done in turns for row in rows.reply_rows(done)])
    return [None] * len(batch)


def _write(connection: Connection, statement: Prebuilt, rows: list[dict[str, Any]]) -> None:
    if statement(connection, rows) != len(rows):
        raise StaleError


def _forget(connection: Connection, bot: int, turns: list[Done]) -> int:
    """Everything but what came in after it, which is still to be answered.

    Returns:
        How many of the chats had a state.
    """
    rows = [{"b_bot": bot, "b_chat": done.chat, "b_update": done.update} for done in turns]
    classes.forget(connection, [done.chat for done in turns])
    *_, states = [statement(connection, rows) for statement in _erase]
    return states


@one
def counts(connection: Connection, _claims: Claims) -> Counts:
    """How much is stored."""

    def number(statement: Select[int]) -> int:
        return int(connection.execute(statement).scalar_one())

    return Counts(
        learners=number(select(func.count()).select_from(learners)),
        attempts=number(select(func.count()).select_from(attempts)),
        unhandled=number(select(func.count()).select_from(inbox).where(UNHANDLED)),
        outgoing=number(select(func.count()).select_from(outbox)),
    )
