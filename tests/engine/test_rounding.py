"""Rounding as a learner does it: which answers are right."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decimals import (
    rounded,
)
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
)
from engine.lookup import PLACES as PRINTED
from engine.lookup import lines, looked_up
from engine.rounding import held, interval, within
from tests.engine.networks import lesson

ORDINARY = st.floats(-1000, 1000).filter(lambda value: value == 0 or abs(value) > 1e-9)
PLACES = st.integers(0, 6)
A = Ref("a")


@settings(deadline=None)
@given(ORDINARY, PLACES, st.integers(0, 3))
def test_every_rounding_of_a_value_may_be_held(value: float, places: int, more: int) -> None:
    """A learner may hold a value unrounded, or rounded to the asked decimals or up to 3 more."""
    low, high = held((value, value), places)
    assert low <= value <= high
    slack = 1e-9 * max(1, abs(value))
    assert low - slack <= rounded(value, places + more) <= high + slack
    assert high - low <= 10.0**-places * (1 + 1e-6)


@settings(deadline=None)
@given(ORDINARY, PLACES, st.integers(0, 4))
def test_right_answers_are_within(value: float, places: int, more: int) -> None:
    """A value, and it rounded to the asked decimals or finer, is right; a whole unit off is not."""
    right = held((value, value), places)
    assert within(value, right, places)
    assert within(rounded(value, places + more), right, places)
    unit = 10.0**-places
    assert not within(value + 2.01 * unit, right, places)
    assert not within(value - 2.01 * unit, right, places)


@pytest.mark.parametrize(
    ("typed", "exact", "places"),
    [(0.264, 0.26, 2), (0.4, 0.0, 0), (0.54, 0.5, 1), (0.0312, 0.03, 2), (-0.2, -0.21, 2)],
)
def test_an_exact_answer_is_not_rounded_to(typed: float, exact: float, places: int) -> None:
    """Where the exact number is asked, a different one that would round to it is not right."""
    assert not within(typed, (exact, exact), places)
    assert within(exact + 1e-17, (exact, exact), places)


def test_the_lesson_accepts_both_ways_of_rounding() -> None:
    """A loss of 0.191 is right both from 0.563 and from 0.56267; 0.19 is not, and 0.192 is not."""
    step = lesson()
    right = step.held["loss"]
    assert all(within(answer, right, 3) for answer in (0.191, 0.1913, 0.19126, (1 - 0.563) ** 2))
    assert not any(within(answer, right, 3) for answer in (0.19, 0.192, 0.2))


def test_the_pencil_rule_counts_at_a_sigmoid_near_0() -> None:
    """Up to |z| = 0.5, 0.5 + z/4 is as right as the sigmoid, rounded half either way."""
    step = lesson((0.2, 0.1), 0)
    right = step.held["O.activation"]
    assert all(within(answer, right, 3) for answer in (0.507, 0.5075, 0.508))
    assert not within(0.506, right, 3)
    assert all(within(answer, step.held["loss"], 3) for answer in (0.257, 0.258))
    beyond = interval(Call("sigmoid", A), {"a": (0.6, 0.6)}, 3)
    assert not within(0.5 + 0.6 / 4, beyond, 3)


def by_hand(function: str, z: float) -> float:
    """What a learner reads off the printed table: a line's value, or the same share between two."""
    apply = {"sigmoid": lambda x: 1 / (1 + math.exp(-x)), "tanh": math.tanh}[function]
    size = abs(z)
    below = max(line for line in lines(function)[:-1] if line <= size)
    above = min(line for line in lines(function) if line > below)
    low, high = round(apply(below), PRINTED), round(apply(above), PRINTED)
    found = low + (size - below) * (high - low) / (above - below)
    return found if z >= 0 else (1 - found if function == "sigmoid" else -found)


@settings(deadline=None)
@given(st.sampled_from(["sigmoid", "tanh"]), st.floats(-4, 4))
def test_what_the_table_gives_is_right(function: str, z: float) -> None:
    """Whoever reads between two lines of the table, to the asked decimals or finer, is right."""
    right = held(interval(Call(function, A), {"a": (z, z)}, 3), 3)
    answer = by_hand(function, z)
    assert looked_up(function, z) == pytest.approx(answer)
    assert all(within(rounded(answer, places), right, 3) for places in (3, 4, 5))


@settings(deadline=None)
@given(st.sampled_from(["sigmoid", "tanh"]), st.floats(0.51, 4))
def test_the_table_stays_near_the_function(function: str, z: float) -> None:
    """Taking the table in moves no right answer by more than 0.0015, up to the last short gaps."""
    exact = {"sigmoid": 1 / (1 + math.exp(-z)), "tanh": math.tanh(z)}[function]
    low, high = interval(Call(function, A), {"a": (z, z)}, 3)
    allowed = 0.0015 if z <= 2.5 or function == "sigmoid" else 0.0045
    assert exact - allowed <= low <= exact <= high <= exact + allowed


@pytest.mark.parametrize(("function", "z"), [("sigmoid", 0.73), ("sigmoid", -1.64), ("tanh", 0.65)])
def test_no_named_mistake_of_a_sigmoid_or_tanh_becomes_right(function: str, z: float) -> None:
    """The sign turned round, the nearest lines themselves, and z itself stay outside."""
    right = held(interval(Call(function, A), {"a": (z, z)}, 3), 3)
    apply = {"sigmoid": lambda x: 1 / (1 + math.exp(-x)), "tanh": math.tanh}[function]
    tenth = math.floor(z * 10) / 10
    wrong = (apply(-z), z, max(0.0, z), apply(tenth), apply(tenth + 0.1))
    assert [answer for answer in wrong if within(answer, right, 3)] == []


def test_beyond_the_table_nothing_is_added() -> None:
    """Past the last line only the function itself counts."""
    for function, z in (("sigmoid", 6.0), ("tanh", -4.5)):
        assert looked_up(function, z) is None
        low, high = interval(Call(function, A), {"a": (z, z)}, 3)
        assert low == high


@pytest.mark.parametrize(
    ("tree", "ends", "expected"),
    [
        (Difference(Number(1.0), A), (0.2, 0.5), (0.5, 0.8)),
        (Negative(A), (0.2, 0.5), (-0.5, -0.2)),
        (Product((Number(-2.0), A)), (0.2, 0.5), (-1.0, -0.4)),
        (Quotient(Number(1.0), A), (0.2, 0.5), (2, 5)),
        (Quotient(Number(1.0), A), (-0.2, 0.5), (-math.inf, math.inf)),
        (Power(A, Number(2.0)), (-0.2, 0.5), (0, 0.25)),
        (Power(A, Number(3.0)), (-0.2, 0.5), (-0.008, 0.125)),
        (Power(A, Negative(Number(1.0))), (0.2, 0.5), (2, 5)),
        (Call("relu", A), (-0.2, 0.5), (0, 0.5)),
        (Call("relu_slope", A), (-0.2, 0.5), (0, 1)),
        (Call("abs", A), (-0.2, 0.1), (0, 0.2)),
        (Call("abs", A), (-0.2, -0.1), (0.1, 0.2)),
        (Call("direction", A), (-0.2, 0.5), (-1, 1)),
        (Call("direction", A), (-0.2, -0.1), (1, 1)),
        (Call("ln", A), (0.5, 1), (math.log(0.5), 0)),
        (Call("ln", A), (0, 0.001), (math.log(1e-6), math.log(0.001))),
        (Call("ln", A), (0, 0), (-math.inf, -math.inf)),
        (Product((Number(0.0), Call("ln", A))), (0, 0), (0, 0)),
    ],
)
def test_intervals_of_each_kind_of_node(
    tree: Expression, ends: tuple[float, float], expected: tuple[float, float]
) -> None:
    """Every node's interval runs from its lowest to its highest value, and is never NaN."""
    assert interval(tree, {"a": ends}, 3) == pytest.approx(expected)


def test_a_varying_exponent_has_no_interval() -> None:
    """A power with a varying exponent is no part of a trace."""
    with pytest.raises(ValueError, match="varying exponent"):
        interval(Power(A, A), {"a": (1, 2)}, 3)
