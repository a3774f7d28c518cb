"""What was erased is gone, from the tables and from the files, and nothing is erased by mistake."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.dialogue.effects import Attempt, Say
from bot.ports import Counts, Outgoing, RawUpdate, Saved, StaleError
from bot.storage import SqlStore
from tests.bot.storage.test_store import BEN, NOW, file, file_store, store, turn, url
from tests.postgres import postgres

__all__ = ["file", "file_store", "postgres", "store", "url"]


async def test_a_stale_turn_erases_nothing(store: SqlStore) -> None:
    """Forgetting goes by the state that was asked about, as every other turn does."""
    await store.commit(turn(1))
    for version in (0, 2):
        with pytest.raises(StaleError):
            await store.commit(turn(2, version, state=None, outgoing=(), forget=True))
    assert await store.counts() == Counts(learners=1, attempts=1, unhandled=0, outgoing=1)
    await store.commit(turn(2, 1, state=None, outgoing=(), forget=True))
    assert await store.counts() == Counts(learners=0, attempts=0, unhandled=0, outgoing=0)


async def test_a_reader_holds_up_no_turn(file_store: SqlStore, file: Path) -> None:
    """While somebody reads what was there it cannot be scrubbed, says so, and nobody waits."""
    secret = "typed-by-ann"
    await file_store.commit(turn(1, state=f'{{"heard": "{secret}"}}'))
    reader = sqlite3.connect(file)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM learners").fetchall() == [(1,)]
    await file_store.commit(turn(2, 1, state=None, outgoing=(), forget=True))
    scrubbed, received = await asyncio.wait_for(
        asyncio.gather(file_store.scrub(), file_store.receive([RawUpdate(3, BEN, "{}")], NOW)), 5
    )
    assert (scrubbed, received) == (False, {3: Saved()})
    reader.close()
    assert await file_store.scrub()
    assert not any(secret.encode() in path.read_bytes() for path in file.parent.iterdir())


async def test_forgetting_leaves_no_byte(file_store: SqlStore, file: Path) -> None:
    """What a learner typed is in no file afterwards, not even in SQLite's write-ahead log."""
    secret, chat = "typed-by-ann", 998877665544
    for number in range(1, 60):
        raw = f'{{"text": "{secret} {number}", "from": {chat}}}'
        await file_store.receive([RawUpdate(2 * number, chat, raw)], NOW)
        await file_store.receive([RawUpdate(2 * number + 1, number, '{"text": "by ben"}')], NOW)
        answer = Attempt("l", "s", "q", f"{secret} {number}", "correct")
        state = f'{{"heard": "{secret * number}", "chat": {chat}}}'
        reply = (Outgoing(2 * number, 0, chat, Say(f"You said {secret}")),)
        await file_store.commit(
            turn(2 * number, number - 1, chat, state=state, attempts=(answer,), outgoing=reply)
        )
        await file_store.commit(turn(2 * number + 1, chat=number))
    assert any(secret.encode() in path.read_bytes() for path in file.parent.iterdir())
    confirmation = Outgoing(200, 0, chat, Say("Forgotten."))
    await file_store.commit(turn(200, 59, chat, state=None, outgoing=(confirmation,), forget=True))
    await file_store.sent([confirmation])
    await file_store.scrub()
    number_as_stored = chat.to_bytes(8, "big").lstrip(b"\0")
    for path in file.parent.iterdir():
        content = path.read_bytes()
        assert secret.encode() not in content, path
        assert str(chat).encode() not in content, path
        assert number_as_stored not in content, path
    assert (await file_store.counts()).learners == 59


async def test_what_a_kill_left_to_be_scrubbed_is_scrubbed_by_the_next_run(
    file_store: SqlStore, file: Path, tmp_path: Path
) -> None:
    """After erasing the log still holds it for a moment; opening the database empties the log."""
    secret = "typed-by-ann"
    await file_store.commit(turn(1, state=f'{{"heard": "{secret}"}}'))
    await file_store.commit(turn(2, 1, state=None, outgoing=(), forget=True))
    killed = tmp_path / "killed"
    shutil.copytree(file.parent, killed)
    assert any(secret.encode() in path.read_bytes() for path in killed.iterdir())
    async with SqlStore(f"sqlite:///{killed / file.name}", bot=7):
        assert not any(secret.encode() in path.read_bytes() for path in killed.iterdir())
