"""Expressions: the one tree that every number in the tutor comes from.

A quantity of a trace is an `Expression` over earlier quantities. The nodes are those of `nodes`,
the functions a `Call` may name those of `functions`; here is the plain value of a tree, and how it
is walked and changed. What else is read off the same tree lives beside it: `rendering` (symbols,
numbers, worked lines), `rounding` (which roundings are right), `decimals` (exact values),
`calculus` (derivatives) and `mistakes` (the ways a learner misreads it).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from engine.functions import FUNCTIONS
from engine.nodes import (
    NEGLIGIBLE,
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)

__all__ = [
    "NEGLIGIBLE",
    "Call",
    "Difference",
    "Expression",
    "Negative",
    "Number",
    "Power",
    "Product",
    "Quotient",
    "Ref",
    "Sum",
    "Values",
    "children",
    "evaluate",
    "mapped",
    "rebuilt",
    "refs",
    "replaced",
    "substitute",
    "value_of",
    "walk",
    "with_numbers",
]

Values: TypeAlias = Mapping[str, float]
"""Values of references by id, as plain floats."""


def evaluate(expression: Expression, values: Values) -> float:
    """The value of a tree, factors left to right: once a product is 0, so is 0 × ln(0).

    Args:
        expression: any tree.
        values: a float for every `Ref` in it.

    Raises:
        KeyError: a reference has no value.
        ArithmeticError: division by zero, or a result too large for a float.
        ValueError: a logarithm or power outside its domain.

    >>> evaluate(Sum((Product((Ref("x1"), Ref("w11"))), Number(1.0))), {"x1": 0.5, "w11": 4.0})
    3.0
    """
    match expression:
        case Number(value):
            return value
        case Ref(name):
            return values[name]
        case Product(factors):
            result = 1.0
            for factor in factors:
                result *= evaluate(factor, values)
                if result == 0.0:
                    break
            return result
        case Sum(terms):
            result = 0.0
            for term in terms:
                result += evaluate(term, values)
            return result
        case Difference(left, right):
            return evaluate(left, values) - evaluate(right, values)
        case Negative(operand):
            return -evaluate(operand, values)
        case Call(function, argument):
            return FUNCTIONS[function].value(evaluate(argument, values))
        case Power(base, exponent):
            return math.pow(evaluate(base, values), evaluate(exponent, values))
        case Quotient(numerator, denominator):
            return evaluate(numerator, values) / evaluate(denominator, values)


def value_of(expression: Expression, values: Values) -> float | None:
    """The value of a tree; None where it has none, as the logarithm of a negative number."""
    try:
        return evaluate(expression, values)
    except (ArithmeticError, ValueError):
        return None


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node, in the order they are written."""
    match expression:
        case Number() | Ref():
            return ()
        case Sum(parts) | Product(parts):
            return parts
        case Difference(first, second) | Quotient(first, second) | Power(first, second):
            return (first, second)
        case Negative(operand):
            return (operand,)
        case Call(_, argument):
            return (argument,)


def rebuilt(expression: Expression, parts: tuple[Expression, ...]) -> Expression:
    """The same kind of node with other direct parts, as many as `children` gives."""
    match expression:
        case Number() | Ref():
            return expression
        case Sum():
            return Sum(parts)
        case Product():
            return Product(parts)
        case Difference():
            return Difference(*parts)
        case Quotient():
            return Quotient(*parts)
        case Power():
            return Power(*parts)
        case Negative():
            return Negative(*parts)
        case Call(function):
            return Call(function, *parts)


def mapped(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The tree with a change made to every node, its parts first."""
    parts = children(expression)
    if not parts:
        return change(expression)
    return change(rebuilt(expression, tuple([mapped(part, change) for part in parts])))


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node of a tree, outermost first."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def refs(expression: Expression) -> tuple[str, ...]:
    """The ids a tree refers to, each once, in the order they are written.

    >>> refs(Product((Ref("p"), Difference(Number(1.0), Ref("p")), Ref("x1"))))
    ('p', 'x1')
    """
    return tuple(dict.fromkeys(node.id for node in walk(expression) if isinstance(node, Ref)))


def substitute(expression: Expression, replacements: Mapping[str, Expression]) -> Expression:
    """The tree with some references replaced by other trees.

    >>> substitute(Negative(Ref("a")), {"a": Number(2.0)})
    Negative(operand=Number(value=2.0))
    """

    def change(node: Expression) -> Expression:
        return replacements.get(node.id, node) if isinstance(node, Ref) else node

    return mapped(expression, change)


def with_numbers(
    expression: Expression,
    values: Values,
    joined: Callable[[Expression], Expression] = lambda node: node,
) -> Expression:
    """The tree with numbers for references.

    Args:
        expression: the tree.
        values: a number for every reference.
        joined: what becomes of a node once its parts are numbers, such as a minus before a number.

    Raises:
        KeyError: a reference has no value.

    >>> with_numbers(Negative(Ref("a")), {"a": 2.0})
    Negative(operand=Number(value=2.0))
    """
    return mapped(
        expression, lambda node: Number(values[node.id]) if isinstance(node, Ref) else joined(node)
    )


def replaced(tree: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with every occurrence of one part replaced by another; parts without it are kept.

    >>> replaced(Negative(Ref("a")), Ref("a"), Number(2.0))
    Negative(operand=Number(value=2.0))
    """
    if type(tree) is type(old) and tree == old:
        return new
    parts = children(tree)
    if not parts:
        return tree
    changed = tuple(replaced(part, old, new) for part in parts)
    same = all(a is b for a, b in zip(parts, changed, strict=True))
    return tree if same else rebuilt(tree, changed)
