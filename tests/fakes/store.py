"""A store in memory, with the promises of the real one."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialogue.class_data import AskClasses, ClassResults, Classroom
from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Attempt
from bot.ports import Done, Left, Outgoing, RawUpdate, Saved, StaleError, TakenError
from tests.fakes.classes import MemoryClasses


class MemoryStore:
    """Implements `bot.ports.Store`."""

    def __init__(self) -> None:
        self.inbox: dict[int, RawUpdate | None] = {}
        self.states: dict[int, Saved] = {}
        self.attempts: list[tuple[int, Attempt]] = []
        self.outbox: dict[tuple[int, int], Outgoing] = {}
        self.last_tries: set[tuple[int, int]] = set()
        self.blocked: set[int] = set()
        self.reminders: dict[int, datetime] = {}
        self.failures: list[Exception] = []
        """What the next commits raise."""
        self.loads = 0
        """How often a state was asked for."""
        self.scrubs = 0
        self.classes = MemoryClasses()

    shared = False

    async def take_over(self) -> Left:
        """See `bot.ports.Store`."""
        self.outbox = {key: one for key, one in self.outbox.items() if key not in self.last_tries}
        replies = sorted(await self.outgoing(), key=lambda one: (one.chat, one.update))
        return Left(tuple(await self.unhandled()), tuple(replies))

    async def take_waiting(self, chat: int) -> list[RawUpdate]:  # noqa: ARG002
        """There is no other worker."""
        return []

    async def take_due(self, now: datetime, most: int) -> list[RawUpdate]:
        """See `bot.ports.Store`."""
        due = sorted((at, chat) for chat, at in self.reminders.items() if at <= now)
        due = [(at, chat) for at, chat in due if chat not in self.blocked][:most]
        taken = []
        for at, chat in due:
            del self.reminders[chat]
            due_ms = round(at.timestamp() * 1000)
            taken.append(RawUpdate(-1 - hash((chat, due_ms)) % 2**50, chat, str(due_ms)))
        await self.receive(taken, now)
        return taken

    async def replies_to(self, update: int) -> list[Outgoing]:
        """See `bot.ports.Store`."""
        return [one for one in await self.outgoing() if one.update == update]

    async def receive(
        self,
        updates: Sequence[RawUpdate],
        at: datetime,  # noqa: ARG002
    ) -> dict[int, Saved]:
        """See `bot.ports.Store`."""
        self.inbox |= {one.update: one for one in updates if one.update not in self.inbox}
        open_ = {one.update: one for one in updates if self.inbox[one.update] is not None}
        return {number: self.states.get(one.chat, Saved()) for number, one in open_.items()}

    async def unhandled(self) -> list[RawUpdate]:
        """Updates received and not handled."""
        return [row for _, row in sorted(self.inbox.items()) if row is not None]

    async def handled(self, updates: Collection[int]) -> None:
        """See `bot.ports.Store`."""
        self.inbox |= dict.fromkeys(updates)

    async def load(self, chat: int) -> Saved:
        """See `bot.ports.Store`."""
        self.loads += 1
        return self.states.get(chat, Saved())

    async def commit(self, done: Done) -> None:
        """See `bot.ports.Store`."""
        if self.failures:
            raise self.failures.pop(0)
        if self.inbox.get(done.update, done) is None:
            raise TakenError
        before = self.states.get(done.chat, Saved())
        if before.version != done.version:
            raise StaleError
        if done.forget:
            await self._forget(done.chat)
        else:
            self.states.pop(done.chat, None)
            if done.state is not None:
                self.states[done.chat] = before.after(done)
            self.attempts += [(done.chat, one) for one in done.attempts]
        if done.remind is not None:
            self.reminders.pop(done.chat, None)
            if done.remind.at is not None:
                self.reminders[done.chat] = done.remind.at
        for change in done.classes:
            self.classes.change(done.chat, change)
        (self.blocked.add if done.blocked else self.blocked.discard)(done.chat)
        self.outbox |= {(one.update, one.position): one for one in done.outgoing}
        await self.handled([done.update])

    async def outgoing(self) -> list[Outgoing]:
        """Replies not known to have arrived."""
        return [reply for _, reply in sorted(self.outbox.items())]

    async def sent(self, replies: Collection[Outgoing]) -> None:
        """See `bot.ports.Store`."""
        for one in replies:
            self.outbox.pop((one.update, one.position), None)
            if one.chat in self.states:
                self.states[one.chat] = self.states[one.chat].arrived([one])

    async def unsure(self, reply: Outgoing) -> None:
        """See `bot.ports.Store`."""
        self.outbox[reply.update, reply.position] = replace(reply, unknown=True)

    async def last_try(self, reply: Outgoing) -> None:
        """See `bot.ports.Store`."""
        self.last_tries.add((reply.update, reply.position))

    async def not_sent(self, reply: Outgoing) -> None:
        """See `bot.ports.Store`."""
        self.last_tries.discard((reply.update, reply.position))
        self.outbox[reply.update, reply.position] = reply

    async def block(self, chat: int) -> None:
        """See `bot.ports.Store`."""
        self.blocked.add(chat)
        await self.sent([one for one in self.outbox.values() if one.chat == chat])

    async def _forget(self, chat: int) -> None:
        self.classes.forget(chat)
        self.states.pop(chat, None)
        self.reminders.pop(chat, None)
        self.attempts = [row for row in self.attempts if row[0] != chat]
        await self.sent([one for one in self.outbox.values() if one.chat == chat])

    async def export(self, chat: int) -> str:
        """See `bot.ports.Store`."""
        typed = [one.typed for where, one in self.attempts if where == chat]
        state = self.states.get(chat, Saved()).state
        return json.dumps({"chat": chat, "state": state, "answers": typed})

    async def course(self, lesson: str, now: datetime) -> Course:  # noqa: ARG002
        """See `bot.ports.Store`."""
        return Course(len(self.states), len(self.states), answers=len(self.attempts))

    async def classroom(self, chat: int, asked: AskClasses) -> Classroom:
        """See `bot.ports.Store`."""
        return self.classes.room(chat, asked)

    async def class_results(self, chat: int, class_: int) -> ClassResults | None:
        """See `bot.ports.Store`."""
        return self.classes.results(chat, class_, lambda one: self.states.get(one, Saved()).state)

    async def scrub(self) -> bool:
        """Nothing to do in memory, but to be counted."""
        self.scrubs += 1
        return True
