"""A Telegram that hands out whatever it is given, and notes what the bot makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from tests.fuzz.http_updates import Json
from tests.processes import TOKEN
from tests.telegram_server.entities import units
from tests.telegram_server.params import Upload
from tests.telegram_server.telegram import LocalTelegram
from tests.telegram_server.updates import Update, UpdateQueue

_SAYS = {"sendmessage", "sendphoto", "senddocument"}
_SAYS |= {"editmessagetext", "editmessagemedia", "editmessagecaption"}


class Watched(LocalTelegram):
    """A Telegram that notes what was answered and what it refused."""

    def __init__(self) -> None:
        super().__init__(clock=lambda: datetime.now(UTC), token=TOKEN)
        self.said: Counter[int] = Counter()
        self.pressed: set[str] = set()
        self.refused: Counter[str] = Counter()

    async def call(
        self, method: str, params: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> Json:
        """See `LocalTelegram.call`."""
        name = method.lower()
        if name == "answercallbackquery":
            self.pressed.add(str(params["callback_query_id"]))
            assert units(str(params.get("text") or "")) <= 200
            return {"ok": True, "result": True}
        answer = await super().call(method, params, files)
        if name in _SAYS:
            self.said[int(str(params["chat_id"]))] += 1
        known = "chat_id" not in params or int(str(params["chat_id"])) in self.chats
        if not answer["ok"] and known and name != "setmessagereaction":
            self.refused[f"{method}: {answer['description']}"] += 1
        return answer


class Handed(UpdateQueue):
    """Hands out whatever there is, in this order, and counts it as confirmed by the next call."""

    def __init__(self) -> None:
        super().__init__(1)
        self._handed = 0

    def feed(self, raw: Update) -> None:
        """Queues an update just as it is."""
        self.pending.append(raw)
        self._wake()

    def confirm(self, offset: int) -> bool:  # noqa: ARG002 - the numbers mean nothing here
        """See `UpdateQueue.confirm`."""
        del self.pending[: self._handed]
        self._handed = 0
        return False

    async def wait(self, limit: int, timeout_s: float) -> list[Update]:
        """See `UpdateQueue.wait`."""
        found = await super().wait(limit, timeout_s)
        self._handed = len(found)
        return found
