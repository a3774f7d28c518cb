"""Waiting for a store that is away for a moment: a full disk, a database being restarted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.ports import StaleError

logger = logging.getLogger(__name__)

T = TypeVar("T")

WAITS_S = (0.1, 0.5, 2.0, 5.0, 10.0, 30.0)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Makes a call on the store, again and again while it fails.

    Raises:
        StaleError: at once, since waiting would not help.
        Exception: the store's own, when it has failed for the better part of a minute.
    """
    for wait_s in WAITS_S:
        try:
            return await call()
        except StaleError:
            raise
        except Exception as error:
            # The error's own text is left out: it may quote what was typed.
            logger.error("the store failed (%s); trying again", type(error).__name__)
            await asyncio.sleep(wait_s)
    return await call()
