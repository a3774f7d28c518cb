"""How long a trace takes, by the size of the network: `python -m tests.benchmarks.engine`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median

from engine.network import Network
from engine.trace import Trace, trace
from tests.engine.networks import LESSON


def network(inputs: int, widths: list[int], activation: str) -> Network:
    """A network of one activation with sigmoid outputs, random weights and biases that train."""
    rng = random.Random(1)

    def number() -> float:
        return round(rng.uniform(-1, 1), 2)

    layers, before = [], inputs
    for depth, width in enumerate(widths):
        kind = "sigmoid" if depth == len(widths) - 1 else activation
        layers.append(
            [
                {
                    "name": f"N{depth}{j}",
                    "activation": kind,
                    "bias": number(),
                    "weights": {f"w{depth}{j}{i}": number() for i in range(before)},
                }
                for j in range(width)
            ]
        )
        before = width
    names = [f"x{i}" for i in range(inputs)]
    return Network.from_data({"inputs": names, "layers": layers, "train_biases": True})


def milliseconds(work: Callable[[], object], rounds: int = 15) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1000 * median(times)


def texts(step: Trace) -> list[object]:
    """Formula, numbers and working of every quantity."""
    return [(step.formula(q.id), step.substituted(q.id), step.working(q.id)) for q in step]


def main() -> None:
    """Prints the table."""
    print(f"{'network':24} {'quantities':>10} {'trace':>9} {'texts':>9} {'intervals':>9}   (ms)")
    rows = [("lesson", Network.from_data(LESSON), [0.6, 0.7], [1])]
    for activation in ("relu", "tanh", "identity"):
        for size in (3, 6):
            net = network(size, [size, size, size, 3], activation)
            name = f"{size}-{size}-{size}-{size}-3 {activation}"
            rows.append((name, net, [0.1 * i for i in range(size)], [1, 0, 1]))
    for name, net, inputs, target in rows:
        step = trace(net, inputs, target, 0.32)
        traced = milliseconds(lambda: trace(net, inputs, target, 0.32))  # noqa: B023 - called here
        written = milliseconds(lambda: texts(step), 5)  # noqa: B023
        held = milliseconds(lambda: Trace.held.func(step), 5)  # type: ignore[attr-defined] # noqa: B023
        print(f"{name:24} {len(step.quantities):10} {traced:9.2f} {written:9.2f} {held:9.2f}")


if __name__ == "__main__":
    main()
