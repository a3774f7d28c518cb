"""A training step as it stands with numbers of the learner's own."""

from __future__ import annotations

import math
import random

import pytest

from engine.expression import evaluate
from engine.functions import sigmoid
from engine.learner_values import with_own
from engine.trace import DIRECTIONS
from tests.engine.networks import lesson, random_case


def test_without_own_numbers_it_is_the_trace_itself() -> None:
    """Nothing is worked again for who has no number of their own."""
    step = lesson()
    assert with_own(step, {}) is step


def test_what_builds_on_an_own_number_is_worked_from_it() -> None:
    """With H1 = 0.3 the output's sum is 0.3 × 0.6 + 0.26 × 0.9, and so on to the loss."""
    theirs = with_own(lesson(), {"H1.activation": 0.3})
    total = 0.3 * 0.6 + 0.26 * 0.9
    assert theirs["O.sum"].value == pytest.approx(total)
    assert theirs["O.activation"].value == pytest.approx(sigmoid(total))
    assert theirs["loss"].value == pytest.approx((1 - sigmoid(total)) ** 2)
    assert theirs.substituted("O.sum") == "0.3 × 0.6 + 0.26 × 0.9"


def test_what_does_not_build_on_it_stays() -> None:
    """A number that comes before, or beside, is as it was."""
    step = lesson()
    theirs = with_own(step, {"H1.activation": 0.3})
    for name in ("H1.sum", "H2.sum", "H2.activation", "w11.product"):
        assert theirs[name] == step[name]


def test_a_direction_follows_from_an_own_gradient() -> None:
    """With a gradient above 0 the weight should decrease, whatever the right gradient is."""
    step = lesson()
    theirs = with_own(step, {"w11.gradient": 0.07})
    assert step["w11.direction"].text == DIRECTIONS[1.0]
    assert theirs["w11.direction"].text == DIRECTIONS[-1.0]


def test_what_cannot_be_worked_from_it_is_left() -> None:
    """A prediction of exactly 0 has no logarithm: the loss keeps its value, and nothing fails."""
    rng = random.Random(5)
    cases = [random_case(rng) for _ in range(60)]
    for case in cases:
        step = case.traced()
        own = {f"{neuron.name}.activation": 0.0 for neuron in step.network.outputs}
        theirs = with_own(step, own)
        assert all(math.isfinite(quantity.value) for quantity in theirs)


def test_it_is_the_trace_of_a_network_that_gives_that_number() -> None:
    """An own sum is as good as another bias: everything after it is that network's forward pass."""
    rng = random.Random(6)
    for _ in range(30):
        step = random_case(rng).traced()
        neuron = rng.choice(list(step.network.neurons()))
        own = round(step[f"{neuron.name}.sum"].value + rng.choice([-0.5, 0.25, 1.0]), 3)
        theirs = with_own(step, {f"{neuron.name}.sum": own})
        values = dict(theirs.given)
        for quantity in theirs:
            if quantity.id.startswith("next.") or quantity.kind == "delta":
                break
            value = evaluate(quantity.expression, values)
            values[quantity.id] = own if quantity.id == f"{neuron.name}.sum" else value
            assert quantity.value == pytest.approx(values[quantity.id], abs=1e-9)
