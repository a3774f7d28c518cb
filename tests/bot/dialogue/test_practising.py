"""Practice sets: drawn from who the learner is and how many they had, and kept by name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.effects import Say
from bot.dialogue.events import Said
from bot.dialogue.lessons import PracticeSet
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from content.loader import load
from engine.practice import DRAWN_BY

RECORDED = Path(__file__).with_name("recorded")
"""States that earlier versions stored, with what they asked."""

PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
MACHINE = Machine(load())
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def sets_of(learner: int, *texts: str, at: datetime = NOW) -> list[str]:
    """The practice sets a learner is in after each text."""
    state, names = None, []
    for number, text in enumerate(texts):
        state = MACHINE.step(state, Said(text, number), at, learner).state
        names.append(State.from_json(state).lesson if state else "")
    return names


def test_a_set_follows_from_the_learner_and_the_count_not_from_the_clock() -> None:
    """A turn taken twice, as after a crash, draws the same set."""
    again = sets_of(7, "/practice", "/practice", at=NOW + timedelta(days=3))
    assert sets_of(7, "/practice", "/practice") == again


def test_the_next_set_is_another_one() -> None:
    """Also when the last one was left without an answer."""
    names = sets_of(7, "/practice", "/practice", "/stop", "/practice")
    assert len({names[0], names[1], names[3]}) == 3


def test_two_learners_get_different_sets() -> None:
    """So that a class cannot copy the numbers."""
    assert sets_of(7, "/practice") != sets_of(8, "/practice")


@pytest.mark.parametrize("name", ["practice", "full_trace"])
def test_who_is_in_the_middle_of_a_set_goes_on_with_its_numbers(name: str) -> None:
    """A state stored by the first version of the drawing asks what it asked then, to the letter.

    The full trace is one that later mistakes would have drawn otherwise.
    """
    recorded = json.loads((RECORDED / "practice_drawn_by_1.json").read_text(encoding="utf-8"))[name]
    turn = MACHINE.step(recorded["state"], Said("hello", 20), NOW, recorded["learner"])
    said = [e.html if isinstance(e, Say) else getattr(e, "caption", "") for e in turn.effects]
    assert PRE.findall(said[-1]) == PRE.findall(recorded["asked"]) != []


def test_a_set_drawn_in_an_unknown_way_is_left_for_the_lesson() -> None:
    """After going back to an older program, nobody meets changed numbers in mid-set."""
    state = None
    for number, text in enumerate(("/start", "next", "/practice", "show")):
        state = MACHINE.step(state, Said(text, number), NOW, 7).state
    assert state is not None
    inside = State.from_json(state)
    set_ = PracticeSet.of(inside.lesson)
    assert set_ is not None
    unknown = replace(set_, version=DRAWN_BY + 1)
    after = MACHINE.step(
        state.replace(inside.lesson, unknown.name), Said("/where", 9), NOW, 7
    ).state
    assert after is not None
    home = State.from_json(after)
    assert (home.lesson, home.drawn) == (MACHINE.book.lesson.id, 1)
    assert home.step
