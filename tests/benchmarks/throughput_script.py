"""What the crowd does: the lesson with mistakes and without, and the states in between.

Learners are stored in the middle of it, each somewhere else, so that from the first second on the
turns are those of a whole lesson and no learner writes faster than a person.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from bot.dialogue.effects import Say, Show, Turn
from bot.dialogue.events import Event, Pressed, Said
from bot.dialogue.machine import Machine
from bot.pictures.requests import Sheet
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import learners
from content.library import Library
from tests.benchmarks.throughput_crowd import Crowd, Step
from tests.transcripts.play import FOLDER, Chat, learner_lines

TRANSCRIPTS = ("errs", "perfect")


class _Recording(Machine):
    """Writes down what each event leads to."""

    def __init__(self) -> None:
        super().__init__(Library())
        self.script: list[Step] = []

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:
        turn = super().step(state, event, now, learner)
        replies = sum(isinstance(effect, Say | Show) for effect in turn.effects)
        sheet = any(
            isinstance(effect, Show) and isinstance(effect.picture, Sheet)
            for effect in turn.effects
        )
        match event:
            case Said(text):
                self.script.append(Step(text, "", replies, state, sheet))
            case Pressed(data):
                self.script.append(Step("", data, replies, state, sheet))
        return turn


def lesson_script() -> list[Step]:
    """The lesson as steps; each transcript ends with the learner erasing everything."""
    machine = _Recording()
    chat = Chat(machine, now=datetime(2026, 1, 1, tzinfo=UTC))
    for name in TRANSCRIPTS:
        for who, line in learner_lines((FOLDER / f"{name}.txt").read_text("utf-8")):
            if who == "you" and not line.startswith("("):
                chat.does(line)
        chat.does("/forget")
        chat.does("yes")
    return [step for step in machine.script if step.replies]


async def settle(url: str, crowd: Crowd) -> None:
    """Stores each learner of a crowd where it is in the script."""
    await SqlStore(url).close()
    times = {"created_ms": 0, "updated_ms": 0, "blocked": False, "version": 1}
    rows: list[dict[str, Any]] = [
        {"chat": learner.chat, "state": state} | times
        for learner in crowd.idle
        if (state := crowd.script[learner.at].before) is not None
    ]
    engine = open_engine(url)
    with engine.begin() as connection:
        await asyncio.to_thread(connection.execute, insert(learners), rows)
    engine.dispose()
