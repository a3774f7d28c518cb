"""`python -m content check`: what is right or wrong with answers."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tests.content.running import refusal, run
from tests.engine.networks import LESSON
from tests.lesson import NEW, WORKED, typed

Z, P = WORKED["O.sum"].value, WORKED["O.activation"].value

ONE_NEURON = {
    "inputs": ["x"],
    "layers": [[{"name": "O", "activation": "identity", "bias": 0.5, "weights": {"w": -2}}]],
}


def checked(quantity: str, answer: object, **more: object) -> dict[str, Any]:
    """What is said of one answer."""
    (found,) = run("check", lines=[{"quantity": quantity, "typed": answer, **more}]).objects
    return cast("dict[str, Any]", found)


@pytest.mark.parametrize(
    ("quantity", "text", "verdict"),
    [
        ("H1.sum", "{H1.sum}", "correct"),
        ("H1.sum", "{x1}*{w11} + {x2}*{w12} = {H1.sum}", "correct"),
        ("H1.sum", "{H1.sum!dropped_sign}", "mistake"),
        ("H1.sum", "0.123456", "unexplained"),
        ("H1.sum", "1,234", "unreadable"),
        ("O.activation", "{O.activation}", "correct"),
        ("O.activation", f"{P:.2f}", "imprecise"),
        ("loss", "{loss}", "correct"),
        ("wO2.direction", "increase", "correct"),
        ("wO2.direction", "up", "correct"),
        ("wO2.direction", "+", "correct"),
        ("wO2.direction", "Down", "mistake"),
        ("wO2.direction", "-", "mistake"),
        ("wO2.direction", "no change", "unexplained"),
        ("wO2.direction", "same", "unexplained"),
        ("wO2.direction", "0.5", "unreadable"),
        ("wO2.direction", "", "unreadable"),
        ("wO2.updated", "{wO2.updated}", "correct"),
        ("next.loss", "{next.loss}", "correct"),
    ],
)
def test_answers_of_the_lesson(quantity: str, text: str, verdict: str) -> None:
    """Right, coarse, mistaken, unexplained and unreadable answers each get their verdict."""
    answer = checked(quantity, typed(text))
    assert answer["verdict"] == verdict
    assert set(answer) == {"verdict", "mistakes", "value", "feedback"}
    assert answer["feedback"]
    assert "<b>" not in answer["feedback"]
    assert bool(answer["mistakes"]) == (verdict == "mistake")


def test_a_mistake_is_named_with_its_place_and_working() -> None:
    """A w12 without its minus, worked line by line."""
    wrong = typed("{H1.sum!dropped_sign}")
    answer = checked("H1.sum", wrong)
    (mistake,) = answer["mistakes"]
    assert (mistake["candidate"], mistake["id"], mistake["where"]) == (1, "dropped_sign", "w12")
    assert mistake["working"][0] == WORKED.substituted("H1.sum").replace("(−0.3)", "0.3")
    assert mistake["working"][-1] == f"= {wrong}"
    assert answer["value"] == WORKED["H1.sum"].value
    assert wrong in answer["feedback"]


def test_a_wrong_direction_says_the_right_word() -> None:
    """For a direction the right value is its word."""
    answer = checked("wO2.direction", "decrease")
    assert answer["value"] == "increase"
    assert [mistake["id"] for mistake in answer["mistakes"]] == ["stepped_uphill"]


def test_the_learners_own_earlier_values_count() -> None:
    """What is right from a wrong earlier value is carried forward; directions say nothing."""
    own = {"H1.sum": 0.45, "H1.activation": 0.45}
    product = typed("{wO1.product}", own=own)
    earlier = {**own, "w11.direction": "increase"}
    assert checked("wO1.product", product, earlier=earlier)["verdict"] == "carried_forward"
    assert checked("wO1.product", typed("{wO1.product}"), earlier={})["verdict"] == "correct"


def test_any_network_can_be_checked() -> None:
    """Network, inputs, target and learning rate come from the line; the rest is the lesson's."""
    line = {"network": ONE_NEURON, "inputs": {"x": 3}, "target": 0, "learning_rate": 0.1}
    assert checked("O.sum", "-5.5", **line)["verdict"] == "correct"
    (mistake,) = checked("O.sum", "-6", **line)["mistakes"]
    assert (mistake["id"], mistake["where"]) == ("forgot_bias", "O")
    assert checked("H2.activation", "0", inputs=list(NEW.inputs), target=0)["verdict"] == "correct"


def test_a_worksheet_is_answered_line_by_line() -> None:
    """A class's answers come back in order, whoever's network each is about."""
    lines = [
        {"quantity": "H1.sum", "typed": typed("{H1.sum}"), "name": "Ada"},
        {"quantity": "H1.sum", "typed": "0.45", "network": LESSON},
        {"quantity": "O.sum", "typed": "-5.5", "network": ONE_NEURON, "inputs": [3]},
    ] * 30
    verdicts = [answer["verdict"] for answer in run("check", lines=lines).objects]
    assert verdicts == ["correct", "mistake", "correct"] * 30


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ({"typed": "0"}, "quantity: is left out"),
        (
            {"quantity": "loss", "typed": "0", "lr": 1},
            "unknown key 'lr'; did you mean learning_rate?",
        ),
        ({"quantity": "loss", "tpyed": "0"}, "unknown key 'tpyed'; did you mean typed?"),
        (
            {"quantity": "loss", "typed": "0", "examples": [{"inputs": [1, 1], "target": 1}] * 9},
            "examples: from 1 to 8, not 9",
        ),
        ({"quantity": "loss"}, "typed: is left out"),
        ({"quantity": "loss", "typed": None}, "typed: needs a text, not None"),
        (
            {"quantity": "H3.sum", "typed": "0"},
            "quantity: this network has no quantity 'H3.sum'; did you mean H2.sum?",
        ),
        (
            {"quantity": "entropy", "typed": "0"},
            "quantity: this network has no quantity 'entropy'; the ids are those of content trace",
        ),
        ({"quantity": "x1", "typed": "0"}, "quantity: this network has no quantity 'x1'; the ids"),
        (
            {"quantity": "loss", "typed": "0", "network": ONE_NEURON},
            "inputs: left out, and the lesson's own do not fit this network, which needs x",
        ),
        (
            {"quantity": "loss", "typed": "0", "network": {"inputs": ["x"], "layers": []}},
            "network: layers: is empty; needs at least one entry",
        ),
        ({"quantity": "loss", "typed": "0", "earlier": [1]}, "earlier: needs an object of values"),
        (
            {"quantity": "loss", "typed": "0", "earlier": {"H9.sum": 1}},
            "earlier.H9.sum: this network has no quantity 'H9.sum'; did you mean",
        ),
        (
            {"quantity": "loss", "typed": "0", "earlier": {"H1.sum": "0.4"}},
            "earlier.H1.sum: needs a finite number, not '0.4'",
        ),
        (
            '{"quantity": "loss", "typed": "0", "earlier": {"H1.sum": NaN}}',
            "earlier.H1.sum: needs a finite number, not nan",
        ),
        (
            '{"quantity": "loss", "typed": "0", "earlier": {"H1.sum": 1, "H1.sum": 2}}',
            "earlier: the key 'H1.sum' stands there twice",
        ),
    ],
)
def test_a_bad_line_is_refused_with_its_place(line: object, text: str) -> None:
    """An unknown quantity, a bad network or value gets one line saying where; exit code 2."""
    good = {"quantity": "loss", "typed": "0.191"}
    assert refusal("check", lines=[good, line]).startswith(f"content check: line 2: {text}")


def test_weak_explanations_follow_only_what_is_said() -> None:
    """Behind another step's value two mistakes are listed; behind an unexplained answer nothing."""
    second = f"{WORKED['w22.product'].value:.4f}"
    both = [(one["candidate"], one["id"]) for one in checked("H1.sum", second)["mistakes"]]
    assert both == [(1, "other_quantity"), (2, "missing_term"), (2, "wrong_neuron")]
    assert checked("H1.sum", typed("{x1}*{w11} = {w11.product}"))["mistakes"] == []


@pytest.mark.parametrize(
    ("quantity", "text", "says"),
    [
        ("wO2.direction", "decrease", "With “decrease” the loss would grow"),
        ("wO2.direction", "no change", "Is the gradient above zero"),
        ("O.activation", f"{0.5 + Z:.3f}", "a half, plus a quarter of the sum"),
        ("O.activation", f"0.5+{Z} = {0.5 + Z:.3f}", "a half, plus a quarter of the sum"),
        (
            "O.activation",
            f"{WORKED['O.activation'].value - 0.0006:.3f}",
            "a neighbouring row of the table",
        ),
        ("loss", f"{WORKED['loss'].value + 0.001:.3f}", "write down your working"),
        ("O.activation", f"0.5 + {Z}/2 = {0.5 + Z / 2:g}", "a half, plus a quarter of the sum"),
        ("H1.sum", "{x1}*{w11} = {w11.product} + {x2}*{w12} = 0.05", "is not 0.05"),
        ("H1.sum", "{x1}*{w11} = 0.2\n0.2 + {w12.product} = -0.01", "{x1} × {w11} is not 0.2"),
        (
            "H1.sum",
            "{x1}*{w11}={w11.product}\n{x2}*{w12}={w12.product}\n0.777",
            "How do you get from there",
        ),
        ("O.activation", f"{P:.2f}", "Decimal places needed: 3"),
        (
            "H1.activation",
            "{H1.activation!decimal_place}",
            "Count the decimals of the numbers",
        ),
        (
            "H1.sum",
            "{x1}*{w11} = {w11.product}",
            "Right so far: {x1} × {w11}. What does all of x1",
        ),
        ("H2.sum", "{x1}*{w21} = 0.31", "is not 0.31"),
        ("H1.sum", "0.6*-0.5 = 0.3", "0.6 × (−0.5) is not 0.3"),
        ("O.activation", f"0.5 + {Z}/4 = {0.5 + Z}/4", f"0.5 + {Z}/4 is not"),
        ("H1.sum", "0.9*0.32=0.288", "Where does 0.9 come from?"),
        (
            "H1.sum",
            "{w11.product}*{w12.product}",
            "does not come to the same as x1 × w11 +",
        ),
        ("H1.sum", "0.5*0.5 = 0.3", "0.5 × 0.5 is not 0.3"),
    ],
)
def test_what_is_said_fits_what_was_sent(quantity: str, text: str, says: str) -> None:
    """Each answer gets the sentence about its own trouble, short, kind and without the answer."""
    said = checked(quantity, typed(text))["feedback"]
    assert typed(says).lower() in said.lower()
    assert len(said) < 300
    assert "!" not in said
    if "=" in text or "*" in text:
        assert "write down your working" not in said.lower()
