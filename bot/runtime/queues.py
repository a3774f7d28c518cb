"""Work in order within a chat, and across chats at the same time.

Each chat with something to do has a task of its own; when its queue is empty the task ends, so idle
chats cost nothing. Nothing here is bounded by chat: a flood from one fills its own queue only.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_S, NOTING_S = 0.05, 0.5
"""How often it is seen, at the end, who is needed no longer; how long they have to note it."""


class ChatQueues(Generic[T]):
    """A queue per chat.

    Args:
        work: does one item of a chat; exceptions are logged and do not stop the chat.
        refill: asked for more when a chat's queue is empty.
        ended: told when a chat has nothing more to be done.
    """

    def __init__(
        self,
        work: Callable[[int, T], Awaitable[None]],
        refill: Callable[[int], Awaitable[Iterable[T]]] | None = None,
        ended: Callable[[int], object] = lambda _chat: None,
    ) -> None:
        self._work, self._refill, self._ended = work, refill, ended
        self._queues: dict[int, deque[T]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False

    def put(self, chat: int, item: T) -> None:
        """Adds an item to a chat's queue. Never waits."""
        if self._stopping:
            return
        waiting = self._queues.get(chat)
        if waiting is not None:
            waiting.append(item)
            return
        self._queues[chat] = deque([item])
        self._idle.clear()
        self._tasks[chat] = asyncio.create_task(self._serve(chat), name=f"chat {chat}")

    @property
    def busy(self) -> int:
        """How many chats have something to be done."""
        return len(self._queues)

    async def settled(self) -> None:
        """Returns once every item has been worked on."""
        await self._idle.wait()

    async def stop(
        self, patience_s: float, needed: Collection[int] = (), longest_s: float = 0.0
    ) -> None:
        """Takes nothing new, lets the items in hand finish, cancels those that take too long.

        Args:
            patience_s: how long each may take.
            needed: chats whose items may take longer, as long as they are among these.
            longest_s: how long those may take.
        """
        self._stopping = True
        loop = asyncio.get_running_loop()
        until, seen = loop.time() + longest_s, dict[int, float]()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=patience_s)
        while late := {chat: task for chat, task in self._tasks.items() if not task.done()}:
            now = loop.time()
            for chat, task in late.items():
                seen[chat] = now if chat in needed else seen.get(chat, now)
                if now > until or now - seen[chat] > NOTING_S:
                    task.cancel()
            await asyncio.wait(late.values(), timeout=LOOK_S)

    async def _serve(self, chat: int) -> None:
        waiting = self._queues[chat]
        try:
            while waiting and not self._stopping:
                try:
                    await self._work(chat, waiting[0])
                except Exception:
                    logger.exception("a turn failed")
                waiting.popleft()
                if not waiting and self._refill is not None and not self._stopping:
                    try:
                        waiting.extendleft(reversed([*await self._refill(chat)]))
                    except Exception:  # what was put meanwhile is worked on all the same
                        logger.exception("a chat could not be filled up again")
        finally:
            del self._queues[chat], self._tasks[chat]
            self._ended(chat)
            if not self._queues:
                self._idle.set()
