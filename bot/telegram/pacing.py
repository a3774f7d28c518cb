"""When a message may be sent: as fast as Telegram lets a bot, and whose turn it is.

| where                              | how fast                                                   |
|------------------------------------|------------------------------------------------------------|
| over all chats                     | evenly, so many a second                                   |
| in one chat                        | so many a second, after a `BURST`                          |
| after Telegram asked one to wait   | all wait that long, a `BREATH_S` at most                   |
| … and then one in another chat too | all wait that long, `LONGEST_S` at most                    |

Where not all can go at once, the chat goes first that was sent to the longest time ago, so that one
to which much is sent holds up no other; one that was quiet for `LAPSE_S` is new. Reminders and
what is sent again go behind what comes up to `GIVE_WAY_S` after them.
"""

from __future__ import annotations

import asyncio
import heapq
import math
import secrets
from collections import OrderedDict
from itertools import count

BURST = 10
"""How many messages of one chat may go at once, when it was quiet before."""
LAPSE_S, GIVE_WAY_S = 10.0, 15.0
BREATH_S, LONGEST_S = 1.0, 30.0
TICK_S = 0.001
"""What is due within it is due: so long the loop's clock may stand still, asked again and again."""
JITTER = 0.1
"""By what part a wait is longer by chance: several workers do not all come back at once."""
_chance = secrets.SystemRandom()


def jittered(seconds: float) -> float:
    """So long, or a little longer."""
    return seconds * (1 + JITTER * _chance.random())


class Pacer:
    """Lets messages go.

    Args:
        per_s: how many a second, over all chats.
        chat_per_s: how many a second in one chat.
    """

    def __init__(self, per_s: float = math.inf, chat_per_s: float = math.inf) -> None:
        self._every_s, self._chat_every_s = 1 / per_s, 1 / chat_per_s
        self._free_at = 0.0
        self._paid: OrderedDict[int, float] = OrderedDict()
        """Until when each chat has used up its pace, the one that sent last at the end."""
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._refused: int | None = None
        """The chat that was asked to wait since a message last went."""

    async def turn(self, chat: int, *, gives_way: bool = False) -> None:
        """Returns when a chat's next message may go."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        before = self._paid.pop(chat, now - LAPSE_S)
        due = max(now, before)
        self._paid[chat] = due + self._chat_every_s
        self._forget(now - LAPSE_S)
        if (early_s := due - (BURST - 1) * self._chat_every_s - now) > 0:
            await asyncio.sleep(early_s)
            now = loop.time()
        if not self._waiting and self._free_at <= now + TICK_S:
            self._take(now)
            return
        future = loop.create_future()
        place = max(before, now - LAPSE_S) + (GIVE_WAY_S if gives_way else 0.0)
        heapq.heappush(self._waiting, (place, next(self._order), future))
        if self._timer is None:
            self._timer = loop.call_at(self._free_at, self._let_go)
        await future

    def refused(self, chat: int, seconds: float) -> None:
        """Telegram asks to wait after a message to a chat: for its sake, or for everybody's."""
        most_s = BREATH_S if self._refused in {None, chat} else LONGEST_S
        self._refused = chat
        until = asyncio.get_running_loop().time() + jittered(min(seconds, most_s))
        self._free_at = max(self._free_at, until)

    def accepted(self) -> None:
        """A message went."""
        self._refused = None

    def _forget(self, before: float) -> None:
        """Chats that were quiet since then are like new ones."""
        while self._paid and self._paid[first := next(iter(self._paid))] <= before:
            del self._paid[first]

    def _take(self, now: float) -> None:
        """Uses up one message; what was not used is lost, but for the last."""
        self._free_at = max(self._free_at, now - self._every_s) + self._every_s

    def _let_go(self) -> None:
        """Lets those go whose turn it is."""
        loop = asyncio.get_running_loop()
        self._timer, now = None, loop.time()
        while self._waiting and (self._waiting[0][2].done() or self._free_at <= now + TICK_S):
            future = heapq.heappop(self._waiting)[2]
            if not future.done():  # nobody waits any more for one that was called off
                future.set_result(None)
                self._take(now)
        if self._waiting:
            self._timer = loop.call_at(self._free_at, self._let_go)
