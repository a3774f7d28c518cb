"""Small printed tables of the sigmoid and of tanh, and reading between their lines.

No pencil works out a sigmoid, so the lesson gives a table; a number between two of its lines is
found by going the same share of the way from one value to the next.

Source: linear interpolation; between lines 0.1 apart it is off by 0.0001 at most for the sigmoid
and 0.001 for tanh, by h² / 8 times the second derivative.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from engine.expression import FUNCTIONS

PLACES = 4
"""The decimals of the values in the tables: one more than is asked for."""

_TENTHS = tuple(n / 10 for n in range(21))

LINES: Mapping[str, tuple[float, ...]] = {
    "sigmoid": (*_TENTHS, 2.25, 2.5, 2.75, 3.0, 3.5, 4.0, 4.5, 5.0),
    "tanh": (*_TENTHS, 2.25, 2.5, 3.0, 4.0),
}
"""The numbers that have a line in the table of a function; those below 0 mirror them."""


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


def printed(function: str, line: float) -> float:
    """The value that stands beside a line of a table.

    >>> printed("sigmoid", 0.7)
    0.6682
    """
    return round(FUNCTIONS[function](line), PLACES)


def between(function: str, size: float) -> Between | None:
    """The lines that a number from 0 up lies between, or is the first of; None beyond the table."""
    lines = LINES[function]
    if not 0 <= size <= lines[-1]:
        return None
    at = min(bisect_right(lines, size), len(lines) - 1)
    below, above = lines[at - 1], lines[at]
    share = (size - below) / (above - below)
    return Between(below, above, printed(function, below), printed(function, above), share)


def looked_up(function: str, z: float) -> float | None:
    """What a table gives for a number of either sign; None beyond the table, or without one.

    >>> round(looked_up("sigmoid", 0.73), 5), round(looked_up("tanh", -0.25), 5)
    (0.67474, -0.24435)
    """
    found = between(function, abs(z)) if function in LINES else None
    if found is None:
        return None
    if z >= 0:
        return found.value
    return 1 - found.value if function == "sigmoid" else -found.value
