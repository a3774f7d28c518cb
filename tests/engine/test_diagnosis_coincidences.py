"""The lesson's numbers where two mistakes give the same answer: merged, or asked about."""

from __future__ import annotations

import pytest

from engine.diagnosis import Diagnoser, Kind
from engine.diagnosis.rounding_paths import natural_places
from engine.reading import read
from tests.engine.networks import traced
from tests.engine.test_diagnosis import named, verdict

AMBIGUOUS = [
    ("worked", "next.O.sum", "0.248", {("flipped_sign", "wO1"), ("swapped_weights", "O")}),
    ("new", "H1.sum", "-0.03", {("missing_term", "w11"), ("added_before_multiplying", "H1")}),
    ("new", "H1.sum", "-0.02", {("wrong_neuron", "H1"), ("swapped_weights", "H1")}),
    ("new", "w12.gradient", "0.152", {("forgot_input_factor", "w12"), ("decimal_place", "w12")}),
    ("new", "next.H1.sum", "-0.030", {("missing_term", "w11"), ("added_before_multiplying", "H1")}),
]
"""Every number of the lesson's two examples that two different mistakes give."""


@pytest.mark.parametrize(("name", "quantity", "typed", "both"), AMBIGUOUS)
def test_two_mistakes_that_give_one_number_are_both_offered(
    name: str, quantity: str, typed: str, both: set[tuple[str, str]]
) -> None:
    """Neither is guessed at."""
    found = verdict(name, quantity, typed)
    assert found.kind is Kind.AMBIGUOUS
    assert {pair for candidate in named(found) for pair in candidate} == both


@pytest.mark.parametrize("name", ["worked", "new"])
def test_no_other_number_of_the_lesson_is_ambiguous(name: str) -> None:
    """The list above is complete: everything else that is foreseen names one mistake."""
    trace = traced(name)
    diagnoser = Diagnoser(trace)
    for quantity in trace:
        if quantity.kind == "direction":
            continue
        for prediction in diagnoser.predictions(quantity.id).singles:
            value = prediction.paths[0].value
            exact = all(path.places is not None for path in prediction.paths[1:])
            places = 6 if exact else natural_places(value)
            text = f"{value:.{places}f}".rstrip("0").rstrip(".")
            if diagnoser.diagnose(quantity.id, read(text)).kind is Kind.AMBIGUOUS:
                listed = [(n, q, float(t)) for n, q, t, _ in AMBIGUOUS]
                assert (name, quantity.id, float(text)) in listed


def test_a_question_separates_two_explanations() -> None:
    """The part asked for comes out differently under each."""
    question = verdict("new", "H1.sum", "-0.02").question
    assert question is not None
    assert [round(value, 4) for value in question.values] == [-0.1, -0.06]


@pytest.mark.parametrize(
    ("name", "quantity", "gone"),
    [
        # biases are 0: a sibling's weights with either bias are one mistake
        ("worked", "H1.sum", ["wrong_neuron"]),
        # a single negative weight: its sign dropped is its term's sign flipped
        ("worked", "w12.product", ["dropped_sign"]),
    ],
)
def test_the_same_rewriting_is_one_candidate(name: str, quantity: str, gone: list[str]) -> None:
    """Rules that always come to the same are foreseen once."""
    ids = [p.made[0].id for p in Diagnoser(traced(name)).predictions(quantity).singles]
    for one in gone:
        assert ids.count(one) == 1


@pytest.mark.parametrize(
    ("name", "quantity", "typed", "expected"),
    [
        ("worked", "w12.product", "0.21", "dropped_sign"),
        ("worked", "loss", "-0.191", "kept_sign_when_squaring"),
        ("new", "O.delta", "-0.254", "reversed_difference"),
        ("new", "H2.activation", "-0.02", "relu_kept_negative"),
        ("worked", "O.activation", "0.252", "skipped_activation"),
        ("worked", "wO2.updated", "0.882", "stepped_uphill"),
        ("new", "H2.delta", "0.228", "ignored_relu_gate"),
    ],
)
def test_the_same_rewriting_goes_by_the_name_of_the_steps_own_family(
    name: str, quantity: str, typed: str, expected: str
) -> None:
    """A ReLU step's kept negative is not called skipped, nor a blame's turned error a sign."""
    assert named(verdict(name, quantity, typed))[0][0][0] == expected


def test_what_a_switched_off_neuron_hides_is_no_mistake() -> None:
    """With H2 off, whatever is done to its term leaves the sum right."""
    trace = traced("new")
    places = {p.made[0].where for p in Diagnoser(trace).predictions("O.sum").singles}
    assert "wO2" not in places - {"wO2"}
    for prediction in Diagnoser(trace).predictions("O.sum").singles:
        assert prediction.paths[0].value != pytest.approx(0.03)
