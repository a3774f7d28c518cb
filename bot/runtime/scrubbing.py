"""What was erased goes from the files too: soon, and once for all who were forgotten meanwhile.

Emptying a database's log holds up every turn for a moment, so those who leave at about the same
time share it. Should the process end first, the next one empties the log when it opens it.
"""

from __future__ import annotations

import asyncio
import logging

from bot.ports import Store

logger = logging.getLogger(__name__)

SOON_S = 1.0
LONGEST_WAIT_S = 60.0


class Scrubbing:
    """Scrubs a store.

    Args:
        store: what to scrub.
        soon_s: how long it waits for others to be forgotten, and before it tries again.
    """

    def __init__(self, store: Store, soon_s: float = SOON_S) -> None:
        self._store, self._soon_s = store, soon_s
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Has the store scrubbed soon. Never waits."""
        self._wanted = True
        if self._task is None:
            self._task = asyncio.create_task(self._later(), name="scrubbing")

    async def settled(self) -> None:
        """Does at once what is still to be done."""
        if self._wanted:
            await self._scrub()

    def stop(self) -> None:
        """Leaves it to the store's end, or to the next run."""
        if self._task is not None:
            self._task.cancel()

    async def _later(self) -> None:
        try:
            wait_s = self._soon_s
            while self._wanted:
                await asyncio.sleep(wait_s)
                await self.settled()
                wait_s = min(LONGEST_WAIT_S, 2 * wait_s)
        finally:
            self._task = None

    async def _scrub(self) -> None:
        self._wanted = False
        try:
            done = await self._store.scrub()
        except Exception as error:
            logger.error("the store could not be scrubbed (%s); again later", type(error).__name__)
            done = False
        self._wanted = self._wanted or not done
