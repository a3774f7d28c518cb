"""The store's promises, on a real SQLite file."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.dialogue.effects import AnswerPress, Attempt, Button, Say, Show
from bot.ports import Counts, Done, Left, Outgoing, RawUpdate, Saved, StaleError, StorageError
from bot.storage import SqlStore
from bot.storage.codec import dump
from bot.storage.dialects import open_engine
from bot.storage.inbox import TIDIED
from bot.storage.migrate import FOLDER, migrate, revision_of
from bot.storage.schema import REVISION, metadata
from tests.bot.pictures.requests import full_diagram, learning, sheet
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

NOW = datetime(2025, 1, 1, tzinfo=UTC)
ANN, BEN = 11, 22
SAY = Say("<b>0.03</b>", ((Button("Hint", "hint"),),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database file that is not there yet, in a folder that is not there yet."""
    return tmp_path / "data" / "bot.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """A database of either kind, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.database()


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store on it."""
    async with SqlStore(url, bot=7) as opened:
        await opened.take_over()
        yield opened


@pytest.fixture
async def file_store(file: Path) -> AsyncIterator[SqlStore]:
    """A store on the file."""
    async with SqlStore(f"sqlite:///{file}", bot=7) as opened:
        yield opened


def turn(update: int, version: int = 0, chat: int = ANN, **more: object) -> Done:
    """A turn in which Ann typed 0.03 and got one reply."""
    usual = {
        "state": '{"step": 2}',
        "at": NOW,
        "attempts": (Attempt("l", "s", "H1.sum", "0.03", "correct", ("slip",), 1, 2),),
        "outgoing": (Outgoing(update, 0, chat, SAY),),
    }
    return Done(update, chat, version, **{**usual, **more})  # type: ignore[arg-type]


async def test_an_update_is_handled_once(store: SqlStore) -> None:
    """It is stored once and named until it is handled, should its first answer have been lost."""
    first, second = RawUpdate(1, ANN, '{"a": 1}'), RawUpdate(2, ANN, "{}")
    assert set(await store.receive([first], NOW)) == {1}
    assert set(await store.receive([first, second], NOW)) == {1, 2}
    assert await store.unhandled() == [first, second]
    await store.handled([1])
    assert set(await store.receive([first], NOW)) == set()
    assert await store.unhandled() == [second]


async def test_an_update_comes_with_its_chats_state(store: SqlStore) -> None:
    """So that nothing has to be asked before it is answered."""
    await store.commit(turn(1))
    news = [RawUpdate(2, ANN, "{}"), RawUpdate(3, BEN, "{}"), RawUpdate(4, ANN, "{}")]
    ann = Saved('{"step": 2}', 1)
    assert await store.receive(news, NOW) == {2: ann, 3: Saved(), 4: ann}
    await store.commit(turn(2, 1))
    ann = await store.load(ANN)
    assert await store.receive([news[0], RawUpdate(5, ANN, "{}")], NOW) == {5: ann}


async def test_the_same_update_twice_at_the_same_time_is_stored_once(store: SqlStore) -> None:
    """Also when both come in one transaction; whoever asks hears that it is to be handled."""
    update = RawUpdate(1, ANN, "{}")
    answers = await asyncio.gather(*(store.receive([update], NOW) for _ in range(8)))
    assert answers == [{1: Saved()}] * 8
    assert await store.unhandled() == [update]


async def test_two_bots_do_not_mistake_their_updates(url: str) -> None:
    """Update ids belong to a bot, so one database can serve two."""
    for bot in (1, 2):
        async with SqlStore(url, bot) as store:
            assert set(await store.receive([RawUpdate(5, ANN, "{}")], NOW)) == {5}
            assert len(await store.unhandled()) == 1


async def test_a_turn_is_stored_in_one_piece(store: SqlStore) -> None:
    """State, attempt and reply are there together, and the update is handled."""
    await store.receive([RawUpdate(1, ANN, "{}")], NOW)
    await store.commit(turn(1))
    assert await store.load(ANN) == Saved('{"step": 2}', 1)
    assert await store.outgoing() == [Outgoing(1, 0, ANN, SAY)]
    assert await store.counts() == Counts(learners=1, attempts=1, unhandled=0, outgoing=1)


async def test_a_stale_turn_leaves_nothing(store: SqlStore) -> None:
    """Whoever started from an older state must start again; not even the attempt is kept."""
    await store.commit(turn(1))
    await store.receive([RawUpdate(2, ANN, "{}")], NOW)
    for version in (0, 2):
        with pytest.raises(StaleError):
            await store.commit(turn(2, version))
    assert await store.counts() == Counts(learners=1, attempts=1, unhandled=1, outgoing=1)
    await store.commit(turn(2, 1))
    assert await store.load(ANN) == Saved('{"step": 2}', 2)


async def test_turns_at_the_same_time_share_a_transaction(store: SqlStore) -> None:
    """And one that is stale fails alone."""
    turns = [store.commit(turn(one, chat=one)) for one in range(1, 101)]
    outcomes = await asyncio.gather(*turns, store.commit(turn(200, 9)), return_exceptions=True)
    assert [type(one) for one in outcomes if one] == [StaleError]
    assert (await store.counts()).learners == 100


async def test_a_turn_without_a_state_keeps_no_row(store: SqlStore) -> None:
    """None means there is nothing to keep."""
    await store.commit(turn(1))
    await store.commit(turn(2, 1, state=None, outgoing=()))
    assert await store.load(ANN) == Saved()


async def test_replies_are_kept_until_their_fate_is_known(store: SqlStore) -> None:
    """A sent reply goes, an unknown one stays and says so, in the order they were made."""
    press = Outgoing(2, 0, ANN, AnswerPress("9", "ok"))
    await store.commit(turn(1))
    await store.commit(turn(2, 1, outgoing=(press, Outgoing(2, 1, ANN, SAY))))
    await store.sent([Outgoing(1, 0, ANN, SAY)])
    await store.unsure(Outgoing(2, 1, ANN, SAY))
    assert await store.outgoing() == [press, Outgoing(2, 1, ANN, SAY, unknown=True)]
    await store.not_sent(Outgoing(2, 1, ANN, SAY))
    assert await store.outgoing() == [press, Outgoing(2, 1, ANN, SAY)]


async def test_a_restart_drops_what_may_have_arrived_and_nobody_needs(url: str) -> None:
    """Tried for the last time, or overtaken by a newer reply; not what still waits its turn."""
    later = NOW + timedelta(seconds=9)
    async with SqlStore(url, bot=7) as before:
        await before.take_over()
        for number, chat in enumerate((ANN, BEN, 13, 14), 1):
            await before.commit(turn(number, chat=chat))
            await before.unsure(Outgoing(number, 0, chat, SAY))
        await before.last_try(Outgoing(1, 0, ANN, SAY))
        await before.last_try(Outgoing(4, 0, 14, SAY))
        await before.not_sent(Outgoing(4, 0, 14, SAY, unknown=True))
        for number, chat in ((5, BEN), (6, 13)):
            await before.commit(turn(number, 1, chat, at=later))
        await before.sent([Outgoing(5, 0, BEN, SAY)])
    async with SqlStore(url, bot=7) as after:
        left = await _left(after)
        assert [(one.update, one.unknown) for one in left.replies] == [
            (3, True), (6, False), (4, True),
        ]  # fmt: skip
        assert {one.at for one in left.replies} == {NOW, later}
        assert await after.outgoing() == sorted(left.replies, key=lambda one: one.update)


async def _left(store: SqlStore) -> Left:
    """What it takes over, once the database has noticed that the other worker ended."""
    async with asyncio.timeout(10):
        while (left := await store.take_over()) == Left():  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.05)
    return left


async def test_a_blocked_chat_loses_its_replies_and_no_other_does(store: SqlStore) -> None:
    """Nothing is sent to somebody who does not want it."""
    await store.commit(turn(1))
    await store.commit(turn(2, chat=BEN))
    await store.block(ANN)
    assert [reply.chat for reply in await store.outgoing()] == [BEN]


async def test_a_pictures_reply_is_kept_whole(store: SqlStore) -> None:
    """Whatever the picture: network, numbers, examples, words."""
    effects = [
        Show(picture, "<b>words</b>", ((Button("Again", "a"),),), 5)
        for picture in (full_diagram(), learning(3), sheet(3), replace(sheet(3), format="pdf"))
    ]
    replies = tuple(Outgoing(1, place, ANN, effect) for place, effect in enumerate(effects))
    await store.commit(turn(1, outgoing=replies))
    assert tuple(await store.outgoing()) == replies


async def test_uploads_are_remembered_by_bot(store: SqlStore, url: str) -> None:
    """Until the platform has forgotten them, or a month has gone by."""
    await store.keep_upload("diagram-1", "file-1", NOW)
    await store.keep_upload("diagram-1", "file-2", NOW)
    async with SqlStore(url, bot=8) as other:
        assert await other.uploaded("diagram-1") is None
    assert await store.uploaded("diagram-1") == "file-2"
    await store.keep_upload("diagram-1", None, NOW)
    assert await store.uploaded("diagram-1") is None
    await store.keep_upload("diagram-1", "file-3", NOW)
    await store.receive([RawUpdate(1, ANN, "{}")], NOW + timedelta(days=31))
    assert await store.uploaded("diagram-1") is None


async def test_everything_is_there_after_a_restart(url: str) -> None:
    """The next process finds the state, the replies and the unhandled updates."""
    async with SqlStore(url) as store:
        await store.receive([RawUpdate(1, ANN, "{}"), RawUpdate(2, ANN, "{}")], NOW)
        await store.commit(turn(1))
    async with SqlStore(url) as store:
        assert (await store.load(ANN)).version == 1
        assert [row.update for row in await store.unhandled()] == [2]
        assert len(await store.outgoing()) == 1


async def test_handled_updates_keep_their_id_for_two_days_only(store: SqlStore) -> None:
    """Then the id goes too: Telegram repeats nothing that old, and may use an id again."""
    await store.receive([RawUpdate(1, ANN, "{}"), RawUpdate(2, ANN, "{}")], NOW)
    await store.handled([1])
    await store.receive([RawUpdate(3, ANN, "{}")], NOW + timedelta(hours=50))
    await store.tidied()
    assert set(await store.receive([RawUpdate(1, ANN, "{}")], NOW + timedelta(hours=50))) == {1}
    assert [row.update for row in await store.unhandled()] == [1, 2, 3]


async def test_old_ids_go_a_few_at_a_time(store: SqlStore, url: str) -> None:
    """However many there are, no update waits until all of them are gone."""
    many = 4 * TIDIED + 100
    await store.receive([RawUpdate(one, ANN, "{}") for one in range(1, many + 1)], NOW)
    await store.handled(range(1, many + 1))
    engine = open_engine(url)

    def stored() -> int:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())

    later = NOW + timedelta(hours=50)
    assert set(await store.receive([RawUpdate(many + 1, BEN, "{}")], later)) == {many + 1}
    assert stored() >= many - 2 * TIDIED
    await store.tidied()
    assert stored() == 1
    engine.dispose()


async def test_the_file_is_its_owners_only(file_store: SqlStore, file: Path) -> None:
    """Nobody else on the computer can read it, nor the files SQLite puts beside it."""
    await file_store.commit(turn(1))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_a_newer_database_is_refused(url: str) -> None:
    """An older bot does not touch what it does not know, and says so in one line."""
    async with SqlStore(url):
        pass
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StorageError) as caught:
        SqlStore(url)
    assert str(caught.value) == (
        "the database is at schema revision 9999, which this version of the bot does not know "
        f"(it knows up to {REVISION}): use the version that made it, or newer"
    )


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("sqlite:////proc/nowhere/bot.sqlite3", "cannot be opened"),
        ("nonsense://", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_in_one_line(url: str, complaint: str) -> None:
    """No traceback, no statement, no values."""
    with pytest.raises(StorageError) as caught:
        SqlStore(url)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_file_that_is_no_database_is_named_in_one_line(tmp_path: Path) -> None:
    """It is left as it is."""
    file = tmp_path / "bot.sqlite3"
    file.write_text("my shopping list, which is longer than a header" * 100)
    with pytest.raises(StorageError, match="file is not a database"):
        SqlStore(f"sqlite:///{file}")
    assert file.read_text().startswith("my shopping list")


async def test_the_migrations_make_the_tables_the_code_uses(url: str) -> None:
    """Columns, keys and indexes agree with `schema.py`, and REVISION is the newest file."""
    async with SqlStore(url):
        pass
    engine = open_engine(url)
    with engine.connect() as connection:
        assert revision_of(connection) == REVISION
        there = inspect(connection)
        for table in metadata.tables.values():
            columns = {one["name"]: one for one in there.get_columns(table.name)}
            assert set(columns) == set(table.c.keys())
            for column in table.c:
                assert columns[column.name]["nullable"] == column.nullable, column
            keys = there.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]
            indexes = {str(one["name"]) for one in there.get_indexes(table.name)}
            assert indexes == {str(index.name) for index in table.indexes}
    engine.dispose()
    newest = max(path.name for path in (FOLDER / "versions").glob("v*.py"))
    assert newest.startswith(f"v{REVISION}_")


async def test_replies_of_unknown_fate_are_brought_forward(url: str) -> None:
    """Those that earlier versions left are sent once more; reminders, which were tried, are not."""
    engine = open_engine(url)
    row = "INSERT INTO outbox VALUES (7, {}, 0, {}, '{}', true, 0, 1)"
    with engine.begin() as connection:
        migrate(connection, "0005")
        for number, chat in ((1, ANN), (-1, BEN)):
            connection.exec_driver_sql(row.format(number, chat, dump(SAY)))
    engine.dispose()
    async with SqlStore(url, bot=7) as store:
        left = await store.take_over()
    assert left.replies == (Outgoing(1, 0, ANN, SAY, unknown=True),)


async def test_a_database_of_the_first_release_is_brought_forward(url: str) -> None:
    """What learners have done is there, and the next turn works."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection, "0001")
        connection.execute(text("INSERT INTO learners VALUES (11, '{}', 3, false, 0, 0)"))
        raw = "INSERT INTO inbox VALUES (7, 1, 11, '{}', 0, false)"
        connection.execute(text(raw))
    engine.dispose()
    async with SqlStore(url, bot=7) as store:
        assert await store.take_over() == Left((RawUpdate(1, ANN, "{}"),))
        await store.commit(turn(1, 3))
        assert (await store.load(ANN)).version == 4
