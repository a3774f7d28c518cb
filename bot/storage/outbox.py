"""The store's calls about replies: to be sent, sent, of unknown fate."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, or_, select, update

from bot.ports import Outgoing, Store
from bot.storage import rows
from bot.storage.calls import one, together
from bot.storage.claims import Claims
from bot.storage.left_replies import REPLY, replies
from bot.storage.prebuilt import Prebuilt
from bot.storage.schema import learners, outbox

_drop = Prebuilt(
    delete(outbox).where(
        outbox.c.bot == bindparam("b_bot"),
        outbox.c.update_id == bindparam("b_update"),
        outbox.c.position == bindparam("b_position"),
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
_note_keyboard = Prebuilt(
    update(learners)
    .where(learners.c.chat == bindparam("b_chat"))
    .values(keyboard=bindparam("b_message"))
)


@together(Store.sent)
def sent(
    connection: Connection, claims: Claims, batch: Sequence[tuple[Collection[Outgoing]]]
) -> Sequence[None]:
    """See `bot.ports.Store`."""
    replies = [one for (some,) in batch for one in some]
    keys = {"b_bot": claims.bot}
    _drop(
        connection,
        [keys | {"b_update": one.update, "b_position": one.position} for one in replies],
    )
    arrived = [one for one in replies if one.message]
    _note_asked(connection, [rows.asked_row(one) for one in arrived if one.asks])
    _note_keyboard(connection, [rows.keyboard_row(one) for one in arrived if one.has_buttons])
    return [None] * len(batch)


@one
def unsure(connection: Connection, claims: Claims, reply: Outgoing) -> None:
    """See `bot.ports.Store`."""
    _mark(connection, claims, reply, unknown=True)


@one
def last_try(connection: Connection, claims: Claims, reply: Outgoing) -> None:
    """See `bot.ports.Store`."""
    _mark(connection, claims, reply, last_try=True)


@one
def not_sent(connection: Connection, claims: Claims, reply: Outgoing) -> None:
    """See `bot.ports.Store`."""
    _mark(connection, claims, reply, last_try=False, unknown=reply.unknown)


def _mark(connection: Connection, claims: Claims, reply: Outgoing, **marks: bool) -> None:
    row = outbox.c.update_id == reply.update, outbox.c.position == reply.position
    connection.execute(update(outbox).where(outbox.c.bot == claims.bot, *row).values(**marks))


@one
def block(connection: Connection, claims: Claims, chat: int) -> None:
    """See `bot.ports.Store`."""
    connection.execute(update(learners).where(learners.c.chat == chat).values(blocked=True))
    connection.execute(delete(outbox).where(outbox.c.bot == claims.bot, outbox.c.chat == chat))


@one
def replies_to(connection: Connection, claims: Claims, update: int) -> list[Outgoing]:
    """See `bot.ports.Store`."""
    own = outbox.c.update_id == update, outbox.c.worker == claims.me
    return _pending(connection, claims.bot, *own)


@one
def outgoing(connection: Connection, claims: Claims) -> list[Outgoing]:
    """Replies not known to have arrived, whoever has them."""
    return _pending(connection, claims.bot)


def _pending(connection: Connection, bot: int, *more: ColumnElement[bool]) -> list[Outgoing]:
    c = outbox.c
    found = connection.execute(
        select(*REPLY).where(c.bot == bot, *more).order_by(c.update_id, c.position)
    )
    return replies(connection, bot, found.all())
