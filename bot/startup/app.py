"""What every way of running the bot does."""

from __future__ import annotations

import asyncio
import gc

COLLECT = (20_000, 20, 50)
"""When Python's collector looks for cycles: a turn makes thousands of objects and hardly a cycle,
and at the usual thresholds a fifth of its time went into looking."""


def spare_the_collector() -> None:
    """Leaves what stays for good out of every search for cycles, and searches less often.

    There is no search before: it would take longer than the first answer, to find next to nothing.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT)


async def first(*tasks: asyncio.Task[object]) -> None:
    """Waits for the first of some tasks; those made for waiting only are ended."""
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks[1:]:
        task.cancel()
    if len(tasks) > 1:
        await asyncio.gather(*tasks[1:], return_exceptions=True)
