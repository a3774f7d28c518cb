"""Values of trees that share their parts: as `evaluate` gives them, whatever came before."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagnosis import Diagnoser
from engine.diagnosis.rounding_paths import Thrice
from engine.expression import Call, Expression, Number, Product, Ref, evaluate
from engine.network import NetworkError
from tests.engine.networks import random_case


def _trees(seed: int) -> tuple[list[Expression], dict[str, float]]:
    """Every mistake's tree at a drawn step, and the values it refers to."""
    rng = random.Random(seed)
    try:
        trace = random_case(rng, most=3).traced()
    except NetworkError:
        return [], {}
    quantity = rng.choice([q for q in trace if q.kind != "direction"])
    predictions = Diagnoser(trace).predictions(quantity.id)
    return [p.tree for p in (*predictions.singles, *predictions.pairs)], dict(trace.values)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_shared_parts_change_no_value(seed: int) -> None:
    """Working many trees gives each the value it has alone, digit for digit."""
    trees, values = _trees(seed)
    doubled = {name: 2 * value for name, value in values.items()}
    thrice = Thrice(values, doubled, values)
    for tree in trees:
        alone = evaluate(tree, values)
        try:
            twice = evaluate(tree, doubled)
            three = thrice(tree)
        except (ArithmeticError, ValueError):
            continue
        assert three == (alone, twice, alone)


def test_what_a_zero_multiplies_needs_no_value() -> None:
    """0 × ln(−1) is 0, as everywhere in the engine."""
    tree = Product((Ref("t"), Call("ln", Number(-1.0))))
    assert Thrice({"t": 0.0}, {"t": 0.0}, {"t": 0.0})(tree) == (0, 0, 0)
    with pytest.raises(ValueError, match="math"):
        Thrice({"t": 1.0}, {"t": 0.0}, {"t": 0.0})(tree)
