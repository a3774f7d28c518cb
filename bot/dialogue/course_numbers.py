"""How the course goes, in numbers from which no learner can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Counted: TypeAlias = tuple[tuple[str, int], ...]
"""Names with how often each was met, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Course:
    """What whoever runs the bot may ask for.

    Of many learners a part is looked at, spread over all of them, and of many answers the last
    ones, so that asking takes no longer however many there are.
    """

    learners: int = 0
    looked_at: int = 0
    """How many learners' places the numbers down to `at_step` are about."""
    active: int = 0
    """Those heard within the last week."""
    finished: int = 0
    blocked: int = 0
    at_step: Counted = ()
    """Where those who are under way are, by step of the lesson."""
    answers: int = 0
    """How many answers the rest is about."""
    answers_before: bool = False
    """Whether there were more answers before those."""
    verdicts: Counted = ()
    wrong_at: Counted = ()
    """Wrong answers by step of the lesson."""
    mistakes: Counted = ()

    @property
    def sampled(self) -> bool:
        """Whether only a part of the learners was looked at."""
        return self.looked_at < self.learners
