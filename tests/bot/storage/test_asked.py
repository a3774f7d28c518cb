"""Which message asked a learner's step is kept with the note of what arrived."""

from __future__ import annotations

from sqlalchemy import text

from bot.dialogue.effects import Asks, Button, Say, Show
from bot.pictures.requests import Request
from bot.ports import Outgoing, RawUpdate, Saved
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.migrate import migrate
from tests.bot.pictures.requests import full_diagram
from tests.bot.storage.test_store import ANN, BEN, NOW, file, store, turn, url
from tests.bot.storage.test_workers import stores
from tests.postgres import postgres

__all__ = ["file", "postgres", "store", "stores", "url"]

PICTURE: Request = full_diagram()


def arrived(message: int, asks: Asks | None, chat: int = ANN) -> Outgoing:
    """A message that arrived."""
    return Outgoing(1, 0, chat, Say("", asks=asks), message=message)


async def test_a_question_that_arrived_is_known(store: SqlStore) -> None:
    """The newest step's; the first message that asked it; nothing else changes it."""
    await store.commit(turn(1))
    assert (await store.load(ANN)).asked is None
    expected = Saved('{"step": 2}', 1)
    for message, asks, asked in (
        (5, None, None),
        (7, Asks.ANEW, 7),
        (9, Asks.AGAIN, 7),
        (11, None, 7),
        (13, Asks.ANEW, 13),
        (3, Asks.AGAIN, 3),  # ids have begun again
    ):
        one = arrived(message, asks)
        await store.sent([one, arrived(99, Asks.ANEW, BEN)])
        expected = expected.arrived([one])
        assert (await store.load(ANN)).asked == asked == expected.asked
    assert await store.load(ANN) == expected
    assert await store.load(BEN) == Saved()


async def test_the_newest_buttons_are_known(store: SqlStore) -> None:
    """Those of a message that arrived and has any; a picture redrawn in place keeps its own."""
    await store.commit(turn(1))
    keys = ((Button("Go on", "1..next"),),)
    expected = await store.load(ANN)
    for message, effect, keyboard in (
        (5, Say("", keys), 5),
        (6, Say(""), 5),
        (None, Say("", keys), 5),
        (5, Show(PICTURE, "", keys, replaces=5), 5),
        (8, Show(PICTURE, "", keys), 8),
    ):
        one = Outgoing(1, 0, ANN, effect, message=message)
        await store.sent([one])
        expected = expected.arrived([one])
        assert (await store.load(ANN)).keyboard == keyboard == expected.keyboard


async def test_a_picture_asks_too_and_what_was_given_up_does_not(store: SqlStore) -> None:
    """Without an id there was no message."""
    await store.commit(turn(1))
    shown = Outgoing(1, 0, ANN, Show(PICTURE, "", asks=Asks.ANEW), message=4)
    await store.sent([Outgoing(1, 1, ANN, Say("", asks=Asks.ANEW)), shown])
    assert (await store.load(ANN)).asked == 4


async def test_it_stays_with_the_next_turns_and_goes_with_the_learner(store: SqlStore) -> None:
    """A turn leaves it alone; what is erased takes it along."""
    await store.commit(turn(1))
    await store.sent([arrived(7, Asks.ANEW)])
    await store.commit(turn(2, 1))
    assert await store.load(ANN) == Saved('{"step": 2}', 2, 7)
    await store.commit(turn(3, 2, state=None, forget=True))
    await store.commit(turn(4))
    assert await store.load(ANN) == Saved('{"step": 2}', 1)


async def test_it_comes_with_the_update_that_needs_it(store: SqlStore) -> None:
    """As the state does, and as both are after all that was stored with it."""
    await store.commit(turn(1))
    await store.sent([arrived(7, Asks.ANEW)])
    new = await store.receive([RawUpdate(2, ANN, "{}")], NOW)
    assert new == {2: Saved('{"step": 2}', 1, 7)}


async def test_another_worker_knows_it(stores: tuple[SqlStore, SqlStore]) -> None:
    """The chat goes to it with the note of what arrived."""
    one, two = stores
    await one.receive([RawUpdate(1, ANN, "{}")], NOW)
    await one.commit(turn(1))
    assert await two.receive([RawUpdate(2, ANN, "{}")], NOW) == {}
    await one.sent([arrived(7, Asks.ANEW)])
    assert (await two.load(ANN)).asked == 7


async def test_a_reply_left_over_does_not_say_what_was_seen(store: SqlStore) -> None:
    """It may have been there before, and been answered: such an answer is judged."""
    asking = Outgoing(1, 0, ANN, Say("", asks=Asks.ANEW))
    await store.commit(turn(1, outgoing=(asking,)))
    (left,) = await store.outgoing()
    assert left.asks is None


async def test_a_database_without_the_note_goes_on(url: str) -> None:
    """Learners of the release before are judged as they were, until their next step is asked."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection, "0004")
        connection.execute(text("INSERT INTO learners VALUES (11, '{}', 3, false, 0, 0)"))
    engine.dispose()
    async with SqlStore(url, bot=7) as store:
        assert await store.load(ANN) == Saved("{}", 3)
        await store.sent([arrived(7, Asks.ANEW)])
        assert (await store.load(ANN)).asked == 7
