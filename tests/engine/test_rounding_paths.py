"""Whoever works a trace through, rounding as they go, is told that they are right."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from engine.decimals import rounded
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    evaluate,
)
from engine.rounding import short_of, within
from engine.trace import Quantity, Trace
from tests.engine.networks import lesson, random_case


class Learner:
    """Someone who works a trace through, rounding here and there, in any order of operations."""

    def __init__(self, rng: random.Random, quantity: Quantity) -> None:
        self.rng = rng
        self.places = 3 if quantity.exact else quantity.places
        self.kept = 4 if quantity.exact else 0

    def rounds(self, value: float) -> float:
        """Unrounded, or to the asked decimals or a few more, a half up or away from 0."""
        if self.rng.random() < 0.4 or short_of(value, self.kept):
            return value
        places = self.places + self.rng.choice([0, 0, 0, 1, 2, 3])
        if self.rng.random() < 0.5:
            return rounded(value, places)
        return math.floor(value * 10.0**places + 0.5) / 10.0**places

    def works(self, tree: Expression, values: Mapping[str, float]) -> float:
        """The answer to a tree from the learner's own earlier values."""
        match tree:
            case Product(factors):
                return self.combine([self.works(f, values) for f in factors], times=True)
            case Sum(terms):
                return self.combine([self.works(t, values) for t in terms], times=False)
            case Power(base, Number(exponent)):
                return self.rounds(self.works(base, values) ** exponent)
            case Call("sigmoid", argument):
                z = self.works(argument, values)
                pencil = abs(z) <= 0.5 and self.rng.random() < 0.5
                return self.rounds(0.5 + z / 4 if pencil else evaluate(tree, values))
            case Call(function, argument):
                z = self.works(argument, values)
                return self.rounds(evaluate(Call(function, Number(z)), {}))
            case Difference(left, right):
                return self.works(left, values) - self.works(right, values)
            case Negative(operand):
                return -self.works(operand, values)
            case _:
                return evaluate(tree, values)

    def combine(self, numbers: list[float], *, times: bool) -> float:
        """Multiplies or adds in a random order, rounding each product on the way."""
        while len(numbers) > 1:
            first = numbers.pop(self.rng.randrange(len(numbers)))
            second = numbers.pop(self.rng.randrange(len(numbers)))
            numbers.append(self.rounds(first * second) if times else first + second)
        return numbers[0]


def refused(step: Trace, rng: random.Random) -> list[str]:
    """What a learner who rounds as they go is wrongly told is wrong, in one pass over a trace."""
    values, right = dict(step.given), step.held
    result: list[str] = []
    for quantity in step:
        learner = Learner(rng, quantity)
        try:
            answer = learner.works(quantity.expression, values)
        except ValueError:
            return result  # rounded to exactly 1, an output has no logarithm to go on with
        if not quantity.exact:
            answer = rounded(answer, quantity.places + rng.choice([0, 0, 1, 3]))
        if not within(answer, right[quantity.id], quantity.places):
            result.append(f"{quantity.id}: {answer} not in {right[quantity.id]}, {quantity}")
        values[quantity.id] = answer
    return result


def test_no_rounding_path_of_the_lesson_is_refused() -> None:
    """Whoever works the lesson's examples, rounding anywhere to the asked decimals, is right."""
    rng = random.Random(3)
    steps = [lesson(), lesson((0.2, 0.1), 0)]
    assert [text for step in steps for _ in range(150) for text in refused(step, rng)] == []


def test_no_rounding_path_of_random_networks_is_refused() -> None:
    """The same on 60 random networks of any shape and loss, three learners each."""
    rng = random.Random(4)
    steps = [random_case(rng, most=4).traced() for _ in range(60)]
    assert [text for step in steps for _ in range(3) for text in refused(step, rng)] == []
