"""Updates are stored before Telegram may forget them, however they come in.

Polling confirms a batch with its next `getUpdates`; a webhook with its 200. Both give the batch to
`Intake.take` first, which stores it in one commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from telegram import Bot

from bot.ports import Clock, Meter, RawUpdate, Received, Store
from bot.runtime import Runtime
from bot.telegram.updates import event_of

logger = logging.getLogger(__name__)


class Intake:
    """Stores updates and hands them to the runtime.

    Args:
        bot: whose updates they are.
        store: where they go first.
        runtime: answers them.
        clock: the time.
        meter: counts them.
    """

    def __init__(
        self, bot: Bot, store: Store, runtime: Runtime, clock: Clock, meter: Meter
    ) -> None:
        self._bot, self._store, self._runtime = bot, store, runtime
        self._clock, self._meter = clock, meter

    async def take(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Stores the updates that need an answer, then lets them be answered.

        Raises:
            Exception: the store's own; nothing was taken then.
        """
        rows, events = [], []
        for raw in raws:
            one = received(raw, self._bot)
            if one is None:
                self._meter.received("ignored")
                continue
            events.append(one)
            rows.append(RawUpdate(one.update, one.chat, orjson.dumps(raw).decode()))
        if not rows:
            return
        new = await self._store.receive(rows, self._clock.now())
        for one in events:
            if one.update in new:
                new.discard(one.update)
                self._runtime.accept(one)
                self._meter.received("new")
            else:
                self._meter.received("repeated")


def received(raw: Mapping[str, Any], bot: Bot) -> Received | None:
    """The event an update is, if there is anything to answer."""
    found = event_of(raw, bot.id, bot.username)
    return None if found is None else Received(int(raw["update_id"]), *found)
