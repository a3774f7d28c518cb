"""Replies that a worker left over: how they are read, and which of them nobody needs any more."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, exists, not_, or_

from bot.ports import Outgoing
from bot.storage import codec
from bot.storage.schema import learners, outbox

logger = logging.getLogger(__name__)

_c, _newer = outbox.c, outbox.alias("newer")
_overtaken = and_(
    exists().where(learners.c.chat == _c.chat, learners.c.updated_ms > _c.created_ms),
    not_(
        exists().where(
            _newer.c.bot == _c.bot,
            _newer.c.chat == _c.chat,
            _newer.c.created_ms > _c.created_ms,
        )
    ),
)
"""A newer turn was taken, and its replies have arrived."""
DONE_WITH: Final = or_(_c.last_try, and_(_c.unknown, _overtaken))
"""Perhaps sent, and not to be sent again."""
REPLY: Final = (_c.update_id, _c.position, _c.chat, _c.effect, _c.unknown, _c.created_ms)
"""What `replies` reads."""


def replies(connection: Connection, bot: int, rows: Iterable[Sequence[Any]]) -> list[Outgoing]:
    """Replies from rows of `REPLY`; one that cannot be read goes, so that it holds up nobody."""
    found = []
    for update_id, position, chat, effect, unknown, at_ms in rows:
        at = datetime.fromtimestamp(at_ms / 1000, UTC)
        try:
            found.append(Outgoing(update_id, position, chat, codec.load(effect), unknown, at=at))
        except Exception as error:
            name = type(error).__name__
            logger.error("a reply to update %s in the store cannot be read (%s)", update_id, name)
            connection.execute(
                delete(outbox).where(
                    _c.bot == bot, _c.update_id == update_id, _c.position == position
                )
            )
    return found
