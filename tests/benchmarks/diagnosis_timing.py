"""Processor time of parse and diagnose, cold (a new trace) and warm, by width of network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median, quantiles

from engine.diagnosis import Diagnoser
from engine.network import Network
from engine.trace import Trace, trace
from tests.benchmarks.diagnosis_bars import LESSON, answer

LESSON_ANSWERS = (
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
)

SHOWN = {
    "right": (
        ("H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.03"),
        ("H1.sum", "0.6*0.4 = 0.24\n0.7*-0.3 = -0.21\n0.24 - 0.21 = 0.03"),
        ("O.delta", "2*(0.563-1)*0.563*(1-0.563) = -0.215"),
        ("loss", "(1-0.563)^2 = 0.437^2 = 0.191"),
        ("wO2.updated", "0.9 - 0.32*-0.056 = 0.9+0.018 = 0.918"),
    ),
    "with a slip": (
        ("H1.sum", "0.24 - 0.21 = 0.3"),
        ("H1.sum", "0.6*0.4 + 0.7*-0.3 = 0.24 - 0.21 = 0.3"),
        ("O.sum", "0.6*0.03+0.9*0.26 = 0.018+0.234 = 0.262"),
    ),
    "set up wrongly": (
        ("H1.sum", "0.6*0.4 + 0.7*0.3 = 0.45"),
        ("H1.sum", "(0.6*0.4 + 0.7)*-0.3 = -0.282"),
        ("O.delta", "2*(1-0.563)*0.563*(1-0.563) = 0.215"),
        ("loss", "1-0.563 = 0.437\n0.437*2 = 0.874"),
        ("wO2.updated", "0.9 + 0.32*-0.056 = 0.882"),
    ),
}
"""Shown work, by what is right or wrong in it."""


def _lesson() -> Trace:
    return trace(Network.from_data(LESSON), (0.6, 0.7), 1.0, 0.32)


def _wide(size: int) -> Trace:
    """As many inputs as hidden neurons, with biases."""
    hidden = [
        {
            "name": f"H{j}",
            "activation": "relu",
            "bias": 0.1,
            "weights": {f"w{j}_{i}": (i - j) / 9 + 0.05 for i in range(size)},
        }
        for j in range(size)
    ]
    out = {
        "name": "O",
        "activation": "sigmoid",
        "weights": {f"o{j}": 0.3 - j / 9 for j in range(size)},
    }
    net = {"inputs": [f"x{i}" for i in range(size)], "layers": [hidden, [out]]}
    return trace(Network.from_data(net), [0.1 * (i + 1) for i in range(size)], 1.0, 0.1)


def _seconds(diagnoser: Diagnoser, step: str, text: str) -> float:
    started = time.process_time()
    answer(diagnoser, step, text)
    return time.process_time() - started


def _line(name: str, seconds: list[float]) -> str:
    middle, late, worst = median(seconds), quantiles(seconds, n=20)[-1], max(seconds)
    return (
        f"{name:44} median {1000 * middle:8.3f} ms  p95 {1000 * late:8.3f}  "
        f"worst {1000 * worst:8.3f}"
    )


def timings() -> Iterator[str]:
    """A line for each network and state: median, 95 % and the worst."""
    cold = [_seconds(Diagnoser(_lesson()), *case) for _ in range(5) for case in LESSON_ANSWERS]
    yield _line("the lesson, cold", cold)
    diagnoser = Diagnoser(_lesson())
    warm = [_seconds(diagnoser, *case) for _ in range(120) for case in LESSON_ANSWERS]
    yield _line("the lesson, warm (≤ 0.2 ms)", warm[len(LESSON_ANSWERS) :])
    bare = [_seconds(diagnoser, *case) for _ in range(200) for case in LESSON_ANSWERS[:9]]
    yield _line("the lesson, warm, numbers alone", bare)
    for kind, answers in SHOWN.items():
        work = [_seconds(diagnoser, *case) for _ in range(200) for case in answers]
        yield _line(f"the lesson, warm, shown work {kind}", work[len(answers) :])
    for size in (2, 4, 8):
        for steps in (("H0.sum", "H1.sum", "O.sum"), ("H0.delta", "O.activation", "w0_1.updated")):
            name = f"{size} inputs, unexplained at {steps[0]} and the like"
            cold = [_seconds(Diagnoser(_wide(size)), s, "0.777") for _ in range(7) for s in steps]
            yield _line(f"{name}, cold", cold)
            diagnoser = Diagnoser(_wide(size))
            warm = [_seconds(diagnoser, s, "0.777") for _ in range(40) for s in steps]
            yield _line(f"{name}, warm", warm[len(steps) :])
