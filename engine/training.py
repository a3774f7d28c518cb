"""A network on its way through a task: what no learner could do by hand.

A `Run` is a pure function of its network, task, seed and number of steps: each example is drawn
from a hash of the seed and its place, so a run can go on anywhere and is the same everywhere.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.descent import Example, Point, accuracy, predicted, trained
from engine.network import Network, NetworkError, checked_number

JUDGED = 200
"""How many random examples the accuracy of a run is measured on."""

LEARNING_RATE = 0.1


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned: random inputs from 0 to 1, and the right answer to any of them."""

    inputs: int
    answer: Callable[[Point], tuple[float, ...]]

    def example(self, seed: str, index: int) -> Example:
        """The example with a number, always the same one for a seed.

        >>> above_half(2).example("a seed", 7) == above_half(2).example("a seed", 7)
        True
        """
        drawn = hashlib.shake_256(f"{seed}/{index}".encode()).digest(8 * self.inputs)
        # The upper 53 of 64 bits: as fine as a float between 0 and 1 can be.
        point = tuple(
            (int.from_bytes(drawn[at : at + 8], "big") >> 11) * 2.0**-53
            for at in range(0, len(drawn), 8)
        )
        return Example(point, self.answer(point))


def above_half(inputs: int, outputs: int = 1) -> Task:
    """The lesson's task for any number of inputs: 1 where their mean is above a half, else 0.

    >>> above_half(2).answer((0.6, 0.7)), above_half(2).answer((0.2, 0.1))
    ((1.0,), (0.0,))
    """

    def answer(point: Point) -> tuple[float, ...]:
        total = 0.0
        for x in point:
            total += x
        return (1.0 if total > inputs / 2 else 0.0,) * outputs

    return Task(inputs, answer)


@dataclass(frozen=True, slots=True)
class Run:
    """A network on its way through a task.

    Raises:
        NetworkError: the task does not fit the network, or the learning rate is no number above 0.
    """

    network: Network
    """With the weights it has now."""
    task: Task
    seed: str
    learning_rate: float = LEARNING_RATE
    losses: tuple[float, ...] = ()
    """The loss of each step's example, before its update."""

    def __post_init__(self) -> None:
        if checked_number(self.learning_rate, "learning_rate") <= 0:
            raise NetworkError(f"learning_rate: needs a number above 0, not {self.learning_rate!r}")
        example = self.task.example(self.seed, 0)
        found = (len(example.inputs), len(example.target))
        needed = (len(self.network.inputs), len(self.network.outputs))
        if found != needed:
            raise NetworkError(
                f"task: has {found[0]} inputs and {found[1]} outputs, "
                f"the network {needed[0]} and {needed[1]}"
            )

    @property
    def steps(self) -> int:
        """How many steps it has taken."""
        return len(self.losses)

    def continued(self, steps: int) -> Run:
        """The run some steps later; in one go or in parts, the numbers are the same.

        Raises:
            NetworkError: the numbers grow too large to go on; the text says at which step.
            ValueError: a negative number of steps.
        """
        if steps < 0:
            raise ValueError(f"a run goes on, not back: {steps} steps")
        until = self.steps + steps
        examples = (self.task.example(self.seed, index) for index in range(self.steps, until))
        network, losses = trained(self.network, examples, self.learning_rate, self.steps)
        return replace(self, network=network, losses=self.losses + losses)

    def judged(self, count: int = JUDGED) -> tuple[Example, ...]:
        """The examples the run is measured on; it never trains on them."""
        return tuple(self.task.example(f"{self.seed}/judged", index) for index in range(count))

    def accuracy(self, count: int = JUDGED) -> float:
        """The share of `judged` examples on the right side of 0.5, from 0 to 1."""
        return accuracy(self.network, self.judged(count))


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a run stood after some steps."""

    steps: int
    loss: float
    """The mean loss of the steps since the moment before; NaN where there are none."""
    accuracy: float
    predictions: tuple[tuple[float, ...], ...]
    """What the network says at each of the traced points, one number per output."""
    network: Network


def history(run: Run, steps: int, every: int, points: Sequence[Point] = ()) -> Iterator[Moment]:
    """A run from here on: a moment now, one every so many steps, and one at the end.

    Args:
        run: where to begin.
        steps: how many to take in all.
        every: how many between two moments; 1 or more.
        points: where to ask the network for its prediction.

    Raises:
        NetworkError: the numbers grow too large to go on.
    """
    yield _moment(run, 0, points)
    for done in range(0, steps, every):
        taken = min(every, steps - done)
        run = run.continued(taken)
        yield _moment(run, taken, points)


def _moment(run: Run, taken: int, points: Sequence[Point]) -> Moment:
    loss = _mean(run.losses[-taken:]) if taken else math.nan
    predictions = tuple(predicted(run.network, points))
    return Moment(run.steps, loss, run.accuracy(), predictions, run.network)


def smoothed(losses: Sequence[float], most: int = 120) -> tuple[tuple[int, float], ...]:
    """A curve to draw: (step, mean loss of the steps up to it), at most so many points.

    The mean goes over a tenth of the steps, at least one and at most 200.

    >>> smoothed([0.3, 0.1])
    ((1, 0.3), (2, 0.1))
    """
    width = max(1, min(200, len(losses) // 10))
    count = min(most, len(losses) - width + 1)
    if count < 2:
        return tuple((step, loss) for step, loss in enumerate(losses, 1))
    ends = [width + (len(losses) - width) * i // (count - 1) for i in range(count)]
    return tuple((end, _mean(losses[end - width : end])) for end in ends)


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)
