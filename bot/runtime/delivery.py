"""Sends a turn's replies, in order, each as often as is right and no more.

| what happened                        | what follows                                              |
|--------------------------------------|-----------------------------------------------------------|
| it arrived                           | the row goes                                              |
| asked to wait                        | this chat waits that long, then again                     |
| the platform could not be reached    | again, once it answers                                    |
| the platform failed on its side      | so too, `TROUBLE_TRIES` times                             |
| the answer did not come              | so too, once; then it counts as arrived                   |
| the connection broke                 | so too, `BROKEN_TRIES` times at most, as breaks by chance |
| the learner blocked the bot, is gone | the chat is marked, its replies dropped                   |
| not accepted                         | once more as plain text, then given up                    |
| the chat has a new id                | again, there                                              |

Nothing newer goes to a chat meanwhile. Right before a second copy goes out the store is told, and
after a restart there is no third. What had no answer before a restart is sent once more after it,
unless it is `OLD` by then. Of what was left over otherwise the first may have been on its way: the
store is told of that one too. Not where a file has to go up: the store is told before that, so one
it was not told of has gone nowhere.

A reminder answers nothing a learner did, so it is sent at most once: its first try is its last.

Reactions and answers to presses are tried once, beside the messages, and may fail without harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.dialogue.effects import Say
from bot.ports import (
    Clock,
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
BROKEN_TRIES = 5
MOVES = 3
OLD = timedelta(hours=1)


class Delivery:
    """Sends replies.

    Args:
        messenger: performs an effect.
        store: is told what became of each reply.
        lookup: completes replies that need something from the store.
        clock: the time.
        first_wait_s: the first pause after a failure; each one after is twice as long.
    """

    def __init__(
        self,
        messenger: Messenger,
        store: Store,
        lookup: Lookup,
        clock: Clock,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self._messenger = messenger
        self._store, self._lookup, self._clock = store, lookup, clock
        self._first_wait_s = first_wait_s

    async def deliver(
        self, replies: Sequence[Outgoing], extras: Iterable[Performed] = (), *, left: bool = False
    ) -> list[Outgoing]:
        """Sends one chat's replies.

        Args:
            replies: rows of the outbox, all of one chat.
            extras: effects that are not in the outbox, because nothing is lost with them.
            left: whether they were left over; then the first may have been on its way.

        Returns:
            The messages among them, with their ids where they arrived.
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
                    arrived.append(await self._say(reply, reply.effect, left=left and not arrived))
                    if reply is replies[-1] and all(task.done() for task in beside):
                        done.append(arrived[-1])  # noted at once, with what went out beside it
                    else:
                        await patiently(partial(self._store.sent, arrived[-1:]))
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
            await self._messenger.perform(chat, effect)
        except DeliveryError as error:
            logger.debug("%s was not performed: %s", type(effect).__name__, error)

    async def _say(self, reply: Outgoing, message: Message, *, left: bool) -> Outgoing:
        """Sends one message.

        Args:
            reply: the row of the outbox.
            message: what it says.
            left: whether it may have been on its way when the last run ended.

        Returns:
            The reply, with the message's id; without, where it was given up.

        Raises:
            UnreachableError: when the learner cannot be reached.
        """
        if reply.unknown and reply.at is not None and self._clock.now() - reply.at > OLD:
            return reply
        try:
            effect = await self._lookup(reply.chat, message)
        except Exception as error:
            # The error's own text is left out: it may quote what was typed.
            name = type(error).__name__
            logger.error("the reply to update %s could not be made: %s", reply.update, name)
            return reply
        chat, plain, wait_s = reply.chat, False, self._first_wait_s
        troubles = unanswered = moves = 0
        last = reply.unasked or reply.unknown
        last_try = partial(patiently, partial(self._store.last_try, reply))
        mark = last_try if last or left else None
        unsure = partial(patiently, partial(self._store.unsure, reply))
        uploading = None if last or isinstance(effect, Say) else unsure
        while True:
            try:
                sent = await self._messenger.perform(
                    chat, effect, plain=plain, mark=mark, uploading=uploading
                )
                return replace(reply, message=sent)
            except MovedError as error:
                chat, moves = error.chat, moves + 1
                if moves == MOVES:
                    _log(reply, "is given up: its chat has no end of ids")
                    return reply
                continue
            except RejectedError as error:
                _log(reply, f"was not accepted: {error}")
                if plain:
                    return reply
                plain = True
                continue
            except (NotSentError, ThrottledError, PlatformTroubleError) as error:
                if mark is not None or uploading is not None:
                    before = replace(reply, unknown=reply.unknown or unanswered > 0)
                    await patiently(partial(self._store.not_sent, before))
                if isinstance(error, ThrottledError):
                    await asyncio.sleep(error.seconds)
                    continue
                troubles += isinstance(error, PlatformTroubleError)
                if troubles == TROUBLE_TRIES:
                    _log(reply, "is given up: the platform fails")
                    return reply
            except UnsureError as error:
                unanswered += 1
                if last or unanswered == (BROKEN_TRIES if error.broke else 2):
                    _log(reply, "is given up: nobody knows whether it arrived")
                    return reply
                logger.warning("nobody knows whether the reply to update %s arrived", reply.update)
                if unanswered == 1:
                    await unsure()
                mark, uploading = last_try, None
            await asyncio.sleep(wait_s)
            wait_s = min(LONGEST_WAIT_S, 2 * wait_s)
            await self._messenger.reachable()


def _log(reply: Outgoing, what: str) -> None:
    logger.error("the reply to update %s %s", reply.update, what)
