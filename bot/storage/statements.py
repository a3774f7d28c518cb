"""The SQL, grouped so that a batch of requests costs a few statements, whatever its size.

A batch never holds two requests of one chat where one waits for the other, so requests of a kind
can run together. Each function runs inside the batch's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.ports import Counts, Done, Outgoing, RawUpdate, Saved, StaleError
from bot.storage import codec, pictures, reminders, rows, schema
from bot.storage import requests as ask
from bot.storage.claims import Claims
from bot.storage.dialects import insert_new
from bot.storage.prebuilt import Prebuilt, inserting
from bot.storage.schema import HANDLED, UNHANDLED, attempts, inbox, learners, outbox

R = TypeVar("R")

TIDIED = 500
"""How many old ids go at once: no turn waits for more."""

_load = select(learners.c.chat, learners.c.state, learners.c.version, learners.c.asked).where(
    learners.c.chat.in_(bindparam("chats", expanding=True))
)
_update_learner = Prebuilt(
    update(learners)
    .where(learners.c.chat == bindparam("b_chat"), learners.c.version == bindparam("b_version"))
    .values(
        state=bindparam("b_state"),
        version=bindparam("b_version") + literal_column("1"),
        blocked=bindparam("b_blocked"),
        updated_ms=bindparam("b_now"),
    )
)
_drop_learner = Prebuilt(
    delete(learners).where(
        learners.c.chat == bindparam("b_chat"), learners.c.version == bindparam("b_version")
    )
)
_asked = learners.c.asked
_note_asked = Prebuilt(
    update(learners)
    .where(
        learners.c.chat == bindparam("b_chat"),
        or_(_asked.is_(None), _asked > bindparam("b_below")),
    )
    .values(asked=bindparam("b_message"))
)
_add_attempts = inserting(attempts, "id")
_add_replies = inserting(outbox)
_drop_replies = Prebuilt(
    delete(outbox).where(
        outbox.c.bot == bindparam("b_bot"),
        outbox.c.update_id == bindparam("b_update"),
        outbox.c.position == bindparam("b_position"),
    )
)


def run_batch(connection: Connection, claims: Claims, batch: Sequence[ask.Request]) -> list[Any]:
    """Runs a batch in the connection's transaction.

    Returns:
        One answer per request, in order.

    Raises:
        StaleError: when a turn's version is not the stored one; nothing may be kept then.
        TakenError: when a turn's update is not this worker's to handle; so too.
    """

    def all_of(kind: type[R]) -> list[R]:
        return [request for request in batch if isinstance(request, kind)]

    bot = claims.bot
    receives, done_with = all_of(ask.Receive), {one.chat for one in all_of(ask.TakeWaiting)}
    claims.lock(
        connection, {*done_with, *(one.chat for request in receives for one in request.updates)}
    )
    new = _receive(connection, claims, receives)
    heard = {one.chat for request in receives for one in request.updates if one.update in new}
    _commit(connection, claims, [request.done for request in all_of(ask.Commit)])
    handled = [one for request in all_of(ask.Handled) for one in request.updates]
    claims.handle(connection, handled, mine=False)
    _sent(connection, bot, [one for request in all_of(ask.Sent) for one in request.replies])
    saved = _load_all(connection, heard | {request.chat for request in all_of(ask.Load)})
    waiting = claims.take_waiting(connection, done_with)

    def answer(request: ask.Request) -> object:
        match request:
            case ask.Receive(updates):
                mine = [one for one in updates if one.update in new]
                return {one.update: saved.get(one.chat, Saved()) for one in mine}
            case ask.Load(chat):
                return saved.get(chat, Saved())
            case ask.Unsure(reply):
                connection.execute(
                    update(outbox)
                    .where(
                        outbox.c.bot == bot,
                        outbox.c.update_id == reply.update,
                        outbox.c.position == reply.position,
                    )
                    .values(unknown=True)
                )
            case ask.Block(chat):
                _block(connection, bot, chat)
            case ask.TakeOver():
                return claims.take_over(connection)
            case ask.TakeWaiting(chat):
                return waiting.pop(chat, [])
            case ask.TakeDue(now_ms, most):
                return _take_due(connection, claims, now_ms, most)
            case ask.RepliesTo(number):
                own = outbox.c.update_id == number, outbox.c.worker == claims.me
                return _pending(connection, bot, *own)
            case ask.Unhandled():
                return _unhandled(connection, bot)
            case ask.Pending():
                return _pending(connection, bot)
            case ask.Count():
                return _count(connection)
            case ask.Uploaded(key):
                return pictures.uploaded(connection, bot, key)
            case ask.KeepUpload(key, name, at_ms):
                pictures.keep_upload(connection, bot, key, name, at_ms)
            case ask.Tidy(updates_before_ms, pictures_before_ms):
                pictures.drop_old(connection, pictures_before_ms)
                return _drop_old(connection, bot, updates_before_ms)
        return None

    return [answer(request) for request in batch]


def _receive(connection: Connection, claims: Claims, receives: list[ask.Receive]) -> set[int]:
    """Stores updates; those of a chat that waits for its turn elsewhere are nobody's yet.

    Returns:
        Those that are this worker's to handle, new ones and such as were stored before.
    """
    updates = [one for request in receives for one in request.updates]
    if not updates:
        return set()
    busy = claims.others(connection, {one.chat for one in updates}, waiting=True)
    rows = [
        {
            "bot": claims.bot,
            "update_id": one.update,
            "chat": one.chat,
            "raw": one.raw,
            "received_ms": request.at_ms,
            "handled": False,
            "worker": None if one.chat in busy else claims.me,
        }
        for request in receives
        for one in request.updates
    ]
    statement = insert_new(connection, inbox).returning(inbox.c.update_id)
    new = set(connection.execute(statement, rows).scalars())
    mine = new - {one.update for one in updates if one.chat in busy}
    if before := {one.update for one in updates} - new:
        mine |= claims.still_mine(connection, before)
    return mine


def _take_due(connection: Connection, claims: Claims, now_ms: int, most: int) -> list[RawUpdate]:
    """Due reminders become updates like any other, in the same transaction."""
    due = reminders.take_due(connection, claims.bot, now_ms, most)
    claims.lock(connection, {one.chat for one in due})
    new = _receive(connection, claims, [ask.Receive(tuple(due), now_ms)])
    return [one for one in due if one.update in new]


def _load_all(connection: Connection, chats: Collection[int]) -> dict[int, Saved]:
    if not chats:
        return {}
    rows = connection.execute(_load, {"chats": list(chats)})
    return {chat: Saved(state, version, asked) for chat, state, version, asked in rows}


def _commit(connection: Connection, claims: Claims, turns: list[Done]) -> None:
    if not turns:
        return
    claims.handle(connection, [done.update for done in turns], mine=True)
    forgotten = [done for done in turns if done.forget]
    _write(connection, _drop_learner, [rows.key_row(done) for done in forgotten if done.version])
    if forgotten and _forget(connection, [done.chat for done in forgotten]):
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
    owner = {"bot": claims.bot, "worker": claims.me}
    reminders.set_reminders(connection, claims.bot, turns)
    _add_replies(connection, [row | owner for done in turns for row in rows.reply_rows(done)])


def _write(connection: Connection, statement: Prebuilt, rows: list[dict[str, Any]]) -> None:
    if statement(connection, rows) != len(rows):
        raise StaleError


def _sent(connection: Connection, bot: int, replies: list[Outgoing]) -> None:
    _drop_replies(
        connection,
        [{"b_bot": bot, "b_update": one.update, "b_position": one.position} for one in replies],
    )
    _note_asked(connection, [rows.asked_row(one) for one in replies if one.asks and one.message])


def _block(connection: Connection, bot: int, chat: int) -> None:
    connection.execute(update(learners).where(learners.c.chat == chat).values(blocked=True))
    connection.execute(delete(outbox).where(outbox.c.bot == bot, outbox.c.chat == chat))


def _forget(connection: Connection, chats: list[int]) -> int:
    """Everything but updates still to be answered: those go when they are handled.

    Returns:
        How many of the chats had a state.
    """
    for table in (attempts, outbox, schema.reminders):
        connection.execute(delete(table).where(table.c.chat.in_(chats)))
    return connection.execute(delete(learners).where(learners.c.chat.in_(chats))).rowcount


def _drop_old(connection: Connection, bot: int, before_ms: int) -> bool:
    """Drops the ids of some updates handled long ago; whether there may be more."""
    old = select(inbox.c.update_id).where(
        inbox.c.bot == bot, HANDLED, inbox.c.received_ms < before_ms
    )
    gone = delete(inbox).where(inbox.c.bot == bot, inbox.c.update_id.in_(old.limit(TIDIED)))
    return connection.execute(gone).rowcount == TIDIED


def _unhandled(connection: Connection, bot: int) -> list[RawUpdate]:
    rows = connection.execute(
        select(inbox.c.update_id, inbox.c.chat, inbox.c.raw)
        .where(inbox.c.bot == bot, UNHANDLED)
        .order_by(inbox.c.update_id)
    )
    return [RawUpdate(*row) for row in rows]


def _pending(connection: Connection, bot: int, *more: ColumnElement[bool]) -> list[Outgoing]:
    rows = connection.execute(
        select(
            outbox.c.update_id,
            outbox.c.position,
            outbox.c.chat,
            outbox.c.effect,
            outbox.c.unknown,
        )
        .where(outbox.c.bot == bot, *more)
        .order_by(outbox.c.update_id, outbox.c.position)
    )
    return [
        Outgoing(update_id, position, chat, codec.load(effect), unknown)
        for update_id, position, chat, effect, unknown in rows
    ]


def _count(connection: Connection) -> Counts:
    def number(statement: Select[int]) -> int:
        return int(connection.execute(statement).scalar_one())

    return Counts(
        learners=number(select(func.count()).select_from(learners)),
        attempts=number(select(func.count()).select_from(attempts)),
        unhandled=number(select(func.count()).select_from(inbox).where(UNHANDLED)),
        outgoing=number(select(func.count()).select_from(outbox)),
    )
