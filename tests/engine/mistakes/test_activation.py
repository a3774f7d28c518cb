"""Activations: left out, mixed up, turned round."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
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
)

SILENT = (
    ("worked", "H1.activation", "skipped_activation"),
    ("worked", "H1.activation", "relu_kept_negative"),
    ("new", "H2.activation", "relu_zeroed_positive"),
    ("worked", "O.activation", "relu_absolute_value"),
    ("deep", "O2.activation", "sigmoid_sign"),
    ("worked", "H1.sum", "skipped_activation"),
    ("worked", "loss", "wrong_activation"),
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
