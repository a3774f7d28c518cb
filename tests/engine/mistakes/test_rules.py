"""What each rule makes of a step, and where it has nothing to say."""

from __future__ import annotations

import pytest

from engine.diagnosis import diagnose
from engine.expression import evaluate
from engine.mistakes import ELSEWHERE, RULES, Step
from engine.spoken import read_answer
from engine.trace import batch_trace
from tests.engine.judging import named, verdict
from tests.engine.networks import one_neuron, traced

RULE = {rule.id: rule for rule in (*RULES, ELSEWHERE)}

CONVENTIONS = (
    # half the squares
    ("mazur", "loss", "forgot_half", "loss", 0.59674),
    ("mazur", "loss", "averaged_instead_of_summed", "loss", 0.14919),
    ("mazur", "o1.delta", "added_factor_two", "o1", 0.27700),
    ("mazur", "o1.delta", "reversed_difference", "o1", -0.1385),
    ("mazur", "w5.step", "stepped_uphill", "w5", 0.04108),
    ("mazur", "w5.step", "forgot_learning_rate", "w5", -0.08217),
    # blame as an error
    ("soft_computing", "Y.delta", "reversed_difference", "Y", -0.11708),
    ("soft_computing", "w1.updated", "stepped_uphill", "w1", 0.38178),
    ("soft_computing", "w1.updated", "forgot_learning_rate", "w1", 0.47288),
    ("soft_computing", "w1.updated", "forgot_input_factor", "w1", 0.42927),
    ("soft_computing", "w1.updated", "gave_step_not_weight", "w1", 0.01822),
    # a bias that is shared
    ("not_so_random_walk", "b1.gradient", "shared_bias_once", "h1", 0.00198),
    ("not_so_random_walk", "b1.gradient", "shared_bias_once", "h2", 0.00040),
    # softmax
    ("postnetwork_softmax", "y1.activation", "softmax_not_divided", "y1", 1.53368),
    ("postnetwork_softmax", "y1.activation", "softmax_not_divided", "y1", 1.31026),
    ("postnetwork_softmax", "y1.activation", "skipped_activation", "y1", 0.42767),
    ("postnetwork_softmax", "y2.delta", "reversed_difference", "y2", -0.43285),
    # several examples
    ("minibatch_linear", "loss", "summed_instead_of_averaged", "y", 164.0),
    ("minibatch_linear", "loss", "halved_loss", "y", 20.5),
    ("minibatch_linear", "loss", "forgot_example", "y", 38.75),
    ("minibatch_linear", "w.gradient", "summed_instead_of_averaged", "w", -140.0),
    ("minibatch_linear", "w.gradient", "forgot_factor_two", "w", -17.5),
    ("minibatch_linear", "w.gradient", "forgot_example", "w", -33.5),
    ("minibatch_linear", "w.gradient", "forgot_example", "w", -44.66667),
    ("minibatch_linear", "next.e2.y.sum", "forgot_bias", "y", 7.0),
    # the perceptron rule
    ("cornell_perceptron_2", "y.activation", "step_other_side", "y", 1.0),
    ("cornell_perceptron_2", "y.error", "reversed_difference", "y", -1.0),
    ("cornell_perceptron_2", "w2.step", "forgot_learning_rate", "w2", 1.0),
    ("cornell_perceptron_2", "w3.updated", "stepped_uphill", "w3", 1.0),
)
"""The same on published sheets, each in a convention of its own."""

EXAMPLES = (
    # signs
    ("worked", "w12.product", "dropped_sign", "w12", 0.21),
    ("worked", "H1.sum", "dropped_sign", "w12", 0.45),
    ("deep", "B2.sum", "dropped_sign", "B2.bias", 0.08225),
    ("deep", "B1.delta", "dropped_sign", "o21", -0.5912),
    ("deep", "o21.updated", "dropped_sign", "o21", 0.76264),
    ("deep", "next.B2.sum", "dropped_sign", "b21", 0.0499),
    ("worked", "H1.sum", "flipped_sign", "H1", -0.03),
    ("worked", "H1.sum", "flipped_sign", "w11", -0.45),
    ("worked", "loss", "flipped_sign", "O", -0.19126),
    ("worked", "H2.delta", "flipped_sign", "H2", 0.19371),
    ("worked", "wO2.updated", "flipped_sign", "wO2", -0.88209),
    ("deep", "A1.delta", "flipped_sign", "b11", 0.13339),
    # order
    ("worked", "H1.sum", "left_to_right", "H1", -0.282),
    ("deep", "A1.sum", "left_to_right", "A1", 0.124),
    ("worked", "wO2.updated", "left_to_right", "wO2", -0.03246),
    ("worked", "next.O.sum", "left_to_right", "O", 0.32301),
    ("worked", "H1.sum", "added_before_multiplying", "H1", -0.198),
    ("deep", "A1.sum", "added_before_multiplying", "A1", 0.0),
    ("deep", "A1.sum", "added_before_multiplying", "A1", 0.1),
    # weighted sum
    ("worked", "H1.sum", "added_instead_of_multiplied", "H1", 1.4),
    ("worked", "H1.sum", "added_instead_of_multiplied", "w12", 0.64),
    ("worked", "wO1.gradient", "added_instead_of_multiplied", "wO1", -0.18523),
    ("worked", "H1.sum", "swapped_weights", "H1", 0.1),
    ("deep", "A1.sum", "swapped_weights", "A1", 0.29),
    ("worked", "w12.product", "swapped_weights", "w12", 0.28),
    ("worked", "H1.sum", "wrong_neuron", "H1", 0.26),
    ("deep", "A1.sum", "wrong_neuron", "A1", 0.2),
    ("deep", "A1.sum", "wrong_neuron", "A1", -0.4),
    ("worked", "w12.product", "wrong_neuron", "w12", 0.56),
    ("worked", "H1.sum", "missing_term", "w12", 0.24),
    ("deep", "loss", "missing_term", "O1", 0.141),
    ("deep", "B1.delta", "missing_term", "o21", -0.13963),
    ("deep", "A1.sum", "forgot_bias", "A1", 0.14),
    ("deep", "next.B2.sum", "forgot_bias", "B2", 0.0161),
    ("worked", "O.sum", "used_inputs_not_activations", "O", 0.99),
    ("worked", "wO1.gradient", "used_inputs_not_activations", "wO1", -0.12914),
    ("deep", "b11.product", "used_inputs_not_activations", "b11", 0.2),
    # activation
    ("worked", "O.activation", "skipped_activation", "O", 0.252),
    ("worked", "loss", "skipped_activation", "O", 0.5595),
    ("new", "O.sum", "skipped_activation", "H2", 0.012),
    ("deep", "B2.sum", "skipped_activation", "A2", -0.63775),
    ("worked", "H1.activation", "wrong_activation", "H1", 0.5075),
    ("deep", "A2.activation", "wrong_activation", "A2", -0.37995),
    ("new", "H2.activation", "relu_kept_negative", "H2", -0.02),
    ("deep", "A2.activation", "relu_kept_negative", "A2", -0.4),
    ("new", "H2.activation", "relu_absolute_value", "H2", 0.02),
    ("worked", "H1.activation", "relu_zeroed_positive", "H1", 0.0),
    ("worked", "O.activation", "sigmoid_sign", "O", 0.43733),
    ("worked", "next.O.activation", "sigmoid_sign", "O", 0.41916),
    # loss
    ("worked", "loss", "forgot_to_square", "O", 0.43733),
    ("worked", "loss", "forgot_to_square", "O", -0.43733),
    ("deep", "loss", "forgot_to_square", "loss", 0.84291),
    ("deep", "loss", "forgot_to_square", "O1", 0.60841),
    ("worked", "loss", "doubled_instead_of_squared", "O", 0.87466),
    ("new", "loss", "kept_sign_when_squaring", "O", -0.25756),
    ("worked", "loss", "wrong_target", "O", 0.3166),
    ("new", "O.delta", "wrong_target", "O", -0.24619),
    ("deep", "loss", "wrong_target", "O1", 0.42465),
    ("worked", "loss", "halved_loss", "O", 0.09563),
    ("deep", "loss", "halved_loss", "loss", 0.17974),
    # backward
    ("worked", "O.delta", "reversed_difference", "O", 0.21523),
    ("deep", "O2.delta", "reversed_difference", "O2", 0.64511),
    ("worked", "O.delta", "forgot_factor_two", "O", -0.10762),
    ("worked", "O.delta", "forgot_activation_slope", "O", -0.87466),
    ("deep", "O2.delta", "forgot_activation_slope", "O2", -0.751),
    ("deep", "A1.delta", "forgot_activation_slope", "A1", 0.39078),
    ("worked", "O.delta", "squared_the_slope", "O", -0.27691),
    ("worked", "H2.delta", "forgot_weight_factor", "wO2", -0.21523),
    ("deep", "B1.delta", "forgot_weight_factor", "B1", -0.87782),
    ("deep", "B1.delta", "forgot_weight_factor", "o11", 0.21887),
    ("worked", "wO1.gradient", "forgot_input_factor", "wO1", -0.21523),
    ("new", "H2.delta", "ignored_relu_gate", "H2", 0.22832),
    ("new", "w21.gradient", "ignored_relu_gate", "H2", 0.04566),
    ("deep", "A2.delta", "ignored_relu_gate", "A2", -0.33201),
    ("nudged", "wO2.slope", "reversed_difference", "wO2", 0.056),
    ("nudged", "wO2.slope", "forgot_to_divide", "wO2", -0.0056),
    # update
    ("worked", "wO2.updated", "stepped_uphill", "wO2", 0.88209),
    ("deep", "B2.bias.updated", "stepped_uphill", "B2.bias", -0.466),
    ("worked", "wO2.direction", "stepped_uphill", "wO2", -1.0),
    ("worked", "wO2.updated", "forgot_learning_rate", "wO2", 0.95596),
    ("worked", "wO2.updated", "gave_step_not_weight", "wO2", 0.01791),
    ("worked", "wO2.updated", "gave_step_not_weight", "wO2", -0.01791),
    # arithmetic
    ("worked", "H1.sum", "decimal_place", "H1", 0.3),
    ("worked", "H1.sum", "decimal_place", "H1", 0.003),
    ("worked", "H1.sum", "decimal_place", "w12", -1.86),
    ("worked", "wO2.updated", "decimal_place", "wO2", 1.07907),
    ("deep", "B1.delta", "decimal_place", "o11", -0.94469),
    # elsewhere
    ("worked", "H1.sum", "other_quantity", "H2.sum", 0.26),
    ("worked", "w11.gradient", "other_quantity", "w12.gradient", -0.0904),
    ("worked", "O.activation", "left_out_brackets", "O", 1.77724),
    ("new", "H2.sum", "activated_early", "H2", 0.0),
    ("worked", "H2.delta", "used_updated_weight", "wO2", -0.19757),
    *CONVENTIONS,
)
"""Trace, quantity, rule, the place that it names, and what comes out."""

SILENT = (
    ("nudged", "wO2.gradient", "forgot_to_divide"),
    ("worked", "O.sum", "dropped_sign"),
    ("worked", "loss", "dropped_sign"),
    ("worked", "w11.direction", "flipped_sign"),
    ("worked", "w12.product", "left_to_right"),
    ("worked", "wO2.updated", "added_before_multiplying"),
    ("worked", "loss", "left_to_right"),
    ("worked", "O.sum", "wrong_neuron"),
    ("worked", "H1.sum", "forgot_bias"),
    ("worked", "H1.sum", "used_inputs_not_activations"),
    ("worked", "w12.product", "missing_term"),
    ("worked", "loss", "missing_term"),
    ("worked", "loss", "added_instead_of_multiplied"),
    ("worked", "O.activation", "swapped_weights"),
    ("worked", "H1.activation", "skipped_activation"),
    ("worked", "H1.activation", "relu_kept_negative"),
    ("new", "H2.activation", "relu_zeroed_positive"),
    ("worked", "O.activation", "relu_absolute_value"),
    ("deep", "O2.activation", "sigmoid_sign"),
    ("worked", "H1.sum", "skipped_activation"),
    ("worked", "loss", "wrong_activation"),
    ("worked", "O.sum", "wrong_target"),
    ("worked", "O.delta", "forgot_to_square"),
    ("worked", "H1.delta", "wrong_target"),
    ("worked", "O.delta", "halved_loss"),
    ("worked", "H1.delta", "reversed_difference"),
    ("worked", "H1.delta", "forgot_factor_two"),
    ("worked", "H1.delta", "forgot_activation_slope"),
    ("worked", "H1.delta", "squared_the_slope"),
    ("deep", "A1.delta", "squared_the_slope"),
    ("worked", "H2.delta", "ignored_relu_gate"),
    ("worked", "O.delta", "forgot_weight_factor"),
    ("worked", "O.bias.gradient", "forgot_input_factor"),
    ("deep", "B2.delta", "forgot_activation_slope"),
    ("worked", "wO2.gradient", "stepped_uphill"),
    ("worked", "wO2.gradient", "forgot_learning_rate"),
    ("worked", "H1.sum", "gave_step_not_weight"),
    ("worked", "wO2.direction", "decimal_place"),
    ("worked", "wO2.direction", "other_quantity"),
)
"""Trace, quantity, rule."""


def made(name: str, quantity: str, rule: str) -> list[tuple[str, float]]:
    """(where, value) of each way that a rule rewrites a quantity."""
    step = Step(traced(name), quantity)
    found = RULE[rule](step, step.quantity.expression)
    return [(one.where, evaluate(one.tree, step.values)) for one in found]


@pytest.mark.parametrize(("name", "quantity", "rule", "where", "value"), EXAMPLES)
def test_a_rule_makes_of_a_step_what_its_table_says(
    name: str, quantity: str, rule: str, where: str, value: float
) -> None:
    """Each rule rewrites the step to the value in its table, at the place it names."""
    found = made(name, quantity, rule)
    assert any(place == where and out == pytest.approx(value, abs=1e-5) for place, out in found)


@pytest.mark.parametrize(("name", "quantity", "rule"), SILENT)
def test_a_rule_is_silent_where_its_mistake_cannot_be_made(
    name: str, quantity: str, rule: str
) -> None:
    """A rule has nothing to say where there is nothing to get wrong its way."""
    assert made(name, quantity, rule) == []


@pytest.mark.parametrize(("name", "quantity", "rule", "where", "value"), CONVENTIONS)
def test_a_mistake_in_another_convention_is_named_first(
    name: str, quantity: str, rule: str, where: str, value: float
) -> None:
    """Whoever makes it on a published sheet is told of it before anything else."""
    found = verdict(name, quantity, f"{value:.5f}".rstrip("0").rstrip("."))
    assert named(found)[0] == [(rule, where)]


def test_every_rule_has_an_example() -> None:
    """One that no step of three networks meets would be one that nobody makes."""
    assert {rule for _, _, rule, *_ in EXAMPLES} == set(RULE)


@pytest.mark.parametrize(
    ("reduction", "loss", "quantity", "factor", "rule"),
    [
        ("sum", "squared_error", "w.gradient", 0.5, "averaged_instead_of_summed"),
        ("sum", "squared_error", "loss", 0.5, "averaged_instead_of_summed"),
        ("mean", "half_squared_error", "w.gradient", 2, "summed_instead_of_averaged"),
        ("mean", "half_squared_error", "loss", 2, "summed_instead_of_averaged"),
        ("mean", "squared_error", "w.gradient", 0.5, "forgot_factor_two"),
        ("mean", "squared_error", "loss", 0.5, "halved_loss"),
        ("sum", "half_squared_error", "w.gradient", 2, "added_factor_two"),
        ("sum", "half_squared_error", "loss", 2, "forgot_half"),
    ],
)
def test_a_factor_two_of_two_examples_is_a_mean_or_a_half(
    reduction: str, loss: str, quantity: str, factor: float, rule: str
) -> None:
    """With two examples both come to the same number where either could be: it is the mean then."""
    found = batch_trace(one_neuron("identity", 0.3, loss=loss), [([1], 2), ([3], 1)], reduction)
    typed = f"{found[quantity].value * factor:.6f}"
    judged = diagnose(found, quantity, read_answer(found, quantity, typed), {})
    assert [made.id for made in judged.candidates[0].mistakes] == [rule]
