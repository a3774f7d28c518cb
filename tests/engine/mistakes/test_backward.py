"""Backward: a factor of the chain rule left out, or the error turned round."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
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
)

SILENT = (
    ("worked", "H1.delta", "reversed_difference"),
    ("worked", "H1.delta", "forgot_factor_two"),
    ("worked", "H1.delta", "forgot_activation_slope"),
    ("worked", "H1.delta", "squared_the_slope"),
    ("deep", "A1.delta", "squared_the_slope"),
    ("worked", "H2.delta", "ignored_relu_gate"),
    ("worked", "O.delta", "forgot_weight_factor"),
    ("worked", "O.bias.gradient", "forgot_input_factor"),
    ("deep", "B2.delta", "forgot_activation_slope"),
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_rule_makes_of_a_step_what_its_table_says(example: Example) -> None:
    """Each rule rewrites the step to the value in its table, at the place it names."""
    check(example)


@pytest.mark.parametrize(("name", "quantity", "rule"), SILENT)
def test_a_rule_is_silent_where_its_mistake_cannot_be_made(
    name: str, quantity: str, rule: str
) -> None:
    """A rule has nothing to say where there is nothing to get wrong its way."""
    check_silent(name, quantity, rule)
