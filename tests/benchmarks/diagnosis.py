"""The bars of diagnosis, measured on a simulated learner: `python -m tests.benchmarks.diagnosis`.

Options: a number of networks (default 60), a seed, and -v for examples of what was missed.
"""

from __future__ import annotations

import random
import sys
import time
from statistics import median, quantiles

from engine.diagnosis import Diagnoser
from engine.network import Network
from engine.trace import trace
from tests.benchmarks.diagnosis_bars import (
    DRAWS,
    Tally,
    answer,
    chance,
    lessons,
    others,
    pairs,
    rounding_paths,
    single,
    told,
)


def timing() -> dict[str, float]:
    """Seconds for parse + diagnose on the lesson network, cold and warm; cold on a larger one."""
    _, found, _ = next(lessons())
    cases = [
        ("H1.sum", "0.45"),
        ("H1.sum", "0,03"),
        ("H1.sum", "-0.198"),
        ("O.activation", "0.437"),
        ("loss", "0.19"),
        ("O.delta", "0.215"),
        ("w12.gradient", "-0.3"),
        ("O.sum", "0.777"),
        ("wO2.updated", "0.882"),
        ("H1.sum", "0.24 - 0.21 = 0.3"),
        ("H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.03"),
    ]
    cold = []
    for step, text in cases:
        started = time.perf_counter()
        answer(Diagnoser(found), step, text)
        cold.append(time.perf_counter() - started)
    diagnoser, warm = Diagnoser(found), []
    for _ in range(60):
        for step, text in cases:
            started = time.perf_counter()
            answer(diagnoser, step, text)
            warm.append(time.perf_counter() - started)
    plain = []
    for _ in range(200):
        for step, text in cases[:9]:
            started = time.perf_counter()
            answer(diagnoser, step, text)
            plain.append(time.perf_counter() - started)
    result = {
        "cold median": median(cold),
        "cold worst": max(cold),
        "warm median": median(warm),
        "warm p95": quantiles(warm, n=20)[-1],
        "warm bare numbers median": median(plain),
    }
    for size in (4, 8):
        net = {
            "inputs": [f"x{i}" for i in range(size)],
            "layers": [
                [
                    {
                        "name": f"H{j}",
                        "activation": "relu",
                        "bias": 0.1,
                        "weights": {f"w{j}_{i}": (i - j) / 9 + 0.05 for i in range(size)},
                    }
                    for j in range(size)
                ],
                [
                    {
                        "name": "O",
                        "activation": "sigmoid",
                        "weights": {f"o{j}": 0.3 - j / 9 for j in range(size)},
                    }
                ],
            ],
        }
        large = trace(Network.from_data(net), [0.1 * (i + 1) for i in range(size)], 1.0, 0.1)
        started = time.perf_counter()
        answer(Diagnoser(large), "H0.sum", "0.777")
        result[f"cold, {size} inputs, unexplained sum"] = time.perf_counter() - started
    return result


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    verbose = "-v" in sys.argv
    rows: list[tuple[str, str, Tally]] = [
        ("single mistakes named first", "≥ 98 %", single(count, seed)),
        ("the same from rounded values", "≥ 98 %", single(count, seed + 5, held="rounded")),
        ("the same, earlier value wrong", "≥ 95 %", single(count, seed + 1, wrong_earlier=True)),
        ("another step's value named first", "", others(count, seed + 2)),
        ("two mistakes, in the first three", "", both := pairs(count, seed + 3)),
        ("the same, as check prints them", "≥ 80 %", told(both)),
    ]
    paths, widths = rounding_paths(count, seed + 4)
    rows.append(("right answers accepted", "100 %", paths))
    for name, bar, tally in rows:
        print(
            f"{name:36} {bar:8} {tally.share:7.2f} %  of {tally.all:6}"
            f"  (and told: {100 * tally.verdict / max(1, tally.all):.1f} %)"
            + (f"  missed: {tally.missed.most_common(6)}" if tally.right < tally.all else "")
        )
        if verbose:
            print(
                *(
                    "      " + e
                    for e in random.Random(0).sample(tally.examples, min(14, len(tally.examples)))
                ),
                sep="\n",
            )
    for name, draw in DRAWS.items():
        general, lesson = chance(max(10, count // 3), seed + 6, draw)
        print(
            f"chance numbers accused, {name:32} ≤ 3 %  {100 - general.share:5.2f} %"
            f"  on the lesson {100 - lesson.share:5.2f} %"
            + (f"  {lesson.missed.most_common(4)}" if verbose else "")
        )
    q = quantiles(widths, n=100)
    print(
        f"right interval in units of the last asked decimal: median {q[49]:.2f}, "
        f"90 % {q[89]:.2f}, 99 % {q[98]:.2f}, widest {max(widths):.1f}"
    )
    for name, seconds in timing().items():
        print(f"{name:40} {1000 * seconds:8.3f} ms")


if __name__ == "__main__":
    main()
