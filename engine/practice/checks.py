"""The cheap check of a draft: the trees are made once, then only worked out with other numbers.

Which mistakes can be made at a step follows from the network's shape and the signs of its numbers.
So one trace of the first draft gives the wrong trees of every asked step, and each later draft
with the same signs costs a few evaluations.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.decimals import EXACT_PLACES, ROUNDED_PLACES, SIGNIFICANT
from engine.expression import Expression, evaluate, refs, value_of
from engine.practice.distinguishable import LEAST_PLACES, Standard, foreseen
from engine.rounding import short_of
from engine.tolerances import NOISE
from engine.trace import Trace

ALLOWANCE = 1.2
"""Intervals of right answers are taken so much wider than in the first draft."""


@dataclass(frozen=True, slots=True)
class Check:
    """One asked step: its right tree, its wrong ones, and how far apart they must be."""

    name: str
    right: Expression
    wrong: tuple[Expression, ...]
    exact: bool
    least: float
    """At least so far, for a step that is rounded."""

    def apart(self, values: Mapping[str, float]) -> bool:
        """Whether all answers can be told apart, as far as values alone can say."""
        right = evaluate(self.right, values)
        least = self._least(right)
        answers = [right]
        for tree in self.wrong:
            value = value_of(tree, values)
            if value is not None:
                at = bisect(answers, value)
                if at and value - answers[at - 1] < least:
                    return False
                if at < len(answers) and answers[at] - value < least:
                    return False
                answers.insert(at, value)
        return True

    def _least(self, right: float) -> float:
        if right == 0:
            return 10.0**-LEAST_PLACES - NOISE
        if self.exact:
            short = (n for n in range(LEAST_PLACES, EXACT_PLACES + 1) if short_of(right, n))
            places = next(short, ROUNDED_PLACES)
            return 10.0**-places - NOISE
        digits = SIGNIFICANT - 1 - math.floor(math.log10(abs(right)))
        return max(10.0 ** -max(ROUNDED_PLACES, digits), self.least)


@dataclass(frozen=True)
class Checks:
    """All asked steps of one pattern of signs, by the group of numbers that settles them.

    Attributes:
        worked: what to work out once a group is drawn: (id, tree), in order.
        steps: what can be checked then.
    """

    worked: tuple[tuple[tuple[str, Expression], ...], ...]
    steps: tuple[tuple[Check, ...], ...]


def checks(
    trace: Trace, asked: Sequence[str], groups: Sequence[Sequence[str]], standard: Standard
) -> Checks:
    """What to check of drafts with the same shape and signs as a first one.

    Args:
        trace: the first draft's.
        asked: the quantities asked for.
        groups: the ids of the numbers that are drawn together, in the order they are drawn.
        standard: what they are held to.
    """
    settled = {name: i for i, names in enumerate(groups) for name in names}
    steps: list[list[Check]] = [[] for _ in groups]
    needed: set[str] = set()
    for quantity in trace:
        parts = [settled.get(ref, 0) for ref in refs(quantity.expression)]
        settled[quantity.id] = max(parts, default=0)
    for name in asked:
        if trace[name].kind == "direction":
            continue
        quantity = trace[name]
        wrong = tuple(found.tree for found in foreseen(trace, name, standard.passed_over))
        used = {ref for tree in (quantity.expression, *wrong) for ref in refs(tree)}
        needed |= used
        # An exact value of a step that is 0 in this pattern may be rounded in no other.
        least = 2 * standard.half_width(trace, name) * (1 if quantity.exact else ALLOWANCE)
        check = Check(name, quantity.expression, wrong, quantity.exact, least)
        steps[max(settled.get(ref, 0) for ref in used)].append(check)
    worked: list[list[tuple[str, Expression]]] = [[] for _ in groups]
    for quantity in reversed(list(trace)):
        if quantity.id in needed:
            needed |= set(refs(quantity.expression))
            worked[settled[quantity.id]].insert(0, (quantity.id, quantity.expression))
    by_cost = [tuple(sorted(found, key=lambda check: -len(check.wrong))) for found in steps]
    return Checks(tuple(map(tuple, worked)), tuple(by_cost))
