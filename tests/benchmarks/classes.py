"""A teacher's overview with 1,000 classes of 30, and what turns wait meanwhile.

The overview is all of it but the drawing, which has a thread of its own: what is stored is read,
worked out, and put into words, as a list and as what is to be drawn. Turns are learners' at the
same time, each answered and stored. `--classes 1000 --pupils 30`
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, insert

from bot.dialogue.effects import ClassView
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import OwnNetwork
from bot.dialogue.machine import Machine
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.ports import Done
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import attempts, classes, learners, pupils, teachers
from content.library import Library
from content.own_network import code_of, from_code, read_own
from tests.benchmarks.filling import Databases, on_each

MACHINE = Machine(Library())
Work = Callable[[], Coroutine[Any, Any, Any]]

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NETWORK = str(code_of(read_own("x1=0.5 x2=0.4\nH1 relu 0.4 -0.3\nO sigmoid 0.6\ntarget 0")))
PARTS = (f"lesson_{MACHINE.book.lesson.id}", f"net_{NETWORK}", "skill_weighted_sum")
OWN = OwnNetwork.of(from_code(NETWORK)).id
ANSWERS = 20
"""On record of each pupil."""
OVERVIEWS, TURNS_APART_S, AT_ONCE = 60, 0.02, 20


def state(rng: random.Random) -> str:
    """Somebody somewhere in the lesson."""
    places = MACHINE.book.lesson.places
    at = rng.randrange(1, len(places))
    records = {
        place.id: Record(rng.choice([*Outcome]), tries=rng.randint(1, 3), made=("dropped_sign",))
        for place in places[:at]
    }
    return State.of(MACHINE.book.lesson.id, places[at].id, records=records).to_json()


def fill(url: str, count: int, size: int) -> None:
    """So many classes of so many pupils, each of their own; teachers are numbered from 1."""
    rng, engine = random.Random(1), open_engine(url)
    states = [state(rng) for _ in range(200)]
    with engine.begin() as connection:
        for class_ in range(1, count + 1):
            first = 10**6 + class_ * size
            for table, made in rows(class_, range(first, first + size), states, rng):
                connection.execute(insert(table), made)
    engine.dispose()


def rows(
    class_: int, chats: range, states: list[str], rng: random.Random
) -> Iterator[tuple[Table, list[dict[str, object]]]]:
    """The rows of one class."""
    part, at = PARTS[class_ % 3], {"created_ms": 1}
    row = {"id": class_, "bot": 0, "name": f"Class {class_}", "part": part}
    yield classes, [{**row, "code": f"{class_:032x}", **at}]
    yield teachers, [{"class_id": class_, "chat": class_, "since_ms": 1}]
    known = {"version": 1, "blocked": False, "updated_ms": 1, **at}
    yield learners, [{"chat": chat, "state": rng.choice(states), **known} for chat in chats]
    joined = {"class_id": class_, "joined_ms": 1}
    yield pupils, [{**joined, "chat": chat, "nickname": f"Pupil {chat}"} for chat in chats]
    lesson = {PARTS[1]: "own", PARTS[2]: "practice:weighted_sum:1"}.get(part, "bn")
    answer = {"lesson": lesson, "quantity": "H1.sum", "typed": "0.45", "hints": 0, "tries": 1}
    answer |= {"verdict": "mistake", "mistakes": '["dropped_sign"]'}
    yield (
        attempts,
        [
            {**answer, "chat": chat, "at_ms": n, "step": f"{OWN}_{n % 9}"}
            for chat in chats
            for n in range(ANSWERS)
        ],
    )


@dataclass
class Measured:
    """What was found, in seconds."""

    overviews: list[float]
    burst: float
    alone: list[float]
    meanwhile: list[float]
    in_burst: list[float]


async def overview(store: SqlStore, class_: int) -> float:
    """How long a teacher waits for the list and what is drawn."""
    began = time.perf_counter()
    for what in ("list", "picture"):
        found = await store.class_results(class_, class_)
        assert found is not None
        MACHINE.class_view(ClassView(class_, what, "en"), found)
    return time.perf_counter() - began


async def turns_during(store: SqlStore, work: Work, first: int) -> list[float]:
    """How long each turn took while something else was done."""
    took, task, number = list[float](), asyncio.create_task(work()), first
    text = state(random.Random(2))
    while not task.done():
        began, number = time.perf_counter(), number + 1
        turn = MACHINE.step(text, Said("0.123", 1), NOW)
        done = Done(number, 10**9 + number, 0, turn.state, NOW, attempts=turn.attempts)
        await store.commit(done)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(TURNS_APART_S)
    await task
    return took


async def measured(made: Databases, count: int, size: int) -> Measured:
    """Turns alone, turns while one teacher after the other looks, and while many do at once."""
    url = await asyncio.to_thread(made.filled, 1, "{}", 1)
    await asyncio.to_thread(fill, url, count, size)
    rng, took = random.Random(3), list[float]()

    async with SqlStore(url) as store:

        async def looking() -> None:
            for _ in range(OVERVIEWS):
                took.append(await overview(store, rng.randint(1, count)))

        async def all_looking() -> float:
            began = time.perf_counter()
            some = (overview(store, rng.randint(1, count)) for _ in range(AT_ONCE))
            await asyncio.gather(*some)
            return time.perf_counter() - began

        for class_ in range(1, 4):
            await overview(store, class_)
        alone = await turns_during(store, lambda: asyncio.sleep(3), 10**6)
        meanwhile = await turns_during(store, looking, 2 * 10**6)
        began = time.perf_counter()
        in_burst = await turns_during(store, all_looking, 3 * 10**6)
        return Measured(took, time.perf_counter() - began, alone, meanwhile, in_burst)


def _ms(seconds: list[float]) -> str:
    worst = sorted(seconds)[-max(1, len(seconds) // 100)]
    found = statistics.median(seconds), worst, max(seconds)
    middle, late, longest = (f"{1000 * one:.1f}" for one in found)
    return f"median {middle}, 99th {late}, longest {longest} ms ({len(seconds)})"


def main() -> None:
    """Prints a few lines for each kind of database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classes", type=int, default=1000)
    parser.add_argument("--pupils", type=int, default=30)
    asked = parser.parse_args()
    for kind, one in on_each(lambda made: asyncio.run(measured(made, asked.classes, asked.pupils))):
        print(f"{kind}, {asked.classes:,} classes of {asked.pupils}", flush=True)
        print(f"  the overview: {_ms(one.overviews)}; {AT_ONCE} at once: {one.burst:.2f} s in all")
        print(f"  turns alone: {_ms(one.alone)}")
        print(f"  turns while teachers look: {_ms(one.meanwhile)}")
        print(
            f"  turns while {AT_ONCE} look at once: {_ms(one.in_burst)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
