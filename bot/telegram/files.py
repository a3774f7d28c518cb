"""Small text files that learners send, such as a network in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.telegram.api import Api
from bot.telegram.sender import translate

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


class TelegramFiles:
    """Implements `bot.ports.Files`.

    Args:
        api: makes the calls.
    """

    def __init__(self, api: Api) -> None:
        self._api = api

    async def text(self, file: str) -> str | None:
        """See `bot.ports.Files`."""
        try:
            found = await self._api.call("getFile", file_id=file)
            content = await self._api.download(str(found["file_path"]))
        except BadRequest:
            return None  # it is gone, or too large after all
        except TelegramError as error:
            raise translate(error) from error
        try:
            return content[:LARGEST_BYTES].decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
