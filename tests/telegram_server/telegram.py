"""One stateful Telegram of our own, with no network in it.

`LocalTelegram` is used three ways: in-process behind python-telegram-bot (`request`), over HTTP
(`server`), and as the product's own chat without a token (`server`'s page and `terminal`). The bot
talks to it through `call`, a learner through the `user_…` methods; everything that happens is
announced to whoever listens.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.telegram_server import faults
from tests.telegram_server.about import get_updates
from tests.telegram_server.chats import Call, Clock
from tests.telegram_server.description import violations
from tests.telegram_server.learner import LearnerSide
from tests.telegram_server.methods import BY_LOWER_NAME, NAMES
from tests.telegram_server.params import Params, Upload
from tests.telegram_server.posts import Json
from tests.telegram_server.refusal import RefusedError

__all__ = ["Call", "Clock", "LocalTelegram"]


class LocalTelegram(LearnerSide):
    """A Telegram that fits into one object; see `Chats` for the arguments."""

    async def call(
        self, method: str, params: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> Json:
        """Makes one Bot API call.

        Args:
            method: the method's name, in any case.
            params: its parameters, as Python values or as the strings a form carries.
            files: uploaded files by part name.

        Returns:
            Telegram's answer: `ok` with `result`, or with `error_code` and `description`.

        Raises:
            NoAnswerError: when a scripted fault leaves the call without an answer.
        """
        fault = self.faults.take(method)
        try:
            if fault is not None and not fault.after:
                raise fault.error
            result = await self._perform(method.lower(), Params(params, files))
            if fault is not None:
                raise fault.error
        except RefusedError as refused:
            return refused.as_answer()
        return {"ok": True, "result": result}

    async def _perform(self, method: str, params: Params) -> object:
        known = BY_LOWER_NAME.get(method)
        if known is None:
            raise RefusedError(404, "Not Found")
        self.violations += violations(NAMES[method], params.raw, params.files)
        if method == "getupdates":
            return await get_updates(self, params)
        self.calls.append(Call(NAMES[method], params.raw))
        if self.flood and method.startswith(("send", "edit", "copy", "forward")):
            wait_s = self.flood.refused(params.text("chat_id"))
            if wait_s:
                raise faults.too_many_requests(wait_s).error
        return known(self, params)

    async def answer(
        self,
        token: str,
        method: str,
        params: Mapping[str, object],
        files: Mapping[str, Upload] | None = None,
    ) -> tuple[int, Json]:
        """The HTTP status and body for a call with a token, as the Bot API server sends them."""
        if token != self.token:
            return 401, RefusedError(401, "Unauthorized").as_answer()
        answer = await self.call(method, params, files)
        return int(answer.get("error_code", 200)), answer
