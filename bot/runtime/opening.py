"""A file that a learner sent is read before the turn that answers it.

The update stays unhandled until that turn is stored, so a crash in between reads the file again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from bot.dialogue.events import SentFile
from bot.ports import DeliveryError, Files

logger = logging.getLogger(__name__)

TRIES = 3
LARGEST_BYTES = 64 * 1024
"""Larger files are not read: a network of the largest size takes a few kilobytes."""

_SUFFIXES = {".json", ".txt", ".net", ".toml", ".md"}


def is_text(document: Mapping[str, Any]) -> bool:
    """Whether a document, as Telegram describes it, is worth reading as text.

    >>> is_text({"file_name": "My net.JSON", "file_size": 812})
    True
    >>> is_text({"file_name": "photo.png", "mime_type": "image/png", "file_size": 812})
    False
    """
    size = document.get("file_size")
    if not isinstance(size, int) or not 0 < size <= LARGEST_BYTES:
        return False
    kind = str(document.get("mime_type") or "")
    suffix = PurePath(str(document.get("file_name") or "")).suffix.lower()
    return suffix in _SUFFIXES or kind.startswith("text/") or kind == "application/json"


def as_text(content: bytes) -> str | None:
    """What a small text file says; None where it is no text."""
    try:
        return content[:LARGEST_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


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
