"""Reminders: each once, whatever stops, and none to who blocked the bot."""

from __future__ import annotations

import asyncio

import pytest

from bot.dialogue.events import Blocked, Said
from bot.ports import NotSentError, RawUpdate, UnreachableError, UnsureError
from bot.runtime.reminding import reminded
from tests.bot.runtime.bench import Bench

ANN = 1


class Waiting(Bench):
    """A runtime on fakes for which time passes."""

    async def later(self, **how_far: float) -> None:
        """Lets time pass, and the bot look for what is due."""
        self.clock.move(**how_far)
        watching = asyncio.create_task(self.runtime.remind())
        await asyncio.sleep(0.01)
        await asyncio.wait_for(self.runtime.settled(), 5)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


@pytest.fixture
async def bench() -> Waiting:
    """With the reminder set."""
    made = Waiting()
    await made.does(ANN, Said("/remind 10", 1))
    made.messenger.performed.clear()
    return made


async def test_a_reminder_comes_when_it_is_due_and_once(bench: Waiting) -> None:
    """Not before, then once, and again when the dialogue wants it again."""
    await bench.later(minutes=9)
    assert bench.messenger.said(ANN) == []
    await bench.later(minutes=2)
    await bench.later(minutes=60)
    assert bench.messenger.said(ANN) == ["2: time to practise"]
    await bench.later(days=1)
    assert bench.messenger.said(ANN) == ["2: time to practise", "3: time to practise"]


async def test_a_reminder_taken_before_a_crash_comes_after_it(bench: Waiting) -> None:
    """It was taken from its row and not yet answered: the next run answers it."""
    bench.clock.move(minutes=11)
    assert len(await bench.store.take_due(bench.clock.now(), 20)) == 1
    bench.restart()
    await bench.runtime.take_over()
    await asyncio.wait_for(bench.runtime.settled(), 5)
    assert bench.messenger.said(ANN) == ["2: time to practise"]


async def test_a_reminder_of_unknown_fate_is_not_sent_again(bench: Waiting) -> None:
    """Nobody asked for it, so once at most: unlike a reply, also not after a restart."""
    bench.messenger.failures[ANN].append(UnsureError())
    await bench.later(minutes=11)
    assert len(bench.messenger.tries) == 2, "the reply to /remind, and the reminder"
    bench.restart()
    await bench.runtime.take_over()
    await asyncio.wait_for(bench.runtime.settled(), 5)
    assert bench.messenger.tries == []
    assert not bench.store.outbox


async def test_a_reminder_that_did_not_leave_is_tried_again(bench: Waiting) -> None:
    """The platform was away for a moment."""
    bench.messenger.failures[ANN].append(NotSentError())
    await bench.later(minutes=11)
    assert bench.messenger.said(ANN) == ["2: time to practise"]


async def test_who_cannot_be_reached_is_left_alone_until_they_write(bench: Waiting) -> None:
    """Also when the platform says so only at the reminder itself."""
    bench.messenger.failures[ANN].append(UnreachableError())
    await bench.later(minutes=11)
    await bench.later(days=3)
    assert bench.messenger.said(ANN) == []
    await bench.does(ANN, Said("I am back", 2))
    await bench.later(minutes=1)
    assert bench.messenger.said(ANN) == ["3: I am back", "4: time to practise"]


async def test_who_blocked_the_bot_is_not_reminded(bench: Waiting) -> None:
    """Until the bot is let in again."""
    await bench.does(ANN, Blocked(blocked=True))
    await bench.later(days=1)
    assert bench.messenger.said(ANN) == []
    await bench.does(ANN, Blocked(blocked=False))
    await bench.later(minutes=1)
    assert len(bench.messenger.said(ANN)) == 1


async def test_forgetting_ends_reminders(bench: Waiting) -> None:
    """Nothing is left that could come back."""
    await bench.does(ANN, Said("/forget", 2))
    await bench.later(days=2)
    assert bench.messenger.said(ANN) == ["Forgotten."]


def test_a_reminder_is_numbered_below_every_update() -> None:
    """So the platform's numbers and the store's never meet."""
    assert reminded(RawUpdate(-7, ANN, "1000")).update == -7
