"""Decimals: how many are asked, exact values, and how numbers are written."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decimals import (
    decimals_of,
    exact_value,
    fraction,
    number_text,
    places_asked,
    rounded,
    short_text,
)
from engine.expression import (
    Call,
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
from tests.engine.expressions import TREES, VALUES

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
