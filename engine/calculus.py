"""Derivatives of expression trees, by the rules of calculus, with the obvious simplifications.

Source: the sum, product, quotient, power and chain rules as in any calculus text; the slopes of
functions stand in their records (`engine.functions`).
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.expression import (
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
    refs,
)
from engine.functions import FUNCTIONS, ONE, TWO

ZERO = Number(0.0)


def derivative(expression: Expression, by: str) -> Expression:
    """The partial derivative of a tree by one reference, simplified enough to read.

    Raises:
        ValueError: a function or power in it has no derivative here.

    >>> derivative(Power(Difference(Ref("t"), Ref("p")), Number(2.0)), "p")  # doctest: +ELLIPSIS
    Product(factors=(Number(value=-2.0), Difference(left=Ref(id='t'), right=Ref(id='p'))))
    """
    match expression:
        case Number():
            return ZERO
        case Ref(name):
            return ONE if name == by else ZERO
        case Sum(terms):
            return total(derivative(term, by) for term in terms)
        case Difference(left, right):
            return total((derivative(left, by), negated(derivative(right, by))))
        case Negative(operand):
            return negated(derivative(operand, by))
        case Product(factors):
            slopes = [derivative(factor, by) for factor in factors]
            return total(
                product((*factors[:i], slope, *factors[i + 1 :]))
                for i, slope in enumerate(slopes)
                if slope != ZERO
            )
        case Quotient(numerator, denominator):
            above, below = derivative(numerator, by), derivative(denominator, by)
            first = ZERO if above == ZERO else Quotient(above, denominator)
            if below == ZERO:
                return first
            second = Quotient(product((numerator, below)), Power(denominator, TWO))
            return negated(second) if first == ZERO else Difference(first, second)
        case Power(base, Number(n)):
            lower = base if n == 2 else Power(base, Number(n - 1))
            return product((Number(n), lower, derivative(base, by)))
        case Power():
            if by not in refs(expression):
                return ZERO
            raise ValueError("no derivative here of a power with a varying exponent")
        case Call(function, argument):
            inner = derivative(argument, by)
            if inner == ZERO:
                return ZERO
            slope = FUNCTIONS[function].slope
            if slope is None:
                raise ValueError(f"no derivative here of {function}")
            return product((slope(expression), inner))


def total(terms: Iterable[Expression]) -> Expression:
    """The sum of some trees, without zeros and without a needless node."""
    kept = tuple(term for term in terms if term != ZERO)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Sum(kept)


def negated(expression: Expression) -> Expression:
    """Minus a tree, folded into a leading number where there is one."""
    match expression:
        case Number(value):
            return Number(-value if value else 0.0)
        case Product((Number(value), *rest)):
            return product((Number(-value), *rest))
        case _:
            return Negative(expression)


def product(factors: tuple[Expression, ...]) -> Expression:
    """The product of some trees: flattened, numbers gathered in front, ones left out."""
    number, others = 1.0, list[Expression]()
    for factor in factors:
        for part in factor.factors if isinstance(factor, Product) else (factor,):
            match part:
                case Number(value):
                    number *= value
                case Negative(operand):
                    number = -number
                    others.append(operand)
                case _:
                    others.append(part)
    if number == 0:
        return ZERO
    if number == -1 and others:
        return Negative(product(tuple(others)))
    if number != 1 or not others:
        others.insert(0, Number(number))
    return others[0] if len(others) == 1 else Product(tuple(others))
