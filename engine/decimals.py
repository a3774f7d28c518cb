"""Numbers in decimals: how many a step asks for, exact values, and how numbers are written."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from engine.expression import Arithmetic, Expression, fold
from engine.functions import FUNCTIONS
from engine.tolerances import NEGLIGIBLE

Exact: TypeAlias = Fraction | None
"""An exact number, or None where there is none to know."""

EXACT_PLACES = 4
"""A value with at most this many decimals is asked for exactly."""

ROUNDED_PLACES, SIGNIFICANT = 3, 2
"""Any other is asked for to three decimals, and never fewer than two significant digits."""

_MINUS = "−"
_DIGITS = Context(prec=400)
"""Enough digits to write out any float."""


def fraction(value: float) -> Fraction:
    """The decimal that a float was written as, exactly.

    >>> fraction(0.1)
    Fraction(1, 10)
    """
    return Fraction(Decimal(repr(value)))


def exact_value(expression: Expression, values: Mapping[str, Exact]) -> Exact:
    """The exact rational value of a tree, None where a sigmoid or the like is in it."""
    return fold(expression, values, EXACT, EXACT)


def _known(operation: Callable[..., Exact]) -> Callable[..., Exact]:
    """An operation that comes to nothing known where one of its numbers is not known."""
    return lambda *numbers: None if None in numbers else operation(*numbers)


_added = _known(lambda *terms: sum(terms, Fraction()))
_multiplied = _known(lambda *factors: math.prod(factors, start=Fraction(1)))


def _product(factors: Iterable[Exact]) -> Exact:
    """0 times anything is 0, even times what is not known."""
    numbers = list(factors)
    return Fraction() if 0 in numbers else _multiplied(*numbers)


def _applied(function: str, argument: Exact) -> Exact:
    exact = FUNCTIONS[function].exact
    return None if exact is None else _known(exact)(argument)


EXACT: Arithmetic[Exact] = Arithmetic(
    number=fraction,
    add=lambda terms: _added(*terms),
    subtract=_known(operator.sub),
    multiply=_product,
    divide=_known(lambda top, bottom: top / bottom if bottom else None),
    negate=_known(operator.neg),
    power=_known(lambda base, n: base ** int(n) if n.denominator == 1 and 0 <= n <= 16 else None),
    apply=_applied,
)
"""Fractions, and None for what none is known for."""


def decimals_of(value: Fraction, most: int = EXACT_PLACES) -> int | None:
    """How many decimals an exact value has, or None if more than `most`.

    >>> decimals_of(Fraction(3, 100)), decimals_of(Fraction(1, 3))
    (2, None)
    """
    return next((n for n in range(most + 1) if 10**n % value.denominator == 0), None)


def places_asked(
    value: float, exact: Fraction | None, old: float | None = None, wanted: int | None = None
) -> tuple[int, bool]:
    """How many decimals a step asks for, and whether that is the exact value.

    Args:
        value: the value as a float.
        exact: the same as a fraction where it is rational.
        old: for an updated weight, what it was before.
        wanted: how many a sheet wants of every number; None to go by the number.

    >>> places_asked(0.252, Fraction("0.252")), places_asked(0.562669, None)
    ((3, True), (3, False))
    >>> places_asked(-0.006456, None)
    (4, False)
    """
    if value == 0:
        return 0, True
    most = EXACT_PLACES if wanted is None else wanted
    if exact is not None and (decimals := decimals_of(exact, most)) is not None:
        return decimals, True
    if wanted is not None:
        return wanted, False
    leading = math.floor(math.log10(abs(value)))
    least = 0 if old is None else places_to_tell(value, old)
    return max(ROUNDED_PLACES, SIGNIFICANT - 1 - leading, least), False


def places_to_tell(new: float, old: float) -> int:
    """The decimals it takes to tell a weight after a small step from the one before; 0 for none.

    The step is at least one unit of the last of them, so that neither the old weight nor one moved
    the other way rounds to the new one.

    >>> places_to_tell(0.14956, 0.15), places_to_tell(0.918, 0.9)
    (4, 2)
    """
    step = abs(new - old)
    return max(0, -math.floor(math.log10(step))) if step > NEGLIGIBLE else 0


def rounded(value: float, places: int) -> float:
    """A value rounded half away from zero, as on paper.

    >>> rounded(0.0625, 3), rounded(-0.5, 0)
    (0.063, -1.0)
    """
    return float(_quantized(value, places))


def _quantized(value: float, places: int) -> Decimal:
    return Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_DIGITS
    )


@lru_cache(maxsize=8192)
def number_text(value: float, places: int, *, exact: bool = False) -> str:
    """A number as the tutor writes it: a true minus, no exponent, end zeros only where rounded.

    >>> number_text(-0.30000000000000004, 4, exact=True), number_text(0.43, 3)
    ('−0.3', '0.430')
    """
    text = f"{_quantized(value, places):f}"
    if exact and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("-")
    return text.replace("-", _MINUS)


@lru_cache(maxsize=8192)
def short_text(value: float, most: int = EXACT_PLACES) -> tuple[str, bool]:
    """A number in at most `most` decimals (more if it is tiny), and whether that is all of it.

    >>> short_text(0.24), short_text(1 / 3)
    (('0.24', True), ('0.3333', False))
    """
    decimals = decimals_of(fraction(float(f"{value:.12g}")), most)
    if decimals is not None:
        return number_text(value, decimals, exact=True), True
    leading = math.floor(math.log10(abs(value)))
    return number_text(value, max(most, SIGNIFICANT - 1 - leading)), False
