"""Bots that run side by side and take turns in short bursts, round by round.

A computer's speed drifts, by much within a minute, so figures taken one after the other do not
compare. Here every round holds all bots, forwards and backwards in turn, and a bot is compared with
an echo within each round.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.benchmarks.throughput_crowd import Crowd, Step
from tests.benchmarks.throughput_run import BotFailedError, Bots, core_s, database, running
from tests.benchmarks.throughput_script import settle
from tests.benchmarks.throughput_telegram import Telegram

WINDOW = 256
FILL_S, BURST_S, ALONE_S = 0.3, 1.2, 0.2
WARM_TOGETHER = 8
QUIET_WITHIN_S = 20.0
"""How long the last learners of a burst may wait."""


class Burst(NamedTuple):
    """What a bot did in one burst."""

    rate: float
    """Turns in a second."""
    cpu_ms: float
    """CPU of a turn, with its pictures."""
    others: float = 0.0
    """The share of the bots' core that other programs took, or the computer's host."""


class Spread(NamedTuple):
    """One figure of several rounds."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} [{self.low:.2f} to {self.high:.2f}]"


def spread(figures: list[float]) -> Spread:
    """The median, the least and the most."""
    return Spread(statistics.median(figures), min(figures), max(figures))


@dataclass
class Entry:
    """A bot at work, its learners, and what was measured."""

    name: str
    bots: Bots
    crowd: Crowd
    start_s: float
    bursts: list[Burst] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    """Seconds until the answer, with one learner at a time."""
    met: list[list[float]] = field(default_factory=list)
    """The same at a part of what it had just done in a burst, round by round."""

    def median(self) -> Burst:
        """The medians of its rounds."""
        return Burst(*(statistics.median(figures) for figures in zip(*self.bursts, strict=True)))

    async def quiet(self) -> None:
        """Nobody comes any more, and everybody is answered."""
        self.crowd.want(0)
        await self.bots.until(lambda: not self.crowd.busy, "answering everybody", QUIET_WITHIN_S)

    async def burst(self, seconds: float = BURST_S) -> Burst:
        """As many turns as it can, for a short time."""
        self.crowd.want(WINDOW)
        await asyncio.sleep(FILL_S)
        mark = Mark(self)
        await asyncio.sleep(seconds)
        done = mark.since()
        await self.quiet()
        return done


class Mark:
    """A moment of a bot's, to measure from."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        entry.bots.at_work("being measured")
        self.turns, self.at = entry.crowd.turns, time.perf_counter()
        self.cpu_s, self.core_s = entry.bots.cpu_s(), core_s()

    def since(self) -> Burst:
        """What the bot has done since then."""
        now = Mark(self._entry)
        turns = max(1, now.turns - self.turns)
        cpu_s, seconds = now.cpu_s - self.cpu_s, now.at - self.at
        others = max(0.0, now.core_s - self.core_s - cpu_s) / seconds
        return Burst(turns / seconds, 1000 * cpu_s / turns, others)


async def started(stack: AsyncExitStack, name: str, script: list[Step]) -> Entry:
    """Starts one bot with a server, learners and a database of its own, and warms it.

    Raises:
        BotFailedError: when it does not answer.
    """
    url = stack.enter_context(database("postgresql" if "postgresql" in name else "sqlite"))
    ours = name.startswith("ours")
    crowd = Crowd(script if ours else [Step("0.03")])
    if ours:
        await settle(url, crowd)
    telegram = Telegram(crowd)
    await telegram.start()
    stack.push_async_callback(telegram.stop)
    began = time.perf_counter()
    bots = await stack.enter_async_context(running(name, telegram, url))
    crowd.want(1)
    await bots.until(lambda: crowd.turns > 0, "answering a first message")
    entry = Entry(name, bots, crowd, time.perf_counter() - began)
    crowd.want(WARM_TOGETHER)  # the first learners are one at each step: pictures get known
    await bots.until(lambda: crowd.turns > len(crowd.script), "answering every step once", 60)
    await entry.quiet()
    return entry


async def _nothing(_entry: Entry, _burst: Burst) -> None:
    """Nothing more."""


async def take_turns(
    entries: list[Entry],
    rounds: int,
    burst_s: float = BURST_S,
    then: Callable[[Entry, Burst], Awaitable[None]] = _nothing,
) -> list[str]:
    """Measures every bot once in each round; bots that fail drop out.

    Args:
        entries: the bots.
        rounds: how often each is measured.
        burst_s: how long a burst is measured.
        then: what is done with a bot right after its burst.

    Returns:
        What is to be said of those that failed.
    """
    failed: list[str] = []
    for number in range(rounds):
        for entry in list(entries if number % 2 == 0 else reversed(entries)):
            try:
                entry.crowd.latencies = []
                entry.crowd.want(1)
                await asyncio.sleep(ALONE_S)
                entry.alone += entry.crowd.latencies
                entry.bursts.append(await entry.burst(burst_s))
                await then(entry, entry.bursts[-1])
            except BotFailedError as error:
                entries.remove(entry)
                failed.append(str(error))
                print(error, file=sys.stderr, flush=True)
    return failed


def paired(ours: list[Burst], theirs: list[Burst]) -> tuple[Spread, Spread]:
    """Turns a second, and the CPU of one, as multiples of another bot's, by round.

    Args:
        ours: a bot's bursts, one for each round.
        theirs: those of the other, in the same rounds.

    >>> slow, fast = Burst(100, 2), Burst(200, 1)
    >>> echo = [Burst(400, 0.5), Burst(800, 0.25)]
    >>> print(*paired([slow, fast], echo), sep="; ")
    0.25 [0.25 to 0.25]; 4.00 [4.00 to 4.00]
    """
    pairs = list(zip(ours, theirs, strict=True))
    return (
        spread([one.rate / other.rate for one, other in pairs]),
        spread([one.cpu_ms / other.cpu_ms for one, other in pairs]),
    )
