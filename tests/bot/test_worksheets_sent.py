"""`/worksheet` on both platforms: two PDF files come, and their numbers are those of the sheet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.machine import Machine
from bot.pictures.painter import ThreadPainter
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import Chat
from content.library import Library
from tests.bot.telegram.stage import ANN, Stage, stage
from tests.content.paper.reading import text_of
from tests.fakes.clock import FakeClock
from tests.lesson import BOOK

__all__ = ["stage"]

NAMES = ["worksheet-7.pdf", "answer-key-7.pdf"]


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[tuple[Chat, WebchatApp]]:
    """The chat on this computer, with the tutor itself and what draws."""
    clock = FakeClock()
    async with SqlStore(f"sqlite:///{tmp_path}/learners.db") as store:
        chat = Chat(clock, tmp_path / "chat")
        app = WebchatApp(chat, store, Machine(Library.of(BOOK)), clock, ThreadPainter())
        await app.start()
        yield chat, app
        await app.stop()


async def test_on_the_page_they_are_files_to_open(chat: tuple[Chat, WebchatApp]) -> None:
    """Two documents, the sheet without answers and the key, that are PDFs to the byte."""
    here, app = chat
    here.say("/worksheet 7")
    await app.settled()
    files = [post.file for post in here.posts() if not post.mine and post.file]
    assert [file.name for file in files] == NAMES
    sheet, key = (text_of(here.files.read(file)) for file in files)
    assert "Sheet 7" in sheet
    assert "Answer key" in key
    assert "Answer key" not in sheet


async def test_in_telegram_they_are_documents(stage: Stage) -> None:
    """With their captions, in order, before the message that has the buttons."""
    stage.tutor = Machine(Library.of(BOOK))
    await stage.start()
    stage.telegram.user_sends("/worksheet 7", chat=ANN)
    posts = stage.telegram.posts
    await stage.until(lambda: any("/worksheet weighted" in text for text in stage.said(ANN)), 20)
    sent = [post.message.get("document") for post in posts(ANN) if post.from_bot]
    assert [one["file_name"] if one else None for one in sent][-3:] == [*NAMES, None]
