"""Bayesian knowledge tracing: held to a table worked by hand, and to what it promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.mastery import MASTERED, Response, Tracing, after, before, right_next, tracing
from engine.practice import SKILLS

skills = st.sampled_from(SKILLS)
chances = st.floats(0, 1)

BY_HAND = [
    # P(L) = 0.25, P(T) = 0.15, P(G) = 0.05, P(S) = 0.1
    # right: 0.225 / (0.225 + 0.0375) = 0.85714; not: 0.14286; + 0.14286 × 0.15 = 0.02143
    (Response.RIGHT, 0.8786),
    # wrong: 0.08786 / (0.08786 + 0.11533) = 0.43240; + 0.56760 × 0.15 = 0.08514
    (Response.WRONG, 0.5175),
    # right: 0.46575 / (0.46575 + 0.024125) = 0.95075; + 0.04925 × 0.15 = 0.00739
    (Response.RIGHT, 0.9581),
    # hint: 0.09581 / (0.09581 + 0.039805) = 0.70649; + 0.29351 × 0.15 = 0.04403
    (Response.HINTED, 0.7505),
    # right: 0.67545 / (0.67545 + 0.012475) = 0.98187; + 0.01813 × 0.15 = 0.00272
    (Response.RIGHT, 0.9846),
]
"""Five answers at a weighted sum, one after the other, worked with a pencil."""


def test_the_table_worked_by_hand() -> None:
    """Corbett and Anderson's equations, step by step, rounded to four decimals."""
    known = before("weighted_sum")
    for outcome, expected in BY_HAND:
        known = after("weighted_sum", known, outcome)
        assert known == expected


@given(skills, chances)
def test_a_hint_counts_as_not_known(skill: str, known: float) -> None:
    """A right answer after a hint moves mastery as a wrong one does."""
    assert after(skill, known, Response.HINTED) == after(skill, known, Response.WRONG)


@given(skills, chances)
def test_right_answers_speak_for_knowing(skill: str, known: float) -> None:
    """A right first attempt never leaves less mastery than a wrong one; all stay probabilities."""
    right, wrong = after(skill, known, Response.RIGHT), after(skill, known, Response.WRONG)
    assert 0 <= wrong <= right <= 1
    assert right >= round(known, 4)


@given(skills, chances, chances)
def test_what_is_known_better_is_more_likely_right(skill: str, one: float, other: float) -> None:
    """The chance of a right answer grows with mastery, from guessing to all but a slip."""
    its, (low, high) = tracing(skill), sorted((one, other))
    assert its.guessed - 1e-12 <= right_next(skill, low) <= right_next(skill, high) + 1e-12
    assert right_next(skill, high) <= 1 - its.slipped + 1e-12


@pytest.mark.parametrize("skill", SKILLS)
def test_a_few_right_answers_master_any_skill(skill: str) -> None:
    """More than one is needed, and no more than eight."""
    known, needed = before(skill), 0
    while known < MASTERED:
        known, needed = after(skill, known, Response.RIGHT), needed + 1
    assert 2 <= needed <= 8


def test_parameters_stay_where_the_model_means_something() -> None:
    """Guess at most 0.3 and slip at most 0.1, as Baker and others ask; worse is refused."""
    assert all(its.guessed <= 0.3 and its.slipped <= 0.1 for its in map(tracing, SKILLS))
    with pytest.raises(ValueError, match="guessing and slipping"):
        Tracing(0.5, 0.1, 0.6, 0.5)
