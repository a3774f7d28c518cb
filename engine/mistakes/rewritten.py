"""Trees changed in one place, for the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.calculus import product, total
from engine.expression import (
    Difference,
    Expression,
    Power,
    Product,
    Ref,
    Sum,
    children,
    rebuilt,
    replaced,
    walk,
)
from engine.functions import TWO

__all__ = [
    "difference_with",
    "each",
    "replaced",
    "squares",
    "with_term",
    "without_factor",
    "without_term",
]


def with_term(tree: Expression, index: int, new: Expression) -> Expression:
    """A sum (or a single term) with one term replaced."""
    if not isinstance(tree, Sum):
        return new
    return Sum((*tree.terms[:index], new, *tree.terms[index + 1 :]))


def without_term(tree: Sum, index: int) -> Expression:
    """A sum with one term left out."""
    return total((*tree.terms[:index], *tree.terms[index + 1 :]))


def without_factor(tree: Expression, factor: Expression) -> Expression:
    """The tree with one factor of its products left out, wherever it stands."""
    parts = tuple(without_factor(part, factor) for part in children(tree))
    if isinstance(tree, Product) and factor in parts:
        return product(tuple(part for part in parts if part != factor))
    return rebuilt(tree, parts)


def squares(tree: Expression) -> list[Power]:
    """The squared errors of a loss, one for each output."""
    return [n for n in walk(tree) if isinstance(n, Power) and n.exponent == TWO]


def difference_with(tree: Expression, ref: str) -> Difference | None:
    """The first difference in a tree that has a reference as one of its sides."""
    return next(
        (
            node
            for node in walk(tree)
            if isinstance(node, Difference) and Ref(ref) in children(node)
        ),
        None,
    )


def each(
    tree: Expression,
    parts: Iterable[tuple[str, Expression]],
    change: Callable[[Expression], Expression],
    everywhere: str,
) -> list[tuple[Expression, str, Expression, Expression]]:
    """Some parts changed one at a time, and all together.

    Args:
        tree: the tree.
        parts: the parts with the place of each.
        change: what becomes of a part.
        everywhere: the place when all of several are changed.

    Returns:
        (tree, where, part, what it became) for each.
    """
    parts = list(parts)
    result = [
        (replaced(tree, part, change(part)), where, part, change(part)) for where, part in parts
    ]
    if len(parts) > 1:
        rewritten = tree
        for _, part in parts:
            rewritten = replaced(rewritten, part, change(part))
        result.append((rewritten, everywhere, tree, rewritten))
    return result
