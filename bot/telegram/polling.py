"""Long polling: asks for updates, stores them, and only then asks for more, which confirms them.

An update that cannot be read is stepped over, so it never holds up the rest. A failure, Telegram's
or the store's, is waited out: what was not stored is fetched again.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.telegram.api import Api
from bot.telegram.incoming import wait_s
from bot.telegram.intake import Intake
from bot.telegram.token import Token
from bot.telegram.updates import ALLOWED, is_update

logger = logging.getLogger(__name__)

POLL_S = 25
ANSWER_S = 15
"""How much longer an answer may take."""
LONGEST_WAIT_S = 30.0


class Poller:
    """Fetches updates for as long as `run` runs.

    Args:
        api: makes the calls.
        intake: stores them.
        token: knows whether to go on when Telegram does not accept the token.
        first_wait_s: the first pause after a failure.
    """

    def __init__(self, api: Api, intake: Intake, token: Token, first_wait_s: float) -> None:
        self._api, self._intake, self._token = api, intake, token
        self._first_wait_s = first_wait_s
        self._freed = False
        self._next = 0

    async def run(self) -> None:
        """Polls until the token is revoked; cancel it to stop."""
        pause_s = self._first_wait_s
        while True:
            try:
                await self._poll()
            except InvalidToken:
                logger.warning("Telegram says that it does not know the token; asking again")
                if await self._token.is_given_up():
                    return
            except Conflict as error:
                await self._resolve(error)
            except TelegramError as error:
                _log(error)
                if isinstance(error, RetryAfter):
                    pause_s = wait_s(error.retry_after)
            except Exception as error:
                logger.error("updates could not be stored (%s)", type(error).__name__)
            else:
                pause_s = self._first_wait_s
                continue
            await asyncio.sleep(pause_s)
            pause_s = min(LONGEST_WAIT_S, pause_s * 2)

    async def _resolve(self, conflict: Conflict) -> None:
        """Says who gets the updates instead; a webhook is removed, but not twice."""
        if "webhook" not in str(conflict).lower():
            logger.error("another program polls Telegram with the same token; stop one of them")
        elif self._freed:
            logger.error("another program sets a webhook for the same token; stop one of them")
        else:
            logger.error("a webhook was set for the same token; it is removed once")
            try:
                await self._api.call("deleteWebhook")
            except TelegramError as error:
                _log(error)
            else:
                self._freed = True

    async def _poll(self) -> None:
        answer: Any = await self._api.call(
            "getUpdates",
            read_s=POLL_S + ANSWER_S,
            offset=self._next or None,
            timeout=POLL_S,
            allowed_updates=ALLOWED,
        )
        if not isinstance(answer, list):
            raise TelegramError("no list of updates")
        raws = [raw for raw in answer if is_update(raw)]
        if raws:
            await self._intake.take(raws)
            self._next = max(int(raw["update_id"]) for raw in raws) + 1
        elif answer:
            raise TelegramError("updates without a number, which cannot be stepped over")


def _log(error: TelegramError) -> None:
    if not isinstance(error, TimedOut):
        logger.warning("Telegram cannot be reached (%s); trying again", error)
