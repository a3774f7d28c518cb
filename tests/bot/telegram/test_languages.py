"""What Telegram shows of the bot, and what it says by itself, is in each learner's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.machine import Machine
from bot.runtime.flood import BURST
from tests.bot.telegram.stage import ANN, BEN, Stage, stage
from tests.languages import library
from tests.telegram_server import faults

__all__ = ["stage"]

CID = 3


@pytest.fixture
def german(stage: Stage, tmp_path: Path) -> Stage:
    """A stage on which Ann's app is in German, Ben's in English, Cid's in none we have."""
    stage.tutor = Machine(library(tmp_path / "content"))
    stage.telegram.languages = {ANN: "de-AT", BEN: "en", CID: "sw"}
    return stage


def calls(stage: Stage, name: str) -> list[object]:
    """The language of each call of a method, in order."""
    made = [call for call in stage.telegram.calls if call.method == name]
    return [call.params.get("language_code", "") for call in made]


async def settled(stage: Stage) -> None:
    """Waits until all that was sent is answered."""
    await stage.until(lambda: not stage.telegram.updates.pending)
    assert stage.app is not None
    await stage.app.settled()


def begins(stage: Stage, chat: int) -> str:
    """What the menu says of the first command."""
    return str(stage.telegram.commands(chat)[0]["description"])


async def test_the_bot_describes_itself_in_every_language(german: Stage) -> None:
    """Once for everybody, once for each language that says something else."""
    await german.start()
    await german.until(lambda: german.telegram.about("short_description", ANN) == "Von Hand.")
    assert begins(german, ANN) == "Beginnen"
    assert german.telegram.about("description", ANN) == "Ein Schritt, von Hand."
    for chat in (BEN, CID):
        assert begins(german, chat).startswith("Begin, or")
        assert german.telegram.about("description", chat).startswith("Work through")
    await german.stop()
    await german.start()
    await german.until(lambda: calls(german, "getMyShortDescription").count("de") == 2)
    assert calls(german, "setMyCommands") == ["", "de"]
    assert calls(german, "setMyDescription") == ["", "de"]


async def test_who_is_asked_to_wait_leaves_the_rest(
    german: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """One line tells of it; learners are answered all the same."""
    german.telegram.faults.add("setMyDescription", faults.too_many_requests(500))
    await german.start()
    german.telegram.user_sends("/help", chat=BEN)
    await german.until(lambda: bool(german.said(BEN)))
    await german.until(lambda: "not all of what the bot says" in caplog.text)
    assert calls(german, "setMyDescription") == []
    assert calls(german, "setMyShortDescription") == []


async def test_the_menu_follows_the_language(german: Stage) -> None:
    """Whoever chooses another language has its commands; who is forgotten, those of their app."""
    await german.start()
    await german.until(lambda: german.telegram.about("short_description", ANN) == "Von Hand.")
    german.telegram.user_sends("/start", chat=BEN)
    german.telegram.user_sends("/language de", chat=BEN)
    await german.until(lambda: begins(german, BEN) == "Beginnen")
    german.telegram.user_sends("/language en", chat=BEN)
    await german.until(lambda: begins(german, BEN).startswith("Begin, or"))
    german.telegram.user_sends("/language de", chat=BEN)
    await german.until(lambda: begins(german, BEN) == "Beginnen")
    german.telegram.user_sends("/forget", chat=BEN)
    await settled(german)
    asked = german.telegram.posts(BEN)[-1]
    german.telegram.user_presses(asked.id, asked.buttons[0][0]["callback_data"], chat=BEN)
    await german.until(lambda: begins(german, BEN).startswith("Begin, or"))
    assert len(calls(german, "deleteMyCommands")) == 1


async def test_a_menu_that_cannot_be_set_holds_nobody_up(german: Stage) -> None:
    """It is tried once; the answer comes."""
    await german.start()
    german.telegram.user_sends("/start", chat=BEN)
    await german.until(lambda: "de" in calls(german, "setMyCommands"))
    german.telegram.faults.add("setMyCommands", faults.server_error())
    german.telegram.user_sends("/language de", chat=BEN)
    await german.until(lambda: any("Ab jetzt Deutsch." in text for text in german.said(BEN)))


@pytest.mark.parametrize("chosen", ["", "/language en"])
async def test_too_much_is_said_in_the_language_of_the_chat(german: Stage, chosen: str) -> None:
    """That of the app in a new chat, else the one that was chosen."""
    await german.start()
    for text in ("/start", chosen) if chosen else ():
        german.telegram.user_sends(text)
        await settled(german)
    for number in range(BURST + 10):
        german.telegram.user_sends(f"/start {number}")
    slow = "That was too much" if chosen else "Langsam, bitte."
    await german.until(lambda: any(slow in text for text in german.said()), 20)


class Failing(Machine):
    """A conversation with a bug."""

    def step(self, *_args: object, **_more: object) -> None:  # type: ignore[override]
        """Fails."""
        raise ZeroDivisionError


async def test_the_apology_is_in_the_language_of_the_chat(german: Stage) -> None:
    """Of the state, or of the app where there is none."""
    await german.start()
    german.telegram.user_sends("/start", chat=BEN)
    german.telegram.user_sends("/language de", chat=BEN)
    await german.until(lambda: any("Ab jetzt" in text for text in german.said(BEN)))
    await german.stop()
    assert isinstance(german.tutor, Machine)
    german.tutor = Failing(german.tutor.library)
    await german.start()
    for chat in (ANN, BEN):
        german.telegram.user_sends("0.3", chat=chat)
    await german.until(lambda: german.said(ANN) == ["Das ging schief."])
    await german.until(lambda: german.said(BEN)[-1] == "Das ging schief.")
