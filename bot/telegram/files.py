"""Small text files that learners send, such as a network in a file."""

from __future__ import annotations

from telegram.error import BadRequest, TelegramError

from bot.runtime.opening import as_text
from bot.telegram.api import Api
from bot.telegram.sender import translate


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
        return as_text(content)
