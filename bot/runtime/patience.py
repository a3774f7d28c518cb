"""Waiting for a store that is away for a moment: a full disk, a database being restarted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from bot.ports import StoreAwayError

logger = logging.getLogger(__name__)

T = TypeVar("T")

WAITS_S = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Makes a call on the store, again and again while it is away.

    Raises:
        Exception: any other of the store's, at once: waiting would not mend it.
    """
    for wait_s in chain(WAITS_S, repeat(WAITS_S[-1])):
        try:
            return await call()
        except (StoreAwayError, OSError) as error:
            # Another error's own text is left out: it may quote what was typed.
            said = error if isinstance(error, StoreAwayError) else type(error).__name__
            logger.error("the store is away (%s); trying again", said)
            await asyncio.sleep(wait_s)
    raise AssertionError("never reached")
