"""The one question that tells the explanations of an ambiguous answer apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.diagnosis.verdict import Candidate, Question
from engine.expression import Expression, Number, Ref, children, evaluate


def question(candidates: Sequence[Candidate], right: Expression) -> Question | None:
    """A part of the right tree whose value differs between the explanations; None if none does.

    Args:
        candidates: the explanations, best first.
        right: the right tree; the question never asks for all of it.
    """
    asked: list[tuple[Expression, list[Expression]]] = [
        (piece, [_made_of(piece, candidate) for candidate in candidates])
        for piece in _pieces(candidates, right)
    ]
    for i, piece in enumerate(children(right)):
        parts = [children(candidate.tree) for candidate in candidates]
        alike = all(type(candidate.tree) is type(right) for candidate in candidates)
        if alike and all(len(part) == len(children(right)) for part in parts):
            asked.append((piece, [part[i] for part in parts]))
    for piece, became in asked:
        if isinstance(piece, Number | Ref) or piece == right:
            continue
        values = [evaluate(b, c.numbers) for b, c in zip(became, candidates, strict=True)]
        if len({round(value, 9) for value in values}) > 1:
            return Question(piece, tuple(values))
    return None


def _made_of(piece: Expression, candidate: Candidate) -> Expression:
    return next((m.became for m in candidate.mistakes if m.look == piece), piece)


def _pieces(candidates: Sequence[Candidate], right: Expression) -> Iterator[Expression]:
    """The parts that the explanations point at, where nothing larger is changed by another."""
    if not any(made.look == right for candidate in candidates for made in candidate.mistakes):
        yield from (made.look for candidate in candidates for made in candidate.mistakes)
