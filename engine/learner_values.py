"""A training step as it stands for a learner who goes on with numbers of their own.

What is worked from them is worked again: asked in these numbers, shown in them, and a direction
follows from them too. Which answers are right is not decided here (`engine.diagnosis` does).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from engine.decimals import exact_value, fraction, places_asked
from engine.expression import Expression, refs, value_of, walk
from engine.trace import Quantity, Trace


def with_own(trace: Trace, own: Mapping[str, float]) -> Trace:
    """The trace with some values replaced, and all that is worked from them worked again.

    Args:
        trace: the training step.
        own: the learner's values by id; with none the trace itself is given back.

    Returns:
        A trace of the same quantities. One that can't be worked from the values (a logarithm of 0)
        keeps its own.

    >>> from engine.network import Network
    >>> from engine.trace import trace
    >>> n = Network.from_data({"inputs": ["x"], "layers": [[
    ...     {"name": "O", "activation": "relu", "bias": 0, "weights": {"w": 0.5}}]],
    ...     "loss": "squared_error"})
    >>> with_own(trace(n, [0.4], 1.0), {"O.sum": -0.2})["O.activation"].text
    '0'
    """
    return _worked_again(trace, frozenset(own.items())) if own else trace


@lru_cache(maxsize=64)
def _worked_again(trace: Trace, own: frozenset[tuple[str, float]]) -> Trace:
    known = dict(own)
    values = dict(trace.values)
    changed: dict[str, Quantity] = {}
    for quantity in trace:
        used = refs(quantity.expression)
        exact: Fraction | None = None
        if quantity.id in known:
            value: float | None = known[quantity.id]
            exact = fraction(known[quantity.id])
        elif changed.keys() & used:
            exact = exact_value(
                quantity.expression,
                {ref: _exact(trace, changed, values, ref) for ref in used},
            )
            value = _value(quantity.expression, values) if exact is None else float(exact)
        else:
            continue
        if value is not None:
            values[quantity.id] = value
            old = values[quantity.owner] if quantity.kind == "updated" else None
            wanted = trace.network.decimals if quantity.decimals is None else quantity.decimals
            places, whole = places_asked(value, exact, old, wanted)
            changed[quantity.id] = replace(quantity, value=value, places=places, exact=whole)
    return replace(trace, quantities={**trace.quantities, **changed})


@lru_cache(maxsize=64)
def _leads_on(trace: Trace, own: frozenset[tuple[str, float]]) -> bool:
    theirs, given = _worked_again(trace, own), dict(own)
    return all(
        _value(part, theirs.values) is not None
        for quantity in theirs
        if quantity.id not in given
        for part in walk(quantity.expression)  # what is times 0 too, where it is asked
    )


def leads_on(trace: Trace, own: Mapping[str, float]) -> bool:
    """Whether all that builds on some values can be worked from them.

    There is no logarithm of 0, and a square may be too large for any number.
    """
    return _leads_on(trace, frozenset(own.items()))


def _value(tree: Expression, values: Mapping[str, float]) -> float | None:
    """The value of a tree; None where it has none."""
    value = value_of(tree, values)
    return value + 0.0 if value is not None and math.isfinite(value) else None


def _exact(
    trace: Trace, changed: Mapping[str, Quantity], values: Mapping[str, float], ref: str
) -> Fraction | None:
    quantity = changed.get(ref) or trace.quantities.get(ref)
    return fraction(values[ref]) if quantity is None or quantity.exact else None
