"""What judging an answer needs: the question, the learner's own values, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue.carrying import kept_values, own_values, seen
from bot.dialogue.effects import Attempt
from bot.dialogue.lessons import short_name
from bot.dialogue.reply import Moment
from bot.dialogue.state import State
from content.lesson import Place
from content.models import NumberStep
from engine.diagnosis import Carried, Kind, Verdict
from engine.trace import Trace

RUNGS = 4
"""Rungs of the ladder at a number step; the last one is the worked line."""


@dataclass(frozen=True, slots=True)
class Question:
    """The quantity asked, in its trace, with the learner's own kept values."""

    trace: Trace
    quantity: str
    own: dict[str, float]
    seen: Trace
    """The trace in which it is asked: with those values, and what follows from them."""
    place: Place


def question(moment: Moment) -> Question:
    """The question of the number step in hand."""
    place = moment.place
    assert isinstance(place.step, NumberStep)
    lesson, state = moment.book.lesson, moment.state
    own = own_values(state, lesson, place)
    return Question(
        lesson.trace(place), place.step.quantity, own, seen(state, lesson, place), place
    )


def discreet(asked: Question, verdict: Verdict) -> Verdict:
    """What may be told of a verdict: no explanation in numbers that the learner is yet to find.

    An answer may be a mistake made with the right number where another one is kept.
    """
    explained = verdict.kind in (Kind.MISTAKE, Kind.AMBIGUOUS)
    own = all(candidate.from_own for candidate in verdict.candidates)
    if not explained or own or asked.seen[asked.quantity] == asked.trace[asked.quantity]:
        return verdict
    return replace(verdict, kind=Kind.UNEXPLAINED, candidates=(), question=None, slip=None)


def kept_in(moment: Moment, verdict: Verdict) -> list[Carried]:
    """The kept numbers that an answer was right from, nearest first."""
    kept = kept_values(moment.state, moment.book.lesson, moment.place)
    return [one for one in verdict.carried if one.id in kept] or list(verdict.carried)


def heard(moment: Moment) -> State:
    """The state after a message that cost nothing, which may still be edited."""
    return moment.state.but(answered=moment.intent.message, looking=None)


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


def named_mistakes(verdict: Verdict) -> tuple[str, ...]:
    """The mistakes that the best explanation names, where there is just one explanation."""
    if verdict.kind is not Kind.MISTAKE:
        return ()
    return tuple(made.id for made in verdict.candidates[0].mistakes)
