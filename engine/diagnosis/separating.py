"""The one question that tells the explanations of an ambiguous answer apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.diagnosis.verdict import Candidate, Made, Question
from engine.expression import Expression, Number, Ref, evaluate


def question(candidates: Sequence[Candidate], right: Expression) -> Question | None:
    """A part of the right tree whose value differs between the explanations; None if none does.

    Args:
        candidates: the explanations, best first.
        right: the right tree; the question never asks for all of it.
    """
    for piece in _pieces(candidates, right):
        values = []
        for candidate in candidates:
            became = next((m.became for m in candidate.mistakes if m.look == piece), piece)
            values.append(evaluate(became, candidate.numbers))
        if len({round(value, 9) for value in values}) > 1:
            return Question(piece, tuple(values))
    return None


def _pieces(candidates: Sequence[Candidate], right: Expression) -> Iterator[Expression]:
    made: Iterator[Made] = (m for candidate in candidates for m in candidate.mistakes)
    for one in made:
        if one.look != right and not isinstance(one.look, Number | Ref):
            yield one.look
