"""A private chat may have topics, a group too: what is said in one is answered in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.effects import Export, Purpose, Remind, Report, Say, Show
from bot.dialogue.events import InGroup, Pressed, Reminded, Said, SentOther
from bot.pictures.requests import Diagram
from bot.runtime.flood import BURST
from bot.storage.codec import dump, load
from tests.bot.telegram.stage import ANN, Stage, stage
from tests.fakes.dialogue import NETWORK, EchoDialogue
from tests.fakes.words import LABELS
from tests.telegram_server.posts import Chat, Post
from tests.tutor import MACHINE

__all__ = ["stage"]

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def answers(stage: Stage, chat: int = ANN) -> list[Post]:
    """What the bot sent."""
    return [post for post in stage.telegram.posts(chat) if post.from_bot]


def threads(stage: Stage, chat: int = ANN) -> list[int | None]:
    """Where it sent it."""
    return [post.message.get("message_thread_id") for post in answers(stage, chat)]


async def test_a_reply_stays_in_the_topic(stage: Stage) -> None:
    """To words, their edit, a picture, a press, a sticker, a file; elsewhere it has none."""
    await stage.start()
    one = stage.telegram.user_sends("one", thread=70)
    await stage.until(lambda: len(answers(stage)) == 1)
    stage.telegram.user_edits(one.id, "won")
    stage.telegram.user_sends("picture a", thread=70)
    await stage.until(lambda: len(answers(stage)) == 3)
    stage.telegram.user_presses(answers(stage)[2].id, "redraw 1")
    stage.telegram.user_sends_media("sticker", thread=70)
    stage.telegram.user_sends("sheet", thread=70)
    stage.telegram.user_sends("/export", thread=70)
    stage.telegram.user_sends("boom", thread=70)
    stage.telegram.user_sends("two")
    await stage.until(lambda: len(answers(stage)) == 9)
    assert threads(stage) == [70] * 8 + [None]


async def test_who_sends_too_much_is_told_where_they_do(stage: Stage) -> None:
    """In the topic that they flood."""
    await stage.start()
    for number in range(BURST + 20):
        stage.telegram.user_sends(str(number), thread=70)
    await stage.until(lambda: EchoDialogue().profile().too_fast in stage.said(), 20)
    assert set(threads(stage)) == {70}


async def test_a_topic_that_was_deleted_loses_no_reply(stage: Stage) -> None:
    """What belonged there goes to the chat itself, a picture too."""
    await stage.start()
    for text in ("one", "picture a"):
        stage.telegram.user_sends(text, thread=70)
        stage.telegram.user_deletes_thread(70)
    await stage.until(lambda: len(answers(stage)) == 2)
    assert threads(stage) == [None, None]


def test_a_reply_left_over_keeps_its_topic() -> None:
    """The next run sends it where it belongs."""
    effects = (
        Say("x", thread=70),
        Show(Diagram(NETWORK, labels=LABELS), "x", thread=70),
        Export("x", thread=70),
        Report("bn", thread=70),
        Say("x"),
    )
    for effect in effects:
        assert load(dump(effect)) == effect


async def test_a_group_s_topic_gets_the_pointer_with_a_link(stage: Stage) -> None:
    """The one pointer stands where the bot was addressed, and leads to the private chat."""
    stage.tutor = MACHINE
    await stage.start()
    stage.telegram.keep_chat(Chat(-5, "Class"))
    for thread in (8, 9):
        stage.telegram.user_sends("@build_a_network_bot", chat=-5, user=ANN, thread=thread)
    stage.telegram.user_sends("/help")
    await stage.until(lambda: bool(answers(stage)))
    assert stage.app is not None
    await stage.app.settled()
    assert threads(stage, -5) == [8]
    assert answers(stage, -5)[0].entities[0]["url"] == "https://t.me/build_a_network_bot"


def test_the_dialogue_answers_where_it_was_spoken_to() -> None:
    """And reminds where the learner was last; whoever left the topic is answered outside of it."""
    machine = MACHINE
    state = None
    events = (Said("/start", 1, thread=70), Pressed("", "c", 5, thread=70), SentOther("x", 2))
    for event in events:
        turn = machine.step(state, event, NOW)
        state = turn.state
        said = [one.thread for one in turn.effects if isinstance(one, Say | Show)]
        assert set(said) <= {event.thread}
    practised = machine.step(None, Said("/remind 7pm UTC", 1, thread=71), NOW)
    due = next(one.at for one in practised.effects if isinstance(one, Remind))
    assert due is not None
    reminded = machine.step(practised.state, Reminded(due), due + timedelta(seconds=1))
    assert {one.thread for one in reminded.effects if isinstance(one, Say | Show)} == {71}
    forgetting = machine.step(practised.state, Said("/forget", 2, thread=71), NOW)
    (asked,) = (one for one in forgetting.effects if isinstance(one, Say))
    yes = next(b for row in asked.buttons for b in row if b.purpose is Purpose.ERASE)
    forgotten = machine.step(forgetting.state, Pressed(yes.data, "c"), NOW)  # nobody knows where
    assert forgotten.state is None
    assert {one.thread for one in forgotten.effects if isinstance(one, Say)} == {71}


@pytest.mark.parametrize("thread", [None, 8])
def test_a_press_in_a_group_is_answered(thread: int | None) -> None:
    """Also where the pointer stands already."""
    machine = MACHINE
    first = machine.step(None, InGroup("a", thread=thread), NOW)
    assert [type(one).__name__ for one in first.effects] == ["AnswerPress", "Say"]
    again = machine.step(first.state, InGroup("b", thread=thread), NOW)
    assert [type(one).__name__ for one in again.effects] == ["AnswerPress"]
