"""A chat that was begun while it was a Telegram of its own goes on.

What is in `recorded/` was written by that version, and killed: the lesson's first steps, up to a
wrong answer at step 1.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter
from tests.tutor import MACHINE

RECORDED = Path(__file__).parent / "recorded"
LAST = 1795931196
"""The last update that was answered."""


def message(number: int, text: str) -> dict[str, object]:
    """What a learner typed, as it was written then."""
    who = {"id": 1, "is_bot": False, "first_name": "You", "language_code": "en"}
    chat = {"id": 1, "type": "private", "first_name": "You"}
    return {"message_id": number, "from": who, "chat": chat, "date": 1795931200, "text": text}


async def test_the_learner_keeps_place_and_messages(tmp_path: Path, clock: FakeClock) -> None:
    """Earlier messages are shown, and what was typed in the last moment is answered, in order."""
    stored = {"update_id": LAST + 1, "message": message(8, "hint")}
    heard = {"update_id": LAST + 2, "message": message(9, "-0.21")}
    journal = (RECORDED / "history.jsonl").read_text("utf-8")
    for update in (stored, heard):
        journal += json.dumps({"post": {"message": update["message"], "reaction": ""}}) + "\n"
        journal += json.dumps({"update": update}) + "\n"
    journal += json.dumps({"post": {"message": {**message(3, "of a group"), "chat": {"id": -7}}}})
    (tmp_path / "history.jsonl").write_text(journal, "utf-8")
    database = tmp_path / "local.sqlite3"
    connection = sqlite3.connect(database)
    connection.executescript((RECORDED / "local.sql").read_text("utf-8"))
    row = (0, LAST + 1, 1, json.dumps(stored), 1795931200000, False, 1772617816)
    connection.execute("INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    connection.close()

    chat = Chat(clock, tmp_path)
    assert [post.id for post in chat.posts()] == list(range(1, 10))
    first, question = chat.posts()[1], chat.posts()[4]
    assert first.html.startswith("<b>Build a network</b>\nOne training step")
    assert first.buttons == [[{"label": "Show me the network", "data": "1.what.next"}]]
    assert "<pre>x2 × w12\n0.7 × (−0.3)</pre>\n<blockquote expandable>" in question.html
    assert question.file is not None
    assert (question.file.width, question.file.name) == (1280, "picture.png")

    async with SqlStore(f"sqlite:///{database}") as store:
        app = WebchatApp(chat, store, MACHINE, clock, FakePainter())
        await app.start()
        await app.settled()
        assert [post.id for post in chat.posts() if not post.mine and post.id > 9] == [10, 11]
        hint, right = (post.text for post in chat.posts()[-2:])
        assert "w12" in hint
        assert "Step 2 of 36" in right
        chat.press(question.id, "1.h1_product.more")
        await app.settled()
        assert len(chat.posts()) == 12
        await app.stop()
