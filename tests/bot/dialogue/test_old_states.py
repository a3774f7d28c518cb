"""States that earlier versions stored: who comes back after an update is asked what they were."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.events import Event, Pressed, Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.migration import STANDARDS
from bot.dialogue.parts import Confirming
from bot.dialogue.state import State
from engine.practice import FULL_TRACE, draw, draw_full
from tests.bot.dialogue.learner import MACHINE
from tests.engine.test_practice_seeds import written

RECORDED = Path(__file__).with_name("recorded")
"""States that landed programs stored, by the version of the state's JSON."""

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
STATES: dict[str, str] = {
    f"{version} {name}": state
    for version in (1, 2)
    for name, state in json.loads(
        (RECORDED / f"states_{version}.json").read_text(encoding="utf-8")
    ).items()
}


def tried(state: State) -> list[Event]:
    """The step again, an answer, and every way out."""
    run = f"{state.progress.run}..here"
    texts = ("0.5", "/hint", "/back", "/stop", "/remind", "/practice", "yes")
    lessons = (f"/lessons {name}" for name in MACHINE.book.lessons)
    return [Pressed(run, "c", 901), *(Said(text, 900) for text in (*texts, *lessons))]


def steps_of(state: State) -> dict[str, int]:
    """The steps of the lesson in hand as it is now, each with its part."""
    lesson = book_for(MACHINE.book, state.lesson).lesson
    return {place.id: place.part for place in lesson.places}


@pytest.mark.parametrize("name", STATES)
def test_who_comes_back_after_an_update_is_where_they_were(name: str) -> None:
    """At the same step, or at the nearest that is left; nothing that was done is gone."""
    before = State.from_json(STATES[name])
    for event in tried(before):
        turn = MACHINE.step(STATES[name], event, NOW, 7)
        after = State.from_json(turn.state) if turn.state else before
        anew = before.pending.confirming == Confirming.RESTART and event == Said("yes", 900)
        for lesson, progress in before.lessons.items() if not anew else ():
            kept = {**after.lessons[lesson].records, **progress.records}
            assert kept.keys() == after.lessons[lesson].records.keys()
        if isinstance(event, Pressed) and before.hand.step in steps_of(before):
            assert after.hand.step == before.hand.step


def given_ahead(state: State) -> set[str]:
    """The steps behind the one in hand whose numbers were sent with earlier ones."""
    order, here = list(steps_of(state)), state.hand.step
    return state.records.keys() & set(order[order.index(here) + 1 :] if here in order else ())


@pytest.mark.parametrize("name", STATES)
def test_nobody_is_sent_back_to_what_a_newer_lesson_has_before(name: str) -> None:
    """From there to the end of the lesson, part after part; what was given ahead does not count."""
    state = STATES[name]
    ahead = given_ahead(State.from_json(state))
    for number in range(200):
        now = State.from_json(state)
        steps, here = steps_of(now), now.hand.step
        if now.learner.group or not here:
            return
        behind = now.records.keys() & steps.keys() - ahead
        furthest = max((steps[step] for step in behind), default=0)
        if number and here not in now.records.kept:
            assert steps[here] >= furthest
        turn = MACHINE.step(state, Said("no" if now.pending.confirming else "/show", number), NOW)
        assert turn.state is not None
        state = turn.state
    raise AssertionError("no end")


SEEDS: dict[str, dict[str, str]] = tomllib.loads(
    (RECORDED / "practice_seeds.toml").read_text(encoding="utf-8")
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
    state = STATES["1 set_2_full_trace"].replace("practice:2:", "practice:3:")
    after = MACHINE.step(state, Said("/where", 9), NOW, 7).state
    assert after is not None
    home = State.from_json(after)
    assert (home.lesson, home.hand.step) == ("bn", "h1_sum")
