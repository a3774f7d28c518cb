"""How fast and how well it learns over 20 seeds: `python -m tests.benchmarks.training`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median

from engine.descent import predicted
from engine.network import Network
from engine.training import Run, above_half
from tests.engine.networks import LESSON

TRACED = ((0.6, 0.7), (0.2, 0.1))


def spread(numbers: Sequence[float]) -> str:
    """The smallest, largest and mean of some numbers."""
    return f"{min(numbers):.3f} to {max(numbers):.3f}, mean {mean(numbers):.3f}"


def main() -> None:
    network, task = Network.from_data(LESSON), above_half(2)
    seconds = []
    for number in range(7):
        started = time.perf_counter()
        Run(network, task, str(number)).continued(5000)
        seconds.append(time.perf_counter() - started)
    print(f"5,000 steps of the lesson's network: median {1000 * median(seconds):.0f} ms")
    for biases in (False, True):
        for steps in (2000, 5000):
            start = replace(network, train_biases=biases)
            runs = [Run(start, task, f"seed {number}").continued(steps) for number in range(20)]
            said = [list(predicted(run.network, TRACED)) for run in runs]
            print(f"{'biases trained' if biases else 'biases 0'}, {steps:,} steps, 20 seeds:")
            print(f"  accuracy on 200    {spread([run.accuracy() for run in runs])}")
            print(f"  at (0.6, 0.7)      {spread([high for (high,), _ in said])}")
            print(f"  at (0.2, 0.1)      {spread([low for _, (low,) in said])}")


if __name__ == "__main__":
    main()
