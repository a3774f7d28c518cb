"""Whether Telegram still knows the bot's token: asked more than once before it is given up.

One 401 or 404 may come from a proxy, or from a Telegram in trouble; a revoked token stays revoked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from telegram.error import InvalidToken, TelegramError

from bot.telegram.api import Api

REFUSALS = 4
"""How often in a row `getMe` has to say that it does not know the token."""
EVERY_S = 60.0
"""How often it is asked where no polling would tell."""


class Token:
    """Asks Telegram about the bot's token.

    Args:
        api: makes the calls.
        on_revoked: called when the token is given up.
        first_wait_s: the first pause after a refusal; each one after is twice as long.
    """

    def __init__(self, api: Api, on_revoked: Callable[[], None], first_wait_s: float) -> None:
        self._api, self._on_revoked, self._first_wait_s = api, on_revoked, first_wait_s
        self.doubted = False
        """Whether Telegram has just said that it does not know the token."""

    async def is_given_up(self) -> bool:
        """Whether Telegram does not know the token, as often as it is asked."""
        for refused in range(REFUSALS):
            if refused:
                await asyncio.sleep(self._first_wait_s * 2 ** (refused - 1))
            self.doubted = await self._is_refused()
            if not self.doubted:
                return False
        self._on_revoked()
        return True

    async def _is_refused(self) -> bool:
        try:
            await self._api.call("getMe")
        except InvalidToken:
            return True
        except TelegramError:
            return False  # it cannot be asked now; whoever doubts will ask again
        return False

    async def watch(self, every_s: float = EVERY_S) -> None:
        """Asks now and then until the token is given up; cancel it to stop."""
        while True:
            await asyncio.sleep(every_s)
            if await self.is_given_up():
                return
