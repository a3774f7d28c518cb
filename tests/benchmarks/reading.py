"""How long reading takes: `python -m tests.benchmarks.reading`.

Prints the cold start (import, first parse) in a fresh interpreter, warm medians of typical
answers, and the slowest of a list of hostile texts, at the length limit and of 4096 characters.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from content.loader import load
from engine.reading import Words
from engine.reading import read as read_with
from engine.reading import read_several as read_several_with
from engine.reading.reader import LONGEST_ANSWER

WORDS: Words = load("en").heard

NAMES = {"x1": 0.6, "x2": 0.7, "w11": 0.4, "w12": -0.3, "H1": 0.03, "H2": 0.26, "p": 0.5627}
NAMES |= {"sum(H1)": 0.03, "sum(H2)": 0.26, "new sum(H1)": 0.05, "gradient(bias(H1))": 0.1}

TYPICAL = [
    "0.03",
    "-0.2152",
    "0,03",
    "−0.3",
    "H1 = 0.03",
    "I think it's 0.03",
    "56%",
    "0.24 - 0.21 = 0.3",
    "0.6*0.4 + 0.7*-0.3 = 0.03",
    "0.6*0.4 + 0.7*-0.3 = 0.24 - 0.21 = 0.03",
    "x1*w11 + x2*w12",
    "1/(1+e^-0.252)",
    "12 3.7",
    "hello there",
    "0.6*0.4 = 0.24\n0.7*-0.3 = -0.21\n0.03",
    "0.6*0.4 = 0.24\n0.7*-0.3 = -0.21\n0.24 - 0.21 = 0.03",
    "(0.6 × 0.4) + (0.7 × −0.3)\n= 0.24 + (−0.21)\n= 0.03",
    "zero point oh three",
    "w12 is -0.3 so 0.24-0.21",
    "sum(H1) = x1*w11 + x2*w12 = 0.03",
]

HOSTILE = [
    "1", "1+", "(", "-", "²", "x", "x ", "a", "a ", "=", "=1", "1=1\n", "|", "|1", "~", " ", " 1",
    "max(", "max(0;", "max(1,", "max(1.5,", "1,", "1.", "0.1 ", "one half ", "to the power ", "e^",
    "🙂", "𝟎", "\u200b", "9**", "x1", "H1=1, ", "H1=1 ", "ReLU ", "ReLU(", '"', "1 1/2+", "1/",
    "0x", "1!", "1\n+", "and ", "(1)", "√", "divided by ", "i think ", "1e", "½",
    "so 1", "1 because ", "1->", "sum(H1)", "sum ", "H1 sum 1 ", "1=1*1;", "1 and ", "- 0 , 1",
    "(no)", "point one ", "zero point ", "point ", "dL/dw = ", "ans: ", "1=1\n+1=2\n",
    "\\frac", "\\frac{", "{,}", "$1", "_{1}", "1\u2009000", "0 point ", "😊", "is it ",
]  # fmt: skip

_COLD = """
import time
start = time.perf_counter()
from engine.reading import read
imported = time.perf_counter()
read("0.03")
simple = time.perf_counter()
read("0.24 - 0.21 = 0.03")
parsed = time.perf_counter()
print(imported - start, simple - imported, parsed - simple)
"""


def read(text: str, names: dict[str, float]) -> object:
    """A reading with English words, as in a lesson."""
    return read_with(text, names, WORDS)


def read_several(text: str, names: dict[str, float]) -> object:
    """Likewise of several values."""
    return read_several_with(text, names, WORDS)


def _warm(text: str, rounds: int = 15, each: int = 100) -> float:
    """Median microseconds for one reading of a text."""
    read(text, NAMES)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(each):
            read(text, NAMES)
        times.append((time.perf_counter() - start) / each)
    return statistics.median(times) * 1e6


def _once(function: Callable[[str, dict[str, float]], object], text: str) -> float:
    """Milliseconds for one call, the better of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        function(text, NAMES)
        times.append(time.perf_counter() - start)
    return min(times) * 1e3


def main() -> None:
    """Prints the table."""
    runs = [
        [float(part) for part in subprocess.check_output([sys.executable, "-c", _COLD]).split()]
        for _ in range(5)
    ]
    imported, simple, parsed = (
        statistics.median(column) * 1e3 for column in zip(*runs, strict=True)
    )
    print(
        f"cold: import {imported:.1f} ms, first number {simple:.3f} ms, first work {parsed:.1f} ms"
    )
    for text in TYPICAL:
        print(f"{_warm(text):8.1f} µs  {text!r}")
    worst = []
    for piece in HOSTILE:
        for length in (LONGEST_ANSWER, 4096):
            text = (piece * length)[:length]
            for function in (read, read_several):
                worst.append((_once(function, text), function.__name__, length, piece))
                worst.append((_once(function, text[:-1] + "1"), function.__name__, length, piece))
    for milliseconds, name, length, piece in sorted(worst, reverse=True)[:5]:
        print(f"{milliseconds:8.1f} ms  {name} of {length} characters of {piece!r}")


if __name__ == "__main__":
    main()
