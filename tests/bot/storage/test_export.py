"""One's own data as a document, on either kind of database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.dialogue.effects import Attempt, Export, Remind
from bot.ports import Outgoing, RawUpdate
from bot.storage import SqlStore
from bot.storage.schema import metadata
from tests.bot.storage.test_store import ANN, BEN, NOW, file, postgres, store, turn, url

__all__ = ["file", "postgres", "store", "url"]


async def exported(store: SqlStore, chat: int = ANN) -> dict[str, Any]:
    """The document, read."""
    found: dict[str, Any] = json.loads(await store.export(chat))
    return found


async def test_all_that_is_stored_is_in_it(store: SqlStore) -> None:
    """State, laid open; answers with their times; reminders, what waits and what was not sent."""
    knowledge = json.dumps({"skills": {"relu": 1}})
    home = json.dumps({"lesson": "l", "step": "s"})
    state = json.dumps({"lesson": "?", "step": "p", "parked": home, "knowledge": knowledge})
    typed = Attempt("l", "s", "H1.sum", "0.45", "mistake", ("dropped_sign",), 1, 2)
    done = turn(1, state=state, attempts=(typed,))
    due = NOW + timedelta(days=1)
    await store.commit(replace(done, remind=Remind(due)))
    await store.receive([RawUpdate(2, ANN, '{"update_id": 2}')], NOW)
    found = await exported(store)
    assert found.pop("received_and_not_answered") == [
        {"at": "2025-01-01T00:00:00.000+00:00", "update": {"update_id": 2}}
    ]
    (unsent,) = found.pop("not_known_to_have_arrived")
    assert unsent["reply"]["html"] == "<b>0.03</b>"
    assert found == {
        "chat": ANN,
        "first_heard": "2025-01-01T00:00:00.000+00:00",
        "last_heard": "2025-01-01T00:00:00.000+00:00",
        "blocked_the_bot": False,
        "message_that_asked_the_step": None,
        "message_with_the_buttons": None,
        "state": {
            "v": 2,
            "current": "l",
            "lessons": {"l": {"step": "s"}},
            "learner": {"knowledge": {"skills": {"relu": 1}}},
        },
        "answers": [
            {
                "at": "2025-01-01T00:00:00.000+00:00",
                "lesson": "l",
                "step": "s",
                "quantity": "H1.sum",
                "typed": "0.45",
                "verdict": "mistake",
                "mistakes": ["dropped_sign"],
                "hints": 1,
                "tries": 2,
            }
        ],
        "reminders": ["2025-01-02T00:00:00.000+00:00"],
        "classes_taught": [],
        "classes_attended": [],
    }


async def test_nothing_of_others_is_in_it(store: SqlStore) -> None:
    """Whatever the others have stored."""
    secret = Attempt("l", "s", "H1.sum", "of-ben-alone", "correct")
    await store.commit(
        turn(1, chat=BEN, attempts=(secret,), state='{"lesson": "l", "step": "of-ben-alone"}')
    )
    await store.commit(turn(2))
    text = await store.export(ANN)
    assert "of-ben-alone" not in text
    assert str(BEN) not in text
    assert "of-ben-alone" in await store.export(BEN)


async def test_after_forgetting_there_is_nothing(store: SqlStore) -> None:
    """Of a chat nobody knows the document holds its number and empty lists."""
    await store.commit(replace(turn(1), remind=Remind(NOW)))
    await store.commit(turn(2, 1, state=None, outgoing=(), attempts=(), forget=True))
    found = await exported(store)
    assert found.pop("chat") == ANN
    assert all(value == [] for value in found.values())


def test_every_table_about_a_chat_is_exported() -> None:
    """A table that gets a `chat` column has to be thought of here, as in `/forget`."""
    about_chats = {name for name, table in metadata.tables.items() if "chat" in table.c}
    assert about_chats == {
        *("learners", "attempts", "inbox", "outbox", "reminders"),
        *("teachers", "pupils"),
    }


async def test_a_reply_that_is_to_be_looked_up_survives_a_restart(url: str) -> None:
    """The outbox keeps that it was asked for, not the data."""
    async with SqlStore(url, bot=7) as first:
        await first.commit(turn(1, outgoing=(Outgoing(1, 0, ANN, Export("<b>Yours</b>")),)))
    async with SqlStore(url, bot=7) as second:
        left = await second.take_over()
    assert [one.effect for one in left.replies] == [Export("<b>Yours</b>")]
