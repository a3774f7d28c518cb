"""python-telegram-bot without a network: its request class, answered by a `LocalTelegram`.

What the bot sends goes through python-telegram-bot's own encoding and comes back through its own
decoding, so a test of the bot differs from the real thing only by the missing socket.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.telegram_server.params import Upload
from tests.telegram_server.refusal import NoAnswerError
from tests.telegram_server.telegram import LocalTelegram


class LocalRequest(BaseRequest):
    """A request object for `ApplicationBuilder.request` and `.get_updates_request`.

    Args:
        telegram: who answers.
    """

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float:
        """How long python-telegram-bot would wait for an answer, in seconds."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  the signature is python-telegram-bot's
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_named_timeouts: object,
    ) -> tuple[int, bytes]:
        """Answers one request.

        Raises:
            TimedOut: when a scripted fault withholds the answer.
            NetworkError: when a scripted fault drops the connection.
        """
        where = [unquote(part) for part in urlsplit(url).path.split("/") if part]
        if where[0] == "file":
            stored = self._telegram.files.by_path("/".join(where[2:]))
            return (404, b"") if stored is None else (200, self._telegram.files.read(stored))
        params = request_data.json_parameters if request_data else {}
        files = dict(map(_upload, request_data.multipart_data.items())) if request_data else {}
        token = where[-2].removeprefix("bot")
        try:
            status, answer = await self._telegram.answer(token, where[-1], params, files)
        except NoAnswerError as lost:
            if lost.page is not None:
                return 200, lost.page
            raise TimedOut if lost.seconds else NetworkError(str(lost)) from lost
        return status, orjson.dumps(answer)


def _upload(part: tuple[str, Any]) -> tuple[str, Upload]:
    name, (filename, content, _mime_type) = part
    return name, Upload(filename, content if isinstance(content, bytes) else content.read())
