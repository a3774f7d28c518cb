"""Old buttons go when the chat moves on, at no learner's cost."""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.effects import Button, Effect, Say, Show, Turn, Unbutton
from bot.dialogue.events import Event, Said
from tests.bot.pictures.requests import full_diagram
from tests.bot.runtime.bench import Bench
from tests.fakes.dialogue import EchoDialogue

ANN, BEN = 1, 2
KEYS = ((Button("Go on", "1..next"),),)


class Buttoned(EchoDialogue):
    """Answers every text with the messages it names: k has buttons, p has none, r is a redraw."""

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:  # noqa: ARG002
        """One message for each letter."""
        assert isinstance(event, Said)
        made: dict[str, Effect] = {
            "k": Say("question", KEYS),
            "p": Say("plain"),
            "r": Show(full_diagram(), "redrawn", KEYS, replaces=1),
        }
        return Turn('{"count": 1}', tuple(made[letter] for letter in event.text))


def unbuttoned(bench: Bench, chat: int = ANN) -> list[int]:
    """The messages of a chat whose buttons were taken off, in order."""
    done = bench.messenger.performed
    return [one.message for where, one in done if where == chat and isinstance(one, Unbutton)]


async def heard(*texts: str) -> Bench:
    """One learner's messages, one after the other."""
    bench = Bench(dialogue=Buttoned())
    for text in texts:
        await bench.hear(ANN, text)
    return bench


async def test_the_message_before_loses_its_buttons() -> None:
    """Once the new one with buttons has arrived, and only then."""
    bench = await heard("k", "k", "k")
    said = [one for _, one in bench.messenger.performed]
    assert [type(one).__name__ for one in said] == ["Say", "Say", "Unbutton", "Say", "Unbutton"]
    assert unbuttoned(bench) == [1, 2]


async def test_what_brings_no_buttons_takes_none() -> None:
    """A plain message, or a picture redrawn in place."""
    bench = await heard("k", "p", "r", "pp")
    assert unbuttoned(bench) == []
    bench = await heard("k", "pk")
    assert unbuttoned(bench) == [1]


async def test_which_one_it_was_is_stored_and_goes_with_the_learner() -> None:
    """The next run, and another worker, know it too."""
    bench = await heard("k")
    assert bench.store.states[ANN].keyboard == 1
    again = Bench(dialogue=Buttoned(), store=bench.store)
    again.messenger.first = 10
    await again.hear(ANN, "k")
    assert unbuttoned(again) == [1]
    await again.hear(BEN, "k")
    assert unbuttoned(again, BEN) == []
