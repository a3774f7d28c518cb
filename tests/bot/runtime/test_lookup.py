"""Replies that are looked up when they are sent: one's own data, and the course for its owner."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Report, Say, Show
from bot.ports import Document, NotSentError, StoreAwayError
from bot.runtime import patience
from tests.bot.runtime.bench import Bench
from tests.fakes.dialogue import EchoDialogue
from tests.fakes.store import MemoryStore

ANN, OWNER = 1, 2


class Owned(Bench):
    """A runtime on fakes whose owner is known."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        super().__init__(store, OWNER, EchoDialogue().report)

    def documents(self, chat: int) -> list[Document]:
        """The files a chat got."""
        sent = self.messenger.performed
        return [one for where, one in sent if where == chat and isinstance(one, Document)]


async def test_one_s_own_data_comes_as_a_file() -> None:
    """Before the words about it, with its own caption, and with what the turn itself stored."""
    bench = Owned()
    await bench.hear(ANN, "0.03")
    await bench.hear(ANN, "/export")
    document, words = (effect for _, effect in bench.messenger.performed[-2:])
    assert isinstance(document, Document)
    assert (document.name, document.caption) == ("my-data.json", "<b>Yours</b>")
    assert json.loads(document.content)["answers"] == ["0.03"]
    assert words == Say("2: your data")
    assert bench.store.outbox == {}


async def test_the_file_is_tried_again_and_not_lost() -> None:
    """While the platform is away; and the words wait for it."""
    bench = Owned()
    bench.messenger.failures[ANN].extend([NotSentError(), NotSentError()])
    await bench.hear(ANN, "/export")
    assert len(bench.documents(ANN)) == 1
    assert bench.messenger.said(ANN) == ["1: your data"]


async def test_a_store_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file comes when it is back."""
    monkeypatch.setattr(patience, "WAITS_S", (0.001,))
    bench = Owned()
    export, failures = bench.store.export, [StoreAwayError("restarting")] * 2

    async def failing(chat: int) -> str:
        if failures:
            raise failures.pop()
        return await export(chat)

    monkeypatch.setattr(bench.store, "export", failing)
    await bench.hear(ANN, "/export")
    assert len(bench.documents(ANN)) == 1


async def test_the_owner_is_shown_the_course_and_nobody_else() -> None:
    """The numbers are those of the moment of sending."""
    bench = Owned()
    await bench.hear(ANN, "hi")
    await bench.hear(OWNER, "/stats")
    await bench.hear(ANN, "/stats")
    assert bench.messenger.said(OWNER) == ["2 learners"]
    assert bench.messenger.said(ANN) == ["1: hi", "2: /stats"]


async def test_a_report_that_fails_does_not_keep_the_rest_from_being_sent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged without what it was about, and the chat goes on."""

    def failing(asked: Report, course: Course) -> Say | Show:
        raise ValueError(f"cannot report {asked} {course}")

    monkeypatch.setattr(EchoDialogue, "report", lambda _self, *given: failing(*given))
    bench = Owned()
    await bench.hear(OWNER, "/stats")
    await bench.hear(OWNER, "hi")
    assert bench.messenger.said(OWNER) == ["2: hi"]
    assert [record.getMessage() for record in caplog.records] == [
        "the reply to update 1 could not be made: ValueError"
    ]
