"""The same seed gives the same problem: on every machine, every Python version, every day."""

from __future__ import annotations

import pytest

from engine.practice import SKILLS, Problem, draw, draw_full
from engine.practice.random_draws import RandomDraws


def written(problem: Problem) -> str:
    """A problem in one line: inputs, target, rate, neurons with weights and bias."""
    neurons = "; ".join(
        f"{n.name} {n.activation} {' '.join(f'{w:g}' for _, w in n.weights)}"
        + (f" + {n.bias:g}" if n.bias else "")
        for n in problem.network.neurons()
    )
    inputs = " ".join(f"{x:g}" for x in problem.inputs)
    return f"{inputs} -> {problem.target:g} at {problem.learning_rate:g} | {neurons}"


def test_a_problem_is_its_seed() -> None:
    """Drawn anew, a problem comes out to the last decimal: a turn may be taken twice."""
    for skill in SKILLS:
        assert draw("a seed", skill, 5) == draw("a seed", skill, 5)
    assert draw_full("a seed", 5) == draw_full("a seed", 5)


def test_other_seeds_give_other_problems() -> None:
    """Fifty seeds, fifty problems."""
    drawn = {written(draw(str(number), "sigmoid", 3)) for number in range(50)}
    assert len(drawn) == 50


def test_dice_are_a_hash_of_their_seed() -> None:
    """The first numbers of a seed are these, wherever they are drawn; and they go on and on."""
    dice = RandomDraws("a seed")
    assert [dice.below(1000) for _ in range(5)] == [14, 737, 368, 714, 289]
    assert {dice.below(6) for _ in range(300)} == set(range(6))
    assert len(set(RandomDraws("b").some_of(range(20), 20))) == 20
    with pytest.raises(ValueError, match="3 of 2 things"):
        dice.some_of("ab", 3)
