"""Values of many trees that share most of their parts: each part is worked out once."""

from __future__ import annotations

import math
from typing import TypeAlias

from engine.decimals import EXACT_PLACES
from engine.expression import (
    FUNCTIONS,
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
    evaluate,
)
from engine.rounding import PENCIL_SIGMOID_LIMIT, short_of


class Working:
    """What trees come to from one set of values, as `evaluate` says, digit for digit.

    A part is known by its identity, so it is kept too; `forget` lets go of them all.

    Args:
        values: a float for every reference.

    >>> Working({"x1": 0.5})(Sum((Ref("x1"), Number(1.0))))
    1.5
    """

    def __init__(self, values: Values) -> None:
        self.values = values
        self._known: dict[int, tuple[Expression, float]] = {}

    def __call__(self, tree: Expression) -> float:
        """The value of a tree; raises what `evaluate` does."""
        if isinstance(tree, Ref):
            return self.values[tree.id]
        if isinstance(tree, Number):
            return tree.value
        known = self._known.get(id(tree))
        if known is not None:
            return known[1]
        value = self.part(tree)
        self._known[id(tree)] = (tree, value)
        return value

    def part(self, tree: Expression) -> float:
        """The value of a tree as a part of another."""
        return self.whole(tree)

    def forget(self) -> None:
        """Lets go of the parts."""
        self._known.clear()

    def whole(self, tree: Expression) -> float:
        """The value of a tree from those of its parts."""
        match tree:
            case Product(factors):
                result = 1.0
                for factor in factors:
                    result *= self(factor)
                    if result == 0.0:
                        break
            case Sum(terms):
                result = 0.0
                for term in terms:
                    result += self(term)
            case Difference(left, right):
                result = self(left) - self(right)
            case Negative(operand):
                result = -self(operand)
            case Call(function, argument):
                result = FUNCTIONS[function](self(argument))
            case Power(base, exponent):
                result = math.pow(self(base), self(exponent))
            case Quotient(numerator, denominator):
                result = self(numerator) / self(denominator)
            case Number(value):
                result = value
            case Ref(name):
                result = self.values[name]
        return result


Three: TypeAlias = tuple[float, float, float]


class Thrice:
    """What trees come to from three sets of values at once, each part worked out once.

    >>> Thrice({"x1": 0.5}, {"x1": 1.5}, {"x1": 2.5})(Sum((Ref("x1"), Number(1.0))))
    (1.5, 2.5, 3.5)
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
        known = self._known
        if isinstance(tree, Sum):
            a = b = c = 0.0
            for term in tree.terms:
                had = known.get(id(term))
                x, y, z = self(term) if had is None else had[1]
                a, b, c = a + x, b + y, c + z
            return a, b, c
        if isinstance(tree, Product):
            a = b = c = 1.0
            for factor in tree.factors:
                had = known.get(id(factor))
                x, y, z = self(factor) if had is None else had[1]
                a, b, c = a * x, b * y, c * z
                if a == b == c == 0.0:
                    break
            return a, b, c
        if isinstance(tree, Negative):
            a, b, c = self(tree.operand)
            return -a, -b, -c
        a, b, c = (evaluate(tree, world) for world in self.worlds)
        return a, b, c


class Rounding(Working):
    """What trees come to when every part that makes digits is rounded before it is used.

    Args:
        values: a float for every reference.
        places: the decimals kept.
        pencil: whether a sigmoid near zero is worked by the pencil rule.
    """

    def __init__(self, values: Values, places: int, *, pencil: bool) -> None:
        super().__init__(values)
        self.places = places
        self._pencil = pencil

    def part(self, tree: Expression) -> float:
        """The value of a part, rounded where its digits would have to be written."""
        value = self.whole(tree)
        made_digits = isinstance(tree, Product | Power | Quotient | Call)
        if not made_digits or short_of(value, max(self.places, EXACT_PLACES)):
            return value
        return math.floor(value * 10.0**self.places + 0.5) / 10.0**self.places

    def whole(self, tree: Expression) -> float:
        """The value of a tree, itself not rounded."""
        if self._pencil and isinstance(tree, Call) and tree.function == "sigmoid":
            z = self(tree.argument)
            if abs(z) <= PENCIL_SIGMOID_LIMIT:
                return 0.5 + z / 4
        return super().whole(tree)
