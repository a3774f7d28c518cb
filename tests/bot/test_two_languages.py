"""Two learners in two languages talk to one bot at once, each in their own, reminders too."""

from __future__ import annotations

import pytest

from tests.bot.telegram.stage import ANN, BEN, Stage, stage
from tests.telegram_server.posts import Post, flat
from tests.tutor import MACHINE

__all__ = ["stage"]

LANGUAGES = {ANN: "de", BEN: "en-GB"}


@pytest.fixture
async def both(stage: Stage) -> Stage:
    """Ann and Ben, each at the first number of the lesson."""
    stage.tutor = MACHINE
    stage.telegram.languages = dict(LANGUAGES)
    await stage.start()
    for chat in LANGUAGES:
        stage.telegram.user_sends("/start", chat=chat)
    for _ in range(2):
        await settled(stage)
        for chat in LANGUAGES:
            first = flat(last(stage, chat).buttons)[0]
            stage.telegram.user_presses(last(stage, chat).id, first["callback_data"], chat=chat)
    await settled(stage)
    return stage


def last(stage: Stage, chat: int) -> Post:
    """The newest message with buttons."""
    return [post for post in stage.telegram.posts(chat) if post.from_bot and post.buttons][-1]


async def settled(stage: Stage) -> None:
    """Waits until all that was sent is answered."""
    await stage.until(lambda: not stage.telegram.updates.pending, 20)
    assert stage.app is not None
    await stage.app.settled()


async def says(stage: Stage, chat: int, text: str) -> str:
    """All that comes in answer to a text."""
    before = len(stage.said(chat))
    stage.telegram.user_sends(text, chat=chat)
    await settled(stage)
    return "\n".join(stage.said(chat)[before:])


async def test_each_is_spoken_to_in_their_own_language(both: Stage) -> None:
    """Menu, question, numbers, verdict, the words of a picture, and the reminder."""
    await both.until(lambda: both.telegram.commands(ANN) != both.telegram.commands(BEN), 20)
    german, english = ("\n".join(both.said(chat)) for chat in (ANN, BEN))
    assert "Schritt 1 von 36" in german
    assert "Step 1 of 36" in english
    assert "0,6 × 0,4 = 0,24" in german
    assert "0.6 × 0.4 = 0.24" in english
    for chat, typed, mark in ((ANN, "-0,21", "−0,21"), (BEN, "-0.21", "−0.21")):
        assert mark in await says(both, chat, typed)
    german, english = [await says(both, chat, "/picture") for chat in (ANN, BEN)]
    assert "w12 −0,3" in german
    assert "w12 −0.3" in english
    for chat in LANGUAGES:
        await says(both, chat, "/remind 19:00 UTC")
    await both.stop()
    both.clock.move(hours=20)
    before = {chat: len(both.said(chat)) for chat in LANGUAGES}
    await both.start()
    await both.until(lambda: all(len(both.said(chat)) > before[chat] for chat in LANGUAGES), 20)
    reminded = {chat: "\n".join(both.said(chat)[before[chat] :]) for chat in LANGUAGES}
    assert "Schritt 2 von 36" in reminded[ANN]
    assert "Step 2 of 36" in reminded[BEN]


async def test_a_switch_in_the_middle_of_a_step(both: Stage) -> None:
    """The step is asked again, the menu follows, and the other learner notices nothing."""
    asked = await says(both, BEN, "/language de")
    assert "Schritt 1 von 36" in asked
    assert "0,6 × 0,4 = 0,24" in asked
    await both.until(lambda: both.telegram.commands(BEN) == both.telegram.commands(ANN), 20)
    assert "✓ −0,21" in await says(both, BEN, "-0,21")
    assert "✓ −0,21" in await says(both, ANN, "-0,21")
    assert "Step 2 of 36" in await says(both, BEN, "/language English")
