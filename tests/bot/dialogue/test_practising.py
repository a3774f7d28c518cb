"""Practice sets: drawn from who the learner is and how many they had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import GeneratedLesson
from bot.dialogue.state import State
from tests.tutor import MACHINE

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def sets_of(learner: int, *texts: str, at: datetime = NOW) -> list[str | GeneratedLesson]:
    """The practice sets a learner is in after each text."""
    state, found = None, list[str | GeneratedLesson]()
    for number, text in enumerate(texts):
        state = MACHINE.step(state, Said(text, number), at, learner).state
        found.append(State.from_json(state).lesson if state else "")
    return found


def test_a_set_follows_from_the_learner_and_the_count_not_from_the_clock() -> None:
    """A turn taken twice, as after a crash, draws the same set."""
    again = sets_of(7, "/practice", "/practice", at=NOW + timedelta(days=3))
    assert sets_of(7, "/practice", "/practice") == again


def test_the_next_set_is_another_one() -> None:
    """Also when the last one was left without an answer."""
    sets = sets_of(7, "/practice", "/practice", "/stop", "/practice")
    assert sets[0] != sets[1] != sets[3] != sets[0]


def test_two_learners_get_different_sets() -> None:
    """So that a class cannot copy the numbers."""
    assert sets_of(7, "/practice") != sets_of(8, "/practice")
