"""How likely it is that a learner knows a skill: Bayesian knowledge tracing.

Each skill is known or not. The first answer at a step is evidence; whoever did not know it may have
learned it by the end of the step. Later tries at the same step and answers after a hint say nothing
about knowing, so a hint counts as not known and later tries do not count.

Source: Corbett, Anderson, Knowledge tracing: modeling the acquisition of procedural knowledge, User
Modeling and User-Adapted Interaction 4 (1995), 253–278: the model, mastery at 0.95, first attempts,
help as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MASTERED = 0.95
"""Known this likely, a skill counts as mastered."""

DECIMALS = 4
"""Probabilities are kept to so many: small in storage, and the same everywhere."""


class Grasp(StrEnum):
    """How well a skill is known, as one person says it to another."""

    NEW = "new"
    SELDOM = "seldom"
    OFTEN = "often"
    NEARLY = "nearly"
    MASTERED = "mastered"


def grasp(known: float) -> Grasp:
    """In words, how likely a skill is known.

    >>> grasp(0.17), grasp(0.8786)
    (<Grasp.NEW: 'new'>, <Grasp.NEARLY: 'nearly'>)
    """
    upper = {Grasp.NEW: 0.25, Grasp.SELDOM: 0.5, Grasp.OFTEN: 0.8, Grasp.NEARLY: MASTERED}
    return next((how for how, end in upper.items() if known < end), Grasp.MASTERED)


class Response(StrEnum):
    """How the first attempt at a step went."""

    RIGHT = "right"
    HINTED = "hinted"
    """A hint, the pieces or the answer was asked for before a right answer."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Tracing:
    """The four parameters of one skill, each a probability.

    Raises:
        ValueError: they are such that a right answer would speak against knowing.
    """

    known: float
    """Known before the first step."""
    learned: float
    """Not known before a step, but after it."""
    guessed: float
    """Right though not known."""
    slipped: float
    """Wrong though known."""

    def __post_init__(self) -> None:
        if self.guessed + self.slipped >= 1:
            raise ValueError(f"guessing and slipping make {self.guessed + self.slipped}, not < 1")


TYPED = Tracing(known=0.25, learned=0.15, guessed=0.05, slipped=0.1)
"""A number that is typed is hardly ever right by chance; slips of the pencil are common.

Source: Corbett and Anderson (1995) fit guesses of about 0.2 for answers chosen from a few; Baker,
Corbett, Aleven, More accurate student modeling through contextual estimation of slip and guess
probabilities, ITS 2008: the bounds guess ≤ 0.3 and slip ≤ 0.1 that keep the model meaningful.
"""

_PARAMETERS: Mapping[str, Tracing] = {
    # Multiplying two decimals is known from school, its signs nearly so.
    "signed_product": Tracing(known=0.4, learned=0.2, guessed=0.05, slipped=0.1),
    # Who copies the sum without knowing why is right while it is positive.
    "relu": Tracing(known=0.25, learned=0.3, guessed=0.25, slipped=0.05),
    # Two likely words and a third.
    "direction": Tracing(known=0.2, learned=0.2, guessed=0.3, slipped=0.1),
    # New to most learners.
    "output_delta": Tracing(known=0.1, learned=0.15, guessed=0.05, slipped=0.1),
    "hidden_delta": Tracing(known=0.1, learned=0.15, guessed=0.05, slipped=0.1),
}
"""Of the skills unlike `TYPED`. Priors by judgement, not fitted: no data of learners yet."""


def tracing(skill: str) -> Tracing:
    """The parameters of a skill."""
    return _PARAMETERS.get(skill, TYPED)


def before(skill: str) -> float:
    """How likely a skill is known by someone of whom nothing is known."""
    return tracing(skill).known


def after(skill: str, known: float, outcome: Response) -> float:
    """How likely a skill is known after one more step.

    Args:
        skill: one of `SKILLS`.
        known: how likely before, from 0 to 1.
        outcome: how the first attempt went.

    >>> after("weighted_sum", 0.25, Response.RIGHT), after("weighted_sum", 0.25, Response.WRONG)
    (0.8786, 0.1788)
    """
    its = tracing(skill)
    if outcome is Response.RIGHT:
        yes, no = known * (1 - its.slipped), (1 - known) * its.guessed
    else:
        yes, no = known * its.slipped, (1 - known) * (1 - its.guessed)
    held = yes / (yes + no)
    return round(held + (1 - held) * its.learned, DECIMALS)


def right_next(skill: str, known: float) -> float:
    """How likely the next first attempt is right."""
    its = tracing(skill)
    return known * (1 - its.slipped) + (1 - known) * its.guessed
