"""The printed tables, and what is written of reading between their lines."""

from __future__ import annotations

import random

import pytest

from engine.functions import ACTIVATIONS, tabled
from engine.lookup import PLACES, between, lines, printed
from engine.network import Network
from engine.reading import Reading, read
from engine.rounding import PENCIL_SIGMOID_LIMIT, within
from engine.scaffold import gapped, table_rule
from engine.trace import Trace, trace


def neuron(activation: str, z: float) -> Trace:
    """A step of one neuron whose sum is z."""
    weights = {"name": "O", "activation": activation, "bias": 0.0, "weights": {"w": z}}
    data = {"inputs": ["x"], "layers": [[weights]], "loss": "squared_error"}
    return trace(Network.from_data(data), (1.0,), 0.5)


@pytest.mark.parametrize("function", tabled())
def test_a_table_rises_line_by_line(function: str) -> None:
    """Its lines and their values are in order, so a number lies between just two of them."""
    known = lines(function)
    values = [printed(function, line) for line in known]
    assert sorted(set(known)) == list(known)
    assert sorted(set(values)) == values


@pytest.mark.parametrize("function", tabled())
def test_a_number_lies_between_its_neighbours(function: str) -> None:
    """From the first line to the last every number has two neighbours, and its share of the way."""
    rng = random.Random(2)
    for _ in range(200):
        size = rng.uniform(lines(function)[0], lines(function)[-1])
        found = between(function, size)
        assert found is not None
        assert found.below <= size <= found.above
        assert found.below + found.share * (found.above - found.below) == pytest.approx(size)
        assert found.low <= found.value <= found.high
    assert between(function, lines(function)[-1] + 0.01) is None
    assert between(function, lines(function)[0] - 0.01) is None


@pytest.mark.parametrize("function", [name for name in tabled() if name in ACTIVATIONS])
def test_what_is_written_works_out_to_a_right_answer(function: str) -> None:
    """The line with the step's own numbers comes to the value beside it, which is accepted."""
    rng = random.Random(3)
    written = 0
    for _ in range(150):
        z = round(rng.uniform(-3.4, 3.4), rng.choice([2, 3]))
        step = neuron(function, z)
        rule = table_rule(step, "O.activation")
        if rule is None:
            continue
        written += 1
        line = read(rule.line.replace("−", "-").replace("×", "*"))
        assert isinstance(line, Reading)
        right = step["O.activation"]
        assert line.value == pytest.approx(float(rule.value.replace("−", "-")), abs=2e-4)
        assert within(line.value, step.held["O.activation"], right.places)
        assert gapped(step, "O.activation").startswith(rule.line)
    assert written > 60


def test_the_table_is_for_where_the_pencil_rule_ends() -> None:
    """Near 0 a sigmoid has its pencil rule, and a number with a line of its own needs no rule."""
    assert table_rule(neuron("sigmoid", PENCIL_SIGMOID_LIMIT - 0.01), "O.activation") is None
    assert table_rule(neuron("sigmoid", 0.7), "O.activation") is None
    assert table_rule(neuron("sigmoid", 9.0), "O.activation") is None
    assert table_rule(neuron("relu", 0.73), "O.activation") is None
    assert table_rule(neuron("tanh", 0.21), "O.activation") is not None
    assert len(str(printed("sigmoid", 0.7)).partition(".")[2]) == PLACES
