"""What a lesson's number steps add to a trace: formulas of their own, and how finely they ask."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from content.models import NumberStep
from engine.asking import Fineness, asked_to
from engine.decimals import exact_value, fraction, places_asked
from engine.expression import Expression, Number, Ref, refs, value_of
from engine.reading import Reading, Unreadable, read
from engine.trace import Quantity, Trace

OWN = "formula"
"""The kind of a quantity that an author wrote as a formula; its id is its step's."""

NO_NUMBER = ("not_finite", "division_by_zero", "no_real_value", "too_large", "too_small")
"""Why a formula that can be read comes to nothing."""

Complain = Callable[[str, str], None]
"""Told of a place within the lesson's files, and what is wrong there."""


def asked_in(trace: Trace, steps: Iterable[NumberStep], complain: Complain) -> Trace:
    """The trace of an example as its steps ask for it.

    Args:
        trace: of the training step.
        steps: those that ask for numbers of this example, in order.
        complain: told of formulas that cannot be, and of two steps that ask otherwise for one
            number.
    """
    wanted: dict[str, Fineness] = {}
    for step in steps:
        at = f"step {step.id!r}"
        if step.formula is not None:
            try:
                trace = _with_own(trace, step)
            except ValueError as error:
                complain(f"{at}.formula", str(error))
                continue
        name = step.quantity
        how = Fineness(step.decimals, step.tolerance)
        if name not in trace or how == Fineness():
            continue  # a quantity that is not there is told of elsewhere
        if wanted.setdefault(name, how) != how:
            complain(f"{at}.decimals", f"{name!r} is asked for otherwise at another step")
            continue
        try:
            trace = asked_to(trace, {name: how})
        except ValueError as error:
            complain(f"{at}.decimals", str(error))
    return trace


def _with_own(trace: Trace, step: NumberStep) -> Trace:
    """The trace with the quantity that a step's formula says.

    Raises:
        ValueError: it cannot be read, comes to no number, or has nothing to work out.
    """
    if step.id in trace.values:
        raise ValueError(f"{step.id!r} is a quantity already: give the step another id")
    tree = _formula(trace, step.formula or "")
    if isinstance(tree, Ref | Number):
        raise ValueError("has nothing to work out: ask for a quantity by its id")
    value = value_of(tree, trace.values)
    if value is None or not math.isfinite(value):
        raise ValueError("comes to no number")
    exact = {
        name: fraction(trace.values[name]) if name not in trace or trace[name].exact else None
        for name in refs(tree)
    }
    known = exact_value(tree, exact)
    value = float(known) if known is not None else value + 0.0
    places, whole = places_asked(value, known, wanted=trace.network.decimals)
    own = Quantity(step.id, OWN, step.id, tree, value, places, whole, label=step.label)
    return replace(trace, quantities={**trace.quantities, step.id: own})


def _formula(trace: Trace, text: str) -> Expression:
    found = read(text, dict(trace.values))
    if isinstance(found, Reading) and len(found.chain) == 1 and found.label is None:
        return found.answer.expression
    if isinstance(found, Unreadable) and found.reason in NO_NUMBER:
        raise ValueError("comes to no number")
    piece = found.piece if isinstance(found, Unreadable) else text
    raise ValueError(f"cannot be read at {piece!r}: it has ids, numbers, + − × / ^ and brackets")
