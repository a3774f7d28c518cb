"""What pictures cost: `python -m tests.benchmarks.pictures [FOLDER [PYTHON]]`.

What each kind takes of a core (`pictures_cpu`); how late a small task runs while 50 pictures are
drawn beside it; how long training holds up a turn, before and after it was done ahead; and then
the whole bot (`pictures_turns`). With the folder of another commit (`git worktree add`), and a
Python that has what it needs, that commit is measured too, in turns with this one.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from bot.dialogue.training_runs import _learning, rehearsed
from bot.dialogue.training_runs import learning as learning_shown
from bot.pictures.painter import ThreadPainter
from bot.pictures.requests import Diagram
from content.loader import load
from tests.benchmarks import pictures_cpu, pictures_turns
from tests.benchmarks.pictures_turns import Code
from tests.bot.pictures.requests import NETWORK
from tests.fakes.words import LABELS
from tests.processes import ROOT

ROUNDS = 3


def of_a_core(codes: list[Code]) -> None:
    """Milliseconds of a core by kind of picture, the commits in turns."""
    found: dict[str, dict[str, list[tuple[float, int]]]] = {}
    for _ in range(ROUNDS):
        for code in codes:
            said = subprocess.run(
                [code.python, "-P", pictures_cpu.__file__],
                env=dict(os.environ, PYTHONPATH=str(code.folder)),
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            for line in said.splitlines():
                name, milliseconds, size = line.split("\t")
                taken = found.setdefault(name, {}).setdefault(code.name, [])
                taken.append((float(milliseconds), int(size)))
    for name, by_code in found.items():
        for code_name, taken in by_code.items():
            middle = median(milliseconds for milliseconds, _ in taken)
            print(f"{name:32} {code_name:6} {middle:7.1f} ms of a core, {taken[0][1]:9,} bytes")


async def lateness(stop: asyncio.Event) -> list[float]:
    """By how many milliseconds a task that wants to run every 5 ms is late, until it may stop."""
    late = []
    while not stop.is_set():
        started = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(1000 * (time.perf_counter() - started) - 5)
    return late


async def beside(pictures: int) -> None:
    """How late the small task is while some pictures are drawn, or while nothing is."""
    painter, stop = ThreadPainter(), asyncio.Event()
    painter.start()
    watching = asyncio.create_task(lateness(stop))
    started = time.perf_counter()
    asked = [Diagram(NETWORK, title=f"picture {n}", labels=LABELS) for n in range(pictures)]
    await asyncio.gather(*map(painter.paint, asked))
    await asyncio.sleep(0 if pictures else 3)
    seconds = time.perf_counter() - started
    stop.set()
    late = await watching
    print(
        f"a small task while {pictures} pictures are drawn: late by {median(late):.2f} ms, "
        f"p99 {quantiles(late, n=100)[-1]:.2f} ms ({seconds:.1f} s)"
    )
    await painter.close()


def trained() -> None:
    """How long a learner's turn takes that asks for more training."""
    book = load()
    watched = book.lesson["watch_biases"]
    for when in ("at once", "done ahead"):
        if when == "done ahead":
            bits = [time.perf_counter()]
            bits += (time.perf_counter() for _ in rehearsed(book))
            longest = max(after - before for before, after in pairwise(bits))
            print(f"training ahead: {bits[-1] - bits[0]:.1f} s, in bits of {1000 * longest:.1f} ms")
        _learning.cache_clear()
        spent = []
        for steps in (5000, 10_000, 15_000, 20_000):
            started = time.perf_counter()
            learning_shown(book, watched, steps)
            spent.append(f"{1000 * (time.perf_counter() - started):.0f}")
        print(f"a turn at 5,000 to 20,000 steps, trained {when}: {', '.join(spent)} ms")


def asked(folder: str = "", python: str = sys.executable) -> list[Code]:
    """What is to be measured: this commit, and another."""
    codes = [Code("new", ROOT, sys.executable)]
    return [*codes, Code("other", Path(folder).resolve(), python)] if folder else codes


async def main(codes: list[Code]) -> None:
    """Prints the figures."""
    of_a_core(codes)
    for pictures in (0, 50):
        await beside(pictures)
    trained()
    await pictures_turns.main(codes)


if __name__ == "__main__":
    asyncio.run(main(asked(*sys.argv[1:])))
