"""Where a turn's state comes from, and when what was erased is gone for good."""

from __future__ import annotations

import asyncio

from bot.dialogue.effects import AnswerPress
from bot.dialogue.events import Pressed, Said
from bot.ports import Done, Mark, Performed, RawUpdate, Received, Saved, StaleError, StoreAwayError
from bot.runtime import Runtime
from bot.runtime.queues import ChatQueues
from tests.bot.runtime.bench import Bench
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import MemoryStore

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


class Counting(MemoryStore):
    """A store that counts the turns it refuses, and loses its answer to one of those it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.lost: set[int] = set()

    async def commit(self, done: Done) -> None:
        """See `MemoryStore`."""
        try:
            await super().commit(done)
        except StaleError:
            self.refused += 1
            raise
        if done.update in self.lost:
            self.lost.discard(done.update)
            raise StoreAwayError("away")


async def test_after_a_turn_of_unknown_fate_the_state_is_loaded() -> None:
    """It was stored, and the answer was lost: what came along with later messages is outdated."""
    store = Counting()
    store.lost = {2}
    bench = Bench(store)
    await bench.hear(ANN, "a", "b", "c")
    assert bench.messenger.said(ANN) == ["1: a", "2: b", "3: c"]
    assert (store.refused, store.loads) == (0, 1)


class Shared(Counting):
    """A store on which another worker takes a turn when this one is done with a chat."""

    shared = True

    def __init__(self, chat: int) -> None:
        super().__init__()
        self._waits = [chat]

    async def take_waiting(self, chat: int) -> list[RawUpdate]:
        """The other worker's turn, and then an update that waits for this one."""
        if chat not in self._waits:
            return []
        self._waits.remove(chat)
        before = self.states[chat]
        await super().commit(Done(900, chat, before.version, before.state, FakeClock().now()))
        raw = RawUpdate(901, chat, "{}")
        await self.receive([raw], FakeClock().now())
        return [raw]


async def test_what_waited_for_this_worker_starts_from_what_another_stored() -> None:
    """Between its last reply and taking what waits, a chat is nobody's."""
    store, messenger = Shared(ANN), FakeMessenger()
    runtime = Runtime(
        EchoDialogue(),
        store,
        messenger,
        FakeClock(),
        reader=lambda raw: Received(raw.update, raw.chat, Said("b", 2)),
    )
    new = await store.receive([RawUpdate(1, ANN, "{}")], FakeClock().now())
    runtime.accept(Received(1, ANN, Said("a", 1), new[1]))
    await asyncio.wait_for(runtime.settled(), 5)
    assert messenger.said(ANN) == ["1: a", "2: b"]
    assert store.refused == 0


async def test_an_update_named_again_while_it_is_in_hand_is_taken_once() -> None:
    """The store names what is not handled yet, should nobody have heard of it the first time."""
    bench = Bench()
    received = await bench.receive(ANN, Said("a", 1))
    assert [bench.runtime.accept(received) for _ in range(3)] == [True, False, False]
    await bench.runtime.settled()
    assert bench.messenger.said(ANN) == ["1: a"]


async def test_a_scrub_that_fails_is_tried_again() -> None:
    """It is logged, stops nobody, and is made up for."""

    class Busy(MemoryStore):
        outcomes: tuple[object, ...] = (OSError("disk full"), False)

        async def scrub(self) -> bool:
            await super().scrub()
            outcome, *rest = *self.outcomes, True
            self.outcomes = tuple(rest[:-1])
            if isinstance(outcome, Exception):
                raise outcome
            return bool(outcome)

    bench = Bench(Busy())
    await bench.hear(ANN, "a", "/forget")
    for _ in range(3):
        await bench.runtime.settled()
    assert bench.store.scrubs == 3


async def test_what_fails_beside_a_reply_does_not_have_it_sent_again() -> None:
    """A bug in answering a press is logged; the reply that went out is noted all the same."""

    class Broken(FakeMessenger):
        async def perform(
            self,
            chat: int,
            effect: Performed,
            *,
            plain: bool = False,
            mark: Mark | None = None,
            uploading: Mark | None = None,
        ) -> int | None:
            if isinstance(effect, AnswerPress):
                raise ValueError("a bug")
            return await super().perform(chat, effect, plain=plain, mark=mark, uploading=uploading)

    store, messenger = MemoryStore(), Broken()
    runtime = Runtime(EchoDialogue(), store, messenger, FakeClock())
    await store.receive([RawUpdate(1, ANN, "{}")], FakeClock().now())
    runtime.accept(Received(1, ANN, Pressed("hint", "7")))
    await asyncio.wait_for(runtime.settled(), 5)
    assert messenger.said(ANN) == ["1: pressed hint"]
    assert store.outbox == {}


async def test_a_chat_that_cannot_be_filled_up_again_goes_on() -> None:
    """What came in while the store failed for good is worked on, not dropped."""
    done, failing = list[str](), asyncio.Event()

    async def work(_chat: int, item: str) -> None:
        done.append(item)

    async def refill(_chat: int) -> list[str]:
        if failing.is_set():
            return []
        failing.set()
        await asyncio.sleep(0)
        raise RuntimeError("the store failed for good")

    queues = ChatQueues(work, refill)
    queues.put(ANN, "a")
    await failing.wait()
    queues.put(ANN, "b")
    await asyncio.wait_for(queues.settled(), 5)
    assert done == ["a", "b"]
