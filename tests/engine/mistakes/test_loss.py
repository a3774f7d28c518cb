"""The loss: squaring and the target."""

from __future__ import annotations

import pytest

from tests.engine.mistakes.examples import Example, check, check_silent

EXAMPLES: tuple[Example, ...] = (
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
)

SILENT = (
    ("worked", "O.sum", "wrong_target"),
    ("worked", "O.delta", "forgot_to_square"),
    ("worked", "H1.delta", "wrong_target"),
    ("worked", "O.delta", "halved_loss"),
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
