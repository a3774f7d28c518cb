"""Replies of which nobody knows whether they arrived: a copy too many harms less than silence."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.dialogue.effects import Say, Show
from bot.dialogue.events import Said
from bot.pictures.requests import Diagram
from bot.ports import (
    DeliveryError,
    NotSentError,
    Outgoing,
    PlatformTroubleError,
    ThrottledError,
    UnsureError,
)
from bot.runtime.delivery import OLD
from tests.bot.runtime.bench import Bench
from tests.fakes.dialogue import NETWORK
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import MemoryStore
from tests.fakes.words import LABELS

ANN = 1
PICTURE = Diagram(NETWORK, labels=LABELS)


class Away(FakeMessenger):
    """A platform that does not answer any more after its first failure."""

    async def reachable(self) -> None:
        """Never."""
        await asyncio.Event().wait()


async def stopped_while_it_waits() -> MemoryStore:
    """The store of a bot that was ended between a broken try and the next."""
    bench = Bench()
    away = Away()
    away.failures[ANN].append(UnsureError(broke=True))
    bench.restart(away)
    bench.runtime.accept(await bench.receive(ANN, Said("hi", 1)))
    while not any(one.unknown for one in bench.store.outbox.values()):  # noqa: ASYNC110
        await asyncio.sleep(0)
    await bench.runtime.stop(0, 0)
    assert len(away.tries) == 2, "the reaction and the reply"
    return bench.store


async def test_nothing_newer_goes_before_it() -> None:
    """What the learner writes meanwhile is answered after it, and it lets other chats go first."""
    bench = Bench()
    bench.messenger.failures[ANN].append(UnsureError())
    await bench.hear(ANN, "hi", "hello?")
    assert bench.messenger.said(ANN) == ["1: hi", "2: hello?"]
    assert [one.html for one in bench.messenger.marked if isinstance(one, Say)] == ["1: hi"]


async def test_it_waits_for_a_platform_that_is_away() -> None:
    """So that the copy is not lost in the same outage, nor a new one at each try."""
    store = await stopped_while_it_waits()
    assert len(store.outbox) == 1
    assert store.last_tries == set()


async def test_after_a_restart_it_is_sent_once_more() -> None:
    """Before anything newer, and not a third time although the connection breaks again."""
    for failures in ([], [UnsureError(broke=True)]):
        after = Bench(await stopped_while_it_waits())
        after.messenger.failures[ANN].extend(failures)
        await after.runtime.take_over()
        await after.hear(ANN, "again")
        assert after.messenger.said(ANN) == [*["1: hi"] * (not failures), "2: again"]
        assert after.store.outbox == {}


async def test_a_restart_in_the_last_try_sends_it_no_third_time() -> None:
    """The store knew of the last try before it was made."""
    second = Bench(await stopped_while_it_waits())
    second.messenger.closed[ANN] = asyncio.Event()
    await second.runtime.take_over()
    while not second.messenger.tries:  # noqa: ASYNC110 - the fake announces nothing
        await asyncio.sleep(0)
    await second.runtime.stop(0, 0)
    third = Bench(second.store)
    await third.runtime.take_over()
    await third.runtime.settled()
    assert third.messenger.tries == []


async def test_what_was_on_its_way_when_the_bot_was_killed_is_sent_once_more() -> None:
    """Twice killed while it was on its way, it is not sent again; what comes after it is."""
    bench = Bench()
    bench.store.outbox |= {
        (number, 0): Outgoing(number, 0, ANN, Say(text)) for number, text in ((1, "a"), (2, "b"))
    }
    for tried in (["a"], ["b"], []):
        bench = Bench(bench.store)
        bench.messenger.closed[ANN] = asyncio.Event()
        await bench.runtime.take_over()
        for _ in range(20):
            await asyncio.sleep(0)
        await bench.runtime.stop(0, 0)
        assert [one.html for _, one, _ in bench.messenger.tries if isinstance(one, Say)] == tried
    assert bench.store.outbox == {}


async def killed_with_a_picture(store: MemoryStore, *, drawn: bool) -> FakeMessenger:
    """The platform of a bot that was ended before a picture went up, or while it did."""
    bench = Bench(store)
    bench.messenger.closed[ANN] = asyncio.Event()
    bench.messenger.uploads[ANN] = asyncio.Event()
    if drawn:
        bench.messenger.uploads[ANN].set()
    await bench.runtime.take_over()
    for _ in range(20):
        await asyncio.sleep(0)
    await bench.runtime.stop(0, 0)
    return bench.messenger


async def test_a_picture_that_did_not_go_up_before_a_kill_was_not_sent() -> None:
    """However often; from the moment it goes up on, there is one more copy at most."""
    store = MemoryStore()
    store.outbox[1, 0] = Outgoing(1, 0, ANN, Show(PICTURE, "a"))
    for drawn, unknown, tries, marked in (
        (False, False, 1, 0),
        (False, False, 1, 0),
        (True, True, 1, 0),
        (True, True, 1, 1),
    ):
        messenger = await killed_with_a_picture(store, drawn=drawn)
        assert store.outbox[1, 0].unknown is unknown
        assert (len(messenger.tries), len(messenger.marked)) == (tries, marked)
    assert (await killed_with_a_picture(store, drawn=True)).tries == []
    assert store.outbox == {}


@pytest.mark.parametrize("failure", [NotSentError(), PlatformTroubleError()], ids=repr)
async def test_a_picture_that_was_not_taken_is_as_if_it_had_not_gone_up(
    failure: DeliveryError,
) -> None:
    """A restart sends it as often as it takes."""
    store = MemoryStore()
    store.outbox[1, 0] = Outgoing(1, 0, ANN, Show(PICTURE, "a"))
    bench, away = Bench(store), Away()
    away.uploads[ANN] = asyncio.Event()
    away.uploads[ANN].set()
    away.failures[ANN].append(failure)
    bench.restart(away)
    await bench.runtime.take_over()
    for _ in range(20):
        await asyncio.sleep(0)
    await bench.runtime.stop(0, 0)
    assert not store.outbox[1, 0].unknown


@pytest.mark.parametrize(
    "failure", [NotSentError(), ThrottledError(60), PlatformTroubleError()], ids=repr
)
async def test_restarts_while_the_platform_is_away_lose_nothing(failure: DeliveryError) -> None:
    """A try that did not arrive for sure was not the last one, however often the bot is ended."""
    store = await stopped_while_it_waits()
    for _ in range(3):
        bench = Bench(store)
        away = Away()
        away.failures[ANN].append(failure)
        bench.restart(away)
        await bench.runtime.take_over()
        for _ in range(20):
            await asyncio.sleep(0)
        await bench.runtime.stop(0, 0)
    last = Bench(store)
    await last.runtime.take_over()
    await last.runtime.settled()
    assert last.messenger.said(ANN) == ["1: hi"]


async def test_an_old_one_is_dropped() -> None:
    """An hour later nobody waits for it any more; one that was never sent still goes out."""
    for unknown, age, arrives in (
        (True, OLD + timedelta(minutes=1), False),
        (True, OLD - timedelta(minutes=1), True),
        (False, 2 * OLD, True),
    ):
        bench = Bench()
        at = bench.clock.now() - age
        left = Outgoing(1, 0, ANN, Say("hi"), unknown, at=at)
        bench.store.outbox[1, 0] = left
        await bench.runtime.take_over()
        await bench.runtime.settled()
        assert bench.messenger.said(ANN) == ["hi"] * arrives
        assert bench.store.outbox == {}
