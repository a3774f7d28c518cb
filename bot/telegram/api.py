"""Calls of the Bot API with plain values.

python-telegram-bot's own methods build an object for every part of a call and of its answer, and
`do_api_request` one for every parameter. This way keeps its request class and its errors and leaves
the objects out: a reply costs a third.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

import orjson
from telegram import Bot, InputFile
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.ports import Mark, Meter
from bot.telegram.incoming import wait_s
from bot.telegram.pacing import Pacer
from bot.telegram.request import NotConnectedError


class Parameters:
    """A call's parameters, to be read like python-telegram-bot's `RequestData`.

    Args:
        values: JSON values by name; None leaves one out.
        upload: a file that one of them names, by its `attach_uri`.
    """

    def __init__(self, values: Mapping[str, Any], upload: InputFile | None = None) -> None:
        self.parameters = {name: value for name, value in values.items() if value is not None}
        self.contains_files = upload is not None
        self.multipart_data = {upload.attach_name: upload.field_tuple} if upload else {}

    @property
    def json_parameters(self) -> dict[str, str]:
        """The parameters as texts, those that are none as JSON."""
        return {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in self.parameters.items()
        }


class Api:
    """Makes calls as a bot.

    Args:
        bot: python-telegram-bot's bot, which knows the address and the token.
        meter: counts calls.
        pacer: says when a message may go.
        request: makes the calls, on connections of its own; by default the bot's.
    """

    def __init__(
        self, bot: Bot, meter: Meter, pacer: Pacer | None = None, request: BaseRequest | None = None
    ) -> None:
        self._bot, self._meter, self._pacer = bot, meter, pacer or Pacer()
        self._request = request or bot.request

    async def send(
        self,
        chat: int,
        method: str,
        upload: InputFile | None = None,
        *,
        mark: Mark | None = None,
        uploading: Mark | None = None,
        **params: Any,  # noqa: ANN401 - JSON
    ) -> Any:  # noqa: ANN401 - JSON
        """Sends or changes a message, when its turn has come.

        Args:
            chat: where.
            method: as for `call`.
            upload: as for `call`.
            mark: as for `Messenger.perform`.
            uploading: so too.
            params: as for `call`.

        Returns:
            The message, as JSON values.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        await self._pacer.turn(chat, gives_way=mark is not None)
        if upload is not None and uploading is not None:
            mark = uploading
        if mark is not None:
            await self._connect()
            await mark()
        try:
            sent = await self.call(method, upload, chat_id=chat, **params)
        except RetryAfter as error:
            self._pacer.refused(chat, wait_s(error.retry_after))
            raise
        self._pacer.accepted()
        return sent

    async def _connect(self) -> None:
        """Has a connection at hand: what is noted to go out goes at once, or is told not to have.

        Raises:
            TelegramError: it has not.
        """
        try:
            await self.call("getMe")
        except RetryAfter:
            raise
        except TelegramError as error:
            raise NotConnectedError(str(error)) from None

    @property
    def address(self) -> str:
        """Where the bot's chat is found."""
        return f"https://t.me/{self._bot.username}"

    async def call(
        self,
        method: str,
        upload: InputFile | None = None,
        read_s: float | None = None,
        **params: Any,  # noqa: ANN401 - JSON
    ) -> Any:  # noqa: ANN401 - JSON
        """Makes one call.

        Args:
            method: the method's name.
            upload: a file that one of the parameters names, by its `attach_uri`.
            read_s: how long to wait for the answer, if not as long as usual.
            params: the parameters as JSON values; None leaves one out.

        Returns:
            The answer's `result`, as JSON values.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        began = time.perf_counter()
        outcome = "ok"
        try:
            return await self._request.post(
                f"{self._bot.base_url}/{method}",
                cast("RequestData", Parameters(params, upload)),
                read_timeout=BaseRequest.DEFAULT_NONE if read_s is None else read_s,
            )
        except TelegramError as error:
            outcome = "throttled" if isinstance(error, RetryAfter) else type(error).__name__
            raise
        except Exception as error:  # nothing that python-telegram-bot can read
            outcome = "unreadable"
            raise NetworkError(f"no answer of the Bot API ({type(error).__name__})") from error
        finally:
            self._meter.call(method, outcome, time.perf_counter() - began)

    async def download(self, path: str) -> bytes:
        """The content of a file, by the path that `getFile` gave.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        return await self._bot.request.retrieve(f"{self._bot.base_file_url}/{path}")
