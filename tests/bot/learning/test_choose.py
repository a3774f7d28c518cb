"""What is practised next: due first, then the weakest within reach, never one thing for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.choose import Choice, Why, builds_on, choose, mastered, strength
from bot.learning.mastery import Response
from bot.learning.practised import Answer, Practised
from engine.practice import SKILLS, difficulty_of
from tests.bot.learning.test_practised import sets

NOW = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)


def answered(skill: str, outcome: Response = Response.RIGHT, *made: str) -> list[Answer]:
    """A set of two answers."""
    return [Answer(skill, outcome, made, frozenset(made))] * 2


def after(*played: list[Answer], minutes: int = 5) -> tuple[Practised, datetime]:
    """Records after some sets, and the time then."""
    practised, now = Practised(), NOW
    for answers in played:
        practised = practised.with_set(answers, now, now.date())
        now += timedelta(minutes=minutes)
    return practised, now


def test_a_new_learner_begins_at_the_beginning() -> None:
    """Nothing is known: the weakest skill that builds on nothing, on the lowest rung."""
    choice = choose(Practised(), NOW)
    assert choice == Choice("signed_product", 1, Why.WEAKEST)
    assert not builds_on(choice.skill)


def test_a_mistake_comes_back_when_it_is_due() -> None:
    """Ten minutes after it was made, with fresh numbers that give occasion for it."""
    practised, now = after(answered("loss", Response.WRONG, "forgot_to_square"))
    assert choose(practised, now).why is Why.WEAKEST
    choice = choose(practised, now + timedelta(minutes=6))
    assert (choice.skill, choice.mistake) == ("loss", "forgot_to_square")
    assert choice.why is Why.MISTAKE_DUE


def test_a_slip_comes_back_as_any_problem_of_its_skill() -> None:
    """No network gives more occasion for a slip than another; avoided, it comes up later."""
    practised, now = after(answered("loss", Response.WRONG, "slip"), minutes=30)
    choice = choose(practised, now)
    assert (choice.skill, choice.mistake, choice.why) == ("loss", "", Why.MISTAKE_DUE)
    practised = practised.with_set(answered("loss"), now, now.date())
    assert not practised.mistakes["slip"].card.is_due(now + timedelta(hours=1))


def test_a_mistake_without_occasion_does_not_come_back_at_once() -> None:
    """A set aimed at a mistake settles it for now, whether or not it could be made."""
    practised, now = after(answered("loss", Response.WRONG, "forgot_to_square"), minutes=30)
    practised = practised.with_set(answered("loss"), now, now.date(), aimed="forgot_to_square")
    assert not practised.mistakes["forgot_to_square"].card.is_due(now + timedelta(hours=1))
    assert (
        "dropped_sign"
        not in practised.with_set(answered("loss"), now, now.date(), aimed="dropped_sign").mistakes
    )


def test_a_skill_comes_back_when_it_is_due() -> None:
    """Mastered and left alone for a month, it is asked again before anything new."""
    practised, now = after(answered("relu"), answered("relu"))
    choice = choose(practised, now + timedelta(days=30))
    assert choice == Choice("relu", 2, Why.SKILL_DUE)


def test_prerequisites_come_first() -> None:
    """Nothing that builds on unknown skills is chosen while there is something else."""
    practised, now = Practised(), NOW
    for _ in range(25):
        choice = choose(practised, now)
        for needed in builds_on(choice.skill):
            assert practised.skill(needed).known >= 0.6
        practised = practised.with_set(answered(choice.skill), now, now.date())
        now += timedelta(minutes=3)
    assert len(mastered(practised)) == len(SKILLS)


def test_everything_mastered_goes_on_harder() -> None:
    """There is always something to practise: the lowest rung next."""
    practised, now = after(*(answered(skill) for skill in SKILLS for _ in range(3)), minutes=1)
    assert mastered(practised) == tuple(SKILLS)
    choice = choose(practised, now)
    assert choice.why is Why.HARDER
    assert strength(practised, choice.skill, now) > 0.9


def test_no_skill_is_asked_for_ever() -> None:
    """Whoever fails the same skill over and over gets another one in between."""
    practised, now, asked = Practised(), NOW, []
    for _ in range(12):
        asked.append(choose(practised, now).skill)
        practised = practised.with_set(answered(asked[-1], Response.WRONG), now, now.date())
        now += timedelta(minutes=30)
    assert all(len(set(asked[i : i + 3])) > 1 for i in range(10))


@settings(max_examples=60)
@given(sets, st.integers(0, 60 * 24 * 90), st.sets(st.sampled_from(SKILLS), min_size=1))
def test_there_is_always_a_choice_of_what_was_taught(
    history: list[list[Answer]], minutes: int, learned: set[str]
) -> None:
    """Whatever happened, a taught skill at a difficulty where it comes up; the same each time."""
    practised, now = after(*history)
    choice = choose(practised, now + timedelta(minutes=minutes), learned=learned)
    assert choice.skill in learned
    assert choice.difficulty == difficulty_of(choice.skill, choice.difficulty)
    assert choice == choose(practised, now + timedelta(minutes=minutes), learned=learned)


def test_nothing_taught_is_an_error() -> None:
    """The caller asks only once there is something to practise."""
    with pytest.raises(ValueError, match="no skill"):
        choose(Practised(), NOW, learned=())


def test_what_skills_build_on_has_no_cycles() -> None:
    """Every skill is there, and each builds on skills that can come before it."""
    done: set[str] = set()
    for _ in SKILLS:
        done |= {skill for skill in SKILLS if set(builds_on(skill)) <= done}
    assert done == set(SKILLS)
