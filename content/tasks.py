"""What a network is trained for while a learner watches: a comparison of its inputs, as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from engine.descent import Point
from engine.expression import Expression, value_of
from engine.reading import Reading, read
from engine.training import Task, above_half

_COMPARED = re.compile(r"(.+?)\s*([<>])\s*(.+)")


@lru_cache(maxsize=64)
def task_of(said: str, inputs: tuple[str, ...]) -> Task:
    """The task that a comparison says: 1 where it holds, 0 elsewhere; inputs go from 0 to 1.

    Args:
        said: such as `x1 + x2 > 1`; empty for a mean of the inputs above a half.
        inputs: the names of the network's inputs.

    Raises:
        ValueError: it is no comparison of these inputs; the text says what is wrong.

    >>> task_of("x1 + x2 > 1", ("x1", "x2")).answer((0.6, 0.7))
    (1.0,)
    """
    if not said:
        return above_half(len(inputs))
    found = _COMPARED.fullmatch(said)
    if found is None:
        raise ValueError(f"needs a comparison such as {inputs[0]} > 0.5, not {said!r}")
    left, right = (_side(part, inputs) for part in (found[1], found[3]))
    above = found[2] == ">"

    def answer(point: Point) -> tuple[float, ...]:
        values = dict(zip(inputs, point, strict=True))
        first, second = value_of(left, values) or 0.0, value_of(right, values) or 0.0
        return (float(first > second if above else first < second),)

    return Task(len(inputs), answer)


def _side(text: str, inputs: Sequence[str]) -> Expression:
    reading = read(text, dict.fromkeys(inputs, 0.5))
    if not isinstance(reading, Reading):
        raise ValueError(f"cannot be read at {text!r}; there are {', '.join(inputs)}")
    return reading.answer.expression
