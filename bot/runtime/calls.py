"""Which chats a message is on its way to: a call that is cut off may have arrived all the same."""

from __future__ import annotations

from collections import Counter

from bot.ports import Mark, Messenger, Performed


class Calls:
    """A messenger that knows its calls under way; implements `bot.ports.Messenger`.

    Args:
        messenger: makes the calls.
    """

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self.chats: Counter[int] = Counter()
        """How many calls are under way to each chat; only those with any."""

    async def perform(
        self,
        chat: int,
        effect: Performed,
        *,
        plain: bool = False,
        mark: Mark | None = None,
        uploading: Mark | None = None,
    ) -> int | None:
        """See `bot.ports.Messenger`."""
        self.chats[chat] += 1
        try:
            return await self._messenger.perform(
                chat, effect, plain=plain, mark=mark, uploading=uploading
            )
        finally:
            self.chats[chat] -= 1
            if not self.chats[chat]:
                del self.chats[chat]

    async def reachable(self) -> None:
        """See `bot.ports.Messenger`."""
        await self._messenger.reachable()
