"""What the chat remembers, and what reaches the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.pictures import PictureError
from bot.ports import RawUpdate, Saved
from bot.storage import SqlStore
from bot.webchat.app import WebchatApp
from bot.webchat.chat import LONGEST_MESSAGE, Chat
from tests.bot.webchat.sampler import Sampler
from tests.fakes.clock import FakeClock
from tests.fakes.painter import FakePainter


def said(chat: Chat) -> list[str]:
    """What the bot has said."""
    return [post.text for post in chat.posts() if not post.mine]


async def test_a_restart_forgets_nothing(app: WebchatApp, clock: FakeClock, tmp_path: Path) -> None:
    """Messages, edits, reactions and files are there again, and numbers go on."""
    before = app.chat
    before.say("/start")
    before.say("0.03")
    before.send_file("net.txt", b"H1 relu", "mine")
    await app.settled()
    (number,) = (post.id for post in before.posts() if post.text == "0.03")
    before.edit(number, "0.04")
    await app.settled()
    after = Chat(clock, tmp_path / "chat")
    assert after.posts() == before.posts()
    assert after.updates.empty()
    sent = next(post.file for post in after.posts() if post.mine and post.file)
    assert after.files.read(sent) == b"H1 relu"
    assert "A file: H1 relu mine" in said(after)
    after.say("next")
    assert after.posts()[-1].id == before.posts()[-1].id + 1
    assert (await after.updates.get())["update_id"] == clock.now().timestamp() + 4


async def test_what_is_typed_when_the_process_is_killed_is_answered_once(
    store: SqlStore, clock: FakeClock, tmp_path: Path
) -> None:
    """Whether the store had it already or not."""
    typing = Chat(clock, tmp_path)
    typing.say("0.45")
    kept = (tmp_path / "history.jsonl").read_bytes()
    heard = []
    for _ in range(2):  # the second time as if the process had died before the chat knew
        (tmp_path / "history.jsonl").write_bytes(kept)
        app = WebchatApp(Chat(clock, tmp_path), store, Sampler(), clock, FakePainter())
        await app.start()
        await app.settled()
        await app.stop()
        heard += said(app.chat)
    assert heard == ["Not yet: 0.45"]


async def test_a_crash_in_mid_line_costs_that_line_only(tmp_path: Path, clock: FakeClock) -> None:
    """So does one that a later version wrote."""
    Chat(clock, tmp_path).say("kept")
    with (tmp_path / "history.jsonl").open("ab") as file:
        file.write(b'{"post": {"of": "another version"}}\n{"post": {"mess')
    assert [post.text for post in Chat(clock, tmp_path).posts()] == ["kept"]


async def test_a_very_long_text_goes_out_in_pieces(chat: Chat) -> None:
    """And none is too long for the bot; an edit cannot be split, so it is refused."""
    chat.say("8" * (LONGEST_MESSAGE + 3))
    assert [len(post.text) for post in chat.posts()] == [LONGEST_MESSAGE, 3]
    with pytest.raises(ValueError, match="between 1 and 4096"):
        chat.edit(2, "8" * (LONGEST_MESSAGE + 1))
    with pytest.raises(LookupError):
        chat.edit(7, "x")
    with pytest.raises(LookupError):
        chat.press(2, "hint")


async def test_a_picture_that_cannot_be_drawn_is_its_words(
    app: WebchatApp, painter: FakePainter
) -> None:
    """The learner is not kept waiting for it, and is told all the same."""
    painter.failures.append(PictureError("too hard"))
    app.chat.say("/start")
    await app.settled()
    first = app.chat.posts()[1]
    assert (first.file, first.text) == (None, "The network: 2 inputs, H1, H2, O")


class Unwell(SqlStore):
    """A store that fails once."""

    well = False

    async def receive(self, updates: Sequence[RawUpdate], at: datetime) -> dict[int, Saved]:
        """Fails the first time."""
        if not self.well:
            self.well = True
            raise OSError("no space left")
        return await super().receive(updates, at)


async def test_a_store_that_is_unwell_for_a_moment_loses_nothing(
    chat: Chat, clock: FakeClock
) -> None:
    """What is typed meanwhile is answered in order."""
    async with Unwell("sqlite://") as store:
        app = WebchatApp(chat, store, Sampler(), clock, FakePainter())
        await app.start()
        chat.say("0.1")
        chat.say("0.2")
        await app.settled()
        await app.stop()
    assert said(chat) == ["Not yet: 0.1", "Not yet: 0.2"]
