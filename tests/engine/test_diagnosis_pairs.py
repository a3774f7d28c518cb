"""Two mistakes made in one answer: which are found, and when they are said."""

from __future__ import annotations

import math

import pytest

from engine.diagnosis import Diagnoser, Kind
from engine.diagnosis.coincidence import outdone
from engine.reading import read
from engine.trace import trace
from tests.engine.judging import named, verdict
from tests.engine.networks import one_neuron


def ids(found: list[list[tuple[str, str]]]) -> list[list[str]]:
    """The mistakes of each candidate, by name."""
    return [sorted(made for made, _ in candidate) for candidate in found]


@pytest.mark.parametrize(
    ("name", "quantity", "value", "both"),
    [
        ("worked", "H1.sum", 10 * (0.6 * 0.4 + 0.7 * 0.3), ["decimal_place", "dropped_sign"]),
        ("worked", "O.delta", 2 * (1 - 0.5627), ["flipped_sign", "forgot_activation_slope"]),
        ("new", "H2.activation", -0.02 * 10, ["decimal_place", "relu_kept_negative"]),
    ],
)
def test_two_mistakes_are_found_together(
    name: str, quantity: str, value: float, both: list[str]
) -> None:
    """Both are named, also where the second alone changes nothing: ten times 0 is 0."""
    assert ids(named(verdict(name, quantity, f"{value:.3f}"))) == [both]


def test_two_mistakes_are_said_once_enough_digits_are_typed() -> None:
    """A number of few digits is easily hit by chance, so what might explain it is kept back."""
    both = [("decimal_place", "w12"), ("flipped_sign", "w11")]  # -0.24 - 0.021
    few, many = verdict("worked", "H1.sum", "-0.261"), verdict("worked", "H1.sum", "-0.2610")
    assert (few.kind, few.candidates) == (Kind.UNEXPLAINED, ())
    assert (many.kind, sorted(named(many)[0])) == (Kind.MISTAKE, both)


@pytest.mark.parametrize("typed", [0.05, 0.5, 5.0, 50.0])
def test_more_digits_or_fewer_rivals_never_speak_against_an_explanation(typed: float) -> None:
    """What is told stays told when more digits are typed, or fewer pairs are foreseen."""
    grid = [[outdone(pairs, typed, places, 0.5) for places in range(7)] for pairs in (5, 50, 500)]
    assert all(row == sorted(row) for row in grid)
    assert all(list(column) == sorted(column, reverse=True) for column in zip(*grid, strict=True))
    assert grid[-1][-1]
    assert not grid[0][0] or typed > 10


@pytest.mark.parametrize("typed", [0.0, 1e-300, -1e308])
def test_no_number_is_too_odd_to_be_weighed_against_chance(typed: float) -> None:
    """Zero and the ends of the floats do not overflow."""
    assert outdone(10, typed, 15, 0.5)


@pytest.mark.parametrize(
    ("target", "weight", "value"),
    [
        (0.0, -0.8, -math.log(1 + 0.9 * 0.8)),
        (0.0, 0.8, -math.log(1 - 0.9 * 0.8)),
        (1.0, 0.8, -math.log(0.9 * 0.8)),
        (1.0, 4.0, -math.log(0.9 * 4.0)),
    ],
)
def test_a_skipped_sigmoid_is_found_in_a_cross_entropy(
    target: float, weight: float, value: float
) -> None:
    """What the target multiplies by 0 needs no logarithm: ln of the sum may have no value there."""
    step = trace(one_neuron("sigmoid", weight, loss="cross_entropy"), [0.9], target, 0.1)
    found = Diagnoser(step).diagnose("loss", read(f"{value:.4f}"))
    assert found.kind is Kind.MISTAKE
    assert named(found) == [[("skipped_activation", "O")]]
