"""Calls of the Bot API with plain values.

python-telegram-bot's own methods build an object for every part of a call and of its answer. This
way keeps its request class and its errors and leaves the objects out: a reply costs a third.
"""

from __future__ import annotations

import time
from typing import Any

from telegram import Bot, InputFile
from telegram.error import RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.ports import Meter


class Api:
    """Makes calls as a bot.

    Args:
        bot: python-telegram-bot's bot, which knows the address and the token.
        meter: counts calls.
    """

    def __init__(self, bot: Bot, meter: Meter) -> None:
        self._bot, self._meter = bot, meter

    async def call(
        self,
        method: str,
        upload: tuple[str, InputFile] | None = None,
        read_s: float | None = None,
        **params: Any,  # noqa: ANN401 - JSON
    ) -> Any:  # noqa: ANN401 - JSON
        """Makes one call.

        Args:
            method: the method's name.
            upload: a parameter's name and the file it holds; the file may be attached elsewhere.
            read_s: how long to wait for the answer, if not as long as usual.
            params: the parameters as JSON values; None leaves one out.

        Returns:
            The answer's `result`, as JSON values.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        parts = [RequestParameter(k, v, None) for k, v in params.items() if v is not None]
        if upload is not None:
            name, file = upload
            parts.append(RequestParameter(name, file.attach_uri, [file]))
        began = time.perf_counter()
        outcome = "ok"
        try:
            return await self._bot.request.post(
                f"{self._bot.base_url}/{method}",
                RequestData(parts),
                read_timeout=BaseRequest.DEFAULT_NONE if read_s is None else read_s,
            )
        except TelegramError as error:
            outcome = "throttled" if isinstance(error, RetryAfter) else type(error).__name__
            raise
        finally:
            self._meter.call(method, outcome, time.perf_counter() - began)
