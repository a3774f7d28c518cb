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
    for quantity in sorted(others, key=lambda quantity: not near(step, quantity)):
        other = Ref(quantity.id)
        yield Rewriting(other, quantity.id, tree, other, other=quantity.id)


def near(step: Step, quantity: Quantity) -> bool:
    """Whether a step is easily mistaken for this one: a neighbour, a part, or one of its kind."""
    mine, ids = step.quantity, list(step.trace.quantities)
    return (
        quantity.owner == mine.owner
        or quantity.id in refs(mine.expression)
        or (quantity.kind == mine.kind and quantity.id[:5] == step.id[:5] == "next.")
        or (quantity.kind == mine.kind and not quantity.id.startswith("next."))
        or abs(ids.index(quantity.id) - ids.index(step.id)) <= 2
    )
