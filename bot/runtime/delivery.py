"""Sends a turn's replies, in order, each as often as is right and no more.

| what happened                        | what follows                                             |
|--------------------------------------|----------------------------------------------------------|
| it arrived                           | the row goes                                             |
| asked to wait                        | this chat waits that long, then again; others go on      |
| the platform could not be reached    | again and again, waiting longer each time                |
| the platform failed on its side      | so too, `TROUBLE_TRIES` times; then as if it were lost   |
| the answer was lost                  | kept as unknown; sent once more after a restart          |
| the learner blocked the bot, is gone | the chat is marked, its replies dropped                  |
| not accepted                         | once more as plain text, then given up                   |
| the chat has a new id                | again, there                                             |

A reminder answers nothing a learner did, so it is sent at most once: its fate counts as unknown
before it is sent, and it is not sent again.

Reactions and answers to presses are tried once, beside the messages, and may fail without harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import partial

from bot.dialogue.effects import Say
from bot.ports import (
    DeliveryError,
    Message,
    Messenger,
    MovedError,
    NotSentError,
    Outgoing,
    Performed,
    PlatformTroubleError,
    RejectedError,
    Store,
    ThrottledError,
    UnreachableError,
    UnsureError,
)
from bot.runtime.lookup import Lookup
from bot.runtime.patience import patiently

logger = logging.getLogger(__name__)

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
TROUBLE_TRIES = 8
PICTURES = 32
"""How many chats may wait for a picture to be drawn and sent at the same time."""


class Delivery:
    """Sends replies.

    Args:
        messenger: performs an effect.
        store: is told what became of each reply.
        slots: bounds how many calls run at the same time; not held while waiting.
        lookup: completes replies that need something from the store.
        first_wait_s: the first pause after a failure; each one after is twice as long.
    """

    def __init__(
        self,
        messenger: Messenger,
        store: Store,
        slots: AbstractAsyncContextManager[object],
        lookup: Lookup,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self._messenger = messenger
        self._store = store
        self._slots, self._lookup = slots, lookup
        self._pictures = asyncio.Semaphore(PICTURES)
        self._first_wait_s = first_wait_s

    async def deliver(
        self, replies: Sequence[Outgoing], extras: Iterable[Performed] = ()
    ) -> list[Outgoing]:
        """Sends one chat's replies.

        Args:
            replies: rows of the outbox, all of one chat.
            extras: effects that are not in the outbox, because nothing is lost with them.

        Returns:
            Those that became messages, with their ids.
        """
        chat = replies[0].chat if replies else 0
        harmless = [reply for reply in replies if not isinstance(reply.effect, Message)]
        effects: list[Performed] = [
            reply.effect for reply in replies if not isinstance(reply.effect, Message)
        ]
        effects += extras
        beside = [asyncio.create_task(self._attempt(chat, effect)) for effect in effects]
        if beside:
            await asyncio.sleep(0)  # they start first: a press is answered before anything is said
        done, arrived = list(harmless), list[Outgoing]()
        try:
            for reply in replies:
                if isinstance(reply.effect, Message):
                    if reply.unasked and not await self._first_time(reply):
                        done.append(reply)
                    elif (sent := await self._say(reply, reply.effect)) is None:
                        done += [reply] if reply.unknown else []
                    else:
                        arrived.append(sent)
                        if reply is replies[-1] and all(task.done() for task in beside):
                            done.append(sent)  # noted at once, with what went out beside it
                        else:
                            await patiently(partial(self._store.sent, [sent]))
        except UnreachableError:
            logger.info("a learner cannot be reached any more")
            await patiently(partial(self._store.block, chat))
        except asyncio.CancelledError:
            for task in beside:
                task.cancel()
            raise
        for failed in await asyncio.gather(*beside, return_exceptions=True):
            if isinstance(failed, Exception):
                logger.error("an effect was not performed: %s", type(failed).__name__)
        if done:
            await patiently(partial(self._store.sent, done))
        return arrived

    async def perform(self, chat: int, effects: Iterable[Performed]) -> None:
        """Performs effects that may fail without harm."""
        for effect in effects:
            await self._attempt(chat, effect)

    async def _attempt(self, chat: int, effect: Performed) -> None:
        try:
            async with self._slots:
                await self._messenger.perform(chat, effect)
        except DeliveryError as error:
            logger.debug("%s was not performed: %s", type(effect).__name__, error)

    async def _say(self, reply: Outgoing, message: Message) -> Outgoing | None:
        """Sends one message; None when nobody knows whether it arrived.

        Returns:
            The reply, with the message's id; without, where it was given up.

        Raises:
            UnreachableError: when the learner cannot be reached.
        """
        try:
            effect = await self._lookup(reply.chat, message)
        except Exception as error:
            # The error's own text is left out: it may quote what was typed.
            name = type(error).__name__
            logger.error("the reply to update %s could not be made: %s", reply.update, name)
            return reply
        # A picture may have to be drawn first: it takes a slot of its own kind, so that text goes
        # out however many are waited for.
        slots = self._slots if isinstance(effect, Say) else self._pictures
        chat, plain, wait_s, troubles = reply.chat, False, self._first_wait_s, 0
        while True:
            pause_s = wait_s
            try:
                async with slots:
                    sent = await self._messenger.perform(chat, effect, plain=plain)
            except ThrottledError as error:
                pause_s = error.seconds
            except NotSentError:
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
            except PlatformTroubleError:
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
                troubles += 1
                if troubles == TROUBLE_TRIES:
                    await self._unsure(reply)
                    return None
            except UnsureError:
                await self._unsure(reply)
                return None
            except MovedError as error:
                chat, pause_s = error.chat, 0
            except RejectedError as error:
                _log_rejected(reply, error)
                if plain:
                    return reply
                plain, pause_s = True, 0
            else:
                return replace(reply, message=sent)
            if pause_s:
                await asyncio.sleep(pause_s)

    async def _first_time(self, reply: Outgoing) -> bool:
        """Whether a reply that nobody asked for was never tried; from now on it was."""
        if not reply.unknown:
            await patiently(partial(self._store.unsure, reply))
        return not reply.unknown

    async def _unsure(self, reply: Outgoing) -> None:
        logger.warning("nobody knows whether the reply to update %s arrived", reply.update)
        if not reply.unknown:
            await patiently(partial(self._store.unsure, reply))


def _log_rejected(reply: Outgoing, error: RejectedError) -> None:
    logger.error("the reply to update %s was not accepted: %s", reply.update, error)
