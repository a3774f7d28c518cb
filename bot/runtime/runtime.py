"""From an event to its answer: load the state, step, store the turn, send the replies.

The turn is stored before anything is sent, and its update counts as handled with it. So whenever
the process ends, the next one goes on: replies that were not sent go out, updates that were not
handled are handled, and nothing is done twice but a reply of which nobody knows whether it arrived.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeAlias

from bot.dialogue.effects import Say, Unbutton, in_thread
from bot.dialogue.events import Event, InThread, SentFile, SentOther
from bot.ports import (
    Clock,
    Dialogue,
    Files,
    Messenger,
    Meter,
    NoMeter,
    Outgoing,
    Performed,
    RawUpdate,
    Received,
    Store,
)
from bot.runtime.calls import Calls
from bot.runtime.delivery import FIRST_WAIT_S, Delivery
from bot.runtime.lookup import ClassViewer, Lookup, Reporter
from bot.runtime.opening import opened
from bot.runtime.patience import patiently
from bot.runtime.queues import ChatQueues
from bot.runtime.reminding import remind, reminded
from bot.runtime.scrubbing import SOON_S, Scrubbing
from bot.runtime.turns import Turns

logger = logging.getLogger(__name__)

RUNNING = 256
"""How many turns run at the same time."""
PATIENCE_S = 5.0
"""How long a turn in hand may take when the bot stops."""
CALL_S = 20.0
"""How long a call under way may take then: cut off, nobody would know what became of it."""
HOLD_S, LONGEST_HOLD_S = 0.2, 1.0
"""How long turns wait for more updates that are coming at once: each time, and all in all."""
WATCH_S = 1.0
"""How often a worker looks for what others left behind."""


@dataclass(frozen=True, slots=True)
class _Resend:
    """Replies left over from the last run."""

    replies: tuple[Outgoing, ...]


_Work: TypeAlias = Received | _Resend


class Runtime:
    """Runs every chat.

    Args:
        dialogue: the conversation.
        store: where states and replies are kept.
        messenger: the platform.
        clock: the time.
        running: how many turns may run at the same time.
        first_wait_s: the first pause before a reply is sent again.
        scrub_s: how soon what was erased goes from the files too.
        meter: counts turns and replies.
        files: fetches what learners send.
        reader: what a stored update says; None where there is nothing to answer.
        owner: the chat that may ask how the course goes.
        report: says how the course goes.
        class_view: tells a teacher of a class.
    """

    def __init__(  # noqa: PLR0913 - one argument per port
        self,
        dialogue: Dialogue,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        *,
        running: int = RUNNING,
        first_wait_s: float = FIRST_WAIT_S,
        scrub_s: float = SOON_S,
        meter: Meter | None = None,
        files: Files | None = None,
        reader: Callable[[RawUpdate], Received | None] = lambda _raw: None,
        owner: int | None = None,
        report: Reporter | None = None,
        class_view: ClassViewer | None = None,
    ) -> None:
        self._store, self._clock, self._reader = store, clock, reader
        self._turns = Turns(dialogue, store, clock, owner)
        self._mentions: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(running)
        self._free, self._held_since = asyncio.Event(), 0.0
        self._free.set()
        self._freeing: asyncio.TimerHandle | None = None
        self._meter = meter or NoMeter()
        self._files, self._first_wait_s = files, first_wait_s
        self._calls = Calls(messenger)
        lookup = Lookup(store, clock, report, class_view)
        self._delivery = Delivery(self._calls, store, lookup, clock, first_wait_s)
        self._scrubbing = Scrubbing(store, scrub_s)
        self._in_hand: set[int] = set()
        """Updates accepted and not worked on yet: the store may name one again."""
        self._queues: ChatQueues[_Work] = ChatQueues(
            self._work, self._waiting if store.shared else None, self._turns.put_down
        )

    async def take_over(self) -> None:
        """Goes on where workers that are gone stopped; call it before the first `accept`."""
        left = await patiently(self._store.take_over)
        if left.replies:
            logger.info("%d replies of the last run are still to be sent", len(left.replies))
        for chat, replies in groupby(left.replies, key=lambda reply: reply.chat):
            self._queues.put(chat, _Resend(tuple(replies)))
        await self._bring_up(left.updates)

    async def watch(self) -> None:
        """Takes over what other workers leave behind, for as long as it runs."""
        while self._store.shared:
            await asyncio.sleep(WATCH_S)
            await self.take_over()

    async def remind(self) -> None:
        """Takes up chats that asked to be reminded, for as long as it runs."""
        await remind(self._store, self._clock, self._bring_up)

    def accept(self, received: Received) -> bool:
        """Takes an event whose update is stored; whether it had to. Never waits."""
        if received.update in self._in_hand:
            return False
        self._in_hand.add(received.update)
        self._queues.put(received.chat, received)
        return True

    def hold(self, *, more: bool) -> None:
        """Lets turns wait a moment while many updates come in: whose they are, nobody waits long.

        Those of a few busy chats would else keep the others' from even being fetched.
        """
        if self._freeing is not None:
            self._freeing.cancel()
        if not more:
            self._held_since = 0.0
            self._free.set()
            return
        loop = asyncio.get_running_loop()
        self._held_since = self._held_since or loop.time()
        until = min(loop.time() + HOLD_S, self._held_since + LONGEST_HOLD_S)
        self._free.clear()
        self._freeing = loop.call_at(until, self._free.set)

    def mention(self, chat: int, effect: Performed) -> None:
        """Performs an effect that belongs to no turn and may fail. Never waits."""
        self._beside(self._delivery.perform(chat, (effect,)))

    def slow_down(self, chat: int, event: Event) -> None:
        """Tells somebody that they send too much. Never waits."""
        self._beside(self._slow_down(chat, event))

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._mentions.add(task)
        task.add_done_callback(self._mentions.discard)

    async def _slow_down(self, chat: int, event: Event) -> None:
        saved = await patiently(lambda: self._store.load(chat))
        said = Say(self._turns.words(saved.state, event).too_fast)
        thread = event.thread if isinstance(event, InThread) else None
        await self._delivery.perform(chat, in_thread((said,), thread))

    @property
    def waiting(self) -> int:
        """How many chats have something to be done."""
        return self._queues.busy

    async def settled(self) -> None:
        """Returns once every accepted event was handled and its effects were performed."""
        await self._queues.settled()
        await asyncio.gather(*self._mentions, return_exceptions=True)
        await self._scrubbing.settled()

    async def stop(self, patience_s: float = PATIENCE_S, call_s: float = CALL_S) -> None:
        """Finishes the turns in hand; whatever is left waits in the store for the next run."""
        await self._queues.stop(patience_s, self._calls.chats, call_s)
        self._scrubbing.stop()
        for task in self._mentions:
            task.cancel()
        await asyncio.gather(*self._mentions, return_exceptions=True)

    async def _waiting(self, chat: int) -> list[Received]:
        self._turns.load_again(
            chat
        )  # with all replies sent, the chat may have been another worker's
        return await self._read(await patiently(lambda: self._store.take_waiting(chat)))

    async def _bring_up(self, raws: Iterable[RawUpdate]) -> None:
        """Takes stored updates."""
        for received in await self._read(raws):
            self.accept(received)

    async def _read(self, raws: Iterable[RawUpdate]) -> list[Received]:
        """Stored updates as events; what there is nothing to answer to counts as handled."""
        read = [(raw.update, self._event(raw)) for raw in raws]
        if done := [update for update, received in read if received is None]:
            await patiently(lambda: self._store.handled(done))
        return [received for _, received in read if received is not None]

    def _event(self, raw: RawUpdate) -> Received | None:
        """What a stored update is; one that cannot be read is answered as if it had no text."""
        try:
            return reminded(raw) if raw.update < 0 else self._reader(raw)
        except Exception as error:
            name = type(error).__name__
            logger.error("update %s in the store cannot be read (%s)", raw.update, name)
            if raw.update < 0 or not isinstance(raw.chat, int) or raw.chat <= 0:
                return None
            return Received(raw.update, raw.chat, SentOther("message", 0))

    async def _work(self, chat: int, work: _Work) -> None:
        if isinstance(work, _Resend):
            await self._delivery.deliver(work.replies, left=True)
            return
        try:
            await self._take(chat, work)
        finally:
            self._in_hand.discard(work.update)

    async def _take(self, chat: int, work: Received) -> None:
        began = time.perf_counter()
        await self._free.wait()
        if isinstance(work.event, SentFile):
            event = await opened(work.event, self._files, self._first_wait_s)
            work = replace(work, event=event)
        async with self._slots:
            done, extras = await self._turns.take(chat, work)
        self._meter.turn(done.attempts, time.perf_counter() - began)
        if done.outgoing:
            arrived = await self._delivery.deliver(done.outgoing, extras)
            if (old := self._turns.arrived(chat, arrived)) is not None:
                self.mention(chat, Unbutton(old))
            self._meter.reply(time.perf_counter() - began)
        else:
            await self._delivery.perform(chat, extras)
        if done.forget:
            self._scrubbing.ask()
