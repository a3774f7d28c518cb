"""What goes out is noted right before: with a connection at hand, and a file as going up."""

from __future__ import annotations

from functools import partial

import pytest

from bot.dialogue.effects import Say, Show
from bot.pictures.requests import Diagram
from bot.ports import NoMeter, NotSentError
from bot.telegram.api import Api
from bot.telegram.pictures import PictureSender
from bot.telegram.sender import TelegramMessenger
from tests.bot.telegram.stage import ANN, Stage, stage
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import NETWORK
from tests.fakes.words import LABELS
from tests.telegram_server import faults
from tests.telegram_server.chats import Call

__all__ = ["stage"]

PICTURE = Show(Diagram(NETWORK, title="a", labels=LABELS), "a")


class Noting:
    """A messenger, and what was called and noted, in order."""

    def __init__(self, stage: Stage) -> None:
        assert stage.app is not None
        assert stage.store is not None
        self._calls = stage.telegram.calls
        pictures = PictureSender(stage.painter, stage.store, FakeClock(), NoMeter())
        self._messenger = TelegramMessenger(Api(stage.app.bot, NoMeter()), pictures)

    async def _note(self, what: str) -> None:
        self._calls.append(Call(what, {}))

    async def sends(self, effect: Say | Show) -> list[str]:
        """Sends something that may have gone out before."""
        before = len(self._calls)
        again, uploading = partial(self._note, "again"), partial(self._note, "uploading")
        await self._messenger.perform(ANN, effect, mark=again, uploading=uploading)
        return [one.method for one in [*self._calls][before:] if not one.method.startswith("set")]


@pytest.fixture
async def noting(stage: Stage) -> Noting:
    """One in a chat that is there."""
    await stage.start()
    stage.telegram.user_sends("hi")
    await stage.hears("1: hi")
    return Noting(stage)


async def test_a_connection_is_there_before_it_is_noted(noting: Noting) -> None:
    """A bot that is killed while it connects has not sent anything, and knows it."""
    assert await noting.sends(Say("a")) == ["getMe", "again", "sendMessage"]


async def test_nothing_is_noted_where_there_is_no_connection(noting: Noting, stage: Stage) -> None:
    """Whatever goes wrong: nothing was sent."""
    for fault in (faults.dropped(), faults.server_error(), faults.lost_answer()):
        stage.telegram.faults.add("getMe", fault)
        with pytest.raises(NotSentError):
            await noting.sends(Say("a"))
    assert stage.said() == ["1: hi"]


async def test_a_picture_goes_up_once_and_then_goes_by_name(noting: Noting) -> None:
    """What goes up takes long, and is noted as such."""
    assert await noting.sends(PICTURE) == ["getMe", "uploading", "sendPhoto"]
    assert await noting.sends(PICTURE) == ["getMe", "again", "sendPhoto"]


async def test_a_picture_to_redraw_is_not_noted(noting: Noting, stage: Stage) -> None:
    """To redraw it twice harms nobody."""
    await noting.sends(PICTURE)
    message = stage.telegram.posts(ANN)[-1].id
    again = Show(Diagram(NETWORK, title="b", labels=LABELS), "b", replaces=message)
    assert await noting.sends(again) == ["editMessageMedia"]
