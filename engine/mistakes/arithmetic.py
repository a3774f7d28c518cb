"""The set-up right, the decimal point not; a slip is found in the shown work, not by a rule."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Difference, Expression, Number, Product, Sum
from engine.mistakes.rewritten import with_term
from engine.mistakes.rule import ANY, Rewriting, rule
from engine.mistakes.step import Step

SLIP = "slip"
"""The id of a slip: the set-up is right, one operation in the shown work came out wrong."""


@rule("arithmetic", ANY, common=2, moves_point=True)
def decimal_place(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The result, or one product in it, is ten times too large or too small.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.3, or 0.24 − 2.1
    """
    for shift in (Number(10.0), Number(0.1)):
        moved = Product((shift, tree))
        yield Rewriting(moved, step.place, tree, moved)
        match tree:
            case Sum():
                for term in step.terms(tree):
                    if isinstance(term.node, Product) and term.where:
                        moved = Product((shift, term.node))
                        wrong: Expression = with_term(tree, term.index, moved)
                        yield Rewriting(wrong, term.where, term.node, moved)
            case Product((Sum() as inner, *rest)):
                for term in step.terms(inner):
                    if isinstance(term.node, Product) and term.where:
                        moved = Product((shift, term.node))
                        wrong = Product((with_term(inner, term.index, moved), *rest))
                        yield Rewriting(wrong, term.where, term.node, moved)
            case Difference(left, Product() as right):
                moved = Product((shift, right))
                yield Rewriting(Difference(left, moved), step.place, right, moved)
            case _:
                pass
