"""What every family's example table is written in, and the three traces it speaks of."""

from __future__ import annotations

from functools import cache

import pytest

from engine.expression import evaluate
from engine.mistakes import RULES, Rule, Step
from engine.mistakes.elsewhere import other_quantity
from engine.network import Network
from engine.trace import Trace, trace
from tests.engine.networks import lesson

DEEP = {
    "inputs": ["x1", "x2", "x3"],
    "layers": [
        [
            {
                "name": "A1",
                "activation": "tanh",
                "bias": 0.1,
                "weights": {"a11": 0.4, "a12": -0.3, "a13": 0.2},
            },
            {
                "name": "A2",
                "activation": "relu",
                "bias": -0.5,
                "weights": {"a21": -0.5, "a22": 0.8, "a23": 0.1},
            },
        ],
        [
            {"name": "B1", "activation": "relu", "bias": 0.1, "weights": {"b11": 0.4, "b12": 0.3}},
            {
                "name": "B2",
                "activation": "identity",
                "bias": -0.2,
                "weights": {"b21": -0.5, "b22": 0.8},
            },
        ],
        [
            {
                "name": "O1",
                "activation": "sigmoid",
                "bias": 0.3,
                "weights": {"o11": 0.6, "o12": 0.9},
            },
            {
                "name": "O2",
                "activation": "tanh",
                "bias": -0.1,
                "weights": {"o21": -0.7, "o22": 0.5},
            },
        ],
    ],
    "train_biases": True,
}
"""Three inputs, biases, two hidden layers, two outputs; A2 is switched off."""


@cache
def traced(name: str) -> Trace:
    """The lesson's worked example, its new example, or the deep network."""
    match name:
        case "worked":
            return lesson()
        case "new":
            return lesson((0.2, 0.1), 0)
        case _:
            return trace(Network.from_data(DEEP), (0.5, 0.4, 0.3), (1.0, 0.0), 0.5)


Example = tuple[str, str, str, str, float]
"""Trace, quantity, rule, where, and what comes out."""


def made(name: str, quantity: str, rule: str) -> list[tuple[str, float]]:
    """(where, value) of each way that a rule rewrites a quantity, rounded to 5 decimals."""
    step = Step(traced(name), quantity)
    found = _rule(rule)(step, step.quantity.expression)
    return [(r.where, round(evaluate(r.tree, step.values), 5) + 0.0) for r in found]


def _rule(name: str) -> Rule:
    if name == other_quantity.id:
        return other_quantity
    return next(rule for rule in RULES if rule.id == name)


def check(example: Example) -> None:
    """A rule makes of a quantity what the table says, at the place it says."""
    name, quantity, rule, where, value = example
    assert any(
        place == where and result == pytest.approx(value, abs=1e-5)
        for place, result in made(name, quantity, rule)
    )


def check_silent(name: str, quantity: str, rule: str) -> None:
    """A rule has nothing to say about a quantity."""
    assert made(name, quantity, rule) == []
