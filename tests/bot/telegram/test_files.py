"""Files that learners send, from Telegram to the dialogue."""

from __future__ import annotations

import pytest

from bot.dialogue.events import SentFile, SentOther
from bot.telegram.updates import event_of
from tests.bot.telegram.stage import Stage, stage
from tests.telegram_server.faults import Fault, server_error
from tests.telegram_server.refusal import RefusedError

__all__ = ["stage"]


def sent(**document: object) -> object:
    """The event that a document becomes."""
    message = {"message_id": 3, "date": 1, "chat": {"id": 5, "type": "private"}}
    found = event_of({"update_id": 1, "message": {**message, "document": document}})
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "document",
    [
        {"file_name": "net.json", "file_size": 800},
        {"file_name": "NET.TXT", "file_size": 65536, "mime_type": "application/octet-stream"},
        {"file_name": "network", "file_size": 12, "mime_type": "text/x-whatever"},
        {"file_size": 12, "mime_type": "application/json"},
    ],
)
def test_a_small_text_file_is_one(document: dict[str, object]) -> None:
    """By its name or by its type."""
    assert sent(file_id="f", **document) == SentFile("f", 3)


@pytest.mark.parametrize(
    "document",
    [
        {"file_name": "net.json", "file_size": 65537},
        {"file_name": "net.json", "file_size": 0},
        {"file_name": "net.json"},
        {"file_name": "net.exe", "file_size": 9, "mime_type": "application/x-msdownload"},
        {"file_name": 7, "file_size": "9", "mime_type": None},
    ],
)
def test_anything_else_is_a_document(document: dict[str, object]) -> None:
    """Large, empty, of unknown size, or no text: answered, but not fetched."""
    assert sent(file_id="f", **document) == SentOther("document", 3)


async def test_the_text_of_a_file_reaches_the_dialogue(stage: Stage) -> None:
    """Over HTTP, a byte order mark and line ends included."""
    await stage.start()
    content = "\ufeffH1 relu 0.4\r\n−0.3".encode()
    stage.telegram.user_sends_file("net.txt", content, chat=1)
    await stage.hears("1: a file: 'H1 relu 0.4\\r\\n−0.3'")


async def test_a_file_that_is_no_text_is_answered_all_the_same(stage: Stage) -> None:
    """The name promised text, the bytes are none."""
    await stage.start()
    stage.telegram.user_sends_file("net.txt", b"\xff\xfe\x00\x80", chat=1)
    await stage.hears("1: a file: None")


async def test_a_file_that_is_gone_is_answered_all_the_same(stage: Stage) -> None:
    """Telegram refuses to hand it out."""
    await stage.start()
    refused = Fault(RefusedError(400, "Bad Request: file is too big"))
    stage.telegram.faults.add("getFile", refused)
    stage.telegram.user_sends_file("net.txt", b"x", chat=1)
    await stage.hears("1: a file: None")


async def test_a_hiccup_is_not_a_lost_file(stage: Stage) -> None:
    """Fetching harms nobody, so it is tried again."""
    await stage.start()
    stage.telegram.faults.add("getFile", server_error())
    stage.telegram.user_sends_file("net.txt", b"x", chat=1)
    await stage.hears("1: a file: 'x'")
