"""How the course goes, at a cost that does not grow with it.

Of up to `LEARNERS` learners all are looked at; of more, about that many, from the first who came to
the last. Of the answers the last `ANSWERS` are counted. Both go by the tables' own order, so a
million learners take little longer than ten thousand. Who has finished any lesson is counted of
all, by an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    func,
    literal_column,
    select,
)

from bot.dialogue.course_numbers import Counted, Course
from bot.dialogue.migration import lesson_data
from bot.storage.rows import milliseconds
from bot.storage.schema import FINISHED, attempts, learners

LEARNERS, ANSWERS = 10_000, 100_000
LOTS = 100
"""In how many lots learners are drawn where there are more than `LEARNERS`."""
MOST = 8
"""How many names of a kind are told."""
WRONG = ("mistake", "ambiguous", "unexplained")


def course(connection: Connection, now: datetime, lesson: str | None = None) -> Course:
    """Looks at learners and answers.

    Args:
        connection: reads one moment's state.
        now: the time, to tell who was heard lately.
        lesson: the lesson whose steps are told apart, and who has finished it; None for any.
    """
    c = learners.c
    total = connection.execute(select(func.count()).where(c.chat > 0)).scalar_one()
    week = milliseconds(now - timedelta(days=7))
    at_step: Counter[str] = Counter()
    looked_at = active = finished = blocked = 0
    for row in _learners(connection, total):
        looked_at += 1
        active += row.updated_ms >= week
        blocked += bool(row.blocked)
        data = lesson_data(orjson.loads(row.state), lesson) if row.state else {}
        if step := data.get("step"):
            at_step[step] += 1
        finished += not step and bool(data.get("records"))
    if lesson is None:
        all_done = select(func.count()).select_from(learners).where(c.chat > 0, FINISHED)
        finished = connection.execute(all_done).scalar_one()
    answers, before, verdicts, wrong_at, mistakes = _answers(connection, lesson)
    return Course(
        total,
        looked_at,
        active,
        finished,
        blocked,
        _most(at_step),
        answers,
        before,
        _most(verdicts),
        _most(wrong_at),
        _most(mistakes),
    )


def _learners(connection: Connection, total: int) -> Iterator[Row[Any]]:
    """All of them, or lots from early to late; groups, numbered below 0, are no learners."""
    if total <= LEARNERS:
        yield from connection.execute(_rows(learners))
    elif connection.dialect.name == "sqlite":
        # Rows are numbered as they came in, so each lot holds learners who began together.
        row: ColumnElement[int] = literal_column("rowid")
        last = connection.execute(select(func.max(row)).select_from(learners)).scalar_one()
        for lot in range(LOTS):
            first, after = last * lot // LOTS, last * (lot + 1) // LOTS
            some = _rows(learners).where(row > first, row <= after).order_by(row)
            yield from connection.execute(some.limit(LEARNERS // LOTS))
    else:
        percent = 100 * LEARNERS / total
        some = _rows(learners.tablesample(func.system(percent), seed=func.pi()))
        yield from connection.execute(some.limit(LEARNERS))


def _rows(table: FromClause) -> Select[Any]:
    c = table.c
    return select(c.state, c.blocked, c.updated_ms).where(c.chat > 0)


def _answers(
    connection: Connection, lesson: str | None
) -> tuple[int, bool, Counter[str], Counter[str], Counter[str]]:
    c = attempts.c
    last: Select[Any] = select(c.id, c.lesson, c.step, c.verdict, c.mistakes)
    some = last.order_by(c.id.desc()).limit(ANSWERS).subquery()
    s = some.c
    rows = connection.execute(
        select(s.lesson, s.step, s.verdict, s.mistakes, func.count(), func.min(s.id)).group_by(
            s.lesson, s.step, s.verdict, s.mistakes
        )
    ).all()
    verdicts, wrong_at, mistakes = Counter[str](), Counter[str](), Counter[str]()
    for its_lesson, step, verdict, made, count, _ in rows:
        verdicts[verdict] += count
        for mistake in orjson.loads(made)[:1]:
            mistakes[mistake] += count
        if verdict in WRONG and lesson in (None, its_lesson):
            wrong_at[step] += count
    oldest = min((row[5] for row in rows), default=0)
    earlier = select(c.id).where(c.id < oldest).order_by(c.id.desc()).limit(1)
    more = connection.execute(earlier).first() is not None
    return sum(verdicts.values()), more, verdicts, wrong_at, mistakes


def _most(counter: Counter[str]) -> Counted:
    return tuple(sorted(counter.items(), key=lambda one: (-one[1], one[0]))[:MOST])
