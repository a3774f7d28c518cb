"""Rounding as a learner does it: how many decimals a step asks for, and which answers are right.

A learner rounds as they go, so one right value becomes an interval of right answers. `held` gives
the values a learner may rightly hold for a number; `interval` pushes such intervals through a tree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.decimals import EXACT_PLACES
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
    children,
    evaluate,
    rebuilt,
)
from engine.functions import FUNCTIONS, Interval
from engine.lookup import looked_up

PENCIL_SIGMOID_LIMIT = 0.5
"""Up to this |z| the lesson offers 0.5 + z/4 for sigmoid(z), and either value is right."""

MOST_FACTORS = 5
"""Up to this many factors every order of multiplying is looked at."""


def _down(value: float, places: int) -> float:
    """Rounded to the nearest, a half downwards; as it is where floats have no such decimals."""
    unit = 10.0**-places
    steps = value / unit if unit else math.inf
    return math.ceil(steps - 0.5 - 1e-7) * unit if math.isfinite(steps) else value


def _up(value: float, places: int) -> float:
    """Rounded to the nearest, a half upwards; as it is where floats have no such decimals."""
    unit = 10.0**-places
    steps = value / unit if unit else math.inf
    return math.floor(steps + 0.5 + 1e-7) * unit if math.isfinite(steps) else value


def held(true: Interval, places: int) -> Interval:
    """The values a learner may rightly hold: unrounded, or rounded to `places` or more, or twice.

    >>> [round(end, 5) for end in held((0.56267, 0.563), 3)]
    [0.56267, 0.563]
    """
    low = min(true[0], *(_down(true[0], places + more) for more in range(1, 4)))
    high = max(true[1], *(_up(true[1], places + more) for more in range(1, 4)))
    return min(low, _down(low, places)), max(high, _up(high, places))


def within(typed: float, right: Interval, places: int) -> bool:
    """Whether a typed number is right to the asked decimals: itself or after rounding to them.

    Where just one number is right and has no more decimals than asked, nothing is rounded to it.

    >>> within(0.5631, (0.56267, 0.563), 3), within(0.562, (0.56267, 0.563), 3)
    (True, False)
    >>> within(0.264, (0.26, 0.26), 2)
    False
    """
    low, high = right
    slack = 1e-9 * max(1.0, abs(low), abs(high))
    if low == high and short_of(low, places):
        return abs(typed - low) <= slack
    return low - slack <= typed <= high + slack or (
        _down(low, places) - slack <= _up(typed, places)
        and _down(typed, places) <= _up(high, places) + slack
    )


def interval(
    expression: Expression, values: Mapping[str, Interval], places: int, kept: int | None = None
) -> Interval:
    """The lowest and highest right value of a tree when its parts may be rounded.

    Args:
        expression: the tree; parts used twice are taken as rounded independently.
        values: the interval held for every reference.
        places: products, powers and functions inside the tree may be rounded to these decimals.
        kept: a part of at most these decimals is never rounded; by default `places`.
    """
    least = places if kept is None else kept
    match expression:
        case Number(value):
            return value, value
        case Ref(name):
            return values[name]
        case Sum(terms):
            parts = [_part(term, values, places, least) for term in terms]
            return sum(low for low, _ in parts), sum(high for _, high in parts)
        case Difference(left, right):
            (a, b), (c, d) = _part(left, values, places, least), _part(right, values, places, least)
            return a - d, b - c
        case Negative(operand):
            low, high = _part(operand, values, places, least)
            return -high, -low
        case Product(factors):
            return _product([_part(f, values, places, least) for f in factors], places, least)
        case Quotient(numerator, denominator):
            low, high = _part(denominator, values, places, least)
            if low <= 0 <= high:
                return -math.inf, math.inf
            return _times(_part(numerator, values, places, least), (1 / high, 1 / low))
        case Power(base, Number(exponent)):
            low, high = _part(base, values, places, least)
            first, last = math.pow(low, exponent), math.pow(high, exponent)
            through_zero = low < 0 < high and exponent % 2 == 0
            return (0.0 if through_zero else min(first, last)), max(first, last)
        case Power():
            raise ValueError("no interval here of a power with a varying exponent")
        case Call(function, argument):
            return _call_interval(function, _part(argument, values, places, least), places)


def _part(
    expression: Expression, values: Mapping[str, Interval], places: int, kept: int
) -> Interval:
    """A part's interval, with its own rounding where multiplying made new decimals."""
    result = interval(expression, values, places, kept)
    if isinstance(expression, Product | Power | Quotient | Call):
        return _rounding(result, places, kept)
    return result


def _rounding(ends: Interval, places: int, kept: int) -> Interval:
    low, high = ends
    if low == high and short_of(low, kept):
        return ends
    return held(ends, places)


def short_of(value: float, places: int) -> bool:
    """Whether a value has no more than these decimals, so that nobody rounds it."""
    steps = value / 10.0**-places if places < 300 else math.inf
    return not math.isfinite(steps) or abs(steps - round(steps)) < 1e-6


def rounded_part(node: Expression, value: float, places: int) -> float:
    """What is written for a part worked out on the way: rounded where it makes needless digits.

    Args:
        node: the part; what is only added or taken away makes no new digits.
        value: what it comes to.
        places: the decimals kept; with four or fewer nothing is rounded away.
    """
    makes_digits = isinstance(node, Product | Power | Quotient | Call)
    if not makes_digits or short_of(value, max(places, EXACT_PLACES)):
        return value
    return math.floor(value * 10.0**places + 0.5) / 10.0**places


def on_the_way(tree: Expression, values: Mapping[str, float], places: int) -> float:
    """What a tree comes to when its parts are rounded as they are worked out; itself it is not.

    >>> third = Quotient(Number(1.0), Number(3.0))
    >>> round(on_the_way(Product((Number(3.0), third)), {}, 3), 9)
    0.999
    """
    parts: list[Expression] = []
    for child in children(tree):
        part = rounded_part(child, on_the_way(child, values, places), places)
        if part == 0 and isinstance(tree, Product):
            return 0.0  # what it multiplies needs no value
        parts.append(Number(part))
    return evaluate(rebuilt(tree, tuple(parts)), values)


def _product(parts: list[Interval], places: int, kept: int) -> Interval:
    """The product of some intervals, multiplied in any order and rounded on the way."""
    while len(parts) > MOST_FACTORS:
        parts = [_rounding(_times(*parts[:2]), places, kept), *parts[2:]]
    chosen = {1 << i: part for i, part in enumerate(parts)}  # by the set of factors, as bits
    whole = (1 << len(parts)) - 1
    for subset in range(3, whole + 1):
        if subset in chosen:
            continue
        ends, part = list[float](), (subset - 1) & subset
        while part > subset ^ part:
            ends += _times(chosen[part], chosen[subset ^ part])
            part = (part - 1) & subset
        result = min(ends), max(ends)
        chosen[subset] = result if subset == whole else _rounding(result, places, kept)
    return chosen[whole]


def _times(first: Interval, second: Interval) -> Interval:
    ends = [a * b if a and b else 0.0 for a in first for b in second]
    return min(ends), max(ends)


def _call_interval(name: str, ends: Interval, places: int) -> Interval:
    function, (low, high) = FUNCTIONS[name], ends
    if function.between is not None:
        return function.between(low, high, places)
    right = [function.value(low), function.value(high)]
    limit = PENCIL_SIGMOID_LIMIT
    if name == "sigmoid" and low <= limit + 1e-9 and high >= -limit - 1e-9:
        right += [0.5 + max(low, -limit) / 4, 0.5 + min(high, limit) / 4]
    found = [looked_up(name, end) for end in ends] if function.table else []
    right += [value for value in found if value is not None]
    return min(right), max(right)
