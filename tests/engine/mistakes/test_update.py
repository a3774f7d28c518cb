"""The update: its direction, its size, and what it is a step from."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
    ("worked", "wO2.updated", "stepped_uphill", "wO2", 0.88209),
    ("deep", "B2.bias.updated", "stepped_uphill", "B2.bias", -0.466),
    ("worked", "wO2.direction", "stepped_uphill", "wO2", -1.0),
    ("worked", "wO2.updated", "forgot_learning_rate", "wO2", 0.95596),
    ("worked", "wO2.updated", "gave_step_not_weight", "wO2", 0.01791),
    ("worked", "wO2.updated", "gave_step_not_weight", "wO2", -0.01791),
)

SILENT = (
    ("worked", "wO2.gradient", "stepped_uphill"),
    ("worked", "wO2.gradient", "forgot_learning_rate"),
    ("worked", "H1.sum", "gave_step_not_weight"),
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
