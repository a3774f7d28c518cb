"""The same seed gives the same problem: on every machine, every Python version, every day."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from engine.practice import DRAWN_BY, FULL_TRACE, Problem, draw, draw_full
from engine.practice.dice import Dice

SEEDS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("practice_seeds.toml").read_text(encoding="utf-8")
)
TABLE = [(version, wanted) for version, table in SEEDS.items() for wanted in table]


def written(problem: Problem) -> str:
    """A problem in one line: inputs, target, rate, neurons with weights and bias."""
    neurons = "; ".join(
        f"{n.name} {n.activation} {' '.join(f'{w:g}' for _, w in n.weights)}"
        + (f" + {n.bias:g}" if n.bias else "")
        for n in problem.network.neurons()
    )
    inputs = " ".join(f"{x:g}" for x in problem.inputs)
    return f"{inputs} -> {problem.target:g} at {problem.learning_rate:g} | {neurons}"


@pytest.mark.parametrize(("version", "wanted"), TABLE)
def test_a_problem_is_its_seed(version: str, wanted: str) -> None:
    """Drawn anew, each problem of the table comes out to the last decimal, by any version."""
    skill, difficulty, *mistake = wanted.split()
    of = int(version.removeprefix("version "))
    if skill == FULL_TRACE:
        problem = draw_full("a seed", int(difficulty), of)
        assert written(problem) == SEEDS[version][wanted]
        return
    problem = draw("a seed", skill, int(difficulty), "".join(mistake), of)
    asked = " ".join(problem.asked)
    assert f"{written(problem)} | {asked}" == SEEDS[version][wanted]


def test_other_seeds_give_other_problems() -> None:
    """Fifty seeds, fifty problems."""
    drawn = {written(draw(str(number), "sigmoid", 3)) for number in range(50)}
    assert len(drawn) == 50


def test_dice_are_a_hash_of_their_seed() -> None:
    """The first numbers of a seed are these, wherever they are drawn; and they go on and on."""
    assert f"version {DRAWN_BY}" in SEEDS
    dice = Dice("a seed")
    assert [dice.below(1000) for _ in range(5)] == [14, 737, 368, 714, 289]
    assert {dice.below(6) for _ in range(300)} == set(range(6))
    assert len(set(Dice("b").some_of(range(20), 20))) == 20
    with pytest.raises(ValueError, match="3 of 2 things"):
        dice.some_of("ab", 3)
