"""One thread that takes whatever calls are waiting into one transaction.

A turn's cost on the database is mostly the transaction, not its rows; turns that come at the same
time share it. Where many come, each batch waits a moment for more; a learner alone never waits. The
thread wakes the event loop once per batch, not once per call.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from bot.ports import StoreAwayError
from bot.storage.calls import Asked

logger = logging.getLogger(__name__)

Run = Callable[[Sequence[Asked]], list[Any]]
"""Runs a batch in one transaction: all of it, or nothing and an exception."""

MAX_BATCH = 256
CROWD = 4
"""After a batch of so many calls, the next one waits for company."""
GATHER_S = 0.005
"""How long it waits."""

_Job = tuple[Asked, "asyncio.Future[Any]"]


class Writer:
    """Runs calls in a thread of its own, in batches.

    Args:
        run: runs one batch.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()
        self.batches = 0
        """How many transactions there were."""

    async def ask(self, asked: Asked) -> Any:  # noqa: ANN401 - each call has its own answer
        """Runs one call, with others if any are waiting.

        Raises:
            Exception: whatever went wrong with this very call.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._jobs.put((asked, future))
        return await future

    async def close(self) -> None:
        """Finishes what is waiting and ends the thread."""
        self._closing.set()
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        last = crowded = False
        while not last:
            batch: list[_Job] = []
            job = self._jobs.get()
            if crowded:
                self._closing.wait(GATHER_S)
            while job is not None:
                batch.append(job)
                if len(batch) == MAX_BATCH:
                    break
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
            last, crowded = job is None, len(batch) >= CROWD
            if batch:
                self._finish(batch, self._try([asked for asked, _ in batch]))

    def _try(self, calls: list[Asked]) -> list[Any]:
        """The answers; an exception stands in the place of the call that failed, and only it."""
        self.batches += 1
        try:
            return self._run(calls)
        except StoreAwayError as error:  # it is away for all of them
            return [error] * len(calls)
        except Exception as error:  # it is handed to whoever asked
            if len(calls) == 1:
                return [error]
        return [answer for asked in calls for answer in self._try([asked])]

    @staticmethod
    def _finish(batch: list[_Job], answers: list[Any]) -> None:
        def deliver() -> None:
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

        try:
            batch[0][1].get_loop().call_soon_threadsafe(deliver)
        except RuntimeError:
            logger.warning("the store finished %d calls nobody waits for", len(batch))
