"""One bot under steady load while its sheets are drawn on its own core, as they come.

What it can sustain is what it does while at most a few sheets are awaited, so that their queue does
not grow: drawing is kept up. Then learners come at random at 70 % of that.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import dataclass

from tests.benchmarks.throughput_rounds import WINDOW, Burst, Entry, Mark

SHEETS_TOGETHER = 8
SHARE = 0.7
SETTLE_S = 3.0
LAST_S = 15.0
"""How long the last learners may wait; those who still do then are told of."""


@dataclass(frozen=True)
class Sustained:
    """What a bot keeps up."""

    done: Burst
    seconds: float
    sheets: int
    waiting: tuple[int, int]
    """Sheets awaited when it began, and when it ended."""


@dataclass(frozen=True)
class Loaded:
    """What learners met at a rate the bot keeps up."""

    done: Burst
    asked: float
    """Turns a second that were asked for."""
    busy: float
    """The share of one core that the bot and its drawing took."""
    turns: list[float]
    """Seconds until the answer, of all turns but sheets."""
    sheets: list[float]
    left: int
    """Learners who were not answered in the end."""


async def sustained(entry: Entry, seconds: float, settle_s: float = SETTLE_S) -> Sustained:
    """As many turns as it can with the drawing kept up."""
    crowd = entry.crowd
    crowd.most_sheets = SHEETS_TOGETHER
    crowd.want(WINDOW)
    await asyncio.sleep(settle_s)
    mark, waiting, sheets = Mark(entry), crowd.awaited_sheets, len(crowd.sheets)
    await asyncio.sleep(seconds)
    done, after = mark.since(), crowd.awaited_sheets
    result = Sustained(done, seconds, len(crowd.sheets) - sheets, (waiting, after))
    await _ended(entry, LAST_S)
    return result


async def loaded(entry: Entry, rate: float, seconds: float, last_s: float = LAST_S) -> Loaded:
    """Lets learners come at random, so many a second, whatever is still to be done."""
    crowd = entry.crowd
    crowd.latencies, crowd.sheets, crowd.most_sheets = [], [], sys.maxsize
    mark = Mark(entry)
    await _coming(entry, rate, seconds)
    done = mark.since()
    left = await _ended(entry, last_s)
    busy = done.rate * done.cpu_ms / 1000
    return Loaded(done, rate, busy, crowd.latencies, crowd.sheets, left)


async def _coming(entry: Entry, rate: float, seconds: float) -> None:
    rng, at = random.Random(2), time.perf_counter()
    end = at + seconds
    while at < end:
        at += rng.expovariate(rate)
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        entry.crowd.act()


async def _ended(entry: Entry, within_s: float) -> int:
    """Nobody comes any more; waits for the last ones, though not for long.

    Returns:
        How many still wait.
    """
    entry.crowd.want(0)
    end = time.perf_counter() + within_s
    while entry.crowd.busy and time.perf_counter() < end:  # noqa: ASYNC110 - a process does it
        await asyncio.sleep(0.01)
    return len(entry.crowd.busy)


def p50_p99_ms(seconds: list[float]) -> tuple[float, float]:
    """Of times, the middle one and the one that a hundredth exceed, in milliseconds.

    >>> p50_p99_ms([n / 1000 for n in range(1, 201)])
    (101.0, 199.0)
    >>> p50_p99_ms([])
    (nan, nan)
    """
    ordered = sorted(seconds)
    if not ordered:
        return float("nan"), float("nan")
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(len(ordered) * 0.99)]
