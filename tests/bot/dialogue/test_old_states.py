"""States that earlier versions stored: who comes back after an update is asked what they were."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.effects import Turn
from bot.dialogue.events import Event, Pressed, Said
from bot.dialogue.machine import Machine
from bot.dialogue.migration import STANDARDS
from bot.dialogue.state import State
from engine.practice import FULL_TRACE, draw, draw_full
from tests.bot.dialogue.learner import MACHINE, buttons, heard
from tests.engine.test_practice_seeds import written

RECORDED = Path(__file__).with_name("recorded") / "states_1.json"
"""States of version 1, and what the program that stored them said next, word for word."""

NUMBER = re.compile(r"\d+(?:\.\d+)?")
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def tried(state: str, machine: Machine) -> dict[str, Event]:
    """What is tried with a state, by name: the step again, an answer, and every way out."""
    run = re.findall(r'"run":(\d+)', state.partition('"parked"')[0]) or ["1"]
    again: dict[str, Event] = {"here": Pressed(f"{run[0]}..here", "c", 901)}
    texts = ("0.5", "/hint", "/back", "/stop", "/remind", "/practice", "yes")
    others = (f"/lessons {name}" for name in machine.book.lessons)
    said: dict[str, Event] = {text: Said(text, 900) for text in (*texts, *others)}
    return again | said


def gist(turn: Turn) -> str:
    """What stays the same in whatever words: numbers, buttons and attempts, as a digest."""
    attempts = [asdict(one) for one in turn.attempts]
    told = json.dumps([NUMBER.findall(heard(turn)), [one.data for one in buttons(turn)], attempts])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


STATES: dict[str, dict[str, Any]] = json.loads(RECORDED.read_text(encoding="utf-8"))


LESSONS = {text.removeprefix("/lessons ") for one in STATES.values() for text in one["then"]}
"""Among others, the lessons that there were: what is offered beside them is not from then."""

THEN = Machine(
    replace(
        MACHINE.book,
        lessons={name: one for name, one in MACHINE.book.lessons.items() if name in LESSONS},
    )
)


@pytest.mark.parametrize("name", STATES)
def test_a_state_of_version_1_goes_on_as_it_was(name: str) -> None:
    """The same question with the same numbers and buttons, whatever is done next."""
    recorded = STATES[name]
    for text, event in tried(recorded["state"], THEN).items():
        turn = THEN.step(recorded["state"], event, NOW, 7)
        if text == "here":
            assert NUMBER.findall(heard(turn)) == NUMBER.findall(recorded["asked"])
        assert gist(turn) == recorded["then"][text], text


SEEDS: dict[str, dict[str, str]] = tomllib.loads(
    RECORDED.with_name("practice_seeds.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("drawing", "wanted"), [(drawing, one) for drawing, table in SEEDS.items() for one in table]
)
def test_a_set_stored_by_its_seed_is_drawn_as_it_was(drawing: str, wanted: str) -> None:
    """To the last decimal, whatever mistakes were added to those that are told apart since."""
    skill, difficulty, *mistake = wanted.split()
    standard = STANDARDS[drawing.removeprefix("version ")]
    if skill == FULL_TRACE:
        assert written(draw_full("a seed", int(difficulty), standard)) == SEEDS[drawing][wanted]
        return
    problem = draw("a seed", skill, int(difficulty), "".join(mistake), standard)
    asked = " ".join(problem.asked)
    assert f"{written(problem)} | {asked}" == SEEDS[drawing][wanted]


def test_a_set_drawn_in_an_unknown_way_is_left_for_the_lesson() -> None:
    """Nobody meets other numbers in mid-set: they are back where the written lesson waits."""
    state = STATES["set_2_full_trace"]["state"].replace("practice:2:", "practice:3:")
    after = MACHINE.step(state, Said("/where", 9), NOW, 7).state
    assert after is not None
    home = State.from_json(after)
    assert (home.lesson, home.hand.step) == ("bn", "h1_sum")
