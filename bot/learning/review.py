"""When a skill or a mistake comes up again: FSRS, given the card, the answer and the time.

A skill's card asks "can you still do it?", a mistake's "do you still avoid it?". Fuzzing is off and
every time is given, so the same answers give the same dates.

Source: Ye, Su, Cao, A stochastic shortest path algorithm for optimizing spaced repetition
scheduling, KDD 2022; the `fsrs` package of open-spaced-repetition, with its default weights.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import fsrs

RETENTION = 0.9
"""A card is due when the chance that it is still held has fallen to this."""

SOON = timedelta(minutes=10)
"""What was missed comes up again in the same sitting."""

_SCHEDULER = fsrs.Scheduler(
    desired_retention=RETENTION,
    learning_steps=(SOON,),
    relearning_steps=(SOON,),
    maximum_interval=365,
    enable_fuzzing=False,
)

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """Where one skill or mistake stands in its review; times in seconds since 1970."""

    due: int
    last: int
    stability: float
    """Days until the chance that it is held falls to 0.9."""
    difficulty: float
    """From 1 to 10."""
    state: int = 2
    """1 learning, 2 review, 3 relearning."""
    step: int | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for it."""
        return self.due <= now.timestamp()

    def to_list(self) -> list[Any]:
        """Its fields in order, for storage."""
        return [self.due, self.last, self.stability, self.difficulty, self.state, self.step]

    @classmethod
    def from_list(cls, fields: list[Any]) -> Card:
        """The card that `to_list` wrote."""
        return cls(*fields)


def reviewed(card: Card | None, name: str, now: datetime, *, held: bool) -> Card:
    """A card after one more answer; a new one for None.

    Args:
        card: where it stood.
        name: the skill or mistake.
        now: when it was answered, with a time zone.
        held: whether the skill was shown at the first attempt, or the mistake avoided.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    rating = fsrs.Rating.Good if held else fsrs.Rating.Again
    moment = now.astimezone(UTC).replace(microsecond=0)
    if card is not None and card.last > moment.timestamp():
        moment = _time(card.last)  # a clock that was set back
    result, _ = _SCHEDULER.review_card(_unpacked(card, name, moment), rating, moment)
    assert result.stability is not None
    assert result.difficulty is not None
    return Card(
        due=int(result.due.timestamp()),
        last=int(moment.timestamp()),
        stability=round(result.stability, _DECIMALS),
        difficulty=round(result.difficulty, _DECIMALS),
        state=int(result.state),
        step=result.step,
    )


def still_held(card: Card, now: datetime) -> float:
    """The chance that it is still held, from 0 to 1."""
    return _SCHEDULER.get_card_retrievability(
        _unpacked(card, "", _time(card.last)), now.astimezone(UTC)
    )


def _unpacked(card: Card | None, name: str, now: datetime) -> fsrs.Card:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")
    if card is None:
        return fsrs.Card(card_id=number, due=now)
    return fsrs.Card(
        card_id=number,
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_time(card.due),
        last_review=_time(card.last),
    )


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
