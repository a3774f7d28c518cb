"""One number as typed: which points and commas make a decimal, and which could mean something else.

A comma is a decimal comma when there is one of it and no point, unless exactly three digits follow
a whole part that is not zero: `1,234` may be a thousand or one and a bit, so it is not read.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from engine.reading.results import Refusal

NUMBER = r"(?:[0-9]+(?:[.,][0-9]+)*\.?|[.,][0-9]+(?:[.,][0-9]+)*)(?:[eE][+-]?[0-9]+)?"
MIXED = re.compile(r"([1-9][0-9]*) +([0-9]+)/([0-9]+)(?![0-9/eE]|[.,][0-9])")


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as typed, still as digits, so that a percent sign can move its point exactly."""

    digits: str
    """Like `0.03` or `1e-3`: what `float` takes."""
    decimals: int
    """How many decimals were typed, the exponent counted in; never below 0."""
    end: int
    """Where it ends in the text; a full stop after it is not part of it."""
    plain: bool
    """Whether it is simply what stands there."""

    def value(self, start: int, shift: int = 0) -> float:
        """The number times 10 to the power of `shift`.

        Args:
            start: where it begins, for a refusal.
            shift: -2 for a percentage.

        Raises:
            Refusal: a float can't hold it.
        """
        mantissa, _, exponent = self.digits.partition("e")
        text = f"{mantissa}e{int(exponent or 0) + shift}" if exponent or shift else mantissa
        value = float(text)
        if math.isinf(value):
            raise Refusal("too_large", start, self.end)
        if value == 0 and mantissa.strip("0.") != "":
            raise Refusal("too_small", start, self.end)
        return value


def literal(written: str, start: int) -> Literal:
    """Reads one cluster of digits, points and commas.

    Args:
        written: what matched `NUMBER`.
        start: where it begins in the text.

    Returns:
        The number, if it can only be one.

    Raises:
        Refusal: several points or commas, or a comma that may mark thousands.

    >>> literal("0,563", 0)
    Literal(digits='0.563', decimals=3, end=5, plain=True)
    >>> literal("1.2e3", 0).decimals
    0
    """
    end = start + len(written)
    mantissa, _, exponent = written.lower().partition("e")
    if mantissa.endswith(".") and not exponent and ("." in mantissa[:-1] or "," in mantissa):
        mantissa = mantissa[:-1]  # a sentence's full stop
        end -= 1
    points, commas = mantissa.count("."), mantissa.count(",")
    if points == 2 and commas == 1:
        raise Refusal("several_answers", start, end)
    if points and commas:
        raise Refusal("thousands_or_decimal", start, end)
    if points > 1:
        raise Refusal("several_points", start, end)
    if commas > 1:
        raise Refusal("several_commas", start, end)
    if commas:
        whole, _, fraction = mantissa.partition(",")
        if whole.strip("0") and len(fraction) == 3:
            raise Refusal("thousands_or_decimal", start, end)
    else:
        whole, _, fraction = mantissa.partition(".")
    decimals = max(0, len(fraction) - int(exponent or 0))
    digits = mantissa.replace(",", ".") + (f"e{exponent}" if exponent else "")
    return Literal(digits, decimals, end, plain=not mantissa.startswith(","))
