"""The same seed gives the same problem: on every machine, every Python version, every day."""

from __future__ import annotations

import pytest

from engine.practice import DRAWN_BY, Problem, draw, draw_full
from engine.practice.dice import Dice

# fmt: off
SHORT = {
    ('signed_product', 1, '') : '0.7 0.8 -> 0 at 0.5 | H1 relu -0.3 0.4; H2 relu 0.1 -1.2; O sigmoid -0.5 0.7 | w21.product w22.product',
    ('weighted_sum', 2, '') : '0.7 0.5 -> 1 at 0.1 | H1 relu 1.5 0.4; H2 relu -0.3 0.8; O sigmoid -0.2 1.2 | H1.sum H2.sum',
    ('relu', 3, 'relu_kept_negative') : '0.9 0.4 -> 0 at 0.2 | H1 relu 0.2 -1.2 + 0.1; H2 relu 0.9 -0.6 + -0.3; O sigmoid 0.6 -0.9 + 0.5 | H1.activation H2.activation',
    ('sigmoid', 1, '') : '0.7 0.6 -> 0 at 0.1 | H1 relu -0.4 1.2; H2 relu 1.2 -0.4; O sigmoid 0.5 0.7 | O.activation',
    ('tanh', 6, '') : '0.9 0.2 -> 0 at 0.3 | H1 tanh -0.2 0.5 + 0.4; H2 tanh -0.5 0.9 + 0.1; O sigmoid -0.6 -1.2 + -0.2 | H1.activation H2.activation',
    ('loss', 4, '') : '1.2 0.7 0.4 -> 1 at 0.5 | H1 relu -0.5 0.3 -0.7; H2 relu 0.4 -0.1 -0.8; O sigmoid 0.3 -1.5 | loss',
    ('cross_entropy', 7, '') : '1.5 0.6 0.8 -> 0 at 0.4 | H1 tanh 0.5 0.3 -0.1; H2 tanh -0.7 -0.2 0.8; O sigmoid -0.9 -0.4 | loss',
    ('output_delta', 5, '') : '0.5 0.7 -> 1 at 0.2 | H1 relu -1.2 0.7; H2 relu -0.5 0.6; G1 relu -0.9 0.6; G2 relu -0.2 0.5; O sigmoid -0.9 -0.6 | O.delta',
    ('hidden_delta', 2, 'ignored_relu_gate') : '1.5 1.2 -> 1 at 0.4 | H1 relu 0.2 -1.5; H2 relu 0.7 -0.1; O sigmoid 0.4 -0.6 | H1.delta H2.delta',
    ('gradient', 4, '') : '0.3 0.6 0.4 -> 0 at 0.1 | H1 relu -1.5 1.2 0.2; H2 relu -0.1 0.4 0.3; O sigmoid -0.1 0.4 | wO1.gradient wO2.gradient',
    ('direction', 3, '') : '0.7 0.5 -> 0 at 0.3 | H1 relu 0.8 -1.2 + 0.4; H2 relu 0.9 0.2 + 0.2; O sigmoid -0.7 -1.5 + -0.3 | wO1.direction wO2.direction',
    ('update', 7, '') : '0.9 0.8 1.2 -> 1 at 0.2 | H1 tanh -1.2 -0.9 0.6; H2 tanh -1.5 0.6 0.1; O sigmoid -0.3 1.2 | wO1.updated wO2.updated',
}
"""Seed "a seed", by skill, difficulty and mistake. If these change, `DRAWN_BY` must too."""

FULL = {
    1: '0.6 0.9 -> 0 at 0.2 | H1 relu -0.3 1.2; H2 relu -0.3 1.5; O sigmoid -0.1 0.7',
    5: '0.7 1.2 -> 1 at 0.4 | H1 relu -0.9 0.6 + 0.1; H2 relu -0.9 1.2 + -0.1; G1 relu -0.1 0.5 + 0.1; G2 relu -1.2 1.5 + 0.3; O sigmoid -1.5 -0.2 + 0.1',
}
# fmt: on


def written(problem: Problem) -> str:
    """A problem in one line: inputs, target, rate, neurons with weights and bias."""
    neurons = "; ".join(
        f"{n.name} {n.activation} {' '.join(f'{w:g}' for _, w in n.weights)}"
        + (f" + {n.bias:g}" if n.bias else "")
        for n in problem.network.neurons()
    )
    inputs = " ".join(f"{x:g}" for x in problem.inputs)
    return f"{inputs} -> {problem.target:g} at {problem.learning_rate:g} | {neurons}"


@pytest.mark.parametrize(("wanted", "line"), SHORT.items())
def test_a_short_set_is_its_seed(wanted: tuple[str, int, str], line: str) -> None:
    """Drawn anew, the problem of the table comes out to the last decimal."""
    problem = draw("a seed", *wanted)
    assert f"{written(problem)} | {' '.join(problem.asked)}" == line
    assert draw("a seed", *wanted) == problem


@pytest.mark.parametrize(("difficulty", "line"), FULL.items())
def test_a_full_trace_is_its_seed(difficulty: int, line: str) -> None:
    """Likewise for a whole training step."""
    assert written(draw_full("a seed", difficulty)) == line


def test_other_seeds_give_other_problems() -> None:
    """Fifty seeds, fifty problems."""
    drawn = {written(draw(str(number), "sigmoid", 3)) for number in range(50)}
    assert len(drawn) == 50


def test_dice_are_a_hash_of_their_seed() -> None:
    """The first numbers of a seed are these, wherever they are drawn; and they go on and on."""
    assert DRAWN_BY == 1
    dice = Dice("a seed")
    assert [dice.below(1000) for _ in range(5)] == [14, 737, 368, 714, 289]
    assert {dice.below(6) for _ in range(300)} == set(range(6))
    assert len(set(Dice("b").some_of(range(20), 20))) == 20
    with pytest.raises(ValueError, match="3 of 2 things"):
        dice.some_of("ab", 3)
