"""What is kept about one learner's practice, and what an answered set changes in it.

Small enough to live in the learner's state: about 60 bytes for a skill or a mistake. Only counts,
probabilities and dates; never what was typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from bot.learning.mastery import MASTERED, Response, after, before
from bot.learning.review import Card, reviewed
from engine.mistakes import ELSEWHERE, SLIP
from engine.practice import EASIEST, HARDEST, SKILLS

VERSION = 1

ALWAYS_POSSIBLE = frozenset({SLIP, ELSEWHERE.id})
"""Mistakes that there is occasion for at every step that asks for a number."""

LOOKED_BACK = 20
"""So many occasions are remembered for each mistake."""

DAYS_KEPT = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """The first attempt at one step of a set."""

    skill: str
    outcome: Response
    made: tuple[str, ...] = ()
    """The mistakes a diagnosis named, at any attempt."""
    possible: frozenset[str] = frozenset()
    """The mistakes there was occasion for (`engine.practice.possible`)."""


@dataclass(frozen=True, slots=True)
class Known:
    """One skill."""

    known: float
    """How likely it is known."""
    tries: int = 0
    """First attempts."""
    right: int = 0
    level: int = EASIEST
    """The difficulty it is practised at: one rung lower after a set that did not go right."""
    card: Card | None = None

    @property
    def mastered(self) -> bool:
        """Whether it counts as mastered."""
        return self.known >= MASTERED


@dataclass(frozen=True, slots=True)
class Missed:
    """One mistake that was made at least once."""

    skill: str
    """Where it was made last."""
    times: int
    """How often in all."""
    recent: str
    """The last occasions, oldest first: 1 where it was made, 0 where it was not."""
    card: Card

    @property
    def trend(self) -> tuple[float, float] | None:
        """How often it was made in the older and newer half of `recent`; None if too few."""
        half = len(self.recent) // 2
        if half < 2:
            return None
        older, newer = self.recent[:half], self.recent[-half:]
        return older.count("1") / half, newer.count("1") / half


@dataclass(frozen=True, slots=True)
class Practised:
    """Everything about one learner's practice."""

    skills: Mapping[str, Known] = field(default_factory=dict)
    mistakes: Mapping[str, Missed] = field(default_factory=dict)
    sets: int = 0
    """How many sets were answered; also what makes the next seed a new one."""
    last: tuple[str, ...] = ()
    """The skills of the last two sets, newest first."""
    days: tuple[int, ...] = ()
    """The last days with practice, as ordinals, in the learner's time zone."""

    def skill(self, skill: str) -> Known:
        """A skill, also one that was never practised."""
        return self.skills.get(skill) or Known(before(skill))

    @property
    def highest(self) -> int:
        """The highest rung that any skill is practised at."""
        return max((known.level for known in self.skills.values()), default=EASIEST)

    def raised(self, skills: Collection[str], level: int) -> Practised:
        """The same with these skills practised at this rung at least."""
        known = {skill: self.skill(skill) for skill in skills}
        raised = {name: replace(one, level=max(one.level, level)) for name, one in known.items()}
        return replace(self, skills={**self.skills, **raised})

    def with_set(
        self,
        answers: Sequence[Answer],
        now: datetime,
        today: date,
        aimed: str = "",
        most: int = HARDEST,
    ) -> Practised:
        """The same after a set, or any run of answered steps.

        Knowing is traced answer by answer; the review, the level and the days move once a set.

        Args:
            answers: one for each step, in order.
            now: when the set ended, with a time zone.
            today: that day where the learner is.
            aimed: the mistake it was chosen for; it counts as avoided unless it was made, so that
                the next choice is another one.
            most: the rung that no skill climbs past.
        """
        if not answers:
            return self
        skills, mistakes = dict(self.skills), dict(self.mistakes)
        order = sorted(answers, key=lambda answer: SKILLS.index(answer.skill))
        for skill, group in groupby(order, key=lambda answer: answer.skill):
            skills[skill] = _practised(self.skill(skill), skill, list(group), now, most)
        occasions = {name for a in answers for name in (*a.made, *a.possible)} | ALWAYS_POSSIBLE
        occasions |= {aimed} & mistakes.keys()
        for name in sorted(occasions):
            where = [a.skill for a in answers if name in a.made]
            if where or name in mistakes:
                mistakes[name] = _met(mistakes.get(name), name, where, now)
        practised = tuple(dict.fromkeys(a.skill for a in reversed(answers)))
        return Practised(
            skills=skills,
            mistakes=mistakes,
            sets=self.sets + 1,
            last=(practised[0] if len(practised) == 1 else "", *self.last)[:2],
            days=tuple(sorted({*self.days, today.toordinal()}))[-DAYS_KEPT:],
        )

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON, with what is at its default left out."""
        data: dict[str, Any] = {"v": VERSION, "n": self.sets}
        if self.last:
            data["l"] = list(self.last)
        if self.days:
            data["d"] = [
                self.days[0],
                *(b - a for a, b in zip(self.days, self.days[1:], strict=False)),
            ]
        if self.skills:
            data["s"] = {name: _known_list(known) for name, known in self.skills.items()}
        if self.mistakes:
            data["m"] = {
                name: [m.skill, m.times, m.recent, m.card.to_list()]
                for name, m in self.mistakes.items()
            }
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Practised:
        """What `to_data` wrote; skills that no longer exist are passed over."""
        days: list[int] = []
        for gap in data.get("d", ()):
            days.append(gap + (days[-1] if days else 0))
        return cls(
            skills={n: _known(k) for n, k in data.get("s", {}).items() if n in SKILLS},
            mistakes={
                name: Missed(skill, times, recent, Card.from_list(card))
                for name, (skill, times, recent, card) in data.get("m", {}).items()
            },
            sets=data.get("n", 0),
            last=tuple(data.get("l", ())),
            days=tuple(days),
        )


def _practised(known: Known, skill: str, answers: list[Answer], now: datetime, most: int) -> Known:
    likely = known.known
    for answer in answers:
        likely = after(skill, likely, answer.outcome)
    right = sum(answer.outcome is Response.RIGHT for answer in answers)
    went_well = right == len(answers)
    level = known.level
    if not went_well:
        level = max(level - 1, EASIEST)
    elif likely >= MASTERED:
        level = max(level, min(level + 1, most))
    return Known(
        known=likely,
        tries=known.tries + len(answers),
        right=known.right + right,
        level=level,
        card=reviewed(known.card, skill, now, held=went_well),
    )


def _met(missed: Missed | None, name: str, where: list[str], now: datetime) -> Missed:
    """A mistake after a set in which there was occasion for it."""
    card = reviewed(missed.card if missed else None, name, now, held=not where)
    if missed is None:
        return Missed(where[-1], len(where), "1", card)
    return replace(
        missed,
        skill=where[-1] if where else missed.skill,
        times=missed.times + len(where),
        recent=(missed.recent + ("1" if where else "0"))[-LOOKED_BACK:],
        card=card,
    )


def _known_list(known: Known) -> list[Any]:
    card = known.card.to_list() if known.card else None
    return [known.known, known.tries, known.right, known.level, 0, card]


def _known(fields: list[Any]) -> Known:
    likely, tries, right, level, _, card = fields  # one counted misses once
    return Known(likely, tries, right, level, Card.from_list(card) if card else None)
