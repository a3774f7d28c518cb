"""Teachers and pupils in front of the whole bot but the platform, for tests of classes."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.dialogue.effects import Button, Purpose, Say, Show
from bot.dialogue.events import Event, Pressed, Said
from bot.ports import Document, RawUpdate, Received
from bot.runtime import Runtime
from bot.storage import SqlStore
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.tutor import MACHINE

CODE = re.compile(r"((?:class|teach)_[0-9a-f]+)")


@dataclass
class School:
    """A bot on a store, and what everybody was sent."""

    store: SqlStore
    clock: FakeClock = field(default_factory=FakeClock)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.runtime = Runtime(
            MACHINE,
            self.store,
            self.messenger,
            self.clock,
            first_wait_s=0.001,
            report=MACHINE.report,
            class_view=MACHINE.class_view,
        )

    async def does(self, chat: int, event: Event) -> str:
        """What somebody reads in answer to an event: messages, captions and files."""
        number, before = next(self._numbers), len(self.messenger.performed)
        self.clock.move(seconds=timedelta(seconds=5).total_seconds())
        new = await self.store.receive([RawUpdate(number, chat, "{}")], self.clock.now())
        self.runtime.accept(Received(number, chat, event, new[number]))
        await asyncio.wait_for(self.runtime.settled(), 10)
        sent = self.messenger.performed[before:]
        assert all(where == chat for where, _ in sent), "an answer went to somebody else"
        return "\n".join(map(_read, (effect for _, effect in sent)))

    async def says(self, chat: int, *texts: str) -> str:
        """What somebody reads in answer to the last of some texts."""
        read = ""
        for text in texts:
            read = await self.does(chat, Said(text, next(self._numbers)))
        return read

    async def presses(self, chat: int, data: str) -> str:
        """What somebody reads in answer to a press; `data` need not stand on any button."""
        number = next(self._numbers)
        return await self.does(chat, Pressed(data, f"press{number}", 1000 + number))

    async def taps(self, chat: int, label: str) -> str:
        """What somebody reads in answer to a tap on their latest button with a label."""
        found = [button for button in self.buttons(chat) if label in button.label]
        assert found, f"{label} is on no button: {[one.label for one in self.buttons(chat)]}"
        return await self.presses(chat, found[-1].data)

    @property
    def now(self) -> int:
        """How much was sent so far."""
        return len(self.messenger.performed)

    def buttons(self, chat: int, since: int = 0) -> list[Button]:
        """Every button that somebody was ever shown, links left out."""
        return [
            button
            for where, effect in self.messenger.performed[since:]
            if where == chat and isinstance(effect, Say | Show)
            for row in effect.buttons
            for button in row
            if button.purpose not in (Purpose.COPY, Purpose.SHARE)
        ]

    def read_by(self, chat: int, since: int = 0) -> str:
        """Everything that somebody was ever sent, or since a moment, buttons too."""
        sent = [_read(one) for where, one in self.messenger.performed[since:] if where == chat]
        return "\n".join((*sent, *(button.label for button in self.buttons(chat, since))))

    async def makes_class(self, chat: int, name: str = "Year 10", due: str = "no date") -> str:
        """A class on the first lesson; what its link carries."""
        part = MACHINE.book.lesson.title
        codes: list[str] = CODE.findall(await self.says(chat, "/class new", name, part, due))
        return codes[-1]

    async def joins(self, chat: int, start: str, nickname: str) -> str:
        """What a pupil reads who follows a link and gives a nickname."""
        return await self.says(chat, f"/start {start}", nickname)


def _read(effect: object) -> str:
    match effect:
        case Say(html=text) | Show(caption=text):
            return text
        case Document(content=content, caption=caption):
            return f"{content.decode('utf-8-sig')}\n{caption}"
        case _:
            return ""
