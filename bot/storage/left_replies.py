"""Replies that a worker left over: how they are read, and which of them nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import and_, exists, not_, or_

from bot.ports import Outgoing
from bot.storage import codec
from bot.storage.schema import learners, outbox

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
"""What `reply_of` reads."""


def reply_of(row: Sequence[Any]) -> Outgoing:
    """A reply as it was stored."""
    update, position, chat, effect, unknown, at_ms = row
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return Outgoing(update, position, chat, codec.load(effect), unknown, at=at)
