"""Promises about diagnosis on generated networks, with and without the engine's own rules."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagnosis import Diagnoser, Kind, Prediction, Predictions
from engine.network import NetworkError
from engine.reading import read
from engine.trace import Quantity, Trace
from tests.benchmarks import diagnosis_bars as bars
from tests.benchmarks.diagnosis_pairs import pairs
from tests.engine.networks import random_case


def _drawn(seed: int) -> tuple[Trace, Quantity, Predictions] | None:
    rng = random.Random(seed)
    try:
        trace = random_case(rng, most=3).traced()
    except NetworkError:
        return None
    quantity = rng.choice([q for q in trace if q.kind != "direction"])
    return trace, quantity, Diagnoser(trace).predictions(quantity.id)


def _apart(one: Prediction, other: Prediction, room: float) -> bool:
    return other.high < one.low - room or other.low > one.high + room


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_mistake_apart_from_all_rivals_is_named_and_only_it(seed: int) -> None:
    """Wherever its value differs from the right one and from all rivals by more than rounding."""
    drawn = _drawn(seed)
    if drawn is None:
        return
    trace, quantity, predictions = drawn
    diagnoser = Diagnoser(trace)
    low, high = trace.held[quantity.id]
    places = max(quantity.places, 5)
    room = 2 * 10.0**-quantity.places if quantity.places >= 3 else 0.002
    for one in predictions.singles:
        text = f"{one.paths[0].value:.{places}f}"
        clear = all(other is one or _apart(one, other, room) for other in predictions.singles)
        if clear and float(text) and not low - room <= one.paths[0].value <= high + room:
            found = diagnoser.diagnose(quantity.id, read(text))
            assert found.kind is Kind.MISTAKE
            assert [candidate.mistakes for candidate in found.candidates] == [one.made]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(-3, 3), st.integers(0, 6))
def test_any_number_gets_a_verdict_and_its_explanations_give_it(
    seed: int, number: float, decimals: int
) -> None:
    """No number raises, and what is said to explain one comes to it as far as it was typed."""
    drawn = _drawn(seed)
    if drawn is None:
        return
    trace, quantity, _ = drawn
    found = Diagnoser(trace).diagnose(quantity.id, read(f"{number:.{decimals}f}"))
    assert found.kind is not Kind.UNREADABLE
    for candidate in found.candidates:
        last = float(candidate.working[-1].strip("=≈ ").replace("−", "-"))
        typed_to = max(decimals, min(quantity.places, 3) if decimals < quantity.places else 0)
        assert abs(last - number) <= 0.5 * 10.0**-decimals + 0.5 * 10.0**-decimals + 1e-9, typed_to


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_right_answer_as_the_tutor_writes_it_is_right(seed: int) -> None:
    """Every value of a trace, written as asked, is correct."""
    drawn = _drawn(seed)
    if drawn is None:
        return
    trace, *_ = drawn
    diagnoser = Diagnoser(trace)
    for quantity in trace:
        if quantity.kind != "direction":
            text = quantity.text.replace("−", "-")
            assert diagnoser.diagnose(quantity.id, read(text)).kind is Kind.CORRECT


def test_the_bars_hold_on_a_few_networks() -> None:
    """The simulated learner's bars, on few networks; `tests.benchmarks.diagnosis` has the rest."""
    assert bars.single(2, 11).share >= 98
    assert bars.single(2, 12, wrong_earlier=True).share >= 95
    assert pairs(2, 13).share >= 80
    assert bars.rounding_paths(3, 14)[0].share == 100
