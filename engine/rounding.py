"""Rounding as a learner does it: how many decimals a step asks for, and which answers are right.

A learner rounds as they go, so one right value becomes an interval of right answers. `held` gives
the values a learner may rightly hold for a number; `interval` pushes such intervals through a tree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from engine.decimals import EXACT_PLACES
from engine.expression import (
    FLOATS,
    Arithmetic,
    Call,
    Expression,
    Power,
    Product,
    Quotient,
    V,
    fold,
)
from engine.functions import FUNCTIONS, Interval
from engine.lookup import looked_up
from engine.tolerances import HALF_STEP, NOISE, WHOLE_STEP

PENCIL_SIGMOID_LIMIT = 0.5
"""Up to this |z| the lesson offers 0.5 + z/4 for sigmoid(z), and either value is right."""

MOST_FACTORS = 5
"""Up to this many factors every order of multiplying is looked at."""


def _down(value: float, places: int) -> float:
    """Rounded to the nearest, a half downwards; as it is where floats have no such decimals."""
    unit = 10.0**-places
    steps = value / unit if unit else math.inf
    return math.ceil(steps - 0.5 - HALF_STEP) * unit if math.isfinite(steps) else value


def _up(value: float, places: int) -> float:
    """Rounded to the nearest, a half upwards."""
    return -_down(-value, places)


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
    slack = NOISE * max(1.0, abs(low), abs(high))
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
    return fold(expression, values, *_intervals(places, places if kept is None else kept))


@cache
def _intervals(places: int, kept: int) -> tuple[Arithmetic[Interval], Arithmetic[Interval]]:
    """Arithmetic on intervals, and the same for parts of a tree."""

    def rounds(ends: Interval) -> Interval:
        low, high = ends
        return ends if low == high and short_of(low, kept) else held(ends, places)

    whole = Arithmetic(
        number=lambda value: (value, value),
        add=_total,
        subtract=lambda left, right: (left[0] - right[1], left[1] - right[0]),
        multiply=lambda factors: _product(list(factors), rounds),
        divide=_quotient,
        negate=lambda ends: (-ends[1], -ends[0]),
        power=_power,
        apply=lambda function, ends: _applied(function, ends, places),
    )
    return whole, rounding(whole, rounds)


def rounding(whole: Arithmetic[V], rounds: Callable[[V], V]) -> Arithmetic[V]:
    """An arithmetic that rounds where it makes new digits: adding and taking away make none."""
    return replace(
        whole,
        multiply=lambda factors: rounds(whole.multiply(factors)),
        divide=lambda top, bottom: rounds(whole.divide(top, bottom)),
        power=lambda base, exponent: rounds(whole.power(base, exponent)),
        apply=lambda function, argument: rounds(whole.apply(function, argument)),
    )


def short_of(value: float, places: int) -> bool:
    """Whether a value has no more than these decimals, so that nobody rounds it."""
    steps = value / 10.0**-places if places < 300 else math.inf
    return not math.isfinite(steps) or abs(steps - round(steps)) < WHOLE_STEP


def rounded_part(node: Expression, value: float, places: int) -> float:
    """What is written for a part worked out on the way: rounded where it makes needless digits.

    Args:
        node: the part; what is only added or taken away makes no new digits.
        value: what it comes to.
        places: the decimals kept; with four or fewer nothing is rounded away.
    """
    return _kept(value, places) if isinstance(node, Product | Power | Quotient | Call) else value


def _kept(value: float, places: int) -> float:
    if short_of(value, max(places, EXACT_PLACES)):
        return value
    return math.floor(value * 10.0**places + 0.5) / 10.0**places


@cache
def _pencil(places: int) -> Arithmetic[float]:
    return rounding(FLOATS, lambda value: _kept(value, places))


def on_the_way(tree: Expression, values: Mapping[str, float], places: int) -> float:
    """What a tree comes to when its parts are rounded as they are worked out; itself it is not.

    >>> from engine.expression import Number
    >>> third = Quotient(Number(1.0), Number(3.0))
    >>> round(on_the_way(Product((Number(3.0), third)), {}, 3), 9)
    0.999
    """
    return fold(tree, values, FLOATS, _pencil(places))


def _total(terms: Iterable[Interval]) -> Interval:
    lows, highs = zip(*terms, strict=True)
    return sum(lows), sum(highs)


def _product(parts: list[Interval], rounds: Callable[[Interval], Interval]) -> Interval:
    """The product of some intervals, multiplied in any order and rounded on the way."""
    while len(parts) > MOST_FACTORS:
        parts = [rounds(_times(*parts[:2])), *parts[2:]]
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
        chosen[subset] = result if subset == whole else rounds(result)
    return chosen[whole]


def _times(first: Interval, second: Interval) -> Interval:
    ends = [a * b if a and b else 0.0 for a in first for b in second]
    return min(ends), max(ends)


def _quotient(top: Interval, bottom: Interval) -> Interval:
    low, high = bottom
    return (-math.inf, math.inf) if low <= 0 <= high else _times(top, (1 / high, 1 / low))


def _power(base: Interval, exponent: Interval) -> Interval:
    (low, high), (power, most) = base, exponent
    if power != most:
        raise ValueError("no interval here of a power with a varying exponent")
    first, last = math.pow(low, power), math.pow(high, power)
    through_zero = low < 0 < high and power % 2 == 0
    return (0.0 if through_zero else min(first, last)), max(first, last)


def _applied(name: str, ends: Interval, places: int) -> Interval:
    function, (low, high) = FUNCTIONS[name], ends
    if function.between is not None:
        right = [*function.between(low, high, places)]
        if function.table is None:
            return right[0], right[1]
        read_off = (looked_up(name, end) for end in ends)
        right += [value for value in read_off if value is not None]
        return min(right), max(right)
    right = [function.value(low), function.value(high)]
    limit = PENCIL_SIGMOID_LIMIT
    if name == "sigmoid" and low <= limit + NOISE and high >= -limit - NOISE:
        right += [0.5 + max(low, -limit) / 4, 0.5 + min(high, limit) / 4]
    found = [looked_up(name, end) for end in ends] if function.table else []
    right += [value for value in found if value is not None]
    return min(right), max(right)
