"""Signs: dropped and flipped."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
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
)

SILENT = (
    ("worked", "O.sum", "dropped_sign"),
    ("worked", "loss", "dropped_sign"),
    ("worked", "w11.direction", "flipped_sign"),
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
