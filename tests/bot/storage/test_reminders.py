"""Reminder rows: taken once by whoever asks first, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.dialogue.effects import Remind
from bot.ports import Done
from bot.storage import SqlStore
from tests.bot.storage.test_store import ANN, BEN, NOW, file, store, turn, url
from tests.bot.storage.test_workers import stores
from tests.postgres import postgres

__all__ = ["file", "postgres", "store", "stores", "url"]

SOON = NOW + timedelta(hours=1)


async def set_for(store: SqlStore, chat: int, number: int) -> None:
    """A turn in which a chat asks to be reminded in an hour."""
    await store.commit(turn(number, chat=chat, remind=Remind(SOON), outgoing=()))


async def test_a_reminder_is_taken_when_it_is_due_and_once(store: SqlStore) -> None:
    """With the time it was due at; then it waits to be handled like any update."""
    await set_for(store, ANN, 1)
    assert await store.take_due(SOON - timedelta(seconds=1), 9) == []
    (due,) = await store.take_due(SOON, 9)
    assert (due.chat, due.raw) == (ANN, str(round(SOON.timestamp() * 1000)))
    assert due.update < 0
    assert await store.take_due(SOON + timedelta(days=9), 9) == []
    assert await store.unhandled() == [due]
    await store.commit(turn(due.update, 1, remind=Remind(SOON + timedelta(days=1))))
    assert await store.unhandled() == []
    assert len(await store.take_due(SOON + timedelta(days=1), 9)) == 1


async def test_a_later_wish_takes_the_place_of_the_earlier(store: SqlStore) -> None:
    """One row for a chat; none once it wants none; untouched by turns that say nothing of it."""
    await set_for(store, ANN, 1)
    await store.commit(turn(2, 1, remind=Remind(SOON + timedelta(hours=1)), outgoing=()))
    await store.commit(turn(3, 2, outgoing=()))
    assert await store.take_due(SOON, 9) == []
    await store.commit(turn(4, 3, remind=Remind(None), outgoing=()))
    assert await store.take_due(SOON + timedelta(days=9), 9) == []


async def test_the_longest_due_come_first_and_not_too_many(store: SqlStore) -> None:
    """The rest is taken the next time."""
    for number in range(1, 6):
        at = Remind(NOW + timedelta(minutes=10 - number))
        await store.commit(turn(number, chat=number, remind=at, outgoing=()))
    first = [one.chat for one in await store.take_due(SOON, 3)]
    assert first == [5, 4, 3]
    assert [one.chat for one in await store.take_due(SOON, 3)] == [2, 1]


async def test_blocked_chats_wait(store: SqlStore) -> None:
    """Until they are heard of again."""
    await set_for(store, ANN, 1)
    await store.block(ANN)
    assert await store.take_due(SOON, 9) == []
    await store.commit(turn(2, 1, outgoing=()))
    assert [one.chat for one in await store.take_due(SOON, 9)] == [ANN]


async def test_forgetting_takes_the_reminder_along(store: SqlStore) -> None:
    """Nobody is reminded who is not known any more."""
    await set_for(store, ANN, 1)
    await set_for(store, BEN, 2)
    for number, chat in ((3, ANN), (4, BEN)):
        await store.commit(Done(number, chat, 1, None, NOW, forget=True))
    assert await store.take_due(SOON, 9) == []


async def test_two_workers_take_each_reminder_once(stores: tuple[SqlStore, SqlStore]) -> None:
    """Asked at the same moment, again and again, no reminder goes to both and none to neither."""
    for number in range(1, 101):
        await set_for(stores[0], number, number)
    taken = []
    for _ in range(10):
        both = await asyncio.gather(*(one.take_due(SOON, 7) for one in stores for _ in range(2)))
        taken += [due.chat for part in both for due in part]
    assert sorted(taken) == list(range(1, 101))
