"""Fuzzes reading with Atheris: `pip install atheris`, then `python -m tests.fuzz.reading`.

Arguments go to libFuzzer, e.g. `-max_total_time=60 -max_len=4096`. Without Atheris it says so and
runs the same check on random texts for a minute instead. The check: nothing raises, values are
finite, places lie in the text, a reading's echo can be written, nothing takes longer than 50 ms
(measured twice before it counts).
"""

from __future__ import annotations

import importlib
import math
import random
import sys
import time

from engine.reading import Reading, Unreadable, describe, read, read_several, reasons
from tests.lesson import BOOK

WORDS = BOOK.heard

NAMES = {"x1": 0.6, "w11": 0.4, "H1": 0.03, "p": 0.5627}
LIMIT = 0.05
_ALPHABET = (
    "0123456789" * 3
    + "..,,+-*/^()=x e%|[]~;:!?\n'_√½²⁻³−×·≈≤€🙂\u200b\u202e١０abcdefghilmnorstuwxH"
)
_WORDS = """
max(0, relu( sigmoid is minus plus H1 x1 w11 squared = 0.03 1,5 3 1/2 of percent half about
point zero oh ans: dL/dw loss -> ok got != ? lol 😊
is_it \\frac{3}{100} \\times {,} $ log( 0/03 3×10−2
"""


def check(text: str) -> None:
    """Raises AssertionError when reading breaks a promise on this text."""
    for attempt in range(3):
        start = time.perf_counter()
        result = read(text, NAMES, WORDS)
        several = read_several(text, NAMES, WORDS)
        if time.perf_counter() - start < 2 * LIMIT:
            break
        assert attempt < 2, f"slow: {text!r}"
    if isinstance(result, Reading):
        assert all(math.isfinite(side.value) for side in result.chain)
        assert describe(result)
    else:
        assert result.reason in reasons()
        assert 0 <= result.start <= result.end <= len(text)
    if isinstance(several, Unreadable):
        assert 0 <= several.start <= several.end <= len(text)


def _random_minute(seconds: float) -> None:
    rng = random.Random(0)
    words = _WORDS.split()
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        length = rng.choice([3, 8, 20, 60, 300])
        pieces = [
            rng.choice(words) if rng.random() < 0.2 else rng.choice(_ALPHABET)
            for _ in range(rng.randrange(length))
        ]
        check(rng.choice(["", " "]).join(pieces))
        count += 1
    print(f"{count} random texts, nothing found")


def main() -> None:
    """Runs the fuzzer."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        print("atheris is not installed; random texts instead")
        _random_minute(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
        return
    atheris.instrument_all()

    def one(data: bytes) -> None:
        check(data.decode("utf-8", "surrogateescape"))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
