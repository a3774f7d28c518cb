"""What is said about an answer that nothing explains."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.diagnosis import Kind, diagnose
from engine.reading import Reading
from engine.spoken import read_answer
from tests.lesson import BOOK, WORKED, typed

DIGITS = "are right. Look at the decimal point"


def said(quantity: str, answer: str) -> str:
    """The sentence for an answer at the worked example, which nothing explains."""
    reading = read_answer(WORKED, quantity, answer)
    assert isinstance(reading, Reading)
    verdict = diagnose(WORKED, quantity, reading)
    assert verdict.kind is Kind.UNEXPLAINED
    return BOOK.feedback(verdict, WORKED)


def moved(quantity: str, places: int) -> str:
    """The right number as it is written, with its decimal point moved."""
    return f"{Decimal(typed(f'{{{quantity}}}')).scaleb(places):f}"


@pytest.mark.parametrize(
    ("quantity", "places"),
    [
        ("w12.product", 2),
        ("w12.product", 4),
        ("w12.product", -2),
        ("H1.sum", 2),
        ("loss", 3),
        ("O.activation", 2),
    ],
)
def test_a_lost_decimal_point_is_pointed_at(quantity: str, places: int) -> None:
    """Where the digits are the right ones, however far off the point is; the value is not told."""
    told = said(quantity, moved(quantity, places))
    assert DIGITS in told
    assert WORKED[quantity].text not in told


@pytest.mark.parametrize(
    ("quantity", "answer"),
    [
        ("w12.product", "-201"),
        ("w12.product", "-0.00219"),
        ("w12.product", "-12"),
        ("loss", "19"),
        ("H1.sum", "17"),
    ],
)
def test_other_digits_are_not(quantity: str, answer: str) -> None:
    """Nothing is said to be right that is not."""
    assert DIGITS not in said(quantity, answer)


@pytest.mark.parametrize("places", [2, 3, -2, 4])
def test_a_lost_sign_is_pointed_at_beside_a_lost_decimal_point(places: int) -> None:
    """The digits are right, and there are two places to look at."""
    told = said("w12.product", moved("w12.product", places).lstrip("-"))
    assert DIGITS in told
    assert "sign" in told
    assert "decimal point" in told
    assert WORKED["w12.product"].text not in told


def test_the_sign_is_not_doubted_where_it_is_right() -> None:
    """Only the point is spoken of."""
    assert "sign" not in said("w12.product", moved("w12.product", 2))


def test_a_working_that_was_sent_is_spoken_of_instead() -> None:
    """Its lines tell more than its digits."""
    assert DIGITS not in said("w12.product", f"0.7 * 0.5 = {moved('w12.product', 2)}")
