"""What the tests of diagnosis ask: the verdict on an answer, and the names it gives."""

from __future__ import annotations

from engine.diagnosis import Verdict, diagnose
from engine.spoken import read_answer
from tests.engine.networks import traced


def verdict(
    name: str, quantity: str, typed: str, earlier: dict[str, float] | None = None
) -> Verdict:
    """The verdict on what was typed at a step of an example."""
    found = traced(name)
    return diagnose(found, quantity, read_answer(found, quantity, typed, earlier), earlier or {})


def named(found: Verdict) -> list[list[tuple[str, str]]]:
    """The candidates as (id, where) pairs, best first."""
    return [[(made.id, made.where) for made in c.mistakes] for c in found.candidates]
