"""Signs lost or turned round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expression import Call, Difference, Expression, Negative, Product, Ref, Sum, walk
from engine.mistakes.rule import NUMBERS, Rewriting, rule
from engine.mistakes.step import Step, replaced, with_term


@rule("signs", NUMBERS, common=3)
def dropped_sign(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """A negative weight or bias is used without its minus.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> 0.6 × 0.4 + 0.7 × 0.3
    """
    bare = {
        node.argument for node in walk(tree) if isinstance(node, Call) and node.function == "abs"
    }
    for term in dict.fromkeys(node for node in walk(tree) if isinstance(node, Ref)):
        name = step.parameter(term.id)
        if name and term not in bare and step.value(term) < 0:
            positive = Call("abs", term)
            look = _around(tree, term)
            yield Rewriting(
                replaced(tree, term, positive), name, look, replaced(look, term, positive)
            )


@rule("signs", NUMBERS, common=2)
def flipped_sign(step: Step, tree: Expression) -> Iterator[Rewriting]:
    """The result, or one term of it, comes out with the opposite sign.

    e.g. 0.6 × 0.4 + 0.7 × (−0.3) -> −(0.6 × 0.4 + 0.7 × (−0.3)), or −(0.6 × 0.4) + 0.7 × (−0.3)
    """
    yield Rewriting(Negative(tree), step.place, tree, Negative(tree))
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


def _around(tree: Expression, ref: Ref) -> Expression:
    """The product that a reference stands in, or the reference itself."""
    products = [node for node in walk(tree) if isinstance(node, Product) and ref in node.factors]
    return products[-1] if products else ref
