"""What to tell of shown work that no known mistake explains: what is right in it, what is not."""

from __future__ import annotations

from dataclasses import replace

from engine.diagnosis.answering import Answering
from engine.diagnosis.shown_work import Side, Work, belongs, own_values, unknown_number
from engine.diagnosis.structure import close, is_worked
from engine.diagnosis.verdict import Candidate, Kind, Made, Shown, Slip, Verdict
from engine.mistakes import SLIP


def unfinished(
    answering: Answering, work: Work, slip: Slip | None, verdict: Verdict
) -> Verdict | None:
    """What to say of work that shows right parts of the step and no more, not yet all of it."""
    right = right_sides(answering, work)
    if not right or len(right) < sum(1 for _ in work.setups):
        return None
    if slip is None:
        shown = tuple(dict.fromkeys(side.tree for side in right))
        ends = any(close(verdict.typed or 0.0, side.value) for side in right)
        return replace(verdict, partial=shown, shown=Shown(shown)) if ends else None
    if is_worked(slip.operation) or not belongs(slip.operation, slip.value, _parts(answering)):
        return None
    made = Made(SLIP, slip.where, slip.operation, slip.operation)
    mine = Candidate((made,), slip.operation, slip.written, {})
    return replace(verdict, kind=Kind.MISTAKE, candidates=(mine,), slip=slip)


def remarked(answering: Answering, work: Work, slip: Slip | None, verdict: Verdict) -> Verdict:
    """An unexplained answer with what can be told of its work."""
    if slip is not None and not is_worked(slip.operation):
        return replace(verdict, slip=slip)
    right = right_sides(answering, work)
    found = {id(side) for side in right}
    other = next((side for side in work.setups if id(side) not in found), None)
    shown = Shown(
        tuple(dict.fromkeys(side.tree for side in right)),
        other and other.tree,
        other and _stranger(answering, work, other),
    )
    return replace(verdict, shown=shown)


def made_up(answering: Answering, work: Work, slip: Slip | None, typed: float) -> bool:
    """Whether the answer is only what a false equality says, and nothing else fits the step."""
    if slip is None or is_worked(slip.operation) or not close(typed, slip.written):
        return False
    if right_sides(answering, work):
        return False
    wrong = (
        parts
        for outlook, _ in answering.outlooks
        for prediction in outlook.singles
        for parts in outlook.parts(prediction.tree)
    )
    return not any(belongs(side.tree, side.value, (p,)) for p in wrong for side in work.setups)


def right_sides(answering: Answering, work: Work) -> list[Side]:
    """The shown set-ups that belong to the step."""
    return [side for side in work.setups if belongs(side.tree, side.value, _parts(answering))]


def _parts(answering: Answering):  # type: ignore[no-untyped-def]
    tree = answering.quantity.expression
    return tuple(parts for outlook, _ in answering.outlooks for parts in outlook.parts(tree))


def _stranger(answering: Answering, work: Work, side: Side) -> float | None:
    """The first number of a set-up that neither the step nor an earlier line has."""
    tree = answering.quantity.expression
    known = [v for o, _ in answering.outlooks for w in o.worlds for v in own_values(tree, w)]
    for earlier in work.sides:
        if earlier is side:
            break
        known.append(earlier.value)
    return unknown_number(side.tree, known)
