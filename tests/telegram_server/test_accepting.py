"""A message that Telegram would not take fails before it is sent."""

from __future__ import annotations

import pytest

from bot.dialogue.effects import Button, Effect, Say, Show
from bot.pictures.requests import Diagram
from tests.fakes.dialogue import NETWORK
from tests.fakes.words import LABELS
from tests.telegram_server.accepting import accept
from tests.telegram_server.refusal import RefusedError

PICTURE = Diagram(NETWORK, labels=LABELS)


@pytest.mark.parametrize(
    ("effect", "problem"),
    [
        (Say("8" * 4097), "message is too long"),
        (Say(""), "message text is empty"),
        (Say("<b>Step"), "can't parse entities"),
        (Say("a < b"), "can't parse entities"),
        (Say("a", ((Button("More", "8" * 65),),)), "BUTTON_DATA_INVALID"),
        (Say("a", ((Button(" ", "x"),),)), "text must be non-empty"),
        (Show(PICTURE, "8" * 1025), "caption is too long"),
        (Show(PICTURE, "a", ((Button("More", "é" * 33),),)), "BUTTON_DATA_INVALID"),
    ],
)
def test_what_telegram_refuses_is_refused(effect: Effect, problem: str) -> None:
    """In Telegram's own words."""
    with pytest.raises(RefusedError, match=problem):
        accept(effect)


def test_what_telegram_takes_is_taken() -> None:
    """Up to the last sign that has room."""
    accept(Say("8" * 4096, ((Button("More", "8" * 64),),)))
    accept(Show(PICTURE, "<b>" + "8" * 1024 + "</b>"))
