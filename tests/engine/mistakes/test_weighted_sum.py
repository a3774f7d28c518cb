"""Weighted sums: the wrong numbers, or put together the wrong way."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
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
)

SILENT = (
    ("worked", "O.sum", "wrong_neuron"),
    ("worked", "H1.sum", "forgot_bias"),
    ("worked", "H1.sum", "used_inputs_not_activations"),
    ("worked", "w12.product", "missing_term"),
    ("worked", "loss", "missing_term"),
    ("worked", "loss", "added_instead_of_multiplied"),
    ("worked", "O.activation", "swapped_weights"),
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
