"""What is asked of the database with every turn finds its rows by an index, however many there are.

Every statement is written down while the store does its work, and then the database is asked how it
would run it. With sequential scans discouraged PostgreSQL plans one only where no index serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.dialogue.class_data import (
    AskClasses,
    EndClass,
    InviteTeacher,
    JoinClass,
    LeaveClass,
    MakeClass,
    RemovePupil,
    RemoveTeacher,
    TeachClass,
)
from bot.dialogue.effects import Attempt, Remind, Say
from bot.ports import Done, Outgoing, RawUpdate
from bot.storage import SqlStore
from bot.storage.course import course
from bot.storage.dialects import open_engine
from bot.storage.reading import reading
from tests.bot.storage.test_store import file, url
from tests.postgres import postgres

__all__ = ["file", "postgres", "url"]

NOW = datetime(2025, 1, 1, tzinfo=UTC)
ANN, BEN = 11, 22
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

Asked = dict[str, Any]
"""Parameters by statement."""


@contextmanager
def asked() -> Iterator[Asked]:
    """The statements that are run meanwhile."""
    found: Asked = {}

    def note(*given: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
        _, _, statement, parameters, *_ = given
        if statement.lstrip().startswith(PLANNED):
            first = isinstance(parameters, list)
            found[statement] = parameters[0] if first else parameters

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def turns(store: SqlStore) -> None:
    """Whatever a store does while learners are taught, reminded, forgotten and gone."""
    await store.take_over()
    for number, chat, version in ((1, ANN, 0), (2, ANN, 1), (3, BEN, 0)):
        await store.receive([RawUpdate(number, chat, "{}")], NOW)
        await store.load(chat)
        attempt = Attempt("l", "s", "H1.sum", "0.03", "correct")
        reply = Outgoing(number, 0, chat, Say("Right."))
        due = Remind(NOW)
        await store.commit(Done(number, chat, version, "{}", NOW, (attempt,), (reply,), due))
        await store.unsure(reply)
        await store.replies_to(number)
        await store.sent([reply])
        await store.take_waiting(chat)
    await store.take_due(NOW + timedelta(minutes=1), 20)
    await store.block(BEN)
    await store.keep_upload("a picture", "its name", NOW)
    await store.uploaded("a picture")
    await store.export(ANN)
    await store.receive([RawUpdate(4, ANN, "{}"), RawUpdate(5, BEN, "{}")], NOW)
    await store.commit(Done(4, ANN, 2, None, NOW, forget=True))
    await store.handled([5])
    await taught(store)


async def taught(store: SqlStore) -> None:
    """Whatever it does with classes; Ann and Ben have no state."""
    code, other = "0a" * 16, "0b" * 16
    number = 100
    made = MakeClass(code, "Year 10", "skill_loss", None)
    for chat, change in (
        *((ANN, made), (BEN, JoinClass(code, "Ben")), (ANN, InviteTeacher(1, other))),
        *((BEN, TeachClass(other)), (ANN, RemoveTeacher(1, 2)), (ANN, RemovePupil(1, 1))),
        *((BEN, LeaveClass(1)), (BEN, JoinClass(code, "Ben")), (ANN, EndClass(2))),
    ):
        number += 1
        await store.commit(Done(number, chat, 0, None, NOW, classes=(change,)))
    assert len((await store.classroom(ANN, AskClasses(code))).taught) == 1
    await store.classroom(BEN, AskClasses(other))
    found = await store.class_results(ANN, 1)
    assert found is not None
    assert [one.nickname for one in found.pupils] == ["Ben"]
    await store.commit(Done(200, ANN, 0, None, NOW, forget=True))
    assert await store.class_results(ANN, 1) is None


def scans(connection: Connection, statements: Asked) -> list[str]:
    """The statements that would read a whole table."""
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET enable_seqscan = off")
    found = []
    for statement, parameters in statements.items():
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
        plan = [str(row[-1]) for row in rows]
        if any(_is_scan(line) for line in plan):
            found.append("\n".join([statement, *plan]))
    return found


def _is_scan(line: str) -> bool:
    if "CONSTANT ROW" in line or "pg_locks" in line:
        return False
    return "Seq Scan" in line or (line.startswith("SCAN") and "INDEX" not in line)


async def test_who_has_finished_is_counted_by_an_index(url: str) -> None:
    """Without a look at anybody's state."""
    async with SqlStore(url, bot=7) as store:
        await turns(store)
    with reading(url) as connection, asked() as statements:
        course(connection, NOW)
    (counted,) = (one for one in statements if "learners.finished" in one)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert scans(connection, {counted: statements[counted]}) == []
    engine.dispose()


async def test_no_turn_reads_a_whole_table(url: str) -> None:
    """So its cost does not grow with the number of learners."""
    async with SqlStore(url, bot=7) as store:
        with asked() as statements:
            await turns(store)
    assert len(statements) > 20
    engine = open_engine(url)
    with engine.connect() as connection:
        assert "\n\n".join(scans(connection, statements)) == ""
    engine.dispose()
