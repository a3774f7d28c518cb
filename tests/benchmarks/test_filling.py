"""Databases that benchmarks fill, and the rounds in which they use them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from bot.storage.dialects import open_engine
from bot.storage.schema import attempts, learners
from tests.benchmarks import course, store
from tests.benchmarks.filling import INDEX, Databases
from tests.postgres import Cluster, postgres

STATE = '{"v":1}'
__all__ = ["postgres"]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    """A place for databases of either kind."""
    if request.param == "SQLite":
        yield Databases(tmp_path)
    else:
        where: Cluster = request.getfixturevalue("postgres")
        yield Databases(where)


def test_every_learner_and_answer_is_there(made: Databases) -> None:
    """A filled database has the learners asked for, each with the answers asked for, in turn."""
    engine = open_engine(made.filled(30, STATE, answers=3))
    with engine.connect() as connection:
        rows = connection.execute(select(learners.c.chat, learners.c.state)).all()
        given = connection.execute(select(attempts.c.chat).order_by(attempts.c.id)).scalars().all()
        found = {index["name"] for index in inspect(connection).get_indexes("attempts")}
    engine.dispose()
    assert sorted((chat, state) for chat, state in rows) == [(n, STATE) for n in range(1, 31)]
    assert Counter(given) == dict.fromkeys(range(1, 31), 3)
    assert len(set(given[:30])) == 30
    assert INDEX in found


async def test_the_store_takes_turns_on_it(made: Databases) -> None:
    """Sizes take turns: each is measured once in each round, on databases the store can write."""
    by_size = await store.measured(made, [100, 200], rounds=2, turns=64)
    assert {size: len(one.cpu_ms) for size, one in by_size.items()} == {100: 2, 200: 2}
    assert min(min(one.elapsed_ms) for one in by_size.values()) > 0


async def test_stats_are_asked_while_learners_go_on(made: Databases) -> None:
    """The owner's numbers are timed, and the turns that ran meanwhile."""
    by_size = await course.measured(made, [100], rounds=2)
    assert [len(by_size[100].took_s), len(by_size[100].waited_s)] == [2, 2]
    assert min(by_size[100].took_s + by_size[100].waited_s) > 0
