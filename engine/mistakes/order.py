"""Multiplying and adding in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.expression import Difference, Expression, Product, Sum
from engine.mistakes.rule import Rewriting, rule
from engine.mistakes.step import Step


@rule("order of operations", ("sum", "updated"), common=1)
def left_to_right(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """Everything is worked out from left to right, as on a simple calculator.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> (0.6 × 0.4 + 0.7) × (−0.3)
    e.g. 0.9 − 0.32 × (−0.056) -> (0.9 − 0.32) × (−0.056)
    """
    match tree:
        case Difference(left, Product((first, second))):
            wrong: Expression = Product((Difference(left, first), second))
            yield Rewriting(wrong, step.place, tree, wrong)
        case Sum():
            terms = step.terms(tree)
            if any(term.incoming is None for term in terms[:-1]):
                return
            wrong = terms[0].node
            for term in terms[1:]:
                if term.incoming is None or term.weight is None:
                    wrong = Sum((wrong, term.node))
                else:
                    wrong = Product((Sum((wrong, term.incoming)), term.weight))
            yield Rewriting(wrong, step.place, tree, wrong)
        case _:
            pass


@rule("order of operations", ("sum",), common=1)
def added_before_multiplying(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The plus signs are worked out before the times signs.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × (0.4 + 0.7) × (−0.3)
    """
    terms = step.terms(tree)
    pairs = [
        (term.incoming, term.weight)
        for term in terms
        if term.incoming is not None and term.weight is not None
    ]
    if len(terms) < 2 or len(pairs) < len(terms) - 1:
        return
    bias = terms[-1].node if len(pairs) < len(terms) else None
    factors: list[Expression] = [pairs[0][0]]
    for (_, weight), (incoming, _) in pairwise(pairs):
        factors.append(Sum((weight, incoming)))
    last = pairs[-1][1]
    if bias is not None:
        wrong: Expression = Product((*factors, Sum((last, bias))))
        yield Rewriting(wrong, step.place, tree, wrong)
    if len(pairs) > 1:
        wrong = Product((*factors, last))
        if bias is not None:
            wrong = Sum((wrong, bias))
        yield Rewriting(wrong, step.place, tree, wrong)
