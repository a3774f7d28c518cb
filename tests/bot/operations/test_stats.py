"""How the course goes, from what is stored."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.dialogue.effects import Attempt
from bot.operations.stats import stats
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from tests.bot.storage.test_store import NOW, turn


async def test_learners_answers_and_mistakes_are_counted(tmp_path: Path) -> None:
    """Groups are no learners; nothing that was typed is shown."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    wrong = Attempt("l", "H1.sum", "H1.sum", "0.45", "mistake", ("dropped_sign", "slip"))
    under_way, done = '{"step":"H1.sum","records":{}}', '{"records":{"a":["solved"]}}'
    async with SqlStore(url) as store:
        await store.commit(turn(1, chat=1, state=under_way, attempts=(wrong, wrong)))
        await store.commit(turn(2, chat=2, state=done))
        await store.commit(turn(3, chat=-3, state=done, attempts=()))
        await store.block(2)
    engine = open_engine(url)
    with engine.connect() as connection:
        found = stats(connection, NOW + timedelta(days=3))
        assert stats(connection, NOW + timedelta(days=30)).active == 0
    engine.dispose()
    assert str(found).splitlines() == [
        "learners: 2, of them active this week: 2",
        "finished the lesson: 1; blocked the bot: 1",
        "answers: 3",
        "by verdict: mistake 2, correct 1",
        "common mistakes: dropped_sign 2, slip 1",
        "steps with most wrong answers: H1.sum 2",
        "where learners are now: H1.sum 1",
    ]
