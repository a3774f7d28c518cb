"""What cannot be stored, read or answered as usual is answered all the same, and stops nobody."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime

import pytest

from bot.dialogue.effects import Turn
from bot.dialogue.events import Event, Said
from bot.ports import Done, NotSentError, RawUpdate, Received
from tests.bot.runtime.bench import Bench
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.store import MemoryStore

ANN, BEN = 1, 2


class Picky(MemoryStore):
    """Takes no turn with a poisonous word in it, as a database takes no half character."""

    poison = "poison"

    async def commit(self, done: Done) -> None:
        """Stores what it can."""
        if any(self.poison in str(one.effect) for one in done.outgoing):
            raise TypeError("a value that cannot be stored")
        await super().commit(done)


async def test_a_turn_that_cannot_be_stored_ends_in_the_apology() -> None:
    """At once, with the state as it was; its update is done with, and the next is heard."""
    bench = Bench(Picky())
    async with asyncio.timeout(2):  # waiting would not mend it, so nobody waits
        await bench.hear(ANN, "one", "poison", "two")
    assert bench.messenger.said(ANN) == ["1: one", "Sorry.", "2: two"]
    assert await bench.store.unhandled() == []


async def test_an_apology_that_cannot_be_stored_is_said_all_the_same() -> None:
    """Then nothing of it is kept, and the update counts as handled."""

    class Closed(Picky):
        poison = ""

    bench = Bench(Closed())
    async with asyncio.timeout(2):
        await bench.hear(ANN, "one")
    assert bench.messenger.said(ANN) == ["Sorry."]
    assert await bench.store.unhandled() == []


@pytest.mark.parametrize("unreadable", ["", "{", "\ufffd", "[[[["])
async def test_an_unreadable_update_in_the_store_stops_nobody(
    unreadable: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is answered as a message without text, with a line in the log; others are served."""
    bench = Bench()
    bench.runtime._reader = lambda raw: Received(  # noqa: SLF001 - as Telegram's part reads them
        raw.update, raw.chat, Said(json.loads(raw.raw)["text"], 1)
    )
    rows = [RawUpdate(1, ANN, unreadable), RawUpdate(2, BEN, '{"text": "hi"}')]
    await bench.store.receive([*rows, RawUpdate(-5, ANN, "soon")], bench.clock.now())
    await bench.runtime.take_over()
    await asyncio.wait_for(bench.runtime.settled(), 5)
    assert bench.messenger.said(ANN) == ["1: a message"]
    assert bench.messenger.said(BEN) == ["1: hi"]
    assert await bench.store.unhandled() == []
    lines = [record.getMessage() for record in caplog.records]
    assert [line for line in lines if line.startswith("update 1 in the store cannot be read")]
    assert [line for line in lines if line.startswith("update -5 in the store cannot be read")]


async def test_who_begins_anew_needs_no_state_that_can_be_read() -> None:
    """Anybody else keeps an unreadable state: a newer version of the bot may read it."""

    class Strict(EchoDialogue):
        def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
            if state is not None:
                json.loads(state)
            return super().step(state, event, now, learner)

    class Broken(Strict):
        def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
            if isinstance(event, Said) and event.text == "/forget":
                raise ValueError("a bug")
            return super().step(state, event, now, learner)

    for dialogue, said, left in (
        (Strict(), ["Sorry.", "Forgotten.", "1: hi"], 1),
        (Broken(), ["Sorry.", "Sorry.", "Sorry."], 1),
    ):
        bench = Bench(dialogue=dialogue)
        await bench.hear(ANN, "hi")
        bench.messenger.performed.clear()
        kept = bench.store.states[ANN]
        unreadable = type(kept)("{half of it", kept.version)
        bench.store.states[ANN] = unreadable
        await bench.hear(ANN, "hi")
        assert bench.store.states[ANN].state == unreadable.state
        await bench.hear(ANN, "/forget")
        assert (bench.store.states.get(ANN, kept).state == unreadable.state) is (
            said[1] == "Sorry."
        )
        await bench.hear(ANN, "hi")
        assert bench.messenger.said(ANN) == said
        assert len(bench.store.states) == left


async def test_what_is_on_its_way_when_the_bot_ends_is_not_sent_again() -> None:
    """A call under way is waited for, also a slow one; whoever only waits to try again is not."""
    bench = Bench()
    bench.messenger.closed[ANN] = asyncio.Event()
    bench.messenger.failures[BEN].extend([NotSentError()] * 100)
    for chat in (ANN, BEN):
        bench.runtime.accept(await bench.receive(chat, Said("hi", 1)))
    while len(bench.messenger.tries) < 4:  # noqa: ASYNC110 - the fake announces nothing
        await asyncio.sleep(0)
    stopping = asyncio.create_task(bench.runtime.stop(patience_s=0.01))
    await asyncio.sleep(0.1)
    assert not stopping.done()
    bench.messenger.closed[ANN].set()
    await asyncio.wait_for(stopping, 5)
    assert bench.messenger.said(ANN) == ["1: hi"]
    bench.restart()
    await bench.runtime.take_over()
    await asyncio.wait_for(bench.runtime.settled(), 5)
    assert bench.messenger.said(ANN) == []
    assert bench.messenger.said(BEN) == ["1: hi"]
