"""How a computation may be rounded, and whether a typed number is what one such path gives.

A learner works from the earlier values as they are or as they wrote them down, and rounds at the
end or on the way too: each of these is a `RoundingPath`, with the working that ends in its number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.decimals import ROUNDED_PLACES, SIGNIFICANT, rounded
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Values,
    evaluate,
)
from engine.rounding import PENCIL_SIGMOID_LIMIT, on_the_way
from engine.tolerances import NEGLIGIBLE, NOISE

EXACT, ROUNDED, ROUGH, UNFIT = range(4)
"""How well a number fits: to the last digit, rounded at the end, rounded on the way too, or not."""

TWO_DIGITS = 9.5
"""From this many units of the last decimal typed on, a number has two digits."""

HALF = Number(0.5)


@dataclass(frozen=True, slots=True)
class RoundingPath:
    """One way to work a computation, and what it comes to."""

    value: float
    tree: Expression
    numbers: Values
    places: int | None = None
    """The decimals its parts are rounded to on the way; None for all."""

    def fit(self, typed: float, decimals: int | None, asked: int) -> int | None:
        """How well a typed number fits, or None.

        Args:
            typed: the number.
            decimals: with how many decimals it was typed; None if they cannot be told.
            asked: the decimals asked for.

        >>> path = RoundingPath(-0.198, Number(-0.198), {})
        >>> path.fit(-0.2, 1, 2), path.fit(-0.1979, 4, 2)
        (1, None)
        """
        gap, needed = abs(self.value - typed), max(asked, 2)
        at_end = self.places is None
        if gap <= NOISE and (typed != 0 or at_end):
            return EXACT if at_end else ROUGH
        places = max(needed, 3) if decimals is None else decimals
        if places < needed:
            places = min(needed, max(places, natural_places(self.value)))
        if gap > 0.5 * 10.0**-places + NOISE:
            return None
        if typed == 0 and not (at_end and (decimals or 0) >= max(needed, 3)):
            return None  # 0.000 is a rounded number, 0 is not
        return ROUNDED if at_end else ROUGH


def natural_places(value: float) -> int:
    """The decimals that someone writes who was not told: three, or two significant digits.

    >>> natural_places(-0.129), natural_places(0.0064)
    (3, 4)
    """
    if abs(value) <= NEGLIGIBLE:
        return 0
    return max(ROUNDED_PLACES, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))


def has_two_digits(typed: float, decimals: int) -> bool:
    """Whether a number typed with so many decimals has two digits that count."""
    return abs(typed) * 10.0**decimals >= TWO_DIGITS


def rounding_paths(
    tree: Expression, worlds: Sequence[Values], places: int
) -> Iterator[RoundingPath]:
    """The ways to work a computation, those that round only at the end first.

    Args:
        tree: the computation.
        worlds: the sets of earlier values; the last as they are written down.
        places: the decimals kept on the way.

    Raises:
        ArithmeticError: it has no value.
        ValueError: likewise, as the logarithm of a negative number.
    """
    for world in reversed(worlds):
        yield RoundingPath(evaluate(tree, world), tree, world)
    for world in reversed(worlds):
        yield RoundingPath(on_the_way(tree, world, places), tree, world, places)
        for form in pencil_forms(tree, world)[:1]:
            yield RoundingPath(evaluate(form, world), form, world)
        match tree:
            case Call("sigmoid", z) if abs(size := evaluate(z, world)) <= PENCIL_SIGMOID_LIMIT:
                fewer = Call("sigmoid", Number(rounded(size, places - 1)))  # looked up in few rows
                for form in (fewer, *pencil_forms(fewer, {})[:1]):
                    yield RoundingPath(evaluate(form, {}), form, world)
            case _:
                pass


def pencil_forms(tree: Expression, values: Values) -> tuple[Expression, ...]:
    """How the pencil rule writes a sigmoid near zero, 0.5 + z / 4; nothing for another tree.

    >>> from engine.expression import Ref
    >>> pencil_forms(Call("sigmoid", Ref("z")), {"z": 2.0})
    ()
    """
    match tree:
        case Call("sigmoid", inner) if abs(evaluate(inner, values)) <= PENCIL_SIGMOID_LIMIT:
            minus = isinstance(inner, Negative)
            z = inner.operand if isinstance(inner, Negative) else inner
            quarters = (Quotient(z, Number(4.0)), Product((Number(0.25), z)))
            return tuple(Difference(HALF, q) if minus else Sum((HALF, q)) for q in quarters)
        case _:
            return ()


Three: TypeAlias = tuple[float, float, float]


class Thrice:
    """What trees come to from three sets of values at once, each part worked out once.

    Parts are known by their identity, so they are kept too; `forget` lets go of them all. Without
    it a step's thousand pairs of mistakes take several times as long (`benchmarks.diagnosis`).

    >>> Thrice({"x1": 0.5}, {"x1": 1.5}, {"x1": 2.5})(Sum((Number(1.0), Number(2.0))))
    (3.0, 3.0, 3.0)
    """

    def __init__(self, *worlds: Values) -> None:
        self.worlds = worlds
        self._known: dict[int, tuple[Expression, Three]] = {}

    def __call__(self, tree: Expression) -> Three:
        """The three values of a tree; raises what `evaluate` does."""
        known = self._known.get(id(tree))
        if known is None:
            known = self._known[id(tree)] = (tree, self._worked(tree))
        return known[1]

    def forget(self) -> None:
        """Lets go of the parts."""
        self._known.clear()

    def _worked(self, tree: Expression) -> Three:
        match tree:
            case Sum(terms):
                a = b = c = 0.0
                for x, y, z in map(self, terms):
                    a, b, c = a + x, b + y, c + z
            case Product(factors):
                a = b = c = 1.0
                for factor in factors:
                    x, y, z = self(factor)
                    a, b, c = a * x, b * y, c * z
                    if a == b == c == 0.0:
                        break
            case Negative(operand):
                a, b, c = (-value for value in self(operand))
            case _:
                a, b, c = (evaluate(tree, world) for world in self.worlds)
        return a, b, c
