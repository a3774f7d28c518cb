"""The parts of the bot that run beside the chats: polling, reminders, what others left behind.

A part that fails is started again, after a wait that grows, and is known by name meanwhile, so that
whoever asks whether the bot is ready hears of it. One that is done ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

LONGEST_WAIT_S = 60.0


class Parts:
    """Keeps parts running until `stop`.

    Args:
        first_wait_s: the first pause before a part is started again; each one after is twice as
            long, until it has run for a while.
    """

    def __init__(self, first_wait_s: float = 1.0) -> None:
        self._first_wait_s = first_wait_s
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self.failing: set[str] = set()
        """Those that failed and wait to be started again."""

    def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Has a part run from now on."""
        self._tasks.append(asyncio.create_task(self._kept(name, work), name=name))

    async def stop(self) -> None:
        """Ends them all."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _kept(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        wait_s, loop = self._first_wait_s, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await work()
            except (Exception, asyncio.CancelledError) as error:
                task = asyncio.current_task()
                if self._stopping or (task and task.cancelling()):
                    raise
                # The error's own text is left out: it may quote what was typed.
                logger.error("%s failed (%s) and is started again", name, type(error).__name__)
            else:
                return
            if loop.time() - began > LONGEST_WAIT_S:
                wait_s = self._first_wait_s
            self.failing.add(name)
            await asyncio.sleep(wait_s)
            self.failing.discard(name)
            wait_s = min(LONGEST_WAIT_S, 2 * wait_s)
