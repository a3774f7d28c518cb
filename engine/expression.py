"""Expressions: the one tree that every number in the tutor comes from.

A quantity of a trace is an `Expression` over earlier quantities. The nodes are those of `nodes`,
the functions a `Call` may name those of `functions`; here is how a tree is folded to a value of any
kind, to a float first of all, and how it is walked and changed. Beside it live the other kinds of
value, exact numbers in `decimals`, intervals in `rounding`; and `rendering` (symbols, numbers,
worked lines), `calculus` (derivatives) and `mistakes` (the ways a learner misreads it).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from engine.functions import FUNCTIONS
from engine.nodes import (
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
    "FLOATS",
    "Arithmetic",
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
    "fold",
    "mapped",
    "rebuilt",
    "refs",
    "replaced",
    "substitute",
    "value_of",
    "walk",
    "with_numbers",
]

V = TypeVar("V")
Values: TypeAlias = Mapping[str, float]
"""Values of references by id, as plain floats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Generic[V]):
    """One kind of value, such as intervals: what each kind of node makes of those of its parts."""

    number: Callable[[float], V]
    add: Callable[[Iterable[V]], V]
    subtract: Callable[[V, V], V]
    multiply: Callable[[Iterable[V]], V]
    """Factors that it does not take are not worked out."""
    divide: Callable[[V, V], V]
    negate: Callable[[V], V]
    power: Callable[[V, V], V]
    apply: Callable[[str, V], V]
    """A function of a value, by the function's name."""


def fold(tree: Expression, values: Mapping[str, V], whole: Arithmetic[V], part: Arithmetic[V]) -> V:
    """What a tree comes to.

    Args:
        tree: the tree.
        values: a value for every reference.
        whole: the arithmetic of the outermost node.
        part: that of everything inside it, which may be rounded as it is worked out.
    """
    match tree:
        case Ref():
            return values[tree.id]
        case Number():
            return whole.number(tree.value)
        case Product():
            return whole.multiply(
                values[factor.id] if type(factor) is Ref else fold(factor, values, part, part)
                for factor in tree.factors
            )
        case Sum():
            return whole.add([fold(term, values, part, part) for term in tree.terms])
        case Call():
            return whole.apply(tree.function, fold(tree.argument, values, part, part))
        case Negative():
            return whole.negate(fold(tree.operand, values, part, part))
        case Difference():
            operation, first, second = whole.subtract, tree.left, tree.right
        case Quotient():
            operation, first, second = whole.divide, tree.numerator, tree.denominator
        case Power():
            operation, first, second = whole.power, tree.base, tree.exponent
    return operation(fold(first, values, part, part), fold(second, values, part, part))


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
    return fold(expression, values, FLOATS, FLOATS)


def _total(terms: Iterable[float]) -> float:
    result = 0.0
    for term in terms:
        result += term
    return result


def _product(factors: Iterable[float]) -> float:
    result = 1.0
    for factor in factors:
        result *= factor
        if result == 0.0:
            break
    return result


FLOATS: Arithmetic[float] = Arithmetic(
    number=float,
    add=_total,
    subtract=operator.sub,
    multiply=_product,
    divide=operator.truediv,
    negate=operator.neg,
    power=math.pow,
    apply=lambda function, argument: FUNCTIONS[function].value(argument),
)
"""Plain numbers."""


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
        case Sum() | Product():
            return type(expression)(parts)
        case Call(function):
            return Call(function, *parts)
        case _:
            return type(expression)(*parts)


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
