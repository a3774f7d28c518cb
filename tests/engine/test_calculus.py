"""Backward quantities are the derivatives of the loss, whatever the network."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from engine.calculus import derivative
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
    evaluate,
)
from engine.rendering import symbols
from tests.engine import oracle
from tests.engine.networks import Case, random_case

A, B = Ref("a"), Ref("b")


def cases(seed: int, count: int) -> list[Case]:
    rng = random.Random(seed)
    return [random_case(rng) for _ in range(count)]


def assert_gradients(case: Case, expected: oracle.Parameters) -> None:
    """The trace's gradients, deltas and directions against a list of (weights, biases)."""
    step = case.traced()
    for name, slope in oracle.by_id(case, expected, "").items():
        value = step[f"{name}.gradient"].value
        assert value == pytest.approx(slope, rel=1e-9, abs=1e-9), (name, case)
        if name.endswith(".bias"):
            assert step[f"{name.removesuffix('.bias')}.delta"].value == value
        if abs(slope) > 1e-9:
            assert step[f"{name}.direction"].value == -np.sign(slope)


def test_backward_quantities_agree_with_autograd() -> None:
    """Gradients and deltas of 300 random networks are autograd's to 1e-9."""
    for case in cases(1, 300):
        assert_gradients(case, oracle.gradients(case))


def test_backward_quantities_agree_with_complex_steps() -> None:
    """And, on 60 others, finite differences along the imaginary axis, also to 1e-9."""
    for case in cases(2, 60):
        assert_gradients(case, oracle.complex_step_gradients(case))


def test_backward_quantities_agree_with_central_differences() -> None:
    """And, on 60 small ones, extrapolated central differences, where no ReLU's kink is near."""
    tried = 0
    for case in filter(is_smooth_and_small, cases(3, 600)):
        assert_gradients(case, oracle.central_gradients(case, step=0.01))
        tried += 1
        if tried == 60:
            return
    pytest.fail(f"only {tried} networks were smooth and small")


def is_smooth_and_small(case: Case) -> bool:
    sums, _ = oracle.forward(case, oracle.parameters(case.data))
    kinks = [
        abs(z)
        for layer, values in zip(case.data["layers"], sums, strict=True)
        for neuron, z in zip(layer, values, strict=True)
        if "relu" in neuron["activation"]
    ]
    size = sum(len(neuron["weights"]) for layer in case.data["layers"] for neuron in layer)
    return min(kinks, default=1.0) > 0.2 and size <= 20


def test_forward_update_and_next_agree_with_plain_arithmetic() -> None:
    """Forward values, moved weights and the forward pass after them are numpy's, to 1e-9."""
    for case in cases(4, 200):
        step = case.traced()
        before = oracle.parameters(case.data)
        train = case.data["train_biases"]
        after = [
            (weights - case.rate * by_weights, biases - case.rate * by_biases * train)
            for (weights, biases), (by_weights, by_biases) in zip(
                before, oracle.gradients(case), strict=True
            )
        ]
        updated = oracle.by_id(case, after, ".updated")
        if not train:
            updated = {name: value for name, value in updated.items() if ".bias." not in name}
        expected = (
            oracle.forward_by_id(case, before)
            | updated
            | oracle.forward_by_id(case, after, "next.")
        )
        found = {
            quantity.id: quantity.value
            for quantity in step
            if quantity.kind in ("product", "sum", "activation", "loss", "updated")
        }
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), case


@pytest.mark.parametrize(
    ("tree", "slope"),
    [
        (Number(3.0), "0"),
        (B, "0"),
        (A, "1"),
        (Negative(A), "−1"),
        (Sum((A, B, A)), "1 + 1"),
        (Difference(B, A), "−1"),
        (Product((A, B)), "b"),
        (Product((A, A)), "a + a"),
        (Product((Number(0.0), A)), "0"),
        (Quotient(A, B), "1 / b"),
        (Quotient(B, A), "−b / a²"),
        (Quotient(B, Number(2.0)), "0"),
        (Power(A, Number(2.0)), "2 × a"),
        (Power(A, Number(3.0)), "3 × a²"),
        (Power(Number(2.0), B), "0"),
        (Power(Difference(B, A), Number(2.0)), "−2 × (b − a)"),
        (Call("relu", A), "ReLU′(a)"),
        (Call("sigmoid", A), "sigmoid(a) × (1 − sigmoid(a))"),
        (Call("tanh", A), "1 − tanh(a)²"),
        (Call("exp", A), "e^a"),
        (Call("ln", Difference(Number(1.0), A)), "−1 / (1 − a)"),
        (Call("abs", B), "0"),
    ],
)
def test_derivatives_are_simplified_enough_to_read(tree: Expression, slope: str) -> None:
    """Each rule of calculus gives the text that a pencil would write."""
    assert symbols(derivative(tree, "a")).replace("(−1)", "−1") in (slope, f"−({slope[1:]})")


@pytest.mark.parametrize(
    "tree",
    [
        Quotient(Sum((A, B)), Sum((Product((A, A)), Number(2.0)))),
        Product((A, Call("exp", Negative(Product((A, B)))), Call("tanh", A))),
        Call("ln", Sum((Power(A, Number(2.0)), Call("sigmoid", Product((A, B)))))),
        Negative(Power(Difference(A, Quotient(B, A)), Number(3.0))),
    ],
)
def test_derivatives_are_slopes(tree: Expression) -> None:
    """A composed derivative equals the slope by central differences."""
    for a, b in [(0.7, 0.3), (1.3, -0.6)]:

        def at(h: float, a: float = a, b: float = b) -> float:
            return evaluate(tree, {"a": a + h, "b": b})

        slope = (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3
        assert evaluate(derivative(tree, "a"), {"a": a, "b": b}) == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("tree", [Power(Number(2.0), A), Call("abs", A), Call("direction", A)])
def test_what_has_no_rule_is_refused(tree: Expression) -> None:
    """A varying exponent or a function without a slope is a programmer's mistake."""
    with pytest.raises(ValueError, match="no derivative here of"):
        derivative(tree, "a")


def test_slopes_of_activations_use_the_activation_already_computed() -> None:
    """A sigmoid's slope is written p × (1 − p), and tanh's 1 − H², as on paper."""
    case = random_case(random.Random(0))
    neurons = [neuron for layer in case.data["layers"] for neuron in layer]
    step = case.traced()
    for neuron in neurons:
        text = step.formula(f"{neuron['name']}.delta")
        assert "sigmoid(" not in text
        assert "tanh(" not in text
    assert math.isfinite(step["loss"].value)
