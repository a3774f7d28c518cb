"""Reminders: rows in the store that come back as updates when their time has come.

Whoever asks the store first gets a row, and it is gone from there in the same transaction in which
it becomes an update: so it is taken once, whatever the number of processes, and not lost with them.
A reminder is sent at most once; should nobody know whether it arrived, the next one is tomorrow's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.dialogue.events import Reminded
from bot.ports import Clock, RawUpdate, Received, Store
from bot.runtime.patience import patiently

EVERY_S = 15.0
"""How often the store is asked."""
MOST = 20
"""How many are taken at once, one lot a second: replies to learners come first."""


def reminded(raw: RawUpdate) -> Received:
    """The event that a due reminder is.

    >>> reminded(RawUpdate(-5, 11, "1000")).event.due.isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    due = datetime.fromtimestamp(int(raw.raw) / 1000, UTC)
    return Received(raw.update, raw.chat, Reminded(due))


async def remind(
    store: Store, clock: Clock, bring_up: Callable[[list[RawUpdate]], Awaitable[None]]
) -> None:
    """Takes reminders that are due, for as long as it runs.

    Args:
        store: has them.
        clock: the time.
        bring_up: takes them.
    """
    while True:
        due = await patiently(lambda: store.take_due(clock.now(), MOST))
        await bring_up(due)
        await asyncio.sleep(1.0 if len(due) == MOST else EVERY_S)
