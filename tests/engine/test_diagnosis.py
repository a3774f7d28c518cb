"""Diagnosis of a typed number: every verdict, on the lesson's two examples."""

from __future__ import annotations

import pytest

from engine.diagnosis import (
    Diagnoser,
    Kind,
    diagnose,
    diagnose_direction,
)
from engine.diagnosis.rounding_paths import RoundingPath
from engine.expression import Number
from engine.network import Network
from engine.reading import read
from engine.scaffold import pieces, with_pieces
from engine.trace import trace
from tests.engine.judging import named, verdict
from tests.engine.networks import traced


def test_the_working_is_that_of_the_mistake() -> None:
    """The mistaken computation is worked line by line, with the sign that was taken away gone."""
    (candidate,) = verdict("worked", "H1.sum", "0.45").candidates
    assert candidate.working == ("0.6 × 0.4 + 0.7 × 0.3", "= 0.24 + 0.21", "= 0.45")


def test_a_minus_lost_in_a_piece_is_named() -> None:
    """A piece that is no quantity of its own has signs and a decimal point to lose, too."""
    whole = traced("worked")
    broken_up = with_pieces(whole, "w12.updated")
    (piece,) = pieces(whole, "w12.updated")
    found = diagnose(broken_up, piece.id, read("0.0288"))
    assert named(found) == [[("flipped_sign", "w12")]]


def test_right_from_a_wrong_earlier_value_is_carried_forward() -> None:
    """The right method on the learner's own value is credited, and the value is named."""
    found = verdict("worked", "O.sum", "0.504", {"H1.sum": 0.45, "H1.activation": 0.45})
    assert found.kind is Kind.CARRIED_FORWARD
    assert (found.carried[0].id, found.carried[0].typed) == ("H1.activation", 0.45)
    assert found.carried[0].right == pytest.approx(0.03)


def test_only_earlier_values_that_the_answer_came_from_are_named() -> None:
    """A wrong sum whose ReLU was right all the same is not what an answer is right from."""
    earlier = {"H1.activation": 0.19, "H2.sum": 0.86}
    assert [c.id for c in verdict("worked", "O.sum", "0.348", earlier).carried] == ["H1.activation"]
    both = verdict("worked", "O.sum", "0.888", earlier)
    assert [c.id for c in both.carried] == ["H1.activation", "H2.sum"]


def test_what_lies_between_is_worked_again_from_a_wrong_value() -> None:
    """With only H1's sum known to be wrong, its ReLU follows from it."""
    assert verdict("worked", "O.sum", "0.504", {"H1.sum": 0.45}).kind is Kind.CARRIED_FORWARD


def test_a_right_answer_stays_right_after_a_wrong_earlier_value() -> None:
    """Who went back and used the right value is right."""
    assert verdict("worked", "O.sum", "0.252", {"H1.activation": 0.45}).kind is Kind.CORRECT


def test_a_mistake_on_a_wrong_earlier_value_is_named() -> None:
    """A mistake is found on top of the learner's own value, and so is that value."""
    found = verdict("worked", "O.sum", "-0.036", {"H1.activation": 0.45})
    assert named(found)[0] == [("flipped_sign", "wO1")]
    assert (found.candidates[0].from_own, found.carried[0].id) == (True, "H1.activation")


def test_rounded_earlier_values_count_as_right() -> None:
    """An earlier value within its own rounding is no wrong value."""
    found = verdict("worked", "loss", "0.437", {"O.activation": 0.563})
    assert (found.kind, found.carried) == (Kind.MISTAKE, ())


@pytest.mark.parametrize("value", [1e300, -1e300, 1.5, -0.2, 0.0])
def test_no_earlier_value_is_too_odd(value: float) -> None:
    """Earlier values that overflow or have no logarithm are diagnosed all the same."""
    for quantity in traced("deep"):
        earlier = {"A1.sum": value, "O1.activation": value, "B1.activation": value}
        assert verdict("deep", quantity.id, "0.123", earlier).kind in Kind


@pytest.mark.parametrize("value", [1.05, 1.0, 0.999999, 0.0])
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_probability_at_the_edge_is_no_trouble(value: float, target: float) -> None:
    """A cross-entropy is diagnosed from any of them, though values beside it have no logarithm."""
    neuron = {"name": "O", "activation": "sigmoid", "bias": 0.1, "weights": {"w": 0.4}}
    data = {"inputs": ["x"], "layers": [[neuron]], "loss": "cross_entropy"}
    found = diagnose(
        trace(Network.from_data(data), [0.5], target),
        "loss",
        read("0.232"),
        {"O.activation": value},
    )
    assert found.kind is Kind.UNEXPLAINED


def test_what_can_not_be_read_is_no_wrong_answer() -> None:
    """An unreadable text keeps its reason and has no candidates."""
    found = verdict("worked", "H1.sum", "1.2.3")
    assert (found.kind, found.typed, found.candidates) == (Kind.UNREADABLE, None, ())
    assert found.unreadable is not None


@pytest.mark.parametrize(
    ("name", "word", "kind"),
    [
        ("w11.direction", "increase", Kind.CORRECT),
        ("w11.direction", "decrease", Kind.MISTAKE),
        ("w11.direction", "no change", Kind.UNEXPLAINED),
    ],
)
def test_a_wrong_direction_is_a_step_uphill(name: str, word: str, kind: Kind) -> None:
    """The opposite direction is the uphill one; "no change" is not explained by it."""
    found = diagnose_direction(traced("worked"), name, word)
    assert found.kind is kind
    if kind is Kind.MISTAKE:
        assert named(found) == [[("stepped_uphill", "w11")]]


def test_where_no_change_is_right_a_direction_is_unexplained() -> None:
    """There is no uphill where the gradient is 0."""
    found = diagnose_direction(traced("new"), "wO2.direction", "increase")
    assert found.kind is Kind.UNEXPLAINED


def test_a_number_for_a_direction_is_unexplained() -> None:
    """Words are the caller's; a number is never taken for one."""
    assert verdict("worked", "w11.direction", "1").kind is Kind.UNEXPLAINED


def test_programming_errors_are_said() -> None:
    """An unknown quantity or direction is the caller's fault."""
    with pytest.raises(ValueError, match="not a quantity"):
        diagnose(traced("worked"), "H9.sum", read("1"))
    with pytest.raises(ValueError, match="not a direction of"):
        diagnose_direction(traced("worked"), "H1.sum", "increase")
    with pytest.raises(ValueError, match="'up' is not a direction"):
        diagnose_direction(traced("worked"), "w11.direction", "up")


def test_what_is_foreseen_is_worked_out_once() -> None:
    """Asking twice gives the same objects; other earlier values add predictions of their own."""
    diagnoser = Diagnoser(traced("worked"))
    assert diagnoser.predictions("O.sum") is diagnoser.predictions("O.sum")
    (own, is_own), right = diagnoser.asked("O.sum", {"H1.activation": 0.45}).all_predictions
    assert right == (diagnoser.predictions("O.sum"), False)
    assert is_own
    assert own.right == pytest.approx(0.504)


def test_a_zero_written_out_is_a_rounded_number() -> None:
    """0.000 is what someone writes whose mistake comes to nearly nothing; a bare 0 is not."""
    nearly_nothing = RoundingPath(0.0004, Number(0.0004), {})
    assert nearly_nothing.fit(0.0, 3, 3) is not None
    assert nearly_nothing.fit(0.0, 0, 3) is None


def test_minus_two_hundredths_is_not_zero() -> None:
    """An exact 0 is asked for with no decimals, and still nothing else is rounded to it."""
    carried = verdict("new", "O.sum", "0.012", {"H2.activation": -0.02})
    assert carried.kind is Kind.CARRIED_FORWARD
