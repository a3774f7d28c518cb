"""Shown work as evidence: what it sets up, and where it slips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.diagnosis import Kind, Verdict, diagnose
from engine.diagnosis.structure import same
from engine.expression import Call, Difference, Negative, Number, Product, Sum
from engine.network import Network
from engine.reading import Reading, read
from engine.rendering import symbols
from engine.spoken import read_answer
from engine.trace import trace
from tests.engine.judging import named, verdict
from tests.lesson import BOOK


def test_the_sample_chat_of_the_design() -> None:
    """0.45, then 0.24 - 0.21 = 0.3, then 0,03: a sign, a slip of the decimal point, right."""
    assert named(verdict("worked", "H1.sum", "0.45")) == [[("dropped_sign", "w12")]]
    slipped = verdict("worked", "H1.sum", "0.24 - 0.21 = 0.3")
    assert named(slipped) == [[("slip", "H1")]]
    assert slipped.slip is not None
    assert (symbols(slipped.slip.operation), slipped.slip.written) == ("0.24 − 0.21", 0.3)
    assert slipped.slip.last
    assert slipped.slip.decimal_point
    assert slipped.setup_right
    assert verdict("worked", "H1.sum", "0,03").kind is Kind.CORRECT


def test_a_slip_on_the_way_is_narrowed_to_its_operation() -> None:
    """Of two products one came out wrong: that one is named, with its weight."""
    found = verdict("worked", "H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.24 - 0.24 = 0")
    assert named(found) == [[("slip", "w12")]]
    assert found.slip is not None
    assert symbols(found.slip.operation) == "0.7 × (−0.3)"
    assert found.slip.written == pytest.approx(-0.24)
    assert not found.slip.last


@pytest.mark.parametrize(
    ("quantity", "typed"),
    [
        ("w12.product", "0.7*-0.3 = 0.21"),
        ("w12.product", "0.7*-0.3 = 2.1"),
        ("H1.sum", "0.24 + (-0.21) = 0.24+0.21 = 0.45"),
        ("H1.sum", "0.24-0.21=-0.03"),
        ("H2.sum", "0.6*-0.5+0.7*0.8 = 0.3+0.56=0.86"),
        ("H2.sum", "-0.3 + 0.56 = -0.86"),
        ("wO2.updated", "0.9 - 0.32*-0.056 = 0.9 - 0.0179 = 0.882"),
    ],
)
def test_a_slip_of_a_sign_is_told_as_one(quantity: str, typed: str) -> None:
    """Nobody is told "signs right" of the very line where a minus was lost."""
    found = verdict("worked", quantity, typed)
    assert found.slip is not None
    assert found.slip.sign
    assert not any(
        slip.sign
        for other in ("0.24 - 0.21 = 0.3", "0.24 - 0.21 = 0.04")
        if (slip := verdict("worked", "H1.sum", other).slip)
    )


@pytest.mark.parametrize(
    ("quantity", "typed", "earlier"),
    [
        ("loss", "(1-0.563)^2 = 0.437^2 = 0.1909", {}),
        ("O.sum", "H1*wO1 + H2*wO2 = 0.252", {"H1.activation": 0.3}),
    ],
)
def test_a_right_answer_has_no_slip_in_its_rounding_or_its_names(
    quantity: str, typed: str, earlier: dict[str, float]
) -> None:
    """A digit cut off where right is right, and names that mean the right values, are no slips."""
    found = verdict("worked", quantity, typed, earlier)
    assert (found.kind, found.slip) == (Kind.CORRECT, None)


def test_a_set_up_near_the_right_value_is_told_as_rounded_early() -> None:
    """It is not said to come to something else; nor is a number said to be near what is far."""
    near = verdict("worked", "O.sum", "0.017 + 0.234 = 0.251")
    assert (near.kind, near.setup_right) == (Kind.UNEXPLAINED, True)
    far = verdict("new", "w21.gradient", "0.2*1 = 0.2")
    assert not far.setup_right


def test_a_wrong_tree_without_a_value_compares_as_nothing() -> None:
    """The logarithm of a number below zero, as a mistake makes it, is like no set-up."""
    logarithm = Call("ln", Negative(Number(0.5)))
    bad = Difference(Number(1.0), Product((Number(2.0), Sum((logarithm, Number(1.0))))))
    assert not same(Difference(Number(1.0), Product((Number(2.0), Number(0.3)))), bad)
    assert not same(Product((Number(2.0), Sum((Number(0.3), Number(1.0))))), bad)


def test_what_is_times_nothing_may_be_left_out() -> None:
    """A ReLU that is shut adds nothing: work without its term sets up the whole step."""
    found = verdict("new", "O.sum", "0.05 * 0.6 = 0.3")
    assert found.setup_right
    assert named(found) == [[("slip", "wO1")]]


def test_lines_of_their_own_are_no_equalities() -> None:
    """Three lines, the last one slipped: the first two stand."""
    found = verdict("worked", "H1.sum", "0.6*0.4 = 0.24\n0.7*-0.3 = -0.21\n0.24 - 0.21 = 0.3")
    assert found.slip is not None
    assert symbols(found.slip.operation) == "0.24 − 0.21"


def test_a_line_that_runs_on_from_its_result_is_no_false_equality() -> None:
    """0.6*0.4 = 0.24 + 0.7*-0.3 = 0.03 is untidy and right; only the last sum can slip."""
    right = verdict("worked", "H1.sum", "0.6*0.4 = 0.24 + 0.7*-0.3 = 0.03")
    assert right.kind is Kind.CORRECT
    assert right.slip is None
    slipped = verdict("worked", "H1.sum", "0.6*0.4 = 0.24 + 0.7*-0.3 = 0.05").slip
    assert slipped is not None
    assert symbols(slipped.operation) == "0.24 + 0.7 × (−0.3)"


def test_a_right_answer_after_a_wrong_equality_is_right_with_a_remark() -> None:
    """The answer counts; the equality is only mentioned."""
    found = verdict("worked", "H1.sum", "0.24 - 0.21 = 0.3 = 0.03")
    assert found.kind is Kind.CORRECT
    assert found.slip is not None


@pytest.mark.parametrize(
    ("written", "other", "alike"),
    [
        ("0.24 - 0.21", "0.6*0.4 + 0.7*(-0.3)", True),
        ("0.24 + 0.21", "0.6*0.4 + 0.7*(-0.3)", False),
        ("0.7*(-0.3) + 0.4*0.6", "0.6*0.4 + 0.7*(-0.3)", True),
        ("0.6*0.4", "0.6*0.4 + 0.7*(-0.3)", False),
        ("2*(0.563-1)*0.563", "-2*(1-0.563)*0.563", True),
        ("0.437^2", "(1-0.563)^2", True),
        ("0.437*0.437", "(1-0.563)^2", True),
        ("-0.874*0.246", "-2*(1-0.563)*0.563*(1-0.563)", True),
        ("0.6*(-0.3) + 0.7*0.4", "0.6*0.4 + 0.7*(-0.3)", False),
        ("sigmoid(0.252)", "sigmoid(0.252)", True),
        ("sigmoid(0.252)", "sigmoid(-0.252)", False),
        ("0.9 + 0.018", "0.9 - 0.32*(-0.056)", True),
    ],
)
def test_two_expressions_are_the_same_on_paper(written: str, other: str, *, alike: bool) -> None:
    """Order, brackets and worked-out parts do not matter; signs and structure do."""
    mine, theirs = read(written), read(other)
    assert isinstance(mine, Reading)
    assert isinstance(theirs, Reading)
    assert same(mine.answer.expression, theirs.answer.expression) is alike


@pytest.mark.parametrize(
    ("quantity", "typed", "right"),
    [
        ("H1.sum", "0.6*0.4 = 0.24", ["0.6 × 0.4"]),
        ("H1.sum", "0.6*0.4", ["0.6 × 0.4"]),
        ("H1.sum", "0.6*0.4 = 0.24\n0.7*-0.3 = -0.21", ["0.6 × 0.4", "0.7 × (−0.3)"]),
        ("O.delta", "1-0.563 = 0.437", ["1 − 0.563"]),
        ("O.activation", "0.252/4 = 0.063", ["0.252 / 4"]),
    ],
)
def test_right_parts_and_no_more_are_right_so_far(
    quantity: str, typed: str, right: list[str]
) -> None:
    """Nothing in it is wrong, so nothing is blamed; what is right is named."""
    found = verdict("worked", quantity, typed)
    assert found.kind is Kind.UNFINISHED
    assert found.shown is not None
    assert [symbols(part) for part in found.shown.right] == right


def test_a_slip_in_a_part_is_one_mistake() -> None:
    """A product that is right to work out and came out wrong: a slip, nothing left out."""
    found = verdict("worked", "H2.sum", "0.6*-0.5 = 0.3")
    assert named(found) == [[("slip", "w21")]]
    assert not found.setup_right


def test_a_false_equality_of_foreign_numbers_is_pointed_out() -> None:
    """The number it ends in fits a moved point by chance; the work says how it came about."""
    found = verdict("worked", "H1.sum", "0.6*-0.5 = 0.3")
    assert found.kind is Kind.UNEXPLAINED
    assert found.slip is not None
    assert symbols(found.slip.operation) == "0.6 × (−0.5)"


def test_the_pencil_rule_is_a_set_up_of_the_sigmoid() -> None:
    """Half plus a quarter, slipped on the way, is a right set-up with a slip."""
    found = verdict("worked", "O.activation", "0.5 + 0.252/4 = 0.752/4 = 0.188")
    assert named(found) == [[("slip", "O")]]
    assert found.setup_right


@pytest.mark.parametrize(
    ("typed", "foreign", "stranger"),
    [
        ("0.9*0.32 = 0.288", "0.9 × 0.32", 0.9),
        ("0.6*0.32 = 0.192", "0.6 × 0.32", 0.32),
        ("0.24*-0.21", "0.24 × (−0.21)", None),
    ],
)
def test_a_foreign_set_up_is_told_from_the_step(
    typed: str, foreign: str, stranger: float | None
) -> None:
    """The first number that the step does not have; or its numbers put together another way."""
    found = verdict("worked", "H1.sum", typed)
    assert found.kind is Kind.UNEXPLAINED
    assert found.shown is not None
    assert found.shown.foreign is not None
    assert symbols(found.shown.foreign) == foreign
    assert found.shown.stranger == stranger


SHEETS = Path(__file__).parents[1] / "worksheets.jsonl"
"""Published worksheets, with every right value; here they are entered without their ½."""


def on_sheet(quantity: str, typed: str) -> tuple[Verdict, str]:
    """What is said, verdict and sentence, to a line on the first worksheet."""
    sheet = json.loads(SHEETS.read_text(encoding="utf-8").splitlines()[0])
    network = Network.from_data({**sheet["network"], "loss": "squared_error"})
    step = trace(network, sheet["inputs"], sheet["target"], sheet["learning_rate"])
    found = diagnose(step, quantity, read_answer(step, quantity, typed))
    return found, BOOK.feedback(found, step)


@pytest.mark.parametrize("typed", ["0.19956143", "0.199561"])
def test_a_mistake_ends_in_the_number_that_was_typed(typed: str) -> None:
    """Half the step is no decimal point moved: that working would end at 0.1979."""
    found, _ = on_sheet("w2.updated", typed)
    assert found.candidates == ()


def test_what_is_joined_rightly_is_not_said_to_be_joined_another_way() -> None:
    """W − rate × gradient, with another gradient: the number is doubted, not the signs."""
    found, said = on_sheet("w5.updated", "0.4 - 0.5 * 0.082167041 = 0.35891648")
    assert found.candidates == ()
    assert "signs" not in said
    assert "another way" not in said


@pytest.mark.parametrize(
    ("quantity", "typed", "denied"),
    [
        ("wO1.gradient", "-0.215 * 1 * 0.03 = -0.215", "forgot_input_factor"),
        ("H2.delta", "0.9 * -0.215 = -0.215", "forgot_weight_factor"),
        ("loss", "(1 - 0.563)^2 = 0.437", "forgot_to_square"),
        ("H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.24", "missing_term"),
        ("H1.sum", "0.7*-0.3 = -0.21; 0.24 + 0.21 = 0.45", "dropped_sign"),
        ("wO2.updated", "0.9 - 0.32*-0.056 = 0.882", "stepped_uphill"),
        ("wO2.updated", "0.9 - 0.32*-0.056 = 0.956", "forgot_learning_rate"),
        ("O.delta", "-2*(1-0.563)*0.563*0.437 = -0.108", "forgot_factor_two"),
        ("O.activation", "sigmoid(0.252) = 0.252", "skipped_activation"),
    ],
)
def test_work_is_never_told_that_it_lacks_what_it_has(
    quantity: str, typed: str, denied: str
) -> None:
    """A factor, a term, a sign, the square: the number alone would be named so, the page is not."""
    bare = verdict("worked", quantity, typed.rpartition("= ")[2])
    assert named(bare)[0][0][0] == denied
    found = verdict("worked", quantity, typed)
    assert denied not in [made for candidate in named(found) for made, _ in candidate]


def test_a_sum_of_nothing_is_like_nothing_else() -> None:
    """Terms times 0 may be left out of a set-up, but then something of it must be left."""
    nothing = Sum((Product((Number(0.73), Number(0.0))), Product((Number(-0.58), Number(0.0)))))
    assert not same(Product((Number(-0.73), Number(-0.01))), nothing)


def test_a_sign_lost_inside_tanh_is_the_sign_lost_before_it() -> None:
    """tanh(−z) is −tanh(z), so both are one set-up, and neither is tanh(z)."""
    inside = Call("tanh", Number(-0.434))
    assert same(Negative(Call("tanh", Number(0.434))), inside)
    assert not same(Call("tanh", Number(0.434)), inside)
