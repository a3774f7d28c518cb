"""Updates are stored before Telegram may forget them, however they come in.

Polling confirms a batch with its next `getUpdates`; a webhook with its 200. Both give the batch to
`Intake.take` first, which stores it in one commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Bot

from bot.ports import Clock, Meter, RawUpdate, Received, Store
from bot.runtime import Runtime
from bot.runtime.flood import Admission, FloodGate
from bot.telegram.incoming import written
from bot.telegram.updates import event_of

logger = logging.getLogger(__name__)

MOST = 100
"""How many updates Telegram gives at once: where there are so many, there are more."""


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
        self._gate = FloodGate()

    async def take(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Stores the updates that need an answer, then lets them be answered.

        Raises:
            Exception: the store's own; nothing was taken then.
        """
        rows, events, now = [], [], self._clock.now()
        raws = tuple(raws)
        self._runtime.hold(more=len(raws) >= MOST)
        for raw in raws:
            one = received(raw, self._bot)
            if one is None:
                self._meter.received("ignored")
                continue
            if not self._admitted(one, now):
                continue
            events.append(one)
            rows.append(RawUpdate(one.update, one.chat, written(raw)))
        if not rows:
            return
        try:
            new = await self._store.receive(rows, now)
        except Exception:
            for one in events:
                self._gate.give_back(one.chat)
            raise
        for one in events:
            saved = new.pop(one.update, None)
            if saved is not None and self._runtime.accept(replace(one, saved=saved)):
                self._meter.received("new")
            else:
                self._meter.received("repeated")

    def _admitted(self, one: Received, now: datetime) -> bool:
        """Whether an update is heard; one too many is answered once."""
        admission = self._gate.admit(one.chat, now)
        if admission is Admission.ANSWER:
            return True
        self._meter.received("flood")
        if admission is Admission.SPEAK:
            self._runtime.slow_down(one.chat, one.event)
        return False


def received(raw: Mapping[str, Any], bot: Bot) -> Received | None:
    """The event an update is, if there is anything to answer."""
    found = event_of(raw, bot.id, bot.username)
    return None if found is None else Received(int(raw["update_id"]), *found)
