"""A runtime on fakes, for tests."""

from __future__ import annotations

import asyncio

from bot.dialogue.events import Event, Said
from bot.ports import Dialogue, RawUpdate, Received
from bot.runtime import Runtime
from bot.runtime.lookup import Reporter
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import MemoryStore


class Bench:
    """A runtime on fakes; a second one on the same store is the same bot after a restart."""

    def __init__(
        self,
        store: MemoryStore | None = None,
        owner: int | None = None,
        report: Reporter | None = None,
        dialogue: Dialogue | None = None,
    ) -> None:
        self.store = store or MemoryStore()
        self.clock = FakeClock()
        self._dialogue = dialogue or EchoDialogue()
        self._owner, self._report = owner, report
        self.restart()
        self._next = 100 * len(self.store.inbox)

    def restart(self, messenger: FakeMessenger | None = None) -> None:
        """The same bot after a crash, on a platform that remembers nothing of it."""
        self.messenger = messenger or FakeMessenger()
        self.runtime = Runtime(
            self._dialogue,
            self.store,
            self.messenger,
            self.clock,
            first_wait_s=0.001,
            scrub_s=0.3,
            owner=self._owner,
            report=self._report,
        )

    async def receive(self, chat: int, event: Event) -> Received:
        """Stores an update, as the intake does."""
        self._next += 1
        raw = RawUpdate(self._next, chat, "{}")
        new = await self.store.receive([raw], self.clock.now())
        return Received(self._next, chat, event, new[self._next])

    async def does(self, chat: int, event: Event) -> None:
        """Lets a learner do something and waits for the answers."""
        self.runtime.accept(await self.receive(chat, event))
        await asyncio.wait_for(self.runtime.settled(), 5)

    async def hear(self, chat: int, *texts: str) -> None:
        """Lets a learner say something and waits for the answers."""
        for number, text in enumerate(texts):
            self.runtime.accept(await self.receive(chat, Said(text, number)))
        await asyncio.wait_for(self.runtime.settled(), 5)
