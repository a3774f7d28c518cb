"""Text turns of the whole bot while it draws, the first picture after its start, and its memory.

The bot runs as its own process on a Bot API of the benchmark's, like in `throughput`. Learners type
wrong numbers at a steady rate; first alone, then while 50 others wait for pictures of 50 networks.
With ONE_CORE=1 in the environment the bot and what draws share one core, which the commits of the
database feel too. Another commit's code is measured with the same script.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.throughput_telegram import TOKEN, Crowd, Step, Telegram
from tests.processes import ROOT, UNBOUNDED

TURNS, RATE = 1200, 120.0
"""Text turns in each part, and how many a second."""
LEARNERS, PICTURES, LESSONS = 400, 50, 20
QUIET_S = 0.4
NETWORK = "x1=0.{n:02d} x2=0.7\nH1 relu 0.4 -0.3\nH2 relu -0.5 0.8\nO sigmoid 0.6 0.9\ntarget 1"


@dataclass
class Waiting:
    """Who waits for an answer."""

    since: float
    done: asyncio.Future[float]


class Chats(Crowd):
    """Chats in which each message is sent by hand, and answered by the next one from the bot."""

    def __init__(self) -> None:
        super().__init__([], 0)
        self._waiting: dict[int, Waiting] = {}
        self._last = 0.0

    def says(self, chat: int, text: str) -> asyncio.Future[float]:
        """Sends a message; the result is how many milliseconds its answer took."""
        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[chat] = Waiting(time.perf_counter(), done)
        self.updates.append(self._update(chat, Step(text)))
        self.arrived.set()
        return done

    def answered(self, chat: int) -> None:
        """A message came for a learner; of several only the first counts."""
        self._last = time.perf_counter()
        if (waiting := self._waiting.pop(chat, None)) is not None and not waiting.done.done():
            waiting.done.set_result(1000 * (time.perf_counter() - waiting.since))

    async def quiet(self) -> None:
        """Until everybody is answered and no further message has come for a while."""
        while (  # noqa: ASYNC110 - it is silence that is waited for
            pause := self._last + QUIET_S - time.perf_counter()
        ) > 0 or self._waiting:
            await asyncio.sleep(max(pause, 0.02))


@dataclass(frozen=True, slots=True)
class Code:
    """A commit: what it is called, where it lies, and the Python that has what it needs."""

    name: str
    folder: Path
    python: str


@asynccontextmanager
async def running(code: Code, chats: Chats) -> AsyncIterator[tuple[float, int]]:
    """The bot at work; gives the seconds from its start to its first answer, and its process."""
    telegram = Telegram(chats)
    await telegram.start()
    with tempfile.TemporaryDirectory() as folder:
        variables = dict(
            os.environ | UNBOUNDED, PYTHONPATH=str(code.folder), TELEGRAM_BOT_TOKEN=TOKEN
        )
        variables |= {"TELEGRAM_API_BASE_URL": f"http://127.0.0.1:{telegram.port}"}
        variables |= {"LOG_LEVEL": "WARNING", "DATA_FOLDER": folder}
        variables["DATABASE_URL"] = f"sqlite:///{folder}/bot.sqlite3"
        first, began = chats.says(1, "/start"), time.perf_counter()
        bot = await asyncio.create_subprocess_exec(
            code.python,
            "-m",
            "bot",
            env=variables,
            cwd=folder,
            stderr=asyncio.subprocess.DEVNULL,
        )
        if os.environ.get("ONE_CORE"):
            os.sched_setaffinity(bot.pid, {0})  # what it starts will be there too
        try:
            await asyncio.wait_for(first, 60)
            yield time.perf_counter() - began, bot.pid
        finally:
            bot.kill()
            await bot.wait()
            await telegram.stop()


async def prepared(chats: Chats) -> tuple[list[int], list[int]]:
    """Learners at the first number, and others with networks of their own."""
    typing = list(range(1000, 1000 + LEARNERS))
    for said in ("/start", "next", "next", "next"):
        for some in _by(typing):
            await asyncio.wait_for(asyncio.gather(*(chats.says(c, said) for c in some)), 60)
    waiting = list(range(5000, 5000 + PICTURES))
    for number, chat in enumerate(waiting, 10):
        for said in ("/start", "/network", NETWORK.format(n=number)):
            await asyncio.wait_for(chats.says(chat, said), 30)
    return typing, waiting


def _by(items: list[int], size: int = 50) -> Iterator[list[int]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]


async def typed(chats: Chats, learners: Iterator[int], turns: int) -> list[tuple[float, float]]:
    """When each of so many turns began, and how many milliseconds it took."""
    rng, at, found = random.Random(turns), time.perf_counter(), []
    for _ in range(turns):
        at += rng.expovariate(RATE)
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        text = f"{rng.uniform(0.3, 9):.3f}"
        found.append((time.perf_counter(), chats.says(next(learners), text)))
    return [(began, await asyncio.wait_for(done, 60)) for began, done in found]


async def drawn(chats: Chats, waiting: list[int]) -> tuple[list[float], float]:
    """How long each picture took, and when the last one had come."""
    pictures = await asyncio.gather(*(chats.says(chat, "next") for chat in waiting))
    return pictures, time.perf_counter()


def said(milliseconds: list[float]) -> str:
    """Median, 99th percentile and longest."""
    ordered = sorted(milliseconds)
    p99 = ordered[int(len(ordered) * 0.99)]
    return f"p50 {ordered[len(ordered) // 2]:.1f}, p99 {p99:.1f}, longest {ordered[-1]:.1f} ms"


async def first_picture(code: Code, after_s: float) -> None:
    """The first picture of a new process, asked for so many seconds after it answers."""
    chats = Chats()
    async with running(code, chats) as (started, pid):
        await asyncio.sleep(after_s)
        first = await asyncio.wait_for(chats.says(1, "/picture"), 60)
        await asyncio.sleep(1)
        print(
            f"{code.name:6} answering after {started:.2f} s; the first picture, {after_s:g} s "
            f"later: {first:.0f} ms; then {resident_mb(pid):.0f} MB, with what it started"
        )


async def whole_lessons(code: Code) -> None:
    """What a learner's whole lesson on a network of their own costs: pictures, answers, storage."""
    numbers, ways = ["7.7", "skip"], ["skip"]
    chats, lesson = Chats(), ["next", *numbers * 7, *ways * 7, *numbers, "next", "next"]
    async with running(code, chats) as (_, pid):
        for learners in (range(10, 12), range(20, 20 + LESSONS)):  # the first two warm up
            before = await idle(pid)
            for said in ("/start", "/network", "", *lesson):
                for learner in learners:
                    chats.says(learner, said or NETWORK.format(n=learner))
                await chats.quiet()
        spent = (cpu_ms(pid) - before) / LESSONS
        print(
            f"{code.name:6} a whole lesson on one's own network: {spent:.0f} ms of a core, all in"
        )


async def idle(pid: int) -> float:
    """Waits until a process does nothing any more, such as to train ahead; what it had so far."""
    before = 0.0
    while (now := cpu_ms(pid)) > before + 50:
        before = now
        await asyncio.sleep(1)
    return now


def cpu_ms(pid: int) -> float:
    """The time of a core that a process had, and those it started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(cpu_ms, started(pid)))


def resident_mb(pid: int) -> float:
    """The memory of a process and of those it started."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(map(resident_mb, started(pid)))


def started(pid: int) -> Iterator[int]:
    """The processes that one started, in any of its threads."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (thread / "children").read_text().split())


async def beside(code: Code) -> None:
    """Text turns alone, and while pictures are drawn."""
    chats = Chats()
    async with running(code, chats):
        typing, waiting = await prepared(chats)
        learners = itertools.cycle(typing)
        await typed(chats, learners, 200)
        alone = await typed(chats, learners, TURNS)
        drawing = asyncio.create_task(drawn(chats, waiting))
        turns = await typed(chats, learners, TURNS)
        pictures, until = await drawing
        meanwhile = [ms for began, ms in turns if began < until]
        print(f"{code.name:6} {len(alone)} text turns alone: {said([ms for _, ms in alone])}")
        print(f"{code.name:6} {len(meanwhile)}, {PICTURES} pictures drawn: {said(meanwhile)}")
        print(f"{code.name:6} {PICTURES} pictures, all asked for at once: {said(pictures)}")


async def main(codes: list[Code]) -> None:
    """Prints the figures."""
    for after_s in (0, 4):
        for code in codes:
            await first_picture(code, after_s)
    for code in codes:
        await whole_lessons(code)
    for code in codes:
        await beside(code)


if __name__ == "__main__":
    asyncio.run(main([Code("new", ROOT, sys.executable)]))
