"""Signs lost or turned round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Product,
    Ref,
    Sum,
    children,
)
from engine.mistakes.rewritten import with_term
from engine.mistakes.rule import ANY, Rewriting, rule
from engine.mistakes.step import Step


@rule("signs", ANY, common=3)
def dropped_sign(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A negative weight or bias is used without its minus.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × 0.4 + 0.7 × 0.3
    """
    for ref in step.negatives(tree):
        look = _around(step, tree, ref)
        if look is not None:
            wrong = step.without_minus(ref, tree)
            yield Rewriting(wrong, step.parameter(ref), look, step.without_minus(ref, look))


@rule("signs", ANY, common=2)
def flipped_sign(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The result, or one term of it, comes out with the opposite sign.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> −(0.6 × 0.4 + 0.7 × (−0.3)), or −(0.6 × 0.4) + 0.7 × (−0.3)
    """
    turned_whole = _turned(tree)
    yield Rewriting(turned_whole, step.place, tree, turned_whole)
    match tree:
        case Sum():
            for term in step.terms(tree):
                negative = Negative(term.node)
                place = term.where or step.output_of(term.node)
                yield Rewriting(with_term(tree, term.index, negative), place, term.node, negative)
        case Product((Sum() as inner, *rest)):
            for term in step.terms(inner):
                negative = Negative(term.node)
                turned = Product((with_term(inner, term.index, negative), *rest))
                yield Rewriting(turned, term.where or step.place, term.node, negative)
        case Difference(left, right) if step.kind == "updated":
            negative = Negative(left)
            yield Rewriting(Difference(negative, right), step.place, left, negative)
        case _:
            pass


def _turned(tree: Expression) -> Expression:
    """A tree with the other sign: 2 × (1 − p) of −2 × (1 − p)."""
    match tree:
        case Product((Number(value), *rest)) if value < 0:
            return Product((Number(-value), *rest))
        case _:
            return Negative(tree)


def _around(step: Step, tree: Expression, ref: str) -> Expression | None:
    """The innermost product that a reference stands in, else it alone; None if its sign is gone."""
    found: Expression = Ref(ref)
    part = tree
    while part != Ref(ref):
        if isinstance(part, Call) and part.function == "abs":
            return None
        if isinstance(part, Product) and Ref(ref) in part.factors:
            found = part
        part = next(child for child in children(part) if ref in step.refs(child))
    return found
