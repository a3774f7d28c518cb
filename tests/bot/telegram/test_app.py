"""The whole shell: python-telegram-bot over HTTP, the runtime, SQLite; an echo for a lesson."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.logs import RedactingFormatter
from bot.runtime.flood import BURST
from bot.telegram.app import TokenRejectedError
from tests.bot.telegram.stage import ANN, BEN, TOKEN, Stage, stage
from tests.fakes.dialogue import EchoDialogue
from tests.telegram_server import faults

__all__ = ["stage"]


async def test_a_conversation(stage: Stage) -> None:
    """Text, edit, button, sticker, block: each has its answer, with buttons and a reaction."""
    await stage.start()
    post = stage.telegram.user_sends("0.45")
    await stage.hears("1: 0.45")
    await stage.until(lambda: stage.telegram.posts()[0].reaction == "👍")
    answer = stage.telegram.posts()[-1]
    assert "force_reply" not in answer.message.get("reply_markup", {})
    stage.telegram.user_presses(answer.id, "more:1")
    await stage.hears("1: 0.45", "2: pressed more:1")
    stage.telegram.user_edits(post.id, "0.03")
    stage.telegram.user_sends_media("sticker")
    await stage.hears("1: 0.45", "2: pressed more:1", "3: again: 0.03", "4: a sticker")


async def test_a_group_gets_one_pointer(stage: Stage) -> None:
    """Added, mentioned, commanded: once is enough."""
    await stage.start()
    stage.telegram.user_adds_bot(-5)
    await stage.hears("Write to me in private.", chat=-5)
    stage.telegram.user_sends("/start", chat=-5, user=ANN)
    stage.telegram.user_sends("hi", chat=ANN)
    await stage.hears("1: hi")
    assert stage.app is not None
    await stage.app.settled()
    await stage.hears("Write to me in private.", chat=-5)


async def test_what_was_sent_while_the_bot_was_away_is_answered(stage: Stage) -> None:
    """And a restart begins where the last run ended."""
    await stage.start()
    stage.telegram.user_sends("one")
    await stage.hears("1: one")
    await stage.stop()
    stage.telegram.user_sends("two")
    await stage.start()
    await stage.hears("1: one", "2: two")


async def test_an_update_fetched_and_not_handled_is_not_lost(stage: Stage) -> None:
    """The process may end at any moment after Telegram has forgotten the update."""
    stage.telegram.faults.add("sendMessage", *[faults.server_error()] * 100)
    app = await stage.start()
    for number in range(5):
        stage.telegram.user_sends(str(number))
    await stage.until(lambda: not stage.telegram.updates.pending)
    await app.runtime.stop(patience_s=0)
    await stage.stop()
    assert stage.said() == []
    stage.telegram.faults = faults.Faults()
    await stage.start()
    await stage.hears("1: 0", "2: 1", "3: 2", "4: 3", "5: 4")


async def test_a_duplicate_is_answered_once(stage: Stage) -> None:
    """Telegram sends a batch again when it did not hear that it arrived."""
    await stage.start()
    stage.telegram.user_sends("one")
    pending = list(stage.telegram.updates.pending)
    await stage.hears("1: one")
    stage.telegram.updates.pending[:0] = pending
    stage.telegram.user_sends("two")
    await stage.hears("1: one", "2: two")


async def test_an_unreadable_update_stops_nothing(stage: Stage) -> None:
    """It is stepped over, a private message in it is answered, and so is what comes after it."""
    await stage.start()
    stage.telegram.queue("message", {"message_id": "?", "chat": "nowhere"})
    stage.telegram.queue("callback_query", {"id": 5})
    broken = {"message_id": 9, "date": 1, "chat": {"id": ANN, "type": "private"}, "entities": 7}
    stage.telegram.queue("message", broken)
    stage.telegram.user_sends("two")
    await stage.hears("1: a message", "2: two")


async def test_a_thousand_updates_of_many_chats_are_answered_in_order(stage: Stage) -> None:
    """In order within each chat, whatever the others do."""
    for number in range(20):
        for chat in range(1, 51):
            stage.telegram.user_sends(str(number), chat=chat)
    await stage.start()
    await stage.until(lambda: all(len(stage.said(chat)) == 20 for chat in range(1, 51)), 30)
    for chat in range(1, 51):
        assert stage.said(chat) == [f"{number + 1}: {number}" for number in range(20)]


async def test_a_flood_is_answered_once_and_then_not_heard(stage: Stage) -> None:
    """Up to a burst everything is answered; another learner notices nothing."""
    await stage.start()
    for number in range(BURST + 100):
        stage.telegram.user_sends(str(number))
    stage.telegram.user_sends("hi", chat=BEN)
    await stage.hears("1: hi", chat=BEN)
    await stage.until(lambda: len(stage.said()) > BURST, 20)
    assert stage.app is not None
    await stage.app.settled()
    answers = [f"{number + 1}: {number}" for number in range(BURST)]
    assert [text for text in stage.said() if text != EchoDialogue().profile().too_fast] == answers
    assert stage.said().count(EchoDialogue().profile().too_fast) == 1


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        (faults.too_many_requests(1), 1),
        (faults.server_error(500), 1),
        (faults.server_error(502), 1),
        (faults.dropped(), 1),
        (faults.lost_answer(), 2),
        (faults.forbidden(), 0),
    ],
    ids=["429", "500", "502", "dropped", "answer lost", "403"],
)
async def test_trouble_at_telegram(stage: Stage, fault: faults.Fault, copies: int) -> None:
    """Each reply arrives if it can, another learner does not wait, and the next turn works."""
    await stage.start()
    stage.telegram.faults.add("sendMessage", fault)
    stage.telegram.user_sends("one")
    stage.telegram.user_sends("hello", chat=BEN)
    await stage.hears("1: hello", chat=BEN)
    stage.telegram.user_sends("two")
    await stage.hears(*["1: one"] * copies, "2: two")


async def test_updates_come_in_however_many_sends_are_slow(stage: Stage) -> None:
    """Polling has connections of its own."""
    app = await stage.start()
    chats = range(100, 400)
    stage.telegram.faults.add("sendMessage", *[faults.lost_answer(60)] * len(chats))
    for chat in chats:
        stage.telegram.user_sends("hi", chat=chat)
    await stage.until(lambda: sum(bool(stage.said(chat)) for chat in chats) > 250, 20)
    stage.telegram.user_sends("hi", chat=BEN)
    await stage.until(lambda: not stage.telegram.updates.pending)
    assert app.runtime.waiting == 301
    await app.runtime.stop(patience_s=0, call_s=0)


async def test_telegram_is_told_what_the_bot_is_once(stage: Stage) -> None:
    """Commands and descriptions are set at the first start and left alone at the second."""

    def setters() -> list[str]:
        return [call.method for call in stage.telegram.calls if call.method.startswith("setMy")]

    await stage.start()
    await stage.until(lambda: len(setters()) == 3)
    assert [one["command"] for one in stage.telegram.commands()] == ["start", "forget"]
    await stage.stop()
    await stage.start()
    stage.telegram.user_sends("hi")
    await stage.hears("1: hi")
    assert stage.app is not None
    await stage.until(lambda: stage.telegram.calls[-1].method != "getMyCommands")
    assert len(setters()) == 3


async def test_a_token_telegram_does_not_know(stage: Stage) -> None:
    """The bot says so instead of trying for ever."""
    with pytest.raises(TokenRejectedError):
        await stage.start("123456789:some-other-token-which-is-not-known")


async def test_a_token_revoked_while_running_ends_the_bot(stage: Stage) -> None:
    """Polling cannot go on, so whoever waits for `ended` is told."""
    app = await stage.start()
    stage.telegram.token = "123456789:a-new-one"
    stage.telegram.updates.clear()
    stage.telegram.user_sends("hi")
    await asyncio.wait_for(app.ended.wait(), 5)


async def test_the_bot_waits_for_a_telegram_that_is_away(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """One line per try, and then it works."""
    caplog.set_level(logging.INFO, "bot")
    stage.telegram.faults.add("getMe", faults.server_error(), faults.dropped())
    await stage.start()
    tries = [one for one in caplog.records if "cannot be reached" in one.getMessage()]
    assert len(tries) == 2
    assert "this is @build_a_network_bot: https://t.me/build_a_network_bot" in caplog.messages
    stage.telegram.user_sends("hi")
    await stage.hears("1: hi")


async def test_neither_token_nor_typing_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when everything goes wrong and everything is logged."""
    caplog.set_level(logging.INFO)
    for trouble in (faults.server_error(), faults.lost_answer(), faults.forbidden()):
        stage.telegram.faults.add("sendMessage", trouble)
    stage.telegram.faults.add("getUpdates", faults.server_error())
    app = await stage.start()
    for text in ("secret-1", "boom", "secret-2", "secret-3"):
        stage.telegram.user_sends(text)
    await stage.until(lambda: "4: secret-3" in "".join(stage.said()) or len(stage.said()) > 1)
    logging.getLogger("bot").error("%r %s", app.bot, TOKEN)
    formatter = RedactingFormatter((TOKEN,))
    lines = "\n".join(formatter.format(record) for record in caplog.records)
    assert "secret-" not in lines
    assert "nobody-should-see" not in lines
    assert "token=<token>" in lines
