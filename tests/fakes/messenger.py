"""A platform that remembers what it was asked for and fails on order."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque

from bot.dialogue.effects import Say, Show
from bot.ports import DeliveryError, Document, Mark, Performed


class FakeMessenger:
    """Implements `bot.ports.Messenger`."""

    def __init__(self) -> None:
        self.performed: list[tuple[int, Performed]] = []
        """(chat, effect), in order."""
        self.tries: list[tuple[int, Performed, bool]] = []
        """The same with failed ones, and whether it was asked for in plain text."""
        self.marked: list[Performed] = []
        """Those of `tries` that may have gone out before."""
        self.failures: defaultdict[int, deque[DeliveryError | None]] = defaultdict(deque)
        """What comes of a chat's next messages; None lets one pass."""
        self.first = 1
        """The id of the first message; every one after has the next."""
        self.closed: dict[int, asyncio.Event] = {}
        """Chats whose messages take until the event is set."""
        self.uploads: dict[int, asyncio.Event] = {}
        """Chats whose pictures have to go up, and are drawn once the event is set."""

    async def perform(
        self,
        chat: int,
        effect: Performed,
        *,
        plain: bool = False,
        mark: Mark | None = None,
        uploading: Mark | None = None,
    ) -> int | None:
        """Performs an effect, or fails as ordered."""
        self.tries.append((chat, effect, plain))
        if chat in self.uploads and uploading is not None:
            await self.uploads[chat].wait()
            await uploading()
        elif mark is not None:
            self.marked.append(effect)
            await mark()
        if not isinstance(effect, Say | Show | Document):
            self.performed.append((chat, effect))
            return None
        if chat in self.closed:
            await self.closed[chat].wait()
        failure = self.failures[chat].popleft() if self.failures[chat] else None
        if failure is not None:
            raise failure
        self.performed.append((chat, effect))
        return self.first + len(self.performed) - 1

    async def reachable(self) -> None:
        """It always is; what fails is ordered."""

    def said(self, chat: int) -> list[str]:
        """What a chat has read."""
        return [
            effect.html
            for where, effect in self.performed
            if where == chat and isinstance(effect, Say)
        ]
