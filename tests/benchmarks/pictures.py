"""What pictures cost: `python -m tests.benchmarks.pictures`.

What each kind takes of a core (`pictures_cpu`), how long one waits for it, drawn and from memory;
bytes; how late a small task in the same event loop runs while 50 pictures are drawn; how long
training holds up a turn, before and after it was done ahead; and then the whole bot
(`pictures_turns`).
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace
from itertools import pairwise
from statistics import median, quantiles

from bot.dialogue.training_runs import _learning, rehearsed
from bot.dialogue.training_runs import learning as learning_shown
from bot.pictures.pool import PoolPainter
from bot.pictures.requests import Diagram, Request
from content.loader import load
from tests.benchmarks.pictures_cpu import taken
from tests.benchmarks.pictures_turns import main as turns
from tests.bot.pictures.requests import NETWORK, full_diagram, learning, random_network, sheet
from tests.fakes.words import LABELS

ROUNDS = 7


async def timed(painter: PoolPainter, *requests: Request) -> tuple[float, str]:
    """Milliseconds and bytes of some pictures, one after the other."""
    started = time.perf_counter()
    pictures = [await painter.paint(request) for request in requests]
    milliseconds = 1000 * (time.perf_counter() - started)
    return milliseconds, " + ".join(f"{len(picture):,}" for picture in pictures)


async def lateness(stop: asyncio.Event) -> list[float]:
    """By how many milliseconds a task that wants to run every 5 ms is late, until it may stop."""
    late = []
    while not stop.is_set():
        started = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(1000 * (time.perf_counter() - started) - 5)
    return late


async def p99(painter: PoolPainter, pictures: int) -> tuple[float, float, float]:
    """Median and p99 of the lateness, and the seconds it all took."""
    stop = asyncio.Event()
    watching = asyncio.create_task(lateness(stop))
    started = time.perf_counter()
    if pictures:
        await asyncio.gather(
            *(
                painter.paint(Diagram(NETWORK, title=f"picture {n}", labels=LABELS))
                for n in range(pictures)
            )
        )
    else:
        await asyncio.sleep(3)
    seconds = time.perf_counter() - started
    stop.set()
    late = await watching
    return median(late), quantiles(late, n=100)[-1], seconds


async def main() -> None:
    """Prints the table."""
    taken()
    painter = PoolPainter()
    first, _ = await timed(painter, full_diagram("H1.sum"))
    print(f"the first picture, with the process's start: {first:.0f} ms")
    largest = random_network(random.Random(1), [6, 6, 6, 6, 6])
    kinds: dict[str, Request] = {
        "the lesson's diagram, all on it": full_diagram(),
        "the largest diagram": Diagram(largest, labels=LABELS),
        "what it has learnt": learning(5000),
    }
    for name, request in kinds.items():
        cold = []
        for number in range(ROUNDS):
            milliseconds, size = await timed(painter, replace(request, title=f"{number}"))
            cold.append(milliseconds)
        kept = [(await timed(painter, replace(request, title="0")))[0] for _ in range(50)]
        print(
            f"{name:32} {median(cold):6.0f} ms (worst {max(cold):.0f}), "
            f"from memory {median(kept):.2f} ms, {size} bytes"
        )
    both = []
    for number in range(ROUNDS):
        page = replace(sheet(), title=f"{number}")
        milliseconds, size = await timed(painter, page, replace(page, format="pdf"))
        both.append(milliseconds)
    print(
        f"{'the trace sheet, PNG and PDF':32} {median(both):6.0f} ms (worst {max(both):.0f}), "
        f"{size} bytes"
    )
    for pictures in (0, 50):
        middle, worst, seconds = await p99(painter, pictures)
        print(
            f"a small task while {pictures} pictures are drawn: late by {middle:.2f} ms, "
            f"p99 {worst:.2f} ms ({seconds:.1f} s)"
        )
    await painter.close()
    trained()
    await turns()


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


if __name__ == "__main__":
    asyncio.run(main())
