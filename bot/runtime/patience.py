"""Waiting for a store that is away for a moment: a full disk, a database being restarted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from bot.ports import StaleError, StoreAwayError, TakenError

logger = logging.getLogger(__name__)

T = TypeVar("T")

WAITS_S = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Makes a call on the store, again and again while it fails; for ever while it is away.

    Raises:
        StaleError: at once, since waiting would not help; a `TakenError` too.
        Exception: the store's own, when it has failed for the better part of a minute.
    """
    for wait_s in chain(WAITS_S, repeat(WAITS_S[-1])):
        try:
            return await call()
        except (StaleError, TakenError):
            raise
        except StoreAwayError as error:
            logger.error("the store is away (%s); trying again", error)
            await asyncio.sleep(wait_s)
        except Exception as error:
            # The error's own text is left out: it may quote what was typed.
            logger.error("the store failed (%s); trying again", type(error).__name__)
            if wait_s == WAITS_S[-1]:
                raise
            await asyncio.sleep(wait_s)
    raise AssertionError("never reached")
