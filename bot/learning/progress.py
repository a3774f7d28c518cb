"""What /progress says: skills, what goes wrong most and how that changed, days of practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.learning.choose import strength
from bot.learning.practised import Missed, Practised
from engine.practice import SKILLS

WEEK = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One skill as a bar."""

    skill: str
    known: float
    """How likely it is known, from 0 to 1."""
    today: float
    """The same, with what may be forgotten since."""
    tries: int
    right: int
    level: int
    mastered: bool
    due: bool


@dataclass(frozen=True, slots=True)
class Days:
    """When there was practice. There is no streak to lose: a pause takes nothing away."""

    this_week: int
    """Days with practice in the seven up to today."""
    in_a_row: int
    """Days in a row up to today or yesterday."""
    all: int
    """Days with practice in all that are remembered."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything there is to say."""

    bars: tuple[Bar, ...]
    """Every skill, also those not practised yet."""
    mistakes: tuple[tuple[str, Missed], ...]
    """What goes wrong most now, first; ties by how often in all."""
    days: Days
    sets: int


def progress(practised: Practised, now: datetime, today: date) -> Progress:
    """What to show.

    Args:
        practised: the learner's records.
        now: the time, with a time zone.
        today: the day where the learner is.
    """
    ranked = sorted(
        practised.mistakes.items(),
        key=lambda item: (-item[1].recent[-10:].count("1"), -item[1].times, item[0]),
    )
    return Progress(
        bars=tuple(_bar(practised, skill, now) for skill in SKILLS),
        mistakes=tuple(ranked),
        days=_days(practised.days, today.toordinal()),
        sets=practised.sets,
    )


def _bar(practised: Practised, skill: str, now: datetime) -> Bar:
    known = practised.skill(skill)
    return Bar(
        skill=skill,
        known=known.known,
        today=round(strength(practised, skill, now), 4),
        tries=known.tries,
        right=known.right,
        level=known.level,
        mastered=known.mastered,
        due=known.card is not None and known.card.is_due(now),
    )


def _days(days: tuple[int, ...], today: int) -> Days:
    there, row = set(days), 0
    day = today if today in there else today - 1
    while day in there:
        row, day = row + 1, day - 1
    return Days(sum(today - WEEK < day <= today for day in there), row, len(there))
