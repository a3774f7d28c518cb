"""Arithmetic: the decimal point."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
    ("worked", "H1.sum", "decimal_place", "H1", 0.3),
    ("worked", "H1.sum", "decimal_place", "H1", 0.003),
    ("worked", "H1.sum", "decimal_place", "w12", -1.86),
    ("worked", "wO2.updated", "decimal_place", "wO2", 1.07907),
    ("deep", "B1.delta", "decimal_place", "o11", -0.94469),
)

SILENT = (("worked", "wO2.direction", "decimal_place"),)


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
