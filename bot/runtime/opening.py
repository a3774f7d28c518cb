"""A file that a learner sent is read before the turn that answers it.

The update stays unhandled until that turn is stored, so a crash in between reads the file again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from bot.dialogue.events import SentFile
from bot.ports import DeliveryError, Files

logger = logging.getLogger(__name__)

TRIES = 3


async def opened(event: SentFile, files: Files | None, wait_s: float) -> SentFile:
    """The same event with the file's text; without, where it cannot be read.

    Args:
        event: the file sent.
        files: fetches it; None where the platform has none.
        wait_s: the pause before it is tried again.
    """
    for _ in range(TRIES if files is not None else 0):
        assert files is not None
        try:
            return replace(event, text=await files.text(event.file))
        except DeliveryError as error:
            logger.info("a file could not be fetched: %s", type(error).__name__)
            await asyncio.sleep(wait_s)
    return event
