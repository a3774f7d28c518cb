"""What is said about an answer that nothing explains."""

from __future__ import annotations

import pytest

from content.loader import load
from engine.diagnosis import Kind, diagnose
from engine.reading import Reading
from engine.spoken import read_answer

BOOK = load()
DIGITS = "are right. Look at the decimal point"


def said(quantity: str, typed: str) -> str:
    """The sentence for an answer at the worked example, which nothing explains."""
    trace = BOOK.any_trace
    reading = read_answer(trace, quantity, typed)
    assert isinstance(reading, Reading)
    verdict = diagnose(trace, quantity, reading)
    assert verdict.kind is Kind.UNEXPLAINED
    return BOOK.feedback(verdict, trace)


@pytest.mark.parametrize(
    ("quantity", "typed"),
    [
        ("w12.product", "-21"),
        ("w12.product", "-2100"),
        ("w12.product", "-.0021"),
        ("H1.sum", "3"),
        ("loss", "191"),
        ("O.activation", "56.3"),
    ],
)
def test_a_lost_decimal_point_is_pointed_at(quantity: str, typed: str) -> None:
    """Where the digits are the right ones, however far off the point is; the value is not told."""
    assert DIGITS in said(quantity, typed)
    assert BOOK.any_trace[quantity].text not in said(quantity, typed)


@pytest.mark.parametrize(
    ("quantity", "typed"),
    [
        ("w12.product", "-201"),
        ("w12.product", "-0.00219"),
        ("w12.product", "-12"),
        ("loss", "19"),
        ("H1.sum", "17"),
    ],
)
def test_other_digits_are_not(quantity: str, typed: str) -> None:
    """Nothing is said to be right that is not."""
    assert DIGITS not in said(quantity, typed)


@pytest.mark.parametrize("typed", ["21", "210", "0.0021", "+2100"])
def test_a_lost_sign_is_pointed_at_beside_a_lost_decimal_point(typed: str) -> None:
    """The digits are right, and there are two places to look at."""
    told = said("w12.product", typed)
    assert DIGITS in told
    assert "sign" in told
    assert "decimal point" in told
    assert BOOK.any_trace["w12.product"].text not in told


def test_the_sign_is_not_doubted_where_it_is_right() -> None:
    """Only the point is spoken of."""
    assert "sign" not in said("w12.product", "-21")


def test_a_working_that_was_sent_is_spoken_of_instead() -> None:
    """Its lines tell more than its digits."""
    assert DIGITS not in said("w12.product", "0.7 * 0.5 = -21")
