"""A bad row, a bad value, a table that is away: each is a matter of its own."""

from __future__ import annotations

import json
import logging
import resource
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.dialogue.effects import Say
from bot.ports import Outgoing, RawUpdate, StoreAwayError
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from tests.bot.storage.test_store import ANN, BEN, NOW, file, file_store, store, turn, url
from tests.postgres import postgres

__all__ = ["file", "file_store", "postgres", "store", "url"]


UNMENDED = (TypeError, ValueError, DBAPIError)


def alter(store: SqlStore, statement: str, **values: object) -> None:
    """Changes rows behind the store's back, by a connection of its own."""
    engine = open_engine(store._engine.url.render_as_string(hide_password=False))  # noqa: SLF001
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


@pytest.mark.parametrize("value", ["half \ud800", {"no": "text"}])
async def test_a_value_that_cannot_be_stored_is_told_at_once(
    store: SqlStore, value: object
) -> None:
    """It is no store that is away, so nobody waits; turns beside it are stored."""
    with pytest.raises(UNMENDED):
        await store.commit(turn(1, state=value))
    reply = Outgoing(2, 0, BEN, Say("half \ud800"))
    with pytest.raises(TypeError):
        await store.commit(turn(2, chat=BEN, outgoing=(reply,)))
    await store.commit(turn(3, chat=BEN))
    assert (await store.load(BEN)).version == 1
    await store.ping()


async def test_forgetting_erases_what_was_received_and_never_handled(store: SqlStore) -> None:
    """Only what came in after it is still to be answered."""
    rows = [RawUpdate(5, ANN, '"stuck"'), RawUpdate(6, BEN, '"ben"'), RawUpdate(7, ANN, '"go"')]
    await store.receive([*rows, RawUpdate(8, ANN, '"later"')], NOW)
    await store.commit(turn(7, state=None, outgoing=(), forget=True))
    assert [one.raw for one in await store.unhandled()] == ['"ben"', '"later"']
    assert "stuck" not in await store.export(ANN)


@pytest.mark.parametrize("effect", ["{", '{"kind": "song"}', "[]", "", '{"kind": "say"}'])
async def test_an_unreadable_reply_stops_nobody(
    store: SqlStore, effect: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It goes, with a line in the log; the others are sent, and one's own data can be read."""
    await store.commit(turn(1))
    mine = Outgoing(2, 0, BEN, Say("hello"))
    await store.commit(turn(2, chat=BEN, outgoing=(mine,)))
    await store.commit(turn(3, 1, outgoing=(replace(mine, update=3, chat=ANN),)))
    alter(store, "UPDATE outbox SET effect = :effect WHERE chat = :chat", effect=effect, chat=ANN)
    assert json.loads(await store.export(ANN))["chat"] == ANN
    with caplog.at_level(logging.ERROR):
        assert await store.outgoing() == [mine]
    assert "a reply to update 3 in the store cannot be read" in caplog.text
    assert (await store.counts()).outgoing == 1


@pytest.mark.parametrize("raw", ["{", "", None])
async def test_an_unreadable_update_or_state_can_be_exported(
    store: SqlStore, raw: str | None
) -> None:
    """As far as it can be: whoever asks for their data gets what there is."""
    await store.receive([RawUpdate(1, ANN, "{}")], NOW)
    await store.commit(turn(2, outgoing=()))
    alter(store, "UPDATE inbox SET raw = :raw WHERE chat = :chat", raw=raw, chat=ANN)
    alter(store, "UPDATE learners SET state = :raw WHERE chat = :chat", raw=raw, chat=ANN)
    found = json.loads(await store.export(ANN))
    assert found["received_and_not_answered"][0]["update"] in {raw, None}


async def test_bytes_that_are_no_text_fail_no_query(file_store: SqlStore) -> None:
    """One row that a disk has spoiled does not keep the others from being taken up."""
    await file_store.receive([RawUpdate(1, ANN, "{}"), RawUpdate(2, BEN, "{}")], NOW)
    alter(file_store, "UPDATE inbox SET raw = CAST(x'ff7b' AS TEXT) WHERE chat = :chat", chat=ANN)
    assert [one.raw for one in await file_store.unhandled()] == ["\ufffd{", "{}"]
    assert "\ufffd" in await file_store.export(ANN)


async def test_a_table_that_is_away_is_seen(store: SqlStore) -> None:
    """Whoever asks whether the store can be written to hears of what others wait for in vain."""
    await store.ping()
    alter(store, "ALTER TABLE reminders RENAME TO elsewhere")
    with pytest.raises(StoreAwayError):
        await store.take_due(NOW, 5)
    with pytest.raises(StoreAwayError):
        await store.ping()
    alter(store, "ALTER TABLE elsewhere RENAME TO reminders")
    assert await store.take_due(NOW, 5) == []
    await store.ping()


async def test_a_store_that_can_only_be_read_is_not_ready(file_store: SqlStore) -> None:
    """Reading goes on for long on a full disk; that is no good sign."""
    await file_store.ping()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        await file_store.load(ANN)
        with pytest.raises(StoreAwayError):
            await file_store.ping()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await file_store.ping()
