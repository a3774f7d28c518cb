"""What to tell of shown work that no known mistake explains: what is right in it, what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.diagnosis.answering import Answering, Match
from engine.diagnosis.computations import Parts
from engine.diagnosis.shown_work import Side, Work, belongs
from engine.diagnosis.structure import close, is_worked
from engine.diagnosis.verdict import Candidate, Kind, Made, Shown, Slip, Verdict
from engine.expression import Expression, Number, evaluate, walk
from engine.mistakes import SLIP


def unfinished(
    answering: Answering, work: Work, slip: Slip | None, verdict: Verdict
) -> Verdict | None:
    """What to say of work that shows right parts of the step: right so far, or one came out wrong.

    None if something else is wrong, or comes first.
    """
    right = _right(answering, work)
    if not right:
        return None
    if slip is None:
        if len(right) < sum(1 for _ in work.setups):
            return None
        parts = _each_once(right)
        ends = any(close(verdict.typed or 0.0, side.value) for side in right)
        return replace(verdict, partial=parts, shown=Shown(parts)) if ends else None
    operation = Side(slip.operation, slip.value, is_worked(slip.operation))
    if operation.worked or not _in_step(answering, operation):
        return None
    made = Made(SLIP, slip.where, slip.operation, slip.operation)
    mine = Candidate((made,), slip.operation, slip.written, {})
    return replace(verdict, kind=Kind.MISTAKE, candidates=(mine,), slip=slip)


def made_up(
    answering: Answering, work: Work, slip: Slip | None, matches: list[Match], typed: float
) -> bool:
    """Whether the answer is only what a false equality says, of numbers that are not the step's.

    A mistake that the number fits by chance is not told then: the work shows another way to it.
    """
    if slip is None or is_worked(slip.operation) or not close(typed, slip.written):
        return False
    if _right(answering, work):
        return False
    wrong = [
        part
        for match in matches
        for parts in match.outlook.computations.of(match.prediction.tree)
        for part in parts.forms
    ]
    return not any(belongs(side, part) for part in wrong for side in work.setups)


def remarked(answering: Answering, work: Work, slip: Slip | None, verdict: Verdict) -> Verdict:
    """An unexplained answer with what can be told of its work."""
    if slip is not None and not is_worked(slip.operation):
        return replace(verdict, slip=slip)
    right = _right(answering, work)
    other = next((side for side in work.setups if side not in right), None)
    if not right and other is None:
        return verdict
    foreign = None if other is None else other.tree
    stranger = None if other is None else _stranger(answering, work, other)
    return replace(verdict, shown=Shown(_each_once(right), foreign, stranger))


def _right(answering: Answering, work: Work) -> list[Side]:
    """The shown set-ups that belong to the step."""
    return [side for side in work.setups if _in_step(answering, side)]


def _in_step(answering: Answering, side: Side) -> bool:
    return any(belongs(side, part) for parts in _parts(answering) for part in parts.forms)


def _parts(answering: Answering) -> Iterator[Parts]:
    for outlook, _ in answering.outlooks:
        yield from outlook.computations.of(answering.quantity.expression)


def _each_once(sides: list[Side]) -> tuple[Expression, ...]:
    """The set-ups that came to something new."""
    found: list[Side] = []
    for side in sides:
        if not any(close(round(side.value, 4), other.value) for other in found):
            found.append(side)
    return tuple(side.tree for side in found)


def _stranger(answering: Answering, work: Work, side: Side) -> float | None:
    """The first number of a set-up that neither the step nor an earlier line has."""
    known = [evaluate(n, {}) for parts in _parts(answering) for n in walk(parts.whole.tree)]
    known += [earlier.value for earlier in work.sides[: work.sides.index(side)]]
    for node in walk(side.tree):
        if isinstance(node, Number) and not any(close(abs(node.value), abs(v)) for v in known):
            return node.value
    return None
