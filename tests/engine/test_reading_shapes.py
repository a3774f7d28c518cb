"""Plans: what the grammar says of kinds of tokens holds for every side of those kinds."""

from __future__ import annotations

import pytest

from engine.expression import Number, Product, Sum
from engine.reading import Reading, Unreadable, read
from engine.reading.shapes import LONGEST_KEPT, Plan, plan


def test_sides_of_one_shape_are_told_apart() -> None:
    """The plan of a shape holds none of the numbers it was first worked out on."""
    first, second = read("0.5*2 + (4*-0.25)"), read("3*7 + (2*-11)")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.value == 0.0
    assert second.chain[0].expression == Sum(
        (Product((Number(3.0), Number(7.0))), Product((Number(2.0), Number(-11.0))))
    )


@pytest.mark.parametrize("terms", [2, LONGEST_KEPT // 2, LONGEST_KEPT, 4 * LONGEST_KEPT])
def test_a_side_is_read_the_same_however_long(terms: int) -> None:
    """Plans of long sides are not kept, and give the same tree."""
    found = read("+".join(str(term) for term in range(terms)))
    assert isinstance(found, Reading)
    assert found.chain[0].expression == Sum(tuple(Number(float(term)) for term in range(terms)))


@pytest.mark.parametrize(
    ("kinds", "place"),
    [
        ("NUMBER TIMES TIMES NUMBER", 2),
        ("TIMES NUMBER", 0),
        ("NUMBER PLUS", 2),
        ("PERCENT PLUS NUMBER", 1),
    ],
)
def test_the_place_that_the_grammar_cannot_take_is_known(kinds: str, place: int) -> None:
    """It is the token that does not fit, or the end where more is wanted."""
    assert plan(tuple(kinds.split())) == place


def test_what_a_rule_refuses_is_refused_each_time() -> None:
    """A kept plan is no way past a rule: max takes a 0, whatever was read before."""
    assert isinstance(read("max(0; 0.2)"), Reading)
    for _ in range(2):
        assert isinstance(read("max(0.1; 0.2)"), Unreadable)
    assert isinstance(plan(("FUNCTION", "OPEN", "NUMBER", "SEPARATOR", "NUMBER", "CLOSE")), Plan)
