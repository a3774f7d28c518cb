"""Expressions: the one tree that every number in the tutor comes from.

A quantity of a trace is an `Expression` over earlier quantities. This module holds the nodes and
their plain value. What else is read off the same tree lives beside it: `rendering` (symbols,
numbers, worked lines), `intervals` (which roundings are right), `calculus` (derivatives) and
`mistakes` (the ways a learner misreads it).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Values: TypeAlias = Mapping[str, float]
"""Values of references by id, as plain floats."""

NEGLIGIBLE = 1e-12
"""A number this small, either way, is floating-point noise or beyond any pencil: it counts as 0."""


@dataclass(frozen=True, slots=True)
class Number:
    """A literal: the 2 in a derivative, the 0.24 that a learner wrote."""

    value: float


@dataclass(frozen=True, slots=True)
class Ref:
    """A named value: an input (`x1`), a weight (`w11`), or another quantity (`H1.sum`)."""

    id: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms added."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`left - right`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors multiplied."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """`numerator / denominator`."""

    numerator: Expression
    denominator: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """`-operand`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """`base ** exponent`."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of one argument; the names are the keys of `FUNCTIONS`."""

    function: str
    argument: Expression


Expression: TypeAlias = (
    Number | Ref | Sum | Difference | Product | Quotient | Negative | Power | Call
)


def sigmoid(z: float) -> float:
    """The logistic function, 1 / (1 + e^-z), without overflow for any float.

    >>> round(sigmoid(0.252), 4)
    0.5627
    """
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    growth = math.exp(z)
    return growth / (1.0 + growth)


def _direction(gradient: float) -> float:
    """Which way to move a weight: 1 up, -1 down, 0 not at all, for the gradient of the loss."""
    if abs(gradient) <= NEGLIGIBLE:
        return 0.0
    return -math.copysign(1.0, gradient)


FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "relu": lambda z: max(0.0, z),
    "relu_slope": lambda z: 1.0 if z > 0 else 0.0,
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "exp": math.exp,
    "ln": math.log,
    "abs": abs,
    "direction": _direction,
}
"""What a `Call` may name. `relu_slope(0)` is 0, by convention; `direction` is minus the sign."""


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
            return FUNCTIONS[function](evaluate(argument, values))
        case Power(base, exponent):
            return math.pow(evaluate(base, values), evaluate(exponent, values))
        case Quotient(numerator, denominator):
            return evaluate(numerator, values) / evaluate(denominator, values)


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
    if isinstance(expression, Ref):
        return replacements.get(expression.id, expression)
    return rebuilt(
        expression, tuple(substitute(child, replacements) for child in children(expression))
    )
