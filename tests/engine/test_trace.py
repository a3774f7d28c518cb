"""A trace gives every quantity of one training step, right, in order, and worked."""

from __future__ import annotations

import math
import random

import pytest

from engine.expression import refs
from engine.network import Network, NetworkError
from engine.trace import trace
from tests.engine.networks import LESSON, lesson, one_neuron, random_case

WORKED = {
    "w11.product": 0.24, "w12.product": -0.21, "H1.sum": 0.03, "H1.activation": 0.03,
    "w21.product": -0.3, "w22.product": 0.56, "H2.sum": 0.26, "H2.activation": 0.26,
    "wO1.product": 0.018, "wO2.product": 0.234, "O.sum": 0.252, "O.activation": 0.5627,
    "loss": 0.1913, "O.delta": -0.2152, "H1.delta": -0.1291, "H2.delta": -0.1937,
    "wO1.gradient": -0.00646, "wO2.gradient": -0.05596, "w11.gradient": -0.0775,
    "w12.gradient": -0.0904, "w21.gradient": -0.1162, "w22.gradient": -0.1356,
    "wO1.updated": 0.602, "wO2.updated": 0.918, "w11.updated": 0.425, "w12.updated": -0.271,
    "w21.updated": -0.463, "w22.updated": 0.843, "next.O.sum": 0.3262,
    "next.O.activation": 0.5808, "next.loss": 0.1757,
}  # fmt: skip
NEW = {
    "w11.product": 0.08, "w12.product": -0.03, "H1.sum": 0.05, "H1.activation": 0.05,
    "w21.product": -0.1, "w22.product": 0.08, "H2.sum": -0.02, "H2.activation": 0,
    "wO1.product": 0.03, "wO2.product": 0, "O.sum": 0.03, "O.activation": 0.5075,
    "loss": 0.2576, "O.delta": 0.2537, "H1.delta": 0.1522, "H2.delta": 0, "wO1.gradient": 0.0127,
    "wO2.gradient": 0, "w11.gradient": 0.0304, "w12.gradient": 0.0152, "w21.gradient": 0,
    "w22.gradient": 0, "wO2.updated": 0.9, "w21.updated": -0.5, "w22.updated": 0.8,
}  # fmt: skip
FORWARD = [
    "w11.product", "w12.product", "H1.sum", "H1.activation",
    "w21.product", "w22.product", "H2.sum", "H2.activation",
    "wO1.product", "wO2.product", "O.sum", "O.activation", "loss",
]  # fmt: skip
BACKWARD = [
    "O.delta", "wO1.gradient", "wO2.gradient", "O.bias.gradient",
    "H1.delta", "H2.delta", "w11.gradient", "w12.gradient", "H1.bias.gradient",
    "w21.gradient", "w22.gradient", "H2.bias.gradient",
]  # fmt: skip
HUGE = "1" + "0" * 58 + "…"
MOVED = ["w11", "w12", "H1.bias", "w21", "w22", "H2.bias", "wO1", "wO2", "O.bias"]


@pytest.mark.parametrize(
    ("inputs", "target", "numbers"), [((0.6, 0.7), 1, WORKED), ((0.2, 0.1), 0, NEW)]
)
def test_the_lesson_numbers_are_those_of_the_design(
    inputs: tuple[float, float], target: float, numbers: dict[str, float]
) -> None:
    """Both examples of the lesson come out as the design page has checked them by hand."""
    step = lesson(inputs, target)
    for name, number in numbers.items():
        decimals = len(repr(float(number)).partition(".")[2])
        assert round(step[name].value, decimals) == number, name


def test_the_directions_of_the_lesson() -> None:
    """Every weight should grow at the worked example; at the new one H2's have no say."""
    weights = ("w11", "w12", "w21", "w22", "wO1", "wO2")
    assert {lesson()[f"{w}.direction"].text for w in weights} == {"increase"}
    new = lesson((0.2, 0.1), 0)
    assert [new[f"{w}.direction"].text for w in weights] == [
        "decrease", "decrease", "no change", "no change", "decrease", "no change",
    ]  # fmt: skip


def test_the_ids_of_the_lesson_network_in_order() -> None:
    """Forward, loss, backward from the output, directions, updates, then the forward pass again."""
    moved = [name for name in MOVED if "bias" not in name]
    updated = [f"{name}.{kind}" for name in moved for kind in ("step", "updated")]
    expected = [
        *FORWARD,
        *BACKWARD,
        *(f"{name}.direction" for name in MOVED),
        *updated,
        *(f"next.{name}" for name in FORWARD),
    ]
    assert [quantity.id for quantity in lesson()] == expected


def test_trained_biases_are_updated_and_written_in_the_sums() -> None:
    """With train_biases a bias has an update, moves in `next.*`, and stands in a sum even at 0."""
    step = lesson(train_biases=True)
    assert [q.id for q in step if q.kind == "updated"] == [f"{name}.updated" for name in MOVED]
    assert step.formula("H1.sum") == "x1 × w11 + x2 × w12 + H1.bias"
    assert step.formula("next.H1.sum") == "x1 × new w11 + x2 × new w12 + new H1.bias"
    assert step["next.O.sum"].value > lesson()["next.O.sum"].value


def test_biases_that_do_not_train_still_have_gradients() -> None:
    """Without train_biases a bias keeps its gradient and direction, and `next.*` its old value."""
    data = LESSON | {"layers": [[LESSON["layers"][0][0] | {"bias": 0.1}, LESSON["layers"][0][1]],
                                LESSON["layers"][1]]}  # fmt: skip
    step = trace(Network.from_data(data), (0.6, 0.7), 1, 0.32)
    assert step["H1.bias.gradient"].value == step["H1.delta"].value
    assert "H1.bias.updated" not in step
    assert step.formula("next.H1.sum") == "x1 × new w11 + x2 × new w12 + H1.bias"
    assert step.formula("H2.sum") == "x1 × w21 + x2 × w22"


def test_two_outputs_have_a_target_each_and_their_losses_add() -> None:
    """With several outputs the targets are `target.O1`, …, and the loss is the sum."""
    outputs = [
        {"name": "O1", "activation": "identity", "weights": {"a": 0.5}},
        {"name": "O2", "activation": "identity", "weights": {"b": -1}},
    ]
    step = trace(Network.from_data({"inputs": ["x"], "layers": [outputs]}), [2], [3, 1], 0.1)
    assert step.given == {
        "x": 2, "a": 0.5, "O1.bias": 0, "b": -1, "O2.bias": 0,
        "target.O1": 3, "target.O2": 1, "learning_rate": 0.1,
    }  # fmt: skip
    assert step.formula("loss") == "(target.O1 − O1)² + (target.O2 − O2)²"
    assert (step["loss"].value, step["O1.delta"].value, step["O2.delta"].value) == (13, -4, -6)
    assert [q.id for q in step if q.kind == "delta"] == ["O1.delta", "O2.delta"]


def test_relu_has_slope_0_at_0() -> None:
    """At a sum of exactly 0 ReLU passes no blame back: relu'(0) = 0."""
    step = trace(one_neuron("relu", 0.5, -0.5), [1], 1)
    assert (step["O.sum"].value, step["O.delta"].value, step["w.direction"].text) == (
        0, 0, "no change",
    )  # fmt: skip


def test_decimals_add_up_as_on_paper() -> None:
    """0.1 × 3 − 0.3 is 0, not the 5.6e-17 of floats, so the ReLU is off and stays off."""
    step = trace(one_neuron("relu", 3, -0.3), [0.1], 1)
    assert (step["O.sum"].value, step["O.activation"].text, step["O.delta"].text) == (0, "0", "0")
    assert lesson()["H2.sum"].value == 0.26


def test_noise_of_floats_is_shown_as_0() -> None:
    """A sum that cancels but for floating-point noise asks for 0, not for 17 decimals."""
    hidden = [
        {"name": "A", "activation": "tanh", "weights": {"a1": 0.1, "a2": 0.2, "a3": 0.3}},
        {"name": "B", "activation": "tanh", "weights": {"b1": 0.3, "b2": 0.2, "b3": 0.1}},
    ]
    output = {"name": "O", "activation": "identity", "weights": {"a": 1, "b": -1}}
    network = Network.from_data({"inputs": ["x1", "x2", "x3"], "layers": [hidden, [output]]})
    step = trace(network, [1, 1, 1], 1)
    assert (step["O.sum"].value, step["O.sum"].text) == (0, "0")


def test_no_value_is_minus_zero() -> None:
    """A switched-off neuron times a negative weight is 0, never −0."""
    values = lesson((0.2, 0.1), 0).values | trace(one_neuron("relu", -1), [1], 1).values
    assert all(math.copysign(1, value) > 0 for value in values.values() if value == 0)


@pytest.mark.parametrize("z", [40, 800, -40, -740, -800])
def test_cross_entropy_of_a_saturated_right_answer_is_about_0(z: float) -> None:
    """Where the output is at its target, 0 × ln(0) counts as 0: loss and blame are 0, no NaN."""
    step = trace(one_neuron("sigmoid", z, loss="cross_entropy"), [1], float(z > 0))
    assert step["loss"].value == pytest.approx(0, abs=1e-15)
    assert step["O.delta"].value == pytest.approx(0, abs=1e-15)
    assert step.working("loss")[-1] == "= 0"
    assert all(not math.isnan(end) for ends in step.held.values() for end in ends)


@pytest.mark.parametrize(("z", "target"), [(40, 0), (800, 0), (800, 0.5), (-800, 1)])
def test_cross_entropy_of_a_saturated_wrong_answer_is_refused(z: float, target: float) -> None:
    """Where the loss is infinite the trace is refused in one line that names it."""
    with pytest.raises(NetworkError) as refused:
        trace(one_neuron("sigmoid", z, loss="cross_entropy"), [1], target)
    assert str(refused.value) == (
        "loss: is infinite here, as an output came out at exactly 0 or 1 and missed its target"
    )


def test_cross_entropy_of_a_far_but_finite_miss() -> None:
    """An output of e^-40 whose target is 1 has a loss of 40, worked to the end."""
    step = trace(one_neuron("sigmoid", -40, loss="cross_entropy"), [1], 1)
    assert step["loss"].value == pytest.approx(40, abs=1e-9)
    assert step.working("loss")[-1] == "≈ 40.000"


def test_numbers_too_large_are_refused_by_name() -> None:
    """An overflow is refused as the first quantity that has no finite value."""
    layers = [
        [{"name": f"N{i}", "activation": "identity", "weights": {f"w{i}": 1e6}}] for i in range(30)
    ]
    with pytest.raises(NetworkError) as refused:
        trace(Network.from_data({"inputs": ["x"], "layers": layers}), [1e6], 1)
    assert str(refused.value) == "loss: these weights and inputs give numbers too large to trace"


def test_large_numbers_are_written_out() -> None:
    """A value of 40 digits is still traced, written and worked."""
    layers = [
        [{"name": f"N{i}", "activation": "identity", "weights": {f"w{i}": 1e6}}] for i in range(4)
    ]
    step = trace(Network.from_data({"inputs": ["x"], "layers": layers}), [1e6], 1, 1e-50)
    assert step["N3.sum"].text == "1" + "0" * 30 + ".000"
    assert all(step.working(quantity.id) for quantity in step)


@pytest.mark.parametrize(
    ("inputs", "target", "rate", "text"),
    [
        ([0.6], 1, 0.1, "inputs: needs 2 numbers (x1, x2), not 1"),
        ("ab", 1, 0.1, "inputs: needs 2 numbers (x1, x2), not 'ab'"),
        (3, 1, 0.1, "inputs: needs 2 numbers (x1, x2), not 3"),
        ({"x1": 1}, 1, 0.1, "inputs: needs x1, x2, not x1"),
        ({}, 1, 0.1, "inputs: needs x1, x2, not nothing"),
        ({"x1": 1, "x2": "a"}, 1, 0.1, "inputs.x2: needs a number, not 'a'"),
        ([True, 1], 1, 0.1, "inputs.x1: needs a number, not True"),
        ([math.nan, 1], 1, 0.1, "inputs.x1: needs a finite number up to 1,000,000, not nan"),
        ([10**400, 1], 1, 0.1, "inputs.x1: needs a finite number up to 1,000,000, not " + HUGE),
        ([1, 1], [1, 0], 0.1, "target: needs one number, not 2"),
        ([1, 1], "1", 0.1, "target: needs a number, not '1'"),
        ([1, 1], None, 0.1, "target: needs a number, not None"),
        ([1, 1], math.inf, 0.1, "target: needs a finite number up to 1,000,000, not inf"),
        ([1, 1], 1, 0, "learning_rate: needs a number above 0, not 0"),
        ([1, 1], 1, "fast", "learning_rate: needs a number, not 'fast'"),
    ],
)  # fmt: skip
def test_an_example_that_does_not_fit_is_refused(
    inputs: object, target: object, rate: object, text: str
) -> None:
    """A bad input, target or learning rate gets one line that says where and what is needed."""
    with pytest.raises(NetworkError) as refused:
        trace(Network.from_data(LESSON), inputs, target, rate)  # type: ignore[arg-type]
    assert str(refused.value) == text


def test_targets_of_several_outputs_are_named_when_refused() -> None:
    """A wrong number of targets, or a bad one among several, says so; so does one out of range."""
    outputs = [
        {"name": name, "activation": "sigmoid", "weights": {f"w{name}": 1}} for name in ("A", "B")
    ]
    network = Network.from_data({"inputs": ["x"], "layers": [outputs], "loss": "cross_entropy"})
    for target, text in [
        (1, "target: needs 2 numbers, one for each output, not 1"),
        ([1, "b"], "target.B: needs a number, not 'b'"),
        ([1, 2], "target: cross_entropy needs a target from 0 to 1"),
    ]:
        with pytest.raises(NetworkError) as refused:
            trace(network, [1], target)  # type: ignore[arg-type]
        assert str(refused.value) == text


def test_every_quantity_refers_only_to_earlier_ones() -> None:
    """Trees stand over given values and earlier quantities, so they can be asked in order."""
    rng = random.Random(5)
    for _ in range(40):
        step = random_case(rng).traced()
        known = set(step.given)
        for quantity in step:
            assert set(refs(quantity.expression)) <= known
            known.add(quantity.id)
