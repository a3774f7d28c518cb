"""A weight nudged a little, and what the loss does: the slope as a learner finds it, by trying.

`nudged(trace, "wO2", 0.1)` is the trace with four more ids: `wO2.nudged`, the weight after the
nudge; `wO2.unnudged.loss` and `wO2.nudged.loss`, the two losses as they are read off; and
`wO2.slope`, by how much the loss changes for each 1 of the weight. Near the weight the slope is its
gradient.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile

from engine.decimals import exact_value, fraction, places_asked, rounded
from engine.expression import (
    Difference,
    Expression,
    Number,
    Quotient,
    Ref,
    Sum,
    refs,
    value_of,
)
from engine.keeping import kept
from engine.trace import Quantity, Trace

BLAME = ("delta", "error")
"""The kinds that the backward pass opens with."""


@kept
def _moved_by(trace: Trace, name: str) -> tuple[Quantity, ...]:
    """What of the forward pass depends on a value, in order."""
    moved, found = {name}, list[Quantity]()
    for quantity in takewhile(lambda quantity: quantity.kind not in BLAME, trace):
        if not moved.isdisjoint(refs(quantity.expression)):
            moved.add(quantity.id)
            found.append(quantity)
    return tuple(found)


def with_value(trace: Trace, name: str, value: float) -> Mapping[str, float]:
    """Every value by id, with another one for one of them, and what follows in the forward pass.

    Empty where they would be too large.
    """
    known = {**trace.values, name: value}
    for quantity in _moved_by(trace, name):
        found = value_of(quantity.expression, known)
        if found is None:
            return {}
        known[quantity.id] = found
    return known


def nudged(trace: Trace, weight: str, by: float) -> Trace:
    """The trace with the quantities of one nudge in it too.

    The slope is that of the two losses as they are read off: in so many decimals that the change
    between them has two digits.

    Args:
        trace: of one training step.
        weight: a weight or a bias of it.
        by: how far it is nudged; not 0.

    Raises:
        KeyError: nothing of that name is given.
        ValueError: the nudge is 0, changes nothing, or leads to numbers too large.
    """
    before = trace["loss"].value
    after = with_value(trace, weight, trace.given[weight] + by).get("loss", math.inf)
    if not 0 < abs(after - before) < math.inf:
        raise ValueError(f"{weight} nudged by {by:g} leads to no other loss")
    places = max(trace["loss"].places + 1, 1 - math.floor(math.log10(abs(after - before))))
    losses = {f"{weight}.unnudged.loss": before, f"{weight}.nudged.loss": after}
    first, then = (Ref(name) for name in losses)
    trees: dict[str, Expression] = {f"{weight}.nudged": Sum((Ref(weight), Number(by)))}
    trees |= {name: Number(rounded(loss, places)) for name, loss in losses.items()}
    trees[f"{weight}.slope"] = Quotient(Difference(then, first), Number(by))
    found = dict(trace.quantities)
    exact: dict[str, Fraction | None] = {weight: fraction(trace.given[weight])}
    for name, tree in trees.items():
        known = exact[name] = exact_value(tree, exact)
        assert known is not None  # decimals added and divided
        value = float(known)
        asked, whole = (places, True) if name in losses else places_asked(value, known)
        kind = "slope" if name.endswith(".slope") else "nudged"
        found[name] = Quantity(name, kind, weight, tree, value, asked, whole)
    return replace(trace, quantities=found)
