"""A bot whose updates are stored before Telegram may forget them.

python-telegram-bot's `Updater` confirms a batch with its next `getUpdates`, and asks for the next
batch as soon as this one is in its queue, before anything is handled. Here `get_updates` itself
stores the batch, in one commit, before it returns it; and it returns something for every update,
readable or not, so that one broken update never holds up the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import orjson
from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.ports import Clock, RawUpdate, Received, Store
from bot.telegram.updates import event_of, parse

logger = logging.getLogger(__name__)


class DurableBot(ExtBot[None]):
    """python-telegram-bot's bot, with a durable `get_updates`.

    Args:
        token: the bot's token.
        store: where updates go first.
        clock: the time.
        on_revoked: called when Telegram does not accept the token any more.
        settings: what else `ExtBot` takes.
    """

    def __init__(
        self,
        token: str,
        store: Store,
        clock: Clock,
        on_revoked: Callable[[], None],
        **settings: Any,  # noqa: ANN401 - handed on
    ) -> None:
        super().__init__(token, **settings)
        with self._unfrozen():
            self._store = store
            self._clock = clock
            self._on_revoked = on_revoked

    def received(self, update: Update) -> Received | None:
        """The event an update is, if there is anything to answer."""
        try:
            found = event_of(update, self.id, self.username)
        except Exception:
            logger.exception("update %d was not understood", update.update_id)
            return None
        return None if found is None else Received(update.update_id, *found)

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int | timedelta | None = None,  # noqa: ASYNC109 - python-telegram-bot's name
        allowed_updates: Sequence[str] | None = None,
        **_settings: object,
    ) -> tuple[Update, ...]:
        """Fetches updates and stores those that need an answer.

        Returns:
            The updates, duplicates and unreadable ones as empty updates.

        Raises:
            TelegramError: when they could not be fetched, or not be stored.
        """
        wait_s = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout or 0
        asked = {
            "offset": offset,
            "limit": limit,
            "timeout": int(wait_s),
            "allowed_updates": allowed_updates,
        }
        try:
            raws = await self._post(
                "getUpdates",
                {name: value for name, value in asked.items() if value is not None},
                read_timeout=wait_s + (self._request[0].read_timeout or 0),
            )
        except InvalidToken:
            self._on_revoked()
            raise
        if not isinstance(raws, list):
            raise NetworkError("getUpdates did not answer with a list")
        return await self._stored(
            [raw for raw in raws if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
        )

    async def _stored(self, raws: list[dict[str, Any]]) -> tuple[Update, ...]:
        updates = [parse(raw, self) for raw in raws]
        rows = []
        for raw, update in zip(raws, updates, strict=True):
            received = self.received(update)
            if received is not None:
                text = orjson.dumps(raw).decode()
                rows.append(RawUpdate(update.update_id, received.chat, text))
        if not rows:
            return tuple(updates)
        try:
            new = await self._store.receive(rows, self._clock.now())
        except Exception as error:
            # Anything but a TelegramError would end the polling.
            raise NetworkError(f"updates could not be stored ({type(error).__name__})") from error
        old = {row.update for row in rows} - new
        return tuple(Update(one.update_id) if one.update_id in old else one for one in updates)

    async def waiting(self) -> list[Received]:
        """What earlier runs received and did not handle, in order."""
        left, done = [], []
        for row in await self._store.unhandled():
            received = self.received(parse(orjson.loads(row.raw), self))
            if received is None:
                done.append(row.update)
            else:
                left.append(received)
        if done:
            await self._store.handled(done)
        return left
