"""A text is early when it was written before the message that asks the present step."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.dialogue.effects import Asks, Say, Turn
from bot.dialogue.events import Event, Said
from bot.ports import StaleError, UnsureError
from tests.bot.runtime.bench import Bench
from tests.fakes.dialogue import EchoDialogue

ANN = 1


class Asking(EchoDialogue):
    """Asks something new after every text but an early one, and remembers which were."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bool]] = []

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        """See `EchoDialogue`."""
        turn = super().step(state, event, now, learner)
        if not isinstance(event, Said):
            return turn
        self.heard.append((event.text, event.early))
        asks = Asks.AGAIN if event.early else Asks.ANEW
        effects = (replace(e, asks=asks) if isinstance(e, Say) else e for e in turn.effects)
        return replace(turn, effects=tuple(effects))


class Chats(Bench):
    """Ann and a bot on a platform that counts its messages: each of the bot's has the next id."""

    def __init__(self) -> None:
        self.asking = Asking()
        super().__init__(dialogue=self.asking)
        self.messenger.first = 100

    async def types(self, *texts: tuple[str, int]) -> None:
        """Texts with their ids, all before any is answered."""
        for text, message in texts:
            self.runtime.accept(await self.receive(ANN, Said(text, message)))
        await asyncio.wait_for(self.runtime.settled(), 5)


async def test_what_was_queued_behind_an_answer_is_early() -> None:
    """Its id is below that of the reply, which came in between."""
    chats = Chats()
    await chats.types(("a", 98), ("b", 99))
    await chats.types(("c", 150))
    assert chats.asking.heard == [("a", False), ("b", True), ("c", False)]


async def test_it_is_early_after_a_restart_too() -> None:
    """The id is in the store."""
    chats = Chats()
    await chats.types(("a", 98))
    chats.restart()
    await chats.types(("b", 99), ("c", 150))
    assert chats.asking.heard[1:] == [("b", True), ("c", False)]


async def test_the_step_asked_again_is_not_asked_later() -> None:
    """What was written after the first question is an answer, though it was asked again since."""
    chats = Chats()
    await chats.types(("a", 98), ("b", 99), ("c", 101))
    assert chats.asking.heard == [("a", False), ("b", True), ("c", False)]


async def test_a_reply_of_unknown_fate_makes_nothing_early() -> None:
    """It may have been seen, and answered; what came before the last known one stays early."""
    chats = Chats()
    await chats.types(("a", 98))
    chats.messenger.failures[ANN].append(UnsureError("lost"))
    await chats.types(("b", 110), ("c", 111), ("d", 99))
    assert chats.asking.heard == [("a", False), ("b", False), ("c", False), ("d", True)]


async def test_a_turn_taken_again_looks_again() -> None:
    """Somebody else was faster: what they asked counts."""
    chats = Chats()
    await chats.types(("a", 98))
    chats.store.states[ANN] = replace(chats.store.states[ANN], asked=200)
    chats.store.failures.append(StaleError())
    await chats.types(("b", 150))
    assert chats.asking.heard == [("a", False), ("b", True), ("b", True)]


async def test_platforms_that_begin_their_ids_again_stop_nobody() -> None:
    """The first text is asked for again, and from then on all is well."""
    chats = Chats()
    await chats.types(("a", 98))
    chats.messenger.first = 10 - len(chats.messenger.performed)
    await chats.types(("b", 5))
    await chats.types(("c", 15))
    assert chats.asking.heard == [("a", False), ("b", True), ("c", False)]
