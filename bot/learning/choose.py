"""What to practise next, and why: first what is due, then what is weakest of what is within reach.

Source: mastery learning (Bloom 1968); the outer fringe of what is known, from Doignon, Falmagne,
Knowledge Spaces (1999); spacing and mixing, from Rohrer, Taylor, The shuffling of mathematics
problems improves learning, Instructional Science 35 (2007).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.learning.mastery import MASTERED
from bot.learning.practised import ALWAYS_POSSIBLE, Practised
from bot.learning.review import still_held
from engine.functions import ACTIVATIONS
from engine.practice import EASIEST, HARDEST, SKILLS, difficulty_of, introduced_at

IN_REACH = 0.6
"""A skill is within reach once those it builds on are known this likely."""

IN_A_ROW = 2
"""No skill comes up more often than this in a row while there is another to choose."""

SITTING = 3600
"""After so many seconds nobody is tired of a skill any more."""

_BUILDS_ON: Mapping[str, tuple[str, ...]] = {
    "weighted_sum": ("signed_product",),
    "output_delta": ("loss", "sigmoid"),
    "hidden_delta": ("output_delta",),
    "gradient": ("signed_product", "output_delta"),
    "direction": ("gradient",),
    "update": ("gradient",),
}


def builds_on(skill: str) -> tuple[str, ...]:
    """What should be known before a skill; without cycles.

    >>> builds_on("tanh"), builds_on("cross_entropy")
    (('weighted_sum', 'relu', 'sigmoid'), ('loss', 'output_delta'))
    """
    if skill in _BUILDS_ON or introduced_at(skill) == EASIEST:
        return _BUILDS_ON.get(skill, ())
    if skill in ACTIVATIONS:
        return ("weighted_sum", *(name for name in SKILLS if name in _first_activations()))
    return ("loss", "output_delta")


def _first_activations() -> set[str]:
    return {name for name, known in ACTIVATIONS.items() if known.first_at == EASIEST}


class Why(StrEnum):
    """Why something is practised now."""

    MISTAKE_DUE = "mistake_due"
    """A mistake was made before: is it still avoided?"""
    SKILL_DUE = "skill_due"
    WEAKEST = "weakest"
    HARDER = "harder"
    """Everything is mastered: the same on a higher rung."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to practise next: the arguments of `engine.practice.draw`, but for the seed."""

    skill: str
    difficulty: int
    why: Why
    mistake: str = ""


def choose(
    practised: Practised,
    now: datetime,
    *,
    learned: Collection[str] = SKILLS,
    most: int = HARDEST,
) -> Choice:
    """What to practise next.

    Args:
        practised: the learner's records.
        now: the time, with a time zone.
        learned: the skills that have been taught; others are not asked.
        most: the hardest difficulty to go to where the skill and the mistake need no harder one.

    Raises:
        ValueError: no skill has been taught.
    """
    able = [skill for skill in SKILLS if skill in learned]
    if not able:
        raise ValueError("no skill to practise")
    rested = [s for s in able if len(able) == 1 or not _is_tired(practised, s, now)]

    def chosen(skill: str, why: Why, mistake: str = "") -> Choice:
        level = min(practised.skill(skill).level, most)
        return Choice(skill, difficulty_of(skill, level, mistake), why, mistake)

    due = [
        (missed.card.due, name, missed.skill)
        for name, missed in practised.mistakes.items()
        if missed.card.is_due(now) and missed.skill in rested
    ]
    if due:
        _, mistake, skill = min(due)
        return chosen(skill, Why.MISTAKE_DUE, "" if mistake in ALWAYS_POSSIBLE else mistake)
    faded = [
        (still_held(card, now), SKILLS.index(skill), skill)
        for skill in rested
        if (card := practised.skill(skill).card) is not None and card.is_due(now)
    ]
    if faded:
        return chosen(min(faded)[-1], Why.SKILL_DUE)
    open_now = [skill for skill in rested if not practised.skill(skill).mastered]
    ready = [skill for skill in open_now if _in_reach(practised, skill)] or open_now
    if ready:
        return chosen(min(ready, key=lambda s: _rank(practised, s)), Why.WEAKEST)
    lowest = min(
        rested,
        key=lambda s: (practised.skill(s).level, practised.skill(s).tries, SKILLS.index(s)),
    )
    return chosen(lowest, Why.HARDER)


def choose_several(
    practised: Practised,
    now: datetime,
    *,
    learned: Collection[str],
    most: int = HARDEST,
    count: int,
) -> tuple[Choice, ...]:
    """What is most worth practising, best first: each skill once; see `choose`.

    Raises:
        ValueError: no skill has been taught.
    """
    first = choose(practised, now, learned=learned, most=most)
    others = {*learned} - {first.skill}
    if count == 1 or others.isdisjoint(SKILLS):
        return (first,)
    more = choose_several(practised, now, learned=others, most=most, count=count - 1)
    return first, *more


def _is_tired(practised: Practised, skill: str, now: datetime) -> bool:
    card = practised.skill(skill).card
    in_a_row = practised.last[:IN_A_ROW] == (skill,) * IN_A_ROW
    return in_a_row and card is not None and now.timestamp() - card.last < SITTING


def _rank(practised: Practised, skill: str) -> tuple[int, bool, float, int]:
    """What needs a higher rung waits; begun before new; the weakest; the first in a step."""
    known = practised.skill(skill)
    new = not known.tries
    return introduced_at(skill), new, 0.0 if new else known.known, SKILLS.index(skill)


def _in_reach(practised: Practised, skill: str) -> bool:
    return all(practised.skill(needed).known >= IN_REACH for needed in builds_on(skill))


def strength(practised: Practised, skill: str, now: datetime) -> float:
    """How sure a skill is today, from 0 to 1: known, and not forgotten since."""
    known = practised.skill(skill)
    return known.known * (still_held(known.card, now) if known.card else 1.0)


def mastered(practised: Practised) -> tuple[str, ...]:
    """The skills that count as mastered, in the order of `SKILLS`."""
    return tuple(skill for skill in SKILLS if practised.skill(skill).known >= MASTERED)
