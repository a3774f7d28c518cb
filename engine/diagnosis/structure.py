"""Whether two expressions say the same on paper: order, brackets and worked-out parts aside.

`0.24 + 0.21` is the same as `0.6 × 0.4 + 0.7 × 0.3` with its products worked out, and not the same
as `0.6 × 0.4 + 0.7 × (−0.3)`. Numbers compare as rounded as they are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias, TypeVar

from engine.decimals import decimals_of, fraction
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
    mapped,
    value_of,
    walk,
    with_numbers,
)
from engine.functions import Interval
from engine.rounding import interval

FINE_PLACES = 12
"""So many decimals are as good as all."""

MOST_TERMS = 6
"""Of a sum with more, not every choice of terms or signs is looked at."""


class Form:
    """An expression of numbers with what comparing it needs: worked out once, when it is asked for.

    Compared and hashed by identity.

    Args:
        tree: numbers only.
    """

    def __init__(self, tree: Expression) -> None:
        self.tree = tree

    @cached_property
    def value(self) -> float:
        """What it comes to; NaN where it has no value, as the logarithm of 0 times 0."""
        value = value_of(self.tree, {})
        return math.nan if value is None else value

    @cached_property
    def terms(self) -> Terms:
        """Its signed terms."""
        return terms(self.tree)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One signed term: its factors, each a number without sign or something not worked out."""

    sign: int
    factors: tuple[Form, ...]
    value: float

    @property
    def number(self) -> bool:
        """Whether it is a single number."""
        return len(self.factors) == 1 and isinstance(self.factors[0].tree, Number)


Terms: TypeAlias = tuple[Term, ...]


def on_paper(tree: Expression, values: Values) -> Expression:
    """The tree with its numbers put in; a sign that was taken away is not written.

    Raises:
        KeyError: a reference has no value.
    """
    return with_numbers(tree, values, _without_sign)


def _without_sign(node: Expression) -> Expression:
    match node:
        case Call("abs", Number(value)):
            return Number(abs(value))
        case _:
            return node


def numbered(tree: Expression, values: Values) -> Expression:
    """The same for comparing: the slope of a ReLU is a number as well, and so is a fraction."""
    return with_numbers(tree, values, _one_number)


def _one_number(node: Expression) -> Expression:
    match node:
        case Call("relu_slope", Number()):
            return Number(evaluate(node, {}))
        case Quotient(Number(top), Number(bottom)) if bottom and top % 1 == bottom % 1 == 0:
            return Number(top / bottom)  # a fraction is a number
        case _:
            return _without_sign(node)


def numbers_in(trees: Iterable[Expression]) -> list[float]:
    """The numbers written in some trees, each also with the minus that stands before it."""
    found: dict[float, None] = {}
    for node in (node for tree in trees for node in walk(tree)):
        match node:
            case Number(value):
                found[value] = None
            case Negative(Number(value)):
                found[-value] = None
            case Difference(_, Number(value)) | Difference(_, Product((Number(value), *_))):
                found[-value] = None
            case _:
                pass
    return list(found)


def is_worked(tree: Expression) -> bool:
    """Whether a tree is only a number, with or without a sign."""
    return isinstance(tree, Number) or (
        isinstance(tree, Negative) and isinstance(tree.operand, Number)
    )


@lru_cache(maxsize=4096)
def half_a_digit(value: float) -> float:
    """Half of the last decimal that a number was written with."""
    places = decimals_of(fraction(value), 12)
    return 0.5 * 10.0 ** -(12 if places is None else places) * 1.02 + 1e-9


def precision(value: float) -> float:
    """Half of the last decimal that a number was written with, half a hundredth at most."""
    return min(half_a_digit(value), half_a_digit(0.01))


def unrounded(tree: Expression, exact: Container[float]) -> Interval:
    """Between what a tree of numbers lies before they were rounded as they are written.

    Args:
        tree: numbers only.
        exact: numbers that are meant as they stand.
    """
    rough: dict[str, Interval] = {}

    def loosened(node: Expression) -> Expression:
        if not isinstance(node, Number) or node.value in exact or not node.value % 1:
            return node
        name, half = repr(node.value), precision(node.value)
        rough[name] = node.value - half, node.value + half
        return Ref(name)

    loose = mapped(tree, loosened)
    try:
        return interval(loose, rough, FINE_PLACES)
    except (ArithmeticError, ValueError):  # a logarithm or power that has no value there
        value = evaluate(tree, {})
        return value, value


def close(written: float, value: float) -> bool:
    """Whether a number is another, as rounded as it is written."""
    return abs(written - value) <= precision(written) and (written != 0) == (abs(value) > 1e-12)


def same(written: Expression, tree: Expression) -> bool:
    """Whether what a learner wrote is a tree, as it stands or with parts of it worked out.

    Args:
        written: the learner's expression, numbers only.
        tree: what it is compared with, numbers only.
    """
    return alike(Form(written), Form(tree))


def alike(mine: Form, theirs: Form) -> bool:
    """`same`, of forms."""
    if isinstance(mine.tree, Number):
        return close(mine.tree.value, theirs.value)
    needed = theirs.terms
    if len(mine.terms) < len(needed):  # what is times 0 may be left out
        needed = tuple(term for term in needed if not any(f.value == 0 for f in term.factors))
    return _paired(mine.terms, needed, _same_term)


Part = TypeVar("Part")


def _paired(
    mine: Sequence[Part], theirs: Sequence[Part], pair: Callable[[Part, Part], bool]
) -> bool:
    """Whether each part of one has its like in the other, in any order, and none is left."""
    return len(mine) == len(theirs) and _are_among(mine, theirs, pair)


def _are_among(
    mine: Sequence[Part], theirs: Sequence[Part], pair: Callable[[Part, Part], bool]
) -> bool:
    """Whether each part of one has a like of its own in the other, in any order."""
    left = list(theirs)
    for part in mine:
        found = next((i for i, other in enumerate(left) if pair(part, other)), None)
        if found is None:
            return False
        del left[found]
    return True


def _same_term(mine: Term, theirs: Term) -> bool:
    if mine.number:
        return close(mine.value, theirs.value)
    if mine.sign != theirs.sign:
        return False
    needed, left = ([f for f in term.factors if not _is_one(f)] for term in (mine, theirs))
    if len(needed) < len(left) and any(isinstance(factor.tree, Number) for factor in needed):
        return _same_but_worked(mine, theirs)
    return _paired(needed, left, _same_factor)


def _is_one(factor: Form) -> bool:
    return isinstance(factor.tree, Number | Difference) and factor.value == 1.0


def _same_but_worked(mine: Term, theirs: Term) -> bool:
    """Some factors multiplied together already: what is left must all be there."""
    loose = abs(mine.value - theirs.value) <= max(2e-3 * abs(theirs.value), 1e-9)
    left = [factor for factor in mine.factors if not isinstance(factor.tree, Number)]
    return loose and _are_among(left, theirs.factors, _same_factor)


def _same_factor(mine: Form, theirs: Form) -> bool:
    match mine.tree, theirs.tree:
        case Number(value), _:
            return close(value, theirs.value)
        case Call(first, inner), Call(second, other):
            return first == second and same(inner, other)
        case Call(), _:
            return False
        case Quotient(), Call("sigmoid", _):
            return abs(mine.value - theirs.value) < 1e-3
        case ((Sum() | Difference() | Product() | Negative()), _):
            return not isinstance(theirs.tree, Number) and alike(mine, theirs)
        case written, tree:
            return type(written) is type(tree) and all(
                same(a, b) for a, b in zip(children(written), children(tree), strict=True)
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
            value = sign * Form(tree).value
            factors: list[Form] = []
            for factor in _factors(tree):
                own, bare = _signed(factor)
                sign *= own
                factors.append(Form(bare))
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
    """A factor's sign and the factor without it; a negative bracket is turned round.

    So is what a tanh is taken of: tanh(−z) is −tanh(z).
    """
    match factor:
        case Number(value) if value < 0:
            return -1, Number(-value)
        case Negative(operand):
            sign, bare = _signed(operand)
            return -sign, bare
        case Sum() | Difference() if Form(factor).value < 0:
            return -1, Negative(factor)
        case Call("tanh", inner) if Form(inner).value < 0:
            return -1, Call("tanh", Negative(inner))
        case _:
            return 1, factor
