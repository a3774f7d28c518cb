"""A right number of another step."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Expression, Ref
from engine.mistakes.rule import NUMBERS, Rewriting, rule
from engine.mistakes.step import Step
from engine.trace import Quantity

_UNASKED = ("direction", "nudged")
"""The kinds of quantity that nobody works out as a number."""


@rule("elsewhere", (*NUMBERS, "formula"), common=1)
def other_quantity(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The right value of another step, the nearest steps first.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.26, which is H2's sum
    """
    moves = step.kind in ("gradient", "step", "updated")
    passed = _UNASKED if moves else (*_UNASKED, "step")
    others = [q for q in step.trace if q.id != step.id and q.kind not in passed and q.value]
    for quantity in sorted(others, key=lambda quantity: -near(step, quantity)):
        other = Ref(quantity.id)
        yield Rewriting(other, quantity.id, tree, other, other=quantity.id)


def near(step: Step, quantity: Quantity) -> int:
    """How easily a step is mistaken for this one.

    Returns:
        3 for a neighbour or a part, 2 for one of its kind, 1 for any that comes before it, 0 for
        one that a learner has not worked out yet.
    """
    mine, ids = step.quantity, step.order
    gap = ids[step.id] - ids[quantity.id]
    if quantity.owner == mine.owner or quantity.id in step.refs(mine.expression) or abs(gap) <= 2:
        return 3
    same_pass = quantity.prefix == step.prefix
    if quantity.kind == mine.kind and same_pass:
        return 2
    return int(gap > 0)
