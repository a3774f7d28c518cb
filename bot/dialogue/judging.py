"""What judging an answer needs: the question, the learner's own values, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue.effects import Attempt
from bot.dialogue.lessons import short_name
from bot.dialogue.reply import Moment
from bot.dialogue.state import How, State
from content.lesson import Place
from content.models import NumberStep
from engine.diagnosis import Kind, Verdict
from engine.trace import Trace

RUNGS = 4
"""Rungs of the ladder at a number step; the last one is the worked line."""


@dataclass(frozen=True, slots=True)
class Question:
    """The quantity asked, in its trace, with the learner's own kept values."""

    trace: Trace
    quantity: str
    own: dict[str, float]
    place: Place


def question(moment: Moment) -> Question:
    """The question of the number step in hand."""
    place = moment.place
    assert isinstance(place.step, NumberStep)
    trace = moment.book.lesson.trace(place)
    return Question(trace, place.step.quantity, own_values(moment.state, place), place)


def own_values(state: State, place: Place) -> dict[str, float]:
    """The numbers that the learner keeps although the tutor doubts them, by quantity."""
    found = {}
    for step in place.section.step:
        record = state.records.get(step.id)
        doubted = record is not None and record.how is How.KEPT and step.id != place.id
        if doubted and isinstance(step, NumberStep) and record and record.value is not None:
            found[step.quantity] = record.value
    return found


def heard(moment: Moment) -> State:
    """The state after a message that cost nothing, which may still be edited."""
    return replace(moment.state, answered=moment.intent.message, looking=None)


def attempt(moment: Moment, kind: Kind, mistakes: Sequence[str], piece: str = "") -> Attempt:
    """The record of one try at the step in hand, or at a piece of it."""
    state, step = moment.state, moment.place.step
    return Attempt(
        lesson=short_name(state.lesson),
        step=step.id,
        quantity=piece or getattr(step, "quantity", ""),
        typed=moment.intent.text,
        verdict=kind,
        mistakes=tuple(mistakes),
        hints=state.hints,
        tries=state.tries + 1,
    )


def mistakes_in(verdict: Verdict) -> tuple[str, ...]:
    """The ids of the mistakes that explain an answer, most likely first."""
    return tuple(made.id for candidate in verdict.candidates for made in candidate.mistakes)
