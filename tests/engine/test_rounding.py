"""Rounding as a learner does it: what is asked, what is shown, and what is right."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    evaluate,
)
from engine.lookup import LINES, looked_up
from engine.lookup import PLACES as PRINTED
from engine.rounding import (
    decimals_of,
    exact_value,
    fraction,
    held,
    interval,
    number_text,
    places_asked,
    rounded,
    short_text,
    within,
)
from tests.engine.expressions import TREES, VALUES
from tests.engine.networks import lesson

ORDINARY = st.floats(-1000, 1000).filter(lambda value: value == 0 or abs(value) > 1e-9)
PLACES = st.integers(0, 6)
A = Ref("a")


@pytest.mark.parametrize(
    ("value", "exact", "asked"),
    [
        (0.0, Fraction(), (0, True)),
        (3.0, Fraction(3), (0, True)),
        (0.03, Fraction("0.03"), (2, True)),
        (0.1234, Fraction("0.1234"), (4, True)),
        (0.12345, Fraction("0.12345"), (3, False)),
        (1 / 3, Fraction(1, 3), (3, False)),
        (0.5627, None, (3, False)),
        (-0.0565, None, (3, False)),
        (-0.00646, None, (4, False)),
        (0.000999, None, (5, False)),
        (123.4567, None, (3, False)),
    ],
)
def test_how_many_decimals_are_asked(
    value: float, exact: Fraction | None, asked: tuple[int, bool]
) -> None:
    """Exact up to 4 decimals; else 3 decimals, and never fewer than 2 significant digits."""
    assert places_asked(value, exact) == asked


@settings(deadline=None)
@given(ORDINARY.filter(bool))
def test_what_is_asked_has_two_significant_digits(value: float) -> None:
    """Rounded to what is asked, a number keeps at least two digits, so it is off by under 5 %."""
    places, _ = places_asked(value, None)
    assert places >= 3
    assert abs(rounded(value, places) - value) <= 0.05 * abs(value)


@settings(deadline=None)
@given(ORDINARY, PLACES)
def test_rounding_is_to_the_nearest_and_away_from_zero_at_a_half(value: float, places: int) -> None:
    """A rounded number is at most half a unit away, and rounding the other sign mirrors it."""
    result = rounded(value, places)
    assert abs(result - value) <= 0.5 * 10.0**-places * (1 + 1e-9)
    assert rounded(-value, places) == -result
    assert rounded(result, places) == result


@settings(deadline=None)
@given(ORDINARY, PLACES)
def test_number_texts_read_back(value: float, places: int) -> None:
    """A number's text is its rounded value, with a true minus, no exponent and no minus zero."""
    for exact in (False, True):
        text = number_text(value, places, exact=exact)
        assert float(text.replace("−", "-")) == rounded(value, places)
        assert "-" not in text
        assert "e" not in text.lower()
        assert text.lstrip("−") != "0" or text == "0"
    assert len(number_text(value, places).partition(".")[2]) == places


@pytest.mark.parametrize(
    ("value", "places", "exact", "text"),
    [
        (0.43, 3, False, "0.430"),
        (0.43, 3, True, "0.43"),
        (-0.00001, 3, False, "0.000"),
        (-0.0, 0, True, "0"),
        (100.0, 0, True, "100"),
        (100.0, 2, True, "100"),
        (1e-7, 8, False, "0.00000010"),
        (1e30, 3, False, "1" + "0" * 30 + ".000"),
        (1e300, 11, True, "1" + "0" * 300),
        (2.5, 0, False, "3"),
        (-2.5, 0, False, "−3"),
    ],
)
def test_numbers_as_the_tutor_writes_them(
    value: float, places: int, exact: bool, text: str
) -> None:
    """End zeros say how far a number is rounded; exact ones go without."""
    assert number_text(value, places, exact=exact) == text


@pytest.mark.parametrize(
    ("value", "most", "text", "whole"),
    [
        (0.24, 4, "0.24", True),
        (0.1 + 0.2, 4, "0.3", True),
        (1 / 3, 4, "0.3333", False),
        (1 / 3, 6, "0.333333", False),
        (0.0000123456, 4, "0.000012", False),
        (-5.0, 4, "−5", True),
        (0.0, 4, "0", True),
        (-0.0, 4, "0", True),
    ],
)
def test_short_texts(value: float, most: int, text: str, whole: bool) -> None:
    """A number in few decimals says whether that is all of it; float noise does not count."""
    assert short_text(value, most) == (text, whole)


@pytest.mark.parametrize(
    ("value", "decimals"), [(Fraction(3), 0), (Fraction(3, 8), 3), (Fraction(1, 7), None)]
)
def test_decimals_of_a_fraction(value: Fraction, decimals: int | None) -> None:
    """A fraction has as many decimals as its last non-zero one, or none that end."""
    assert decimals_of(value) == decimals


@settings(deadline=None)
@given(TREES, VALUES)
def test_exact_values_are_the_values(tree: Expression, values: dict[str, float]) -> None:
    """Where a tree has an exact value, floats agree with it, but for steps at a jump."""
    exact = exact_value(tree, {name: fraction(value) for name, value in values.items()})
    if exact is None or "relu_slope" in repr(tree):
        return
    try:
        value = evaluate(tree, values)
    except (ArithmeticError, ValueError):
        return
    assert math.isclose(value, exact, rel_tol=1e-6, abs_tol=1e-6)


def test_exact_values_end_where_a_sigmoid_begins() -> None:
    """A sigmoid is irrational, unless it is multiplied by 0."""
    p = Call("sigmoid", A)
    given_a = {"a": Fraction(1, 2)}
    assert exact_value(p, given_a) is None
    assert exact_value(Sum((p, A)), given_a) is None
    assert exact_value(Product((p, A)), given_a) is None
    assert exact_value(Product((p, Number(0.0))), given_a) == 0
    assert exact_value(Quotient(A, Number(0.0)), given_a) is None
    assert exact_value(Power(A, A), given_a) is None
    assert exact_value(Call("abs", Negative(A)), given_a) == Fraction(1, 2)
    assert exact_value(Call("direction", A), given_a) == -1
    assert exact_value(Call("relu", Negative(A)), given_a) == 0


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
    below = max(line for line in LINES[function][:-1] if line <= size)
    above = min(line for line in LINES[function] if line > below)
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
