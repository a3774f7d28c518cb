"""How finely a quantity is asked for, where a lesson says so: its decimals, and what may be off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.decimals import exact_value, fraction, places_asked, rounded
from engine.trace import Trace


@dataclass(frozen=True, slots=True)
class Fineness:
    """How finely one quantity is asked for."""

    decimals: int | None = None
    """How many decimals are wanted; None to go by the number."""
    tolerance: float = 0.0
    """How far an answer may be off, besides what rounding allows."""


def asked_to(trace: Trace, wanted: Mapping[str, Fineness]) -> Trace:
    """The trace with some quantities asked for more or less finely.

    Args:
        trace: of a training step.
        wanted: how finely, by the id of the quantity.

    Raises:
        KeyError: there is no such quantity.
        ValueError: with so few decimals nothing is left of the number.
    """
    exact: dict[str, Fraction | None] = {
        name: fraction(value) for name, value in trace.given.items()
    }
    found = dict(trace.quantities)
    for name, how in wanted.items():
        quantity = found[name]
        for one in trace:
            exact.setdefault(one.id, exact_value(one.expression, exact))
        places, whole = quantity.places, quantity.exact
        if how.decimals is not None and quantity.value:
            if not rounded(quantity.value, how.decimals):
                raise ValueError(f"{how.decimals} decimals leave nothing of {quantity.text}")
            places, whole = places_asked(quantity.value, exact[name], wanted=how.decimals)
        found[name] = replace(
            quantity,
            places=places,
            exact=whole,
            decimals=how.decimals,
            tolerance=how.tolerance,
        )
    return replace(trace, quantities=found)
