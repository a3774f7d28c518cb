"""A weight nudged: what is read off, and that the slope comes near the gradient."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diagnosis import Kind, diagnose
from engine.network import Network
from engine.nudging import nudged, with_value
from engine.reading import Reading
from engine.spoken import read_answer
from engine.trace import Trace, trace
from tests.engine.networks import one_neuron, random_case, traced


def judged(step: Trace, typed: str) -> tuple[Kind, list[str]]:
    """What an answer to the slope of wO2 is, and the mistakes it is explained by."""
    reading = read_answer(step, "wO2.slope", typed)
    assert isinstance(reading, Reading)
    verdict = diagnose(step, "wO2.slope", reading)
    return verdict.kind, [made.id for one in verdict.candidates for made in one.mistakes]


def test_a_nudge_is_worked_with_the_numbers_that_are_read_off() -> None:
    """Both losses to the digits shown, so that the slope adds up on paper."""
    step = traced("nudged")
    after = with_value(step, "wO2", step["wO2.nudged"].value)
    assert step["wO2.nudged.loss"].value == pytest.approx(after["loss"], abs=0.5e-4)
    assert step.formula("wO2.slope") == "(loss after − loss before) / 0.1"
    assert step["wO2.slope"].exact
    assert step["wO2.slope"].value == pytest.approx(step["wO2.gradient"].value, abs=1e-3)


@pytest.mark.parametrize(
    ("typed", "kind", "mistakes"),
    [
        ("-0.056", Kind.CORRECT, []),
        ("-0.0056 * 10 = -0.056", Kind.CORRECT, []),
        ("(0.1857 - 0.1913) / 0.1", Kind.UNFINISHED, []),
        ("0.056", Kind.MISTAKE, ["reversed_difference"]),
        ("(0.1913 - 0.1857) / 0.1 = 0.056", Kind.MISTAKE, ["reversed_difference"]),
        ("-0.0056", Kind.MISTAKE, ["forgot_to_divide"]),
        ("-0.56", Kind.MISTAKE, ["decimal_place"]),
    ],
)
def test_what_is_typed_for_a_slope_is_told(typed: str, kind: Kind, mistakes: list[str]) -> None:
    """The turned difference and the change of a single nudge have names."""
    assert judged(traced("nudged"), typed) == (kind, mistakes)


@given(st.integers(0, 10**6))
def test_a_small_nudge_of_any_network_has_nearly_the_gradient(seed: int) -> None:
    """For any weight: the slope read off is the gradient, to what the digits and the bend allow."""
    case = random_case(random.Random(seed))
    network = Network.from_data(case.data)
    step = trace(network, case.inputs, case.target, 0.1)
    weight = next(name for neuron in network.neurons() for name, _ in neuron.weights)
    by = 2.0**-10
    if any(-abs(step[f"{n.name}.sum"].value) + 0.05 >= 0 for n in network.neurons()):
        return  # a kink is near
    try:
        slope = nudged(step, weight, by)[f"{weight}.slope"].value
    except ValueError:
        assert abs(step[f"{weight}.gradient"].value) < 1e-6
        return
    gradient = step[f"{weight}.gradient"].value
    assert slope == pytest.approx(gradient, rel=0.1, abs=0.02)


def test_what_cannot_be_nudged_is_said() -> None:
    """A weight behind a shut ReLU changes nothing; a name may be wrong."""
    with pytest.raises(ValueError, match="no other loss"):
        nudged(traced("new"), "w21", 0.1)
    with pytest.raises(KeyError):
        nudged(traced("worked"), "w99", 0.1)
    with pytest.raises(ValueError, match="no other loss"):
        nudged(trace(one_neuron("identity", 1.0), (1.0,), 0.0), "w", 1e200)
