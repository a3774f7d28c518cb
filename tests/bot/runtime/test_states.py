"""Where a turn's state comes from, and when what was erased is gone for good."""

from __future__ import annotations

import asyncio

from bot.dialogue.events import Said
from bot.ports import Received, Saved
from tests.bot.runtime.bench import Bench

ANN, BEN = 1, 2


async def test_a_state_comes_with_its_update() -> None:
    """The store is not asked for it again, however many messages come one after the other."""
    bench = Bench()
    await bench.hear(ANN, "a", "b", "c")
    await bench.hear(ANN, "d")
    assert bench.messenger.said(ANN) == ["1: a", "2: b", "3: c", "4: d"]
    assert bench.store.loads == 0


async def test_nothing_is_remembered_of_a_chat_with_nothing_to_do() -> None:
    """What another worker stored meanwhile is what the next turn starts from."""
    bench = Bench()
    await bench.hear(ANN, "a")
    before = bench.store.states[ANN]
    bench.store.states[ANN] = Saved(before.state, before.version + 5)
    await bench.hear(ANN, "b")
    assert bench.messenger.said(ANN) == ["1: a", "2: b"]
    assert bench.store.states[ANN].version == before.version + 6
    assert bench.store.loads == 0


async def test_a_state_that_did_not_come_along_is_loaded() -> None:
    """So it is with updates of the last run, and with reminders."""
    bench = Bench()
    await bench.hear(ANN, "a")
    await bench.receive(ANN, Said("b", 2))
    bench.runtime.accept(Received(max(bench.store.inbox), ANN, Said("b", 2)))
    await bench.runtime.settled()
    assert bench.messenger.said(ANN) == ["1: a", "2: b"]
    assert bench.store.loads == 1


async def test_a_message_after_forgetting_starts_anew() -> None:
    """Also when it waited behind `/forget`, with the state of before."""
    bench = Bench()
    await bench.hear(ANN, "a")
    await bench.hear(ANN, "b", "/forget", "c")
    assert bench.messenger.said(ANN) == ["1: a", "2: b", "Forgotten.", "1: c"]


async def test_those_who_leave_at_about_the_same_time_are_scrubbed_together() -> None:
    """And nobody waits for it, not even the one who goes on."""
    bench = Bench()
    for chat in (ANN, BEN):
        bench.runtime.accept(await bench.receive(chat, Said("/forget", 1)))
    bench.runtime.accept(await bench.receive(ANN, Said("hello", 2)))
    while bench.messenger.said(ANN) != ["Forgotten.", "1: hello"]:  # noqa: ASYNC110 - a fake
        await asyncio.sleep(0)
    assert bench.store.scrubs == 0
    await asyncio.wait_for(bench.runtime.settled(), 5)
    assert bench.store.scrubs == 1
    await bench.hear(BEN, "/forget")
    assert bench.store.scrubs == 2
