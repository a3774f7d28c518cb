"""A right number of another step."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Expression, Ref, refs
from engine.mistakes.rule import NUMBERS, Rewriting, rule
from engine.mistakes.step import Step
from engine.trace import Quantity


@rule("elsewhere", NUMBERS, common=1)
def other_quantity(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The right value of another step, the nearest steps first.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.26, which is H2's sum
    """
    others = [q for q in step.trace if q.id != step.id and q.kind != "direction" and q.value]
    for quantity in sorted(others, key=lambda quantity: -near(step, quantity)):
        other = Ref(quantity.id)
        yield Rewriting(other, quantity.id, tree, other, other=quantity.id)


def near(step: Step, quantity: Quantity) -> int:
    """How easily a step is mistaken for this one: 2 a neighbour or a part, 1 of its kind, 0 far."""
    mine, ids = step.quantity, step.order
    if (
        quantity.owner == mine.owner
        or quantity.id in refs(mine.expression)
        or abs(ids[quantity.id] - ids[step.id]) <= 2
    ):
        return 2
    same_pass = quantity.id.startswith("next.") == step.id.startswith("next.")
    return int(quantity.kind == mine.kind and same_pass)
