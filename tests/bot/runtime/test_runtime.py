"""The runtime's promises: order, patience, nothing lost and nothing done twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

import pytest

from bot.dialogue.effects import AnswerPress, React, Say
from bot.dialogue.events import Blocked, Pressed, Said
from bot.ports import (
    DeliveryError,
    Mark,
    MovedError,
    NotSentError,
    Outgoing,
    PlatformTroubleError,
    Received,
    RejectedError,
    StaleError,
    ThrottledError,
    UnreachableError,
    UnsureError,
)
from bot.runtime import Runtime
from bot.runtime.delivery import BROKEN_TRIES, TROUBLE_TRIES
from tests.bot.runtime.bench import Bench
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import MemoryStore

ANN, BEN = 1, 2


async def test_a_learner_gets_an_answer_and_the_turn_is_stored() -> None:
    """State, attempt and handled update are stored; the reply leaves the outbox."""
    bench = Bench()
    await bench.hear(ANN, "0.03")
    assert bench.messenger.said(ANN) == ["1: 0.03"]
    assert bench.store.states[ANN].version == 1
    assert [one.typed for _, one in bench.store.attempts] == ["0.03"]
    assert await bench.store.unhandled() == []
    assert bench.store.outbox == {}


async def test_a_press_is_answered_before_anything_is_said() -> None:
    """The spinner on the button stops first, wherever the dialogue put the answer."""
    bench = Bench()
    bench.runtime.accept(await bench.receive(ANN, Pressed("hint", "7")))
    await bench.runtime.settled()
    kinds = [type(effect) for _, effect in bench.messenger.performed]
    assert kinds == [AnswerPress, Say]


async def test_a_flood_is_answered_in_order_and_holds_up_nobody() -> None:
    """300 messages of one learner are answered in order; another learner does not wait for them."""
    bench = Bench()
    bench.messenger.closed[ANN] = asyncio.Event()
    for number in range(300):
        bench.runtime.accept(await bench.receive(ANN, Said(str(number), number)))
    bench.runtime.accept(await bench.receive(BEN, Said("hello", 1)))
    async with asyncio.timeout(1):
        while not bench.messenger.said(BEN):  # noqa: ASYNC110 - the fake announces nothing
            await asyncio.sleep(0)
    assert bench.messenger.said(ANN) == []
    bench.messenger.closed[ANN].set()
    await bench.runtime.settled()
    assert bench.messenger.said(ANN) == [f"{one + 1}: {one}" for one in range(300)]


@pytest.mark.parametrize(
    ("failures", "messages"),
    [
        ([ThrottledError(0.01)], ["1: hi"]),
        ([NotSentError()] * 6, ["1: hi"]),
        ([PlatformTroubleError()] * (TROUBLE_TRIES - 1), ["1: hi"]),
        ([PlatformTroubleError()] * TROUBLE_TRIES, []),
        ([UnsureError()], ["1: hi"]),
        ([UnsureError()] * 2, []),
        ([UnsureError(broke=True)] * (BROKEN_TRIES - 1), ["1: hi"]),
        ([UnsureError(broke=True)] * BROKEN_TRIES, []),
        ([RejectedError("can't parse entities")], ["1: hi"]),
        ([RejectedError("can't parse entities")] * 2, []),
        ([UnreachableError()], []),
    ],
    ids=lambda value: value[0].__class__.__name__ if isinstance(value, list) and value else None,
)
async def test_each_failure_has_its_own_remedy(
    failures: list[DeliveryError], messages: list[str]
) -> None:
    """What did not arrive is sent again, what may have arrived too, and all comes to an end."""
    bench = Bench()
    bench.messenger.failures[ANN].extend(failures)
    await bench.hear(ANN, "hi")
    assert bench.messenger.said(ANN) == messages
    assert bench.store.outbox == {}
    assert (ANN in bench.store.blocked) is isinstance(failures[0], UnreachableError)
    await bench.hear(ANN, "still there?")
    assert bench.messenger.said(ANN)[-1] == "2: still there?"


async def test_a_chat_that_moved_is_answered_at_its_new_address() -> None:
    """A group that became a supergroup has a new id; the reply goes there."""
    bench = Bench()
    bench.messenger.failures[ANN].append(MovedError(BEN))
    await bench.hear(ANN, "hi")
    assert bench.messenger.said(BEN) == ["1: hi"]


async def test_what_cannot_be_formatted_is_sent_as_plain_text() -> None:
    """A message Telegram cannot parse still reaches the learner."""
    bench = Bench()
    bench.messenger.failures[ANN].append(RejectedError("can't parse entities"))
    await bench.hear(ANN, "hi")
    says = [plain for _, effect, plain in bench.messenger.tries if isinstance(effect, Say)]
    assert says == [False, True]


async def test_a_restart_sends_what_was_stored_and_not_sent() -> None:
    """A reply that could not go out before the end goes out first after the restart."""
    before = Bench()
    before.messenger.failures[ANN].extend([NotSentError()] * 1000)
    before.runtime.accept(await before.receive(ANN, Said("hi", 1)))
    await asyncio.sleep(0.01)
    await before.runtime.stop(patience_s=0)
    after = Bench(before.store)
    await after.runtime.take_over()
    await after.hear(ANN, "again")
    assert after.messenger.said(ANN) == ["1: hi", "2: again"]


async def test_stopping_finishes_the_turn_in_hand_and_keeps_the_rest() -> None:
    """The reply being sent is sent; updates behind it stay unhandled for the next run."""
    bench = Bench()
    bench.messenger.closed[ANN] = asyncio.Event()
    for number in range(3):
        bench.runtime.accept(await bench.receive(ANN, Said(str(number), number)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.01, bench.messenger.closed[ANN].set)
    await bench.runtime.stop()
    assert bench.messenger.said(ANN) == ["1: 0"]
    assert [row.update for row in await bench.store.unhandled()] == [2, 3]


async def test_a_bug_in_the_dialogue_is_survived(caplog: pytest.LogCaptureFixture) -> None:
    """The learner gets a kind sentence, the state stays, and the log does not quote the learner."""
    bench = Bench()
    await bench.hear(ANN, "hi", "boom", "hi")
    assert bench.messenger.said(ANN) == ["1: hi", "Sorry.", "2: hi"]
    assert "the dialogue failed: ValueError" in caplog.text
    assert "dialogue.py" in caplog.text
    assert "cannot make sense of boom" not in caplog.text


async def test_a_stale_state_is_loaded_again() -> None:
    """When somebody else was faster, the turn is taken again on the newer state."""
    bench = Bench()
    bench.store.failures = [StaleError(), StaleError()]
    await bench.hear(ANN, "hi")
    assert bench.messenger.said(ANN) == ["1: hi"]


async def test_a_store_that_is_away_for_a_moment_costs_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The turn waits and is taken; the log does not quote the error."""
    bench = Bench()
    bench.store.failures = [OSError("disk full while writing 0.03")]
    await bench.hear(ANN, "0.03")
    assert bench.messenger.said(ANN) == ["1: 0.03"]
    assert [record.getMessage() for record in caplog.records] == [
        "the store is away (OSError); trying again"
    ]


async def test_a_reply_is_not_sent_again_because_the_store_was_away() -> None:
    """What was sent is marked as sent, however long the store takes to hear of it."""

    class Forgetful(MemoryStore):
        async def sent(self, replies: Collection[Outgoing]) -> None:
            if self.failures:
                raise self.failures.pop()
            await super().sent(replies)

    bench = Bench(Forgetful())
    bench.runtime.accept(await bench.receive(ANN, Said("hi", 1)))
    while not bench.messenger.said(ANN):  # noqa: ASYNC110 - the fake announces nothing
        await asyncio.sleep(0)
    bench.store.failures = [OSError()]
    await bench.runtime.settled()
    assert bench.messenger.said(ANN) == ["1: hi"]
    assert bench.store.outbox == {}


async def test_forgetting_still_says_so() -> None:
    """The confirmation goes out, and nothing about the learner is left."""
    bench = Bench()
    await bench.hear(ANN, "0.03", "/forget")
    assert bench.messenger.said(ANN) == ["1: 0.03", "Forgotten."]
    assert bench.store.states == {}
    assert bench.store.attempts == []
    assert bench.store.outbox == {}


async def test_blocking_is_remembered_and_undone() -> None:
    """A learner who blocks the bot is marked, and unmarked on return."""
    bench = Bench()
    for blocked in (True, False):
        bench.runtime.accept(await bench.receive(ANN, Blocked(blocked)))
        await bench.runtime.settled()
        assert (ANN in bench.store.blocked) is blocked


async def test_a_failing_reaction_harms_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Reactions and press answers are tried once; their failure is not even a warning."""

    class Grumpy(FakeMessenger):
        async def perform(
            self,
            chat: int,
            effect: object,
            *,
            plain: bool = False,
            mark: Mark | None = None,
            uploading: Mark | None = None,
        ) -> int | None:
            if isinstance(effect, React | AnswerPress):
                raise RejectedError("query is too old")
            assert isinstance(effect, Say)
            return await super().perform(chat, effect, plain=plain, mark=mark, uploading=uploading)

    caplog.set_level(logging.INFO)
    messenger, store = Grumpy(), MemoryStore()
    runtime = Runtime(EchoDialogue(), store, messenger, FakeClock())
    runtime.accept(Received(1, ANN, Said("hi", 1)))
    runtime.accept(Received(2, ANN, Pressed("x", "7")))
    await runtime.settled()
    assert messenger.said(ANN) == ["1: hi", "2: pressed x"]
    assert store.outbox == {}
    assert caplog.records == []


async def test_turns_wait_a_moment_while_many_updates_come_in() -> None:
    """For those of others are among them; but no longer than a moment."""
    bench = Bench()
    bench.runtime.hold(more=True)
    bench.runtime.accept(await bench.receive(ANN, Said("hi", 1)))
    await asyncio.sleep(0.05)
    assert bench.messenger.said(ANN) == []
    bench.runtime.hold(more=False)
    await asyncio.wait_for(bench.runtime.settled(), 0.1)
    assert bench.messenger.said(ANN) == ["1: hi"]
    bench.runtime.hold(more=True)
    await bench.hear(ANN, "still there?")
    assert bench.messenger.said(ANN) == ["1: hi", "2: still there?"]
