"""The lesson's numbers where two mistakes give the same answer: merged, or asked about."""

from __future__ import annotations

import pytest

from engine.diagnosis import Diagnoser, Kind
from engine.diagnosis.rounding_paths import natural_places
from engine.reading import read
from tests.engine.judging import verdict
from tests.engine.networks import traced
from tests.engine.test_verdicts import AMBIGUOUS


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
                listed = [(n, q, float(t)) for n, q, t in AMBIGUOUS]
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


def test_what_a_switched_off_neuron_hides_is_no_mistake() -> None:
    """With H2 off, whatever is done to its term leaves the sum right."""
    trace = traced("new")
    places = {p.made[0].where for p in Diagnoser(trace).predictions("O.sum").singles}
    assert "wO2" not in places - {"wO2"}
    for prediction in Diagnoser(trace).predictions("O.sum").singles:
        assert prediction.paths[0].value != pytest.approx(0.03)
