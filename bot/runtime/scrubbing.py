"""What was erased goes from the files too: soon, and once for all who were forgotten meanwhile.

Emptying a database's log holds up every turn for a moment, so those who leave at about the same
time share it. Should the process end first, the next one empties the log when it opens it.
"""

from __future__ import annotations

import asyncio

from bot.ports import Store
from bot.runtime.patience import patiently

SOON_S = 1.0


class Scrubbing:
    """Scrubs a store.

    Args:
        store: what to scrub.
        soon_s: how long it waits for others to be forgotten.
    """

    def __init__(self, store: Store, soon_s: float = SOON_S) -> None:
        self._store, self._soon_s = store, soon_s
        self._task: asyncio.Task[None] | None = None
        self._further = False

    def ask(self) -> None:
        """Has the store scrubbed soon. Never waits."""
        self._further = True
        if self._task is None:
            self._task = asyncio.create_task(self._scrub(), name="scrubbing")

    async def settled(self) -> None:
        """Returns once nothing is left to be scrubbed."""
        if self._task is not None:
            await self._task

    def stop(self) -> None:
        """Leaves it to the store's end, or to the next run."""
        if self._task is not None:
            self._task.cancel()

    async def _scrub(self) -> None:
        try:
            while self._further:
                await asyncio.sleep(self._soon_s)
                self._further = False
                await patiently(self._store.scrub)
        finally:
            self._task = None
