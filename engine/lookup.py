"""The small printed tables of functions, and reading between their lines.

No pencil works out a sigmoid, so the lesson gives a table; a number between two of its lines is
found by going the same share of the way from one value to the next.

Source: linear interpolation; between lines 0.1 apart it is off by 0.0001 at most for the sigmoid
and 0.001 for tanh, between those of ln, 0.02 apart from 0.5 on, by 0.0002: by h² / 8 times the
second derivative.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from engine.expression import Call, Expression, walk
from engine.functions import FUNCTIONS

PLACES = 4
"""The decimals of the values in the tables: one more than is asked for."""


@dataclass(frozen=True, slots=True)
class Between:
    """Two neighbouring lines of a table, and a number between them."""

    below: float
    above: float
    low: float
    """The value beside `below`."""
    high: float
    share: float
    """How far the number lies from the lower line to the upper, from 0 to 1."""

    @property
    def value(self) -> float:
        """The value the same share of the way."""
        return self.low + self.share * (self.high - self.low)


def lines(function: str) -> tuple[float, ...]:
    """The numbers that have a line in a function's table; none where it has no table."""
    table = FUNCTIONS[function].table
    return table.lines if table else ()


def printed(function: str, line: float) -> float:
    """The value that stands beside a line of a table.

    >>> printed("sigmoid", 0.7)
    0.6682
    """
    return round(FUNCTIONS[function].value(line), PLACES)


def between(function: str, size: float) -> Between | None:
    """The lines that a number from 0 up lies between, or is the first of; None beyond the table."""
    known = lines(function)
    if not known or not known[0] <= size <= known[-1]:
        return None
    at = min(bisect_right(known, size), len(known) - 1)
    below, above = known[at - 1], known[at]
    share = (size - below) / (above - below)
    return Between(below, above, printed(function, below), printed(function, above), share)


def looked_up(function: str, z: float) -> float | None:
    """What a table gives for a number of either sign; None beyond the table, or without one.

    >>> round(looked_up("sigmoid", 0.73), 5), round(looked_up("tanh", -0.25), 5)
    (0.67474, -0.24435)
    """
    table, found = FUNCTIONS[function].table, between(function, abs(z))
    if table is None or found is None:
        return None
    if z >= 0:
        return found.value
    return None if table.both is None else table.both - found.value


def table_for(expression: Expression) -> str:
    """The function in a tree whose table helps to work it out; empty where there is none."""
    called = (part.function for part in walk(expression) if isinstance(part, Call))
    return next((function for function in called if lines(function)), "")
