"""How far a pupil is in what their class works on, worked out from what is stored anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import orjson

from bot.dialogue.class_data import Result, StepDone
from bot.dialogue.generated_lessons import OwnNetwork
from bot.dialogue.parts import Progress
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.learning.practised import Practised
from content.own_network import from_code
from engine.diagnosis.verdict import Kind
from engine.network import NetworkError

LESSON, NETWORK, SKILL = "lesson_", "net_", "skill_"
"""What a class works on, by how its name opens."""

RIGHT = frozenset({Kind.CORRECT, Kind.CARRIED_FORWARD})


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it is on record."""

    step: str
    verdict: str
    mistakes: str
    """As JSON."""
    hints: int
    tries: int


def recorded_as(part: str) -> str | None:
    """How the answers to a part are named on record, its end left open; None where none are needed.

    >>> recorded_as("lesson_bn"), recorded_as("skill_loss")
    (None, 'practice:loss:')
    """
    if part.startswith(LESSON):
        return None
    return "own" if part.startswith(NETWORK) else f"practice:{part.removeprefix(SKILL)}:"


def result_of(part: str, stored: str | None, answers: Iterable[Answered] = ()) -> Result:
    """How far somebody is.

    Args:
        part: what the class works on.
        stored: their state; None where there is none.
        answers: those on record under `recorded_as`, oldest first.
    """
    try:
        state = State.from_json(stored) if stored else None
    except (KeyError, TypeError, ValueError, AttributeError):
        state = None
    if part.startswith(LESSON):
        return _of_lesson(part.removeprefix(LESSON), state)
    if part.startswith(NETWORK):
        return _of_network(part.removeprefix(NETWORK), state, tuple(answers))
    return _of_skill(part.removeprefix(SKILL), state, answers)


def is_done(part: str, state: State) -> bool:
    """Whether a learner is done with a part."""
    return result_of(part, state.to_json()).done


def _of_lesson(name: str, state: State | None) -> Result:
    progress = state.lessons.get(name) if state else None
    done = state is not None and name in state.learner.completed
    return _of_progress(progress or Progress(), done=done)


def _of_progress(progress: Progress, *, done: bool) -> Result:
    hand, records = progress.hand, progress.records
    return Result(
        begun=done or progress.begun,
        done=done or bool(records and not hand.step),
        at=hand.step,
        steps=tuple(_step(step, records[step]) for step in records),
        mistakes=(
            *((step, made) for step, record in records.items() for made in record.made),
            *((hand.step, made) for made in hand.made if hand.step not in records),
        ),
    )


def _step(step: str, record: Record) -> StepDone:
    alone = record.outcome is Outcome.SOLVED and record.tries == 1 and not record.hints
    return StepDone(step, record.outcome is Outcome.SHOWN, alone)


def _of_network(code: str, state: State | None, answers: tuple[Answered, ...]) -> Result:
    """Under way by the lesson in hand; once that is left, by the answers given in it."""
    name = network_id(code)
    done = state is not None and name in state.learner.completed
    lesson = state.lesson if state else None
    if state and isinstance(lesson, OwnNetwork) and lesson.id == name:
        return _of_progress(state.progress, done=done)
    mine = [one for one in answers if one.step.startswith(f"{name}_")]
    firsts: dict[str, Answered] = {}
    for one in mine:
        firsts.setdefault(one.step, one)
    right = dict.fromkeys(one.step for one in mine if one.verdict in RIGHT)
    steps = tuple(
        StepDone(step, first=firsts[step].verdict in RIGHT and not firsts[step].hints)
        for step in right
    )
    return Result(done or bool(mine), done, steps=steps, mistakes=tuple(_made(mine)))


@lru_cache(maxsize=1024)
def network_id(code: str) -> str:
    """How the steps of a network's lesson are named; empty where the code stands for none."""
    try:
        return OwnNetwork.of(from_code(code)).id
    except NetworkError:
        return ""


def _of_skill(skill: str, state: State | None, answers: Iterable[Answered]) -> Result:
    practised = Practised.from_data(state.learner.knowledge) if state else Practised()
    known = practised.skill(skill)
    made = tuple(dict.fromkeys(("", mistake) for _, mistake in _made(answers)))
    return Result(
        begun=bool(known.tries),
        done=known.mastered and known.tries > 0,
        mistakes=made,
        known=known.known,
        tries=known.tries,
        right=known.right,
    )


def _made(answers: Iterable[Answered]) -> Iterator[tuple[str, str]]:
    """Each step with the likeliest mistake of a wrong answer there, once."""
    found = {
        (one.step, mistake): None
        for one in answers
        if one.verdict not in RIGHT
        for mistake in orjson.loads(one.mistakes)[:1]
    }
    yield from found
