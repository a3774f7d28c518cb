"""How the course goes, from what is stored, on either kind of database."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import column, select, table

from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Attempt
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.storage import SqlStore, course
from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate
from bot.storage.reading import reading
from bot.storage.schema import learners
from tests.bot.storage.test_store import NOW, file, postgres, store, turn, url

__all__ = ["file", "postgres", "store", "url"]

UNDER_WAY = '{"lesson":"l","step":"h1_sum","records":{}}'
DONE = '{"lesson":"l","records":{"a":["solved"]}}'


def parked(state: str) -> str:
    """A state in practice, with another one waiting."""
    quoted = state.replace('"', '\\"')
    return f'{{"lesson":"practice:x","step":"p1","parked":"{quoted}"}}'


async def test_learners_answers_and_mistakes_are_counted(store: SqlStore) -> None:
    """Groups are no learners; who is elsewhere counts where the lesson waits for them."""
    wrong = Attempt("l", "h1_sum", "H1.sum", "0.45", "mistake", ("dropped_sign", "slip"))
    elsewhere = Attempt("practice:x", "p1", "H1.sum", "0.45", "unexplained")
    await store.commit(turn(1, chat=1, state=UNDER_WAY, attempts=(wrong, wrong)))
    await store.commit(turn(2, chat=2, state=DONE))
    await store.commit(turn(3, chat=-3, state=DONE, attempts=()))
    await store.commit(turn(4, chat=4, state=parked(UNDER_WAY), attempts=(elsewhere,)))
    shelved = f'{{"lesson":"other","step":"s","shelved":{{"l":{UNDER_WAY}}}}}'
    await store.commit(turn(5, chat=5, state=shelved, attempts=()))
    await store.commit(turn(6, chat=6, state='{"lesson":"other","step":"s"}', attempts=()))
    today = f'{{"v":2,"current":"other","lessons":{{"l":{UNDER_WAY}}},"detour":{{}}}}'
    await store.commit(turn(7, chat=7, state=today, attempts=()))
    await store.block(2)
    assert await store.course("l", NOW + timedelta(days=3)) == Course(
        learners=6,
        looked_at=6,
        active=6,
        finished=1,
        blocked=1,
        at_step=(("h1_sum", 4),),
        answers=4,
        verdicts=(("mistake", 2), ("correct", 1), ("unexplained", 1)),
        wrong_at=(("h1_sum", 2),),
        mistakes=(("dropped_sign", 2), ("slip", 1)),
    )
    assert (await store.course("l", NOW + timedelta(days=30))).active == 0


async def test_who_finished_a_lesson_and_opened_another_is_counted(
    store: SqlStore, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every one of them, also of so many that only some are looked at; who starts over is not."""
    monkeypatch.setattr(course, "LEARNERS", 4)
    monkeypatch.setattr(course, "LOTS", 2)
    done = State.of("l", records={"a": Record(Outcome.SOLVED)})
    for chat, state in enumerate((done, done.turned_to("m").at("s"), done.at("s"), done), 1):
        kept = state.to_json()
        await store.commit(turn(chat, chat=chat, state=kept, finished=state.finished))
    for chat in range(5, 50):
        await store.commit(turn(chat, chat=chat, state=UNDER_WAY, finished=False))
    await store.commit(turn(60, version=1, chat=4, state=done.again("s").to_json(), finished=False))
    await store.commit(turn(61, version=1, chat=1, state=done.to_json()))  # nobody says so anew
    with reading(url) as connection:
        assert course.course(connection, NOW).finished == 2


@pytest.mark.parametrize(
    ("state", "finished"),
    [
        (UNDER_WAY, False),
        (DONE, True),
        (f'{{"lesson":"other","step":"s","shelved":{{"l":{DONE}}}}}', True),
        (f'{{"lesson":"other","step":"s","shelved":{{"l":{UNDER_WAY}}}}}', False),
        (f'{{"v":2,"current":"other","lessons":{{"l":{DONE},"other":{{"step":"s"}}}}}}', True),
        (f'{{"v":2,"current":"l","lessons":{{"l":{UNDER_WAY}}}}}', False),
        (None, False),
    ],
)
def test_states_stored_before_it_was_noted_are_looked_at_once(
    url: str, state: str | None, finished: bool
) -> None:
    """Of any version, by the migration."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection, "0005")
        learner = {"chat": 1, "version": 1, "blocked": False, "created_ms": 1, "updated_ms": 1}
        columns = [one for one in learners.c if one.name != "finished"]
        old = table("learners", *(column(one.name) for one in columns))
        connection.execute(old.insert(), [learner | {"state": state, "asked": None}])
        migrate(connection)
        assert connection.execute(select(learners.c.finished)).scalar_one() is finished
    engine.dispose()


async def test_an_empty_course(store: SqlStore) -> None:
    """Is all zeros."""
    assert await store.course("l", NOW) == Course()


async def test_of_many_a_part_is_looked_at(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as there is time for, from the first who came to the last; and it says so."""
    monkeypatch.setattr(course, "LEARNERS", 40)
    monkeypatch.setattr(course, "LOTS", 8)
    monkeypatch.setattr(course, "ANSWERS", 50)
    states = [UNDER_WAY if one <= 100 else DONE for one in range(1, 201)]
    came = (turn(number, chat=10**9 * number, state=s) for number, s in enumerate(states, 1))
    await asyncio.gather(*map(store.commit, came))
    found = await store.course("l", NOW)
    assert found.learners == 200
    assert found.looked_at <= 40
    assert found.sampled
    assert (found.answers, found.answers_before) == (50, True)
    if store.shared:  # PostgreSQL draws pages; so few learners fill only a handful
        return
    assert found.looked_at == 40
    assert (found.finished, dict(found.at_step)) == (20, {"h1_sum": 20})


async def test_asking_holds_up_no_turn(store: SqlStore, url: str) -> None:
    """While somebody reads, and for as long as they like, turns are stored; and not seen."""
    await store.commit(turn(1, chat=1, state=UNDER_WAY))
    with reading(url) as connection:
        before = course.course(connection, NOW, "l")
        await asyncio.wait_for(store.commit(turn(2, chat=2, state=DONE)), 5)
        assert course.course(connection, NOW, "l") == before
    assert (await store.course("l", NOW)).learners == 2
