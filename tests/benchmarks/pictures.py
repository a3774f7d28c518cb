"""What pictures cost: `python -m tests.benchmarks.pictures`.

Milliseconds for each kind, the first and later ones, and from memory; bytes; and how late a small
task in the same event loop runs while 50 pictures are drawn.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace
from statistics import median, quantiles

from bot.pictures.pool import PoolPainter
from bot.pictures.requests import Diagram, Request
from tests.bot.pictures.requests import NETWORK, full_diagram, learning, random_network, sheet

ROUNDS = 7


async def timed(painter: PoolPainter, request: Request) -> tuple[float, int]:
    """Milliseconds and bytes of one picture."""
    started = time.perf_counter()
    picture = await painter.paint(request)
    return 1000 * (time.perf_counter() - started), len(picture)


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
            *(painter.paint(Diagram(NETWORK, title=f"picture {n}")) for n in range(pictures))
        )
    else:
        await asyncio.sleep(3)
    seconds = time.perf_counter() - started
    stop.set()
    late = await watching
    return median(late), quantiles(late, n=100)[-1], seconds


async def main() -> None:
    """Prints the table."""
    painter = PoolPainter()
    first, _ = await timed(painter, full_diagram("H1.sum"))
    print(f"the first picture, with the process's start: {first:.0f} ms")
    largest = random_network(random.Random(1), [6, 6, 6, 6, 6])
    kinds: dict[str, Request] = {
        "the lesson's diagram, all on it": full_diagram(),
        "the largest diagram": Diagram(largest),
        "what it has learnt": learning(5000),
        "the trace sheet, PNG": sheet(),
        "the trace sheet, PDF": replace(sheet(), format="pdf"),
    }
    for name, request in kinds.items():
        cold = []
        for number in range(ROUNDS):
            milliseconds, size = await timed(painter, replace(request, title=f"{number}"))
            cold.append(milliseconds)
        again = [(await timed(painter, replace(request, title="0")))[0] for _ in range(50)]
        print(
            f"{name:32} {median(cold):6.0f} ms (worst {max(cold):.0f}), "
            f"from memory {median(again):.2f} ms, {size:,} bytes"
        )
    for pictures in (0, 50):
        middle, worst, seconds = await p99(painter, pictures)
        print(
            f"a small task while {pictures} pictures are drawn: late by {middle:.2f} ms, "
            f"p99 {worst:.2f} ms ({seconds:.1f} s)"
        )
    await painter.close()


if __name__ == "__main__":
    asyncio.run(main())
