"""Order of operations: left to right, and plus before times."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
    ("worked", "H1.sum", "left_to_right", "H1", -0.282),
    ("deep", "A1.sum", "left_to_right", "A1", 0.124),
    ("worked", "wO2.updated", "left_to_right", "wO2", -0.03246),
    ("worked", "next.O.sum", "left_to_right", "O", 0.32301),
    ("worked", "H1.sum", "added_before_multiplying", "H1", -0.198),
    ("deep", "A1.sum", "added_before_multiplying", "A1", 0.0),
    ("deep", "A1.sum", "added_before_multiplying", "A1", 0.1),
)

SILENT = (
    ("worked", "w12.product", "left_to_right"),
    ("worked", "wO2.updated", "added_before_multiplying"),
    ("worked", "loss", "left_to_right"),
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
