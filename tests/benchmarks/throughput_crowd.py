"""The learners of the throughput benchmark, who write what a script says.

Each does the events of the script, one after the other, the next when the last has been answered.
Sheets are drawn for each learner anew, which takes hundreds of times as long as a turn, so they can
be left out, or kept to a few at once.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

BOT = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}


@dataclass(frozen=True)
class Step:
    """One thing every learner does, and how many messages answer it."""

    text: str = ""
    press: str = ""
    replies: int = 1
    before: str | None = None
    """The state it is done in."""
    sheet: bool = False
    """Whether its answer brings a trace sheet."""


@dataclass
class Learner:
    """Where one learner is in the script."""

    chat: int
    at: int = 0
    awaited: int = 0
    since: float = 0.0
    sheet: bool = False
    """Whether it is a sheet that is awaited."""


@dataclass
class Crowd:
    """All learners.

    Args:
        script: what each does, again and again; the first learners begin one at each of its steps,
            in order, and as many after them in an order by chance, and so on.
        chats: how many learners.
    """

    script: list[Step]
    chats: int = 4000
    latencies: list[float] = field(default_factory=list)
    """Seconds until the answer, of all turns but sheets."""
    sheets: list[float] = field(default_factory=list)
    """Seconds until a sheet had come."""
    turns: int = 0
    first_update: int = 1
    skip_sheets: bool = False
    """Whether nobody asks for a sheet."""
    most_sheets: int = sys.maxsize
    """How many sheets may be awaited; when one more would be asked for, everybody waits for one.

    So their queue never grows, and they stay as frequent as the script has them.
    """

    def __post_init__(self) -> None:
        rng, places = random.Random(1), list(range(len(self.script)))
        self.idle: deque[Learner] = deque()
        while len(self.idle) < self.chats:
            first = 1_000_000 + len(self.idle)
            some = places[: self.chats - len(self.idle)]
            self.idle += [Learner(chat, at) for chat, at in enumerate(some, first)]
            rng.shuffle(places)
        self.busy: dict[int, Learner] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self._ids = itertools.count(self.first_update)
        self.messages = itertools.count(1)
        """Their numbers: learners' and the bot's are counted as one."""
        self.awaited_sheets = 0
        self.window = 0
        """How many learners may wait for an answer; as long as it is set, they keep coming."""

    def want(self, waiting: int) -> None:
        """Sets how many learners wait for an answer from now on."""
        self.window = waiting
        self.fill()

    def fill(self) -> None:
        """Lets learners act until enough of them wait."""
        while len(self.busy) < self.window and self.idle and not self._held():
            self.act()

    def _held(self) -> bool:
        """Whether a sheet comes next, and as many are awaited as may be."""
        return self.awaited_sheets >= self.most_sheets and self._next(self.idle[0]).sheet

    def _next(self, learner: Learner) -> Step:
        """What a learner does next."""
        while self.skip_sheets and self.script[learner.at].sheet:
            learner.at = (learner.at + 1) % len(self.script)
        return self.script[learner.at]

    def act(self) -> None:
        """Lets one learner do what comes next."""
        if not self.idle:
            return
        learner = self.idle.popleft()
        step = self._next(learner)
        learner.sheet = step.sheet
        self.awaited_sheets += step.sheet
        learner.at = (learner.at + 1) % len(self.script)
        learner.awaited, learner.since = step.replies, time.perf_counter()
        self.busy[learner.chat] = learner
        self.updates.append(self._update(learner.chat, step))
        self.arrived.set()

    def _update(self, chat: int, step: Step) -> dict[str, Any]:
        person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        place = {"id": chat, "type": "private", "first_name": "Ann"}
        message = {"message_id": next(self.messages), "date": int(time.time()), "chat": place}
        number = next(self._ids)
        if step.press:
            shown = message | {"from": BOT, "text": "x" * 200}
            query = {"id": str(number), "from": person, "chat_instance": str(chat)}
            query |= {"message": shown, "data": step.press}
            return {"update_id": number, "callback_query": query}
        return {"update_id": number, "message": message | {"from": person, "text": step.text}}

    def answered(self, chat: int) -> None:
        """A message came for a learner."""
        learner = self.busy.get(chat)
        if learner is None:
            return
        learner.awaited -= 1
        if learner.awaited <= 0:
            took = time.perf_counter() - learner.since
            (self.sheets if learner.sheet else self.latencies).append(took)
            self.awaited_sheets -= learner.sheet
            self.turns += 1
            del self.busy[chat]
            self.idle.append(learner)
            self.fill()

    def take(self, most: int = 100) -> list[dict[str, Any]]:
        """Updates to hand out."""
        taken = [self.updates.popleft() for _ in range(min(most, len(self.updates)))]
        if not self.updates:
            self.arrived.clear()
        return taken
