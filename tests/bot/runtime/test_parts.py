"""Parts that run beside the chats: a dead one is seen, and started again."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bot.ports import RawUpdate
from bot.runtime.parts import Parts
from tests.bot.runtime.bench import Bench
from tests.fakes.store import MemoryStore


@pytest.mark.parametrize("failure", [TypeError("a bug"), asyncio.CancelledError()])
async def test_a_part_that_fails_is_started_again(failure: BaseException) -> None:
    """And is known as failing until then; one that is done stays so."""
    parts, started, going = Parts(first_wait_s=0.02), list[str](), asyncio.Event()

    async def fragile() -> None:
        started.append("fragile")
        if len(started) == 1:
            raise failure
        going.set()
        await asyncio.sleep(60)

    async def short() -> None:
        started.append("short")

    parts.keep("fragile", fragile)
    parts.keep("short", short)
    await asyncio.sleep(0.005)
    assert parts.failing == {"fragile"}
    await asyncio.wait_for(going.wait(), 5)
    assert started == ["fragile", "short", "fragile"]
    assert parts.failing == set()
    await asyncio.wait_for(parts.stop(), 5)


async def test_reminders_outlive_whatever_happens_to_them() -> None:
    """A table that is no longer there, a bug: the next reminder comes."""

    class Fragile(MemoryStore):
        failures_due = 2

        async def take_due(self, now: datetime, most: int) -> list[RawUpdate]:  # noqa: ARG002
            if self.failures_due:
                self.failures_due -= 1
                raise ValueError("no such table")
            return []

    store, parts = Fragile(), Parts(first_wait_s=0.001)
    bench = Bench(store)
    parts.keep("reminding", bench.runtime.remind)
    async with asyncio.timeout(5):
        while store.failures_due or parts.failing:  # noqa: ASYNC110 - the fakes announce nothing
            await asyncio.sleep(0.001)
    await parts.stop()
