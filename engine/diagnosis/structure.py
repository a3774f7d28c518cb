"""Whether two expressions say the same on paper: order, brackets and worked-out parts aside.

`0.24 + 0.21` is the same as `0.6 × 0.4 + 0.7 × 0.3` with its products worked out, and not the same
as `0.6 × 0.4 + 0.7 × (−0.3)`. Numbers compare as rounded as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

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
    Values,
    children,
    evaluate,
    rebuilt,
)
from engine.rounding import decimals_of, fraction


@dataclass(frozen=True, slots=True)
class Term:
    """One signed term: its factors, each a number without sign or something not worked out."""

    sign: int
    factors: tuple[Expression, ...]
    value: float


Terms: TypeAlias = tuple[Term, ...]


def numbered(tree: Expression, values: Values) -> Expression:
    """The tree with numbers for references.

    Raises:
        KeyError: a reference has no value.
    """
    if isinstance(tree, Ref):
        return Number(values[tree.id])
    result = rebuilt(tree, tuple(numbered(part, values) for part in children(tree)))
    match result:
        case Call("abs", Number(value)):
            return Number(abs(value))
        case Call("relu_slope", Number()):
            return Number(evaluate(result, {}))
        case _:
            return result


def is_worked(tree: Expression) -> bool:
    """Whether a tree is only a number, with or without a sign."""
    return isinstance(tree, Number) or (
        isinstance(tree, Negative) and isinstance(tree.operand, Number)
    )


@lru_cache(maxsize=4096)
def precision(value: float) -> float:
    """Half of the last decimal that a number was written with, half a hundredth at most."""
    places = decimals_of(fraction(value), 12)
    return 0.5 * 10.0 ** -max(2, 12 if places is None else places) * 1.02 + 1e-9


def close(written: float, value: float) -> bool:
    """Whether a number is another, as rounded as it is written."""
    return abs(written - value) <= precision(written) and (written != 0) == (abs(value) > 1e-12)


def same(written: Expression, tree: Expression) -> bool:
    """Whether what a learner wrote is a tree, as it stands or with parts of it worked out.

    Args:
        written: the learner's expression, numbers only.
        tree: what it is compared with, numbers only.
    """
    if isinstance(written, Number):
        return close(written.value, evaluate(tree, {}))
    mine, theirs = terms(written), terms(tree)
    if len(mine) == 1 and len(theirs) == 1:
        return _same_term(mine[0], theirs[0])
    return len(mine) == len(theirs) and _paired(mine, theirs)


def _paired(mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    left = list(theirs)
    for term in mine:
        match = next((other for other in left if _same_term(term, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same_term(mine: Term, theirs: Term) -> bool:
    if len(mine.factors) == 1 and isinstance(mine.factors[0], Number):
        return close(mine.value, theirs.value)
    if mine.sign != theirs.sign:
        return False
    left = [factor for factor in theirs.factors if factor != Number(1.0)]
    needed = [factor for factor in mine.factors if factor != Number(1.0)]
    if len(needed) < len(left) and any(isinstance(factor, Number) for factor in needed):
        return _same_but_worked(mine, theirs)
    for factor in needed:
        match = next((other for other in left if _same_factor(factor, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same_but_worked(mine: Term, theirs: Term) -> bool:
    """Some factors multiplied together already: what is left must all be there."""
    loose = abs(mine.value - theirs.value) <= max(2e-3 * abs(theirs.value), 1e-9)
    return loose and all(
        isinstance(factor, Number) or any(_same_factor(factor, other) for other in theirs.factors)
        for factor in mine.factors
    )


def _same_factor(mine: Expression, theirs: Expression) -> bool:
    match mine, theirs:
        case Number(value), _:
            return close(value, evaluate(theirs, {}))
        case Call(first, inner), Call(second, other):
            return first == second and same(inner, other)
        case Call(), _:
            return False
        case Quotient(), Call("sigmoid", _):
            return abs(evaluate(mine, {}) - evaluate(theirs, {})) < 1e-3
        case ((Sum() | Difference() | Product() | Negative()), _):
            return not isinstance(theirs, Number) and same(mine, theirs)
        case _:
            return type(mine) is type(theirs) and all(
                same(a, b) for a, b in zip(children(mine), children(theirs), strict=True)
            )


def terms(tree: Expression) -> Terms:
    """The signed terms of an expression of numbers; a single one if it is no sum.

    >>> [(term.sign, term.value) for term in terms(Difference(Number(0.24), Number(0.21)))]
    [(1, 0.24), (-1, -0.21)]
    """
    return tuple(_terms(tree, 1))


def _terms(tree: Expression, sign: int) -> Iterator[Term]:
    match tree:
        case Sum(parts):
            for part in parts:
                yield from _terms(part, sign)
        case Difference(left, right):
            yield from _terms(left, sign)
            yield from _terms(right, -sign)
        case Negative(operand):
            yield from _terms(operand, -sign)
        case _:
            value = sign * evaluate(tree, {})
            factors: list[Expression] = []
            for factor in _factors(tree):
                own, bare = _signed(factor)
                sign *= own
                factors.append(bare)
            yield Term(sign, tuple(factors), value)


def _factors(tree: Expression) -> Iterator[Expression]:
    match tree:
        case Product(factors):
            for factor in factors:
                yield from _factors(factor)
        case Power(base, Number(2.0)):
            yield base
            yield base
        case _:
            yield tree


def _signed(factor: Expression) -> tuple[int, Expression]:
    """A factor's sign and the factor without it; a negative bracket is turned round."""
    match factor:
        case Number(value) if value < 0:
            return -1, Number(-value)
        case Negative(operand):
            sign, bare = _signed(operand)
            return -sign, bare
        case Sum() | Difference() if evaluate(factor, {}) < 0:
            return -1, Negative(factor)
        case _:
            return 1, factor
