"""Several worker processes on one PostgreSQL: in order, once, and nothing left lying."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.dialogue.effects import Say
from bot.ports import Done, Left, Outgoing, RawUpdate, StaleError, StoreAwayError, TakenError
from bot.storage import SqlStore, claims
from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate
from tests.bot.storage.test_store import ANN, BEN, NOW, turn
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass"


@pytest.fixture
async def stores(postgres: Cluster) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    """Two workers' stores on one database."""
    url = postgres.database()
    async with SqlStore(url, bot=7) as one, SqlStore(url, bot=7) as two:
        for store in (one, two):
            assert await store.take_over() == Left()
        yield one, two


def update(number: int, chat: int = ANN) -> RawUpdate:
    """Something Ann said."""
    return RawUpdate(number, chat, "{}")


async def test_a_chat_is_with_one_worker_until_its_reply_is_sent(
    stores: tuple[SqlStore, SqlStore],
) -> None:
    """What comes in elsewhere meanwhile waits, in order, and other chats do not."""
    one, two = stores
    assert set(await one.receive([update(1)], NOW)) == {1}
    assert set(await two.receive([update(2), update(3, BEN)], NOW)) == {3}
    assert set(await one.receive([update(4)], NOW)) == set(), "it would overtake the one that waits"
    await one.commit(turn(1))
    assert set(await two.receive([update(5)], NOW)) == set(), "the reply is not sent"
    await one.sent([Outgoing(1, 0, ANN, Say(""))])
    assert [row.update for row in await one.take_waiting(ANN)] == [2, 4, 5]
    assert await two.take_waiting(ANN) == []


async def test_a_chat_is_with_one_worker_while_a_reply_is_sent_again(
    stores: tuple[SqlStore, SqlStore],
) -> None:
    """Nothing newer may overtake it."""
    one, two = stores
    await one.receive([update(1)], NOW)
    await one.commit(turn(1))
    reply = Outgoing(1, 0, ANN, Say(""))
    for mark in (one.unsure, one.last_try):
        await mark(reply)
        assert await two.take_over() == Left()
        assert set(await two.receive([update(2)], NOW)) == set()
    await one.sent([reply])
    assert [row.update for row in await one.take_waiting(ANN)] == [2]


async def test_a_chat_nobody_has_goes_to_whoever_receives(
    stores: tuple[SqlStore, SqlStore],
) -> None:
    """A learner's turns may be taken by one worker now and by another later."""
    one, two = stores
    await one.receive([update(1)], NOW)
    await one.commit(turn(1, outgoing=()))
    assert await one.take_waiting(ANN) == []
    assert set(await two.receive([update(2)], NOW)) == {2}
    with pytest.raises(StaleError):
        await two.commit(turn(2))
    await two.commit(turn(2, 1))


async def test_an_update_is_new_to_one_worker(stores: tuple[SqlStore, SqlStore]) -> None:
    """Telegram may send it to both at the same time."""
    one, two = stores
    for number in range(1, 30):
        both = await asyncio.gather(*(s.receive([update(number, number)], NOW) for s in stores))
        assert sorted(map(len, both)) == [0, 1]
    assert len(await one.unhandled()) == len(await two.unhandled()) == 29


async def test_what_a_dead_worker_had_is_taken_over_once(postgres: Cluster) -> None:
    """Replies first, then updates, those nobody had too; a living worker's are left alone."""
    url = postgres.database()
    async with SqlStore(url, bot=7) as living, SqlStore(url, bot=7) as other:
        dead = SqlStore(url, bot=7)
        for store in (dead, living, other):
            await store.take_over()
        await dead.receive([update(1), update(2)], NOW)
        await dead.commit(turn(1))
        await living.receive([update(3, BEN)], NOW)
        await other.receive([update(4), update(5, BEN)], NOW)
        assert await other.take_over() == Left()
        await dead.close()
        left = await _first_left(other, living)
        assert [one.update for one in left.replies] == [1]
        assert [one.update for one in left.updates] == [2, 4]
        assert await other.take_over() == await living.take_over() == Left()
        await living.commit(turn(3, chat=BEN, outgoing=()))
        assert [row.update for row in await living.take_waiting(BEN)] == [5]


async def _first_left(*stores: SqlStore) -> Left:
    """What the first of some stores takes over, once PostgreSQL has noticed that a worker ended."""
    async with asyncio.timeout(10):
        while True:
            for left in await asyncio.gather(*(store.take_over() for store in stores)):
                if left != Left():
                    return left
            await asyncio.sleep(0.05)


async def test_a_turn_of_a_worker_that_lost_its_claim_is_not_stored(
    postgres: Cluster,
) -> None:
    """Somebody else has taken it over and answers."""
    url = postgres.database()
    async with SqlStore(url, bot=7) as slow, SqlStore(url, bot=7) as quick:
        await slow.take_over()
        await slow.receive([update(1)], NOW)
        await slow.lose_claims()
        left = await quick.take_over()
        assert [one.update for one in left.updates] == [1]
        with pytest.raises(TakenError):
            await slow.commit(turn(1))
        await quick.commit(turn(1))
        with pytest.raises(TakenError):
            await quick.commit(turn(1, 1))
        assert (await quick.counts()).attempts == 1


KILLED = """
import asyncio, sys
from bot.storage import SqlStore
from tests.bot.storage.test_store import NOW, turn
from tests.bot.storage.test_workers import update

async def main():
    store = SqlStore(sys.argv[1], bot=7)
    await store.take_over()
    await store.receive([update(1), update(2)], NOW)
    await store.commit(turn(1))

asyncio.run(main())
"""


SLOW_COMMIT = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(99); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION slow();
"""
COMMITTING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND objid = 99"
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name"


@pytest.mark.process
async def test_a_killed_worker_has_its_chats_until_its_last_transaction_has_ended(
    postgres: Cluster,
) -> None:
    """Else what comes next would be answered before what that transaction still stores."""
    url = postgres.database()
    async with SqlStore(url, bot=7) as living:
        engine = open_engine(url)
        with engine.connect() as slow, postgres.engine().connect() as admin:
            slow.execute(text(SLOW_COMMIT))
            slow.commit()
            slow.execute(text("SELECT pg_advisory_xact_lock(99)"))
            killed = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, url)
            while not slow.execute(text(COMMITTING)).scalar_one():  # noqa: ASYNC110 - by a process
                await asyncio.sleep(0.02)
            killed.kill()
            await killed.wait()
            name = {"name": engine.url.database}
            while admin.execute(text(SESSIONS), name).scalar_one() > 3:  # noqa: ASYNC110 - so too
                await asyncio.sleep(0.02)
            assert await living.take_over() == Left()
        engine.dispose()
        left = await _first_left(living)
    assert [one.update for one in left.replies] == [1]
    assert [one.update for one in left.updates] == [2]


async def test_what_is_taken_over_waits_for_nobody(postgres: Cluster) -> None:
    """A chat that another worker is at in this moment is looked at the next time."""
    url = postgres.database()
    engine = open_engine(url)
    async with SqlStore(url, bot=7) as gone, SqlStore(url, bot=7) as living:
        await gone.receive([update(1), update(2, BEN)], NOW)
        await gone.lose_claims()
        with engine.connect() as other, other.begin():
            other.execute(text(f"SELECT pg_advisory_xact_lock({ANN})"))
            assert [one.update for one in (await _first_left(living)).updates] == [2]
        assert [one.update for one in (await _first_left(living)).updates] == [1]
    engine.dispose()


async def test_two_workers_never_overwrite_each_other(stores: tuple[SqlStore, SqlStore]) -> None:
    """Every turn counts, however they meet."""

    async def count(store: SqlStore, number: int) -> None:
        await store.receive([update(number, number)], NOW)
        while True:
            saved = await store.load(ANN)
            done = Done(number, ANN, saved.version, str(int(saved.state or 0) + 1), NOW)
            try:
                await store.commit(done)
            except (StaleError, StoreAwayError):
                await asyncio.sleep(0)
                continue
            return

    await asyncio.gather(*(count(stores[number % 2], number) for number in range(1, 101)))
    assert (await stores[0].load(ANN)).state == "100"


async def test_a_database_that_was_away_is_used_again(postgres: Cluster) -> None:
    """Calls fail while it is away, and work afterwards; the worker counts as alive again."""
    if postgres.folder is None:
        pytest.skip("TEST_DATABASE_URL's server is not ours to stop")
    async with SqlStore(postgres.database(), bot=7) as store:
        await store.take_over()
        await store.receive([update(1)], NOW)
        await asyncio.to_thread(postgres.stop)
        for _ in range(2):
            with pytest.raises(StoreAwayError):
                await store.load(ANN)
        await asyncio.to_thread(postgres.start)
        assert await store.take_over() == Left()
        await store.commit(turn(1))
        assert (await store.load(ANN)).version == 1


async def test_what_a_worker_has_without_knowing_is_named_once_more(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may go away between storing an update and saying so."""
    if postgres.folder is None:
        pytest.skip("TEST_DATABASE_URL's server is not ours to stop")
    monkeypatch.setattr(claims, "GRACE_S", 0.0)
    async with SqlStore(postgres.database(), bot=7) as store:
        await store.take_over()
        await store.receive([update(1), update(2, BEN)], NOW)
        await store.commit(turn(2, chat=BEN, outgoing=()))
        assert await store.take_over() == Left(), "as long as every answer came"
        await asyncio.to_thread(postgres.stop)
        with pytest.raises(StoreAwayError):
            await store.load(ANN)
        await asyncio.to_thread(postgres.start)
        assert await store.take_over() == Left((update(1),))
        assert await store.take_over() == Left()


async def test_a_migration_that_meets_a_worker_at_its_turn_is_tried_again(
    postgres: Cluster,
) -> None:
    """They may stand in one another's way; it is the start that waits, and not for long."""
    url = postgres.database()
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection, "0003")
    with engine.connect() as worker, worker.begin():
        worker.execute(text("UPDATE outbox SET unknown = false"))
        starting = asyncio.create_task(asyncio.to_thread(SqlStore, url, 7))
        while not worker.execute(text(WAITING)).scalar_one():  # noqa: ASYNC110 - its lock
            await asyncio.sleep(0.02)
        await asyncio.to_thread(worker.execute, text("UPDATE inbox SET handled = true"))
    store = await asyncio.wait_for(starting, 20)
    assert await store.take_over() == Left()
    await store.close()
    engine.dispose()
