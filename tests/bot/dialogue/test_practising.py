"""Practice sets: drawn from who the learner is and how many they had, and kept by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.dialogue.events import Said
from bot.dialogue.lessons import PracticeSet
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from content.loader import load

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


def test_a_set_drawn_in_another_way_is_left_for_the_lesson() -> None:
    """After an update that draws differently, nobody meets changed numbers in mid-set."""
    state = None
    for number, text in enumerate(("/start", "next", "/practice", "show")):
        state = MACHINE.step(state, Said(text, number), NOW, 7).state
    assert state is not None
    inside = State.from_json(state)
    set_ = PracticeSet.of(inside.lesson)
    assert set_ is not None
    kind, version, rest = inside.lesson.split(":", 2)
    older = state.replace(inside.lesson, f"{kind}:{int(version) - 1}:{rest}")
    after = MACHINE.step(older, Said("/where", 9), NOW, 7).state
    assert after is not None
    home = State.from_json(after)
    assert (home.lesson, home.drawn) == (MACHINE.book.lesson.id, 1)
    assert home.step
