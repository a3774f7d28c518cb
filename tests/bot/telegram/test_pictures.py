"""Pictures over HTTP: drawn and uploaded once, redrawn in place, words where there is none."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from bot.pictures import PictureError
from bot.telegram import pictures
from tests.bot.telegram.stage import ANN, BEN, Stage, stage
from tests.telegram_server import faults
from tests.telegram_server.posts import Post
from tests.telegram_server.refusal import RefusedError

__all__ = ["stage"]


def last(stage: Stage, chat: int = ANN) -> Post:
    """The latest message of a chat."""
    return stage.telegram.posts(chat)[-1]


def uploads(stage: Stage) -> int:
    """How many pictures went up, rather than a name for one."""
    params: list[Any] = [dict(call.params) for call in stage.telegram.calls]
    return sum("attach://" in str(one.get("photo", one.get("media", ""))) for one in params)


async def test_a_picture_has_its_words_and_buttons(stage: Stage) -> None:
    """A photo with a formatted caption and buttons."""
    await stage.start()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    post = last(stage)
    assert "photo" in post.message
    assert post.entities[0]["type"] == "bold"
    assert [button["text"] for button in post.buttons[0]] == ["Redraw", "Redraw"]


async def test_a_picture_that_many_see_is_drawn_and_uploaded_once(stage: Stage) -> None:
    """At the same time, later, and after a restart, too."""
    await stage.start()
    stage.painter.open.clear()
    chats = range(1, 21)
    for chat in chats:
        stage.telegram.user_sends("picture a", chat=chat)
    await stage.until(lambda: stage.painter.painted == ["picture a"])
    stage.painter.open.set()
    await stage.until(lambda: all(stage.said(chat) for chat in chats))
    await stage.stop()
    await stage.start()
    stage.telegram.user_sends("picture a", chat=30)
    await stage.hears("1: picture a", chat=30)
    assert stage.painter.painted == ["picture a"]
    assert uploads(stage) == 1
    assert len({last(stage, chat).message["photo"][0]["file_id"] for chat in chats}) == 1


async def test_text_goes_out_while_pictures_are_drawn(stage: Stage) -> None:
    """However many learners wait for a picture."""
    await stage.start()
    stage.painter.open.clear()
    for chat in range(100, 400):
        stage.telegram.user_sends(f"picture {chat}", chat=chat)
    stage.telegram.user_sends("hi", chat=BEN)
    await stage.hears("1: hi", chat=BEN)
    assert not any(stage.said(chat) for chat in range(100, 400))
    stage.painter.open.set()


@pytest.mark.parametrize("trouble", ["failed", "slow", "refused"])
async def test_where_there_is_no_picture_its_words_go_out(
    stage: Stage, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a text message, formatted, with the buttons; the next picture is one again."""
    await stage.start()
    match trouble:
        case "failed":
            stage.painter.failures = [PictureError("no such font")]
        case "slow":
            monkeypatch.setattr(pictures, "DRAWING_S", 0.01)
            stage.painter.open.clear()
        case _:
            refusal = RefusedError(400, "Bad Request: IMAGE_PROCESS_FAILED")
            stage.telegram.faults.add("sendPhoto", faults.Fault(refusal))
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    post = last(stage)
    assert "text" in post.message
    assert post.entities[0]["type"] == "bold"
    assert len(post.buttons[0]) == 2
    stage.painter.open.set()
    monkeypatch.undo()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a", "2: picture a")
    assert "photo" in last(stage).message


async def test_a_redrawn_picture_stays_in_its_place(stage: Stage) -> None:
    """Picture, words and buttons change; redrawing what is there already changes nothing."""
    await stage.start()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    post = last(stage)
    for number in (1, 2):
        stage.telegram.user_presses(post.id, f"redraw {number}")
        await stage.until(lambda n=number: stage.said() == [f"{n + 1}: redraw {n}"])  # type: ignore[misc]
    assert last(stage).message["photo"] != post.message["photo"]
    assert len(last(stage).buttons[0]) == 2
    not_modified = RefusedError(400, "Bad Request: message is not modified: the same")
    stage.telegram.faults.add("editMessageMedia", faults.Fault(not_modified))
    stage.telegram.user_presses(post.id, "redraw 1")
    assert stage.app is not None
    await stage.app.settled()
    await stage.hears("3: redraw 2")


async def test_a_picture_to_redraw_that_is_gone_is_sent_anew(stage: Stage) -> None:
    """The learner may have deleted it."""
    await stage.start()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    gone = RefusedError(400, "Bad Request: message to edit not found")
    stage.telegram.faults.add("editMessageMedia", faults.Fault(gone))
    stage.telegram.user_presses(last(stage).id, "redraw 1")
    await stage.hears("1: picture a", "2: redraw 1")
    assert "photo" in last(stage).message


async def test_redrawing_is_tried_again_when_its_answer_is_lost(stage: Stage) -> None:
    """Doing it twice harms nobody."""
    await stage.start()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    stage.telegram.faults.add("editMessageMedia", faults.dropped())
    stage.telegram.user_presses(last(stage).id, "redraw 1")
    await stage.until(lambda: stage.said() == ["2: redraw 1"])


async def test_a_name_telegram_forgot_is_uploaded_again(stage: Stage) -> None:
    """And the new one is remembered."""
    await stage.start()
    stage.telegram.user_sends("picture a")
    await stage.hears("1: picture a")
    stage.telegram.files.known.clear()
    for chat in (BEN, 3):
        stage.telegram.user_sends("picture a", chat=chat)
        await stage.hears("1: picture a", chat=chat)
        assert "photo" in last(stage, chat).message
    assert uploads(stage) == 2


async def test_a_sheet_is_a_file_and_its_name_is_not_kept(stage: Stage) -> None:
    """It holds what one learner typed."""
    await stage.start()
    stage.telegram.user_sends("sheet")
    await stage.hears("1: your sheet")
    assert last(stage).message["document"]["file_name"] == "trace-sheet.pdf"
    with sqlite3.connect(stage.file) as database:
        assert database.execute("SELECT * FROM pictures").fetchall() == []
    database.close()


async def test_the_painter_runs_as_long_as_the_bot(stage: Stage) -> None:
    """Its process begins and ends with the bot, picture or not."""
    await stage.start()
    assert stage.painter.started
    await stage.stop()
    assert stage.painter.closed
