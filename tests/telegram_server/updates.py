"""The updates a bot has yet to confirm: Telegram's `getUpdates` semantics.

An update stays until a `getUpdates` with a higher offset confirms it, so a bot that dies before
confirming gets it again. Only one `getUpdates` waits at a time; a second one ends the first with
Telegram's 409.
"""

from __future__ import annotations

import asyncio
from typing import Any

from tests.telegram_server.refusal import RefusedError

Update = dict[str, Any]

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates in order, each with an id of its own.

    Args:
        first_id: the id of the first update; ids must never be used twice, not even after a
            restart, because bots tell updates apart by them.

    `arrived` is set whenever there may be something to push to a webhook.
    """

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.pending: list[Update] = []
        self.allowed: set[str] = set()
        self.arrived = asyncio.Event()
        self._waiting: asyncio.Future[None] | None = None
        self._nothing_left = asyncio.Event()

    def put(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Queues an update, unless the bot did not ask for its kind.

        Returns:
            The update, or None when it is not wanted.
        """
        if kind not in self.allowed if self.allowed else kind in _NOT_BY_DEFAULT:
            return None
        update: Update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self.pending.append(update)
        self.arrived.set()
        self._wake()
        return update

    def confirm(self, offset: int) -> bool:
        """Forgets every update below `offset`; a negative one keeps only so many at the end.

        Returns:
            Whether anything was forgotten.
        """
        before = len(self.pending)
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._told_if_empty()
        return len(self.pending) != before

    def take(self, update: Update) -> None:
        """Forgets one update, which a webhook took."""
        self.pending = [one for one in self.pending if one is not update]
        self._told_if_empty()

    def interrupt(self, by: str) -> None:
        """Ends the `getUpdates` that waits, if one does, with Telegram's 409."""
        self._wake(f"Conflict: terminated by {by}")

    def clear(self) -> None:
        """Forgets every pending update, as `drop_pending_updates` does."""
        self.pending = []
        self._told_if_empty()

    async def drained(self) -> None:
        """Waits until the bot has confirmed every update."""
        while self.pending:
            self._nothing_left.clear()
            await self._nothing_left.wait()

    def _told_if_empty(self) -> None:
        if not self.pending:
            self._nothing_left.set()

    async def wait(self, limit: int, timeout_s: float) -> list[Update]:
        """The first updates, at once when there are any, else within the time given.

        Args:
            limit: how many at most, 1 to 100.
            timeout_s: how long to wait for the first one, in seconds.

        Raises:
            RefusedError: 409 when another caller starts waiting.
        """
        self.interrupt("other getUpdates request; make sure that only one bot instance is running")
        if not self.pending and timeout_s > 0:
            self._waiting = waiting = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(waiting, timeout_s)
            except TimeoutError:
                return []
            finally:
                if self._waiting is waiting:
                    self._waiting = None
        return self.pending[: min(max(limit, 1), 100)]

    def _wake(self, conflict: str = "") -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            if conflict:
                waiting.set_exception(RefusedError(409, conflict))
            else:
                waiting.set_result(None)
