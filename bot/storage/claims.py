"""Which worker process has which chat in hand.

Several processes may share a PostgreSQL database; an update may come in at any of them. A chat is
in the hands of the worker whose number stands on its unhandled updates and unsent replies; with the
last of them gone it is nobody's. The rules, each kept under the chat's advisory lock:

| what happens                                | who has it then                                    |
|---------------------------------------------|----------------------------------------------------|
| an update comes in, the chat is nobody's    | the worker that received it                        |
| … the chat is another's, or updates wait    | nobody: it waits for the worker that has the chat  |
| a worker is done with all it had of a chat  | it takes what waits there (`take_waiting`)         |
| a worker is gone                            | whoever looks first (`take_over`)                  |

So a chat's turns are taken one after the other, whichever process they came in at. A worker is
alive as long as its connection holds its advisory lock: kill -9 releases it, though not before a
transaction under way has ended, and no clock is asked. Should a worker lose it without noticing,
the worst is a turn taken twice, of which one is stored (`TakenError`). A SQLite file has one
process at a time: whatever is not its own was left by one that is gone.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    null,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
    update,
)

from bot.ports import Left, Outgoing, RawUpdate, TakenError
from bot.storage.left_replies import DONE_WITH, REPLY, replies
from bot.storage.prebuilt import Prebuilt
from bot.storage.schema import UNHANDLED, inbox, outbox

logger = logging.getLogger(__name__)

SPACE = 1_851_879_522
"""The first number of the workers' advisory locks."""
GRACE_S = 5.0
"""How long a worker that lost its lock leaves the others' alone: they lost theirs with it."""

_chats = "FROM unnest(CAST(:chats AS bigint[])) chat"
_lock_chats = text(f"SELECT pg_advisory_xact_lock(chat) {_chats}")
_lock_free = text(f"SELECT chat {_chats} WHERE pg_try_advisory_xact_lock(chat)")
_hold = text("SELECT pg_advisory_lock_shared(:space, :me)")
"""Shared with a connection of one's own that PostgreSQL does not know to be gone."""
_alive = text(
    "SELECT CAST(objid AS bigint) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND objsubid = 2 AND CAST(classid AS bigint) = :space"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _foreign(table: Table) -> Select[Any]:
    """Rows of some chats that are not this worker's."""
    return select(table.c.chat, table.c.worker).where(
        table.c.bot == bindparam("bot"),
        table.c.chat.in_(bindparam("chats", expanding=True)),
        table.c.worker.is_distinct_from(bindparam("me")),
    )


_others = union_all(_foreign(inbox).where(UNHANDLED), _foreign(outbox))
HANDLED_ROW = {"handled": true(), "raw": null(), "chat": null()}
"""What an update's row becomes: nothing of it stays but its number."""

_handle = Prebuilt(
    update(inbox)
    .where(
        inbox.c.bot == bindparam("b_bot"),
        inbox.c.update_id == bindparam("b_update"),
        inbox.c.worker == bindparam("b_me"),
        UNHANDLED,
    )
    .values(HANDLED_ROW)
)


class Claims:
    """One worker's hold on its chats.

    Args:
        shared: whether other processes may be at work on the same database.
        bot: the bot's id.
    """

    def __init__(self, bot: int, *, shared: bool) -> None:
        self.bot = bot
        self.me = 1 + secrets.randbelow(2**31 - 1)
        self.shared = shared
        self.unsure = False
        """Whether a batch's fate is unknown: rows may be this worker's that it never heard of."""
        self._life: object = None
        """The connection that holds the lock."""
        self._lost_at = -GRACE_S

    def live(self, connection: Connection) -> None:
        """Makes sure that this worker counts as alive as long as the connection is there."""
        if not self.shared or self._life is (life := connection.connection.dbapi_connection):
            return
        mine = {"space": SPACE, "me": self.me}
        connection.execute(_hold, mine)
        if self._life is not None:
            self._lost_at = time.monotonic()
        self._life = life

    def lose(self, connection: Connection) -> None:
        """For tests: lets other workers think that this one is gone."""
        mine = {"space": SPACE, "me": self.me}
        connection.execute(text("SELECT pg_advisory_unlock_shared(:space, :me)"), mine)

    def lock(self, connection: Connection, chats: Iterable[int]) -> None:
        """Keeps other workers from the claims on some chats until the transaction ends."""
        if self.shared and (wanted := sorted(set(chats))):
            connection.execute(_lock_chats, {"chats": wanted})

    def _free(self, connection: Connection, chats: set[int]) -> set[int]:
        """Locks those chats that no other worker is at: waiting for one, it may wait for us."""
        if not self.shared or not chats:
            return chats
        return set(connection.execute(_lock_free, {"chats": list(chats)}).scalars())

    def others(
        self, connection: Connection, chats: Collection[int], *, waiting: bool
    ) -> frozenset[int]:
        """Those chats that are in other workers' hands, or also have updates that wait for one."""
        if not self.shared or not chats:
            return frozenset()
        asked = {"bot": self.bot, "chats": list(chats), "me": self.me}
        rows = connection.execute(_others, asked)
        return frozenset(chat for chat, worker in rows if waiting or worker is not None)

    def take_waiting(
        self, connection: Connection, chats: Collection[int]
    ) -> dict[int, list[RawUpdate]]:
        """Takes the updates that wait at these chats, which this worker is done with."""
        if not self.shared or not chats:
            return {}
        free = set(chats) - self.others(connection, chats, waiting=False)
        if not free:
            return {}
        rows = connection.execute(
            update(inbox)
            .where(
                inbox.c.bot == self.bot,
                inbox.c.chat.in_(free),
                inbox.c.worker.is_(None),
                UNHANDLED,
            )
            .values(worker=self.me)
            .returning(inbox.c.update_id, inbox.c.chat, inbox.c.raw)
        )
        taken: dict[int, list[RawUpdate]] = {}
        for row in sorted(rows, key=lambda row: row.update_id):
            taken.setdefault(row.chat, []).append(RawUpdate(*row))
        return taken

    def still_mine(self, connection: Connection, updates: Collection[int]) -> set[int]:
        """Those of some updates that are this worker's and not handled yet."""
        rows = connection.execute(
            select(inbox.c.update_id).where(
                inbox.c.bot == self.bot,
                inbox.c.update_id.in_(updates),
                inbox.c.worker == self.me,
                UNHANDLED,
            )
        )
        return set(rows.scalars())

    def handle(self, connection: Connection, updates: Collection[int], *, mine: bool) -> None:
        """Marks updates as handled.

        Raises:
            TakenError: when they have to be this worker's, and one is handled or another's.
        """
        if not updates:
            return
        rows = [{"b_bot": self.bot, "b_update": one, "b_me": self.me} for one in updates]
        handled = _handle(connection, rows)
        if handled == len(rows) or not mine:
            return
        there = select(func.count()).select_from(inbox)
        there = there.where(inbox.c.bot == self.bot, inbox.c.update_id.in_(updates))
        if connection.execute(there).scalar_one() != handled:
            raise TakenError

    def take_over(self, connection: Connection) -> Left:
        """Takes what is in the hands of workers that are gone, or of nobody, chat by chat.

        Where the fate of a batch was unknown, also names all updates that are this worker's.
        """
        if time.monotonic() - self._lost_at < GRACE_S:
            return Left()
        alive = {self.me}
        if self.shared:
            alive |= set(connection.execute(_alive, {"space": SPACE}).scalars())
        chats = self._free(connection, self._left(connection, alive))
        chats -= self._in_hand(connection, alive, chats)
        mine = self._mine(connection) if self.unsure else ()
        self.unsure = False
        if not chats:
            return Left(mine)
        return Left(
            (*mine, *self._take_updates(connection, alive, chats)),
            self._take_replies(connection, alive, chats),
        )

    def _mine(self, connection: Connection) -> tuple[RawUpdate, ...]:
        rows = connection.execute(
            select(inbox.c.update_id, inbox.c.chat, inbox.c.raw)
            .where(inbox.c.bot == self.bot, UNHANDLED, inbox.c.worker == self.me)
            .order_by(inbox.c.update_id)
        )
        return tuple(RawUpdate(*row) for row in rows)

    def _left(self, connection: Connection, alive: set[int]) -> set[int]:
        rows = union_all(
            select(inbox.c.chat).where(self._gone(inbox, alive), UNHANDLED),
            select(outbox.c.chat).where(self._gone(outbox, alive)),
        )
        return set(connection.execute(rows).scalars())

    def _in_hand(self, connection: Connection, alive: set[int], chats: set[int]) -> set[int]:
        """Those chats that a living worker has, which takes what waits there itself."""
        if not chats or not self.shared:
            return set()
        rows = union_all(
            select(inbox.c.chat).where(
                inbox.c.bot == self.bot,
                inbox.c.chat.in_(chats),
                UNHANDLED,
                inbox.c.worker.in_(alive),
            ),
            select(outbox.c.chat).where(
                outbox.c.bot == self.bot,
                outbox.c.chat.in_(chats),
                outbox.c.worker.in_(alive),
            ),
        )
        return set(connection.execute(rows).scalars())

    def _gone(self, table: Table, alive: set[int]) -> ColumnElement[bool]:
        return and_(
            table.c.bot == self.bot, or_(table.c.worker.is_(None), table.c.worker.not_in(alive))
        )

    def _take_updates(
        self, connection: Connection, alive: set[int], chats: set[int]
    ) -> tuple[RawUpdate, ...]:
        rows = connection.execute(
            select(inbox.c.update_id, inbox.c.chat, inbox.c.raw)
            .where(self._gone(inbox, alive), UNHANDLED, inbox.c.chat.in_(chats))
            .order_by(inbox.c.update_id)
            .with_for_update(skip_locked=True)
        ).all()
        if rows:
            keys = [row.update_id for row in rows]
            mine = update(inbox).where(inbox.c.bot == self.bot, inbox.c.update_id.in_(keys))
            connection.execute(mine.values(worker=self.me))
        return tuple(RawUpdate(*row) for row in rows)

    def _take_replies(
        self, connection: Connection, alive: set[int], chats: set[int]
    ) -> tuple[Outgoing, ...]:
        c = outbox.c
        left = self._gone(outbox, alive), c.chat.in_(chats)
        connection.execute(delete(outbox).where(*left, DONE_WITH))
        rows = connection.execute(
            select(*REPLY)
            .where(*left)
            .order_by(c.chat, c.update_id, c.position)
            .with_for_update(skip_locked=True)
        ).all()
        if rows:
            keys = [(row.update_id, row.position) for row in rows]
            mine = update(outbox).where(
                c.bot == self.bot, tuple_(c.update_id, c.position).in_(keys)
            )
            connection.execute(mine.values(worker=self.me))
        return tuple(replies(connection, self.bot, rows))
