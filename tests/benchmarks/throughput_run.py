"""One run of one bot of the throughput benchmark: started, warmed, measured, ended.

One core for the bot, the other for the Bot API server and the crowd; several workers share both.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

from tests.benchmarks.throughput_script import settle
from tests.benchmarks.throughput_telegram import TOKEN, Crowd, Step, Telegram
from tests.bot.telegram.test_webhook import free_port
from tests.postgres import cluster

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-benchmark"
WINDOW = 256
LAST_SHEETS_S = 120.0
"""How long the last learners may wait: their sheets are drawn on the bot's own core."""
TAIL = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class BotFailedError(Exception):
    """A bot ended, or does not do what it should; the text holds what it wrote."""


@dataclass
class Result:
    """What one kind of bot did, run by run."""

    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    p50_alone: list[float] = field(default_factory=list)
    p99_alone: list[float] = field(default_factory=list)
    p50_load: list[float] = field(default_factory=list)
    p99_load: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    start_s: list[float] = field(default_factory=list)


@dataclass
class Bots:
    """The processes of one bot."""

    name: str
    said: IO[bytes]
    """Where they write what goes wrong."""
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)

    def cpu_s(self) -> float:
        """The CPU time they have used, with their threads; not that of processes they started."""
        return sum(_cpu_s(one.pid) for one in self.processes)

    def resident_mb(self) -> float:
        """The memory they hold."""
        return sum(_resident_mb(one.pid) for one in self.processes)

    async def until(self, happened: Callable[[], bool], what: str, within_s: float = 30) -> None:
        """Waits for something that the bots bring about.

        Raises:
            BotFailedError: when it does not happen in time, or a bot has ended.
        """
        end = time.perf_counter() + within_s
        while not happened():
            codes = [code for one in self.processes if (code := one.returncode) is not None]
            if codes:
                raise self._failed(f"ended with exit code {codes[0]} before {what}")
            if time.perf_counter() > end:
                raise self._failed(f"within {within_s:g} s did not get to {what}")
            await asyncio.sleep(0.002)

    def _failed(self, what: str) -> BotFailedError:
        self.said.flush()
        wrote = Path(self.said.name).read_text("utf-8", "replace")[-TAIL:].strip()
        return BotFailedError(f"{self.name} {what}; it wrote:\n{wrote or '(nothing)'}")

    async def kill(self) -> None:
        """Ends those that still run."""
        for one in self.processes:
            if one.returncode is None:
                one.kill()
            await one.wait()


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20


@cache
def aiogram_python() -> str:
    """A Python that has aiogram and uvloop, whose dependencies exclude ours; empty for none.

    `AIOGRAM_PYTHON`, or an environment of its own that is made at the first use.
    """
    if given := os.environ.get("AIOGRAM_PYTHON"):
        return given
    folder = ROOT / ".venv" / "aiogram"
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        if subprocess.run([*pip, "aiogram[fast]>=3"], check=False).returncode:
            shutil.rmtree(folder)
            return ""
    return str(folder / "bin" / "python")


@contextmanager
def database(kind: str) -> Iterator[str]:
    """An empty database."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bot.sqlite3"
    else:
        with cluster(durable=True) as made:
            yield made.database()


@asynccontextmanager
async def running(name: str, telegram: Telegram, url: str) -> AsyncIterator[Bots]:
    """A bot at work: its processes, which are ended afterwards."""
    api = f"http://127.0.0.1:{telegram.port}"
    variables = dict(os.environ, PYTHONPATH=str(ROOT), TELEGRAM_BOT_TOKEN=TOKEN)
    variables |= {"TELEGRAM_API_BASE_URL": api, "LOG_LEVEL": "WARNING", "DATABASE_URL": url}
    program, command = sys.executable, ["-m", "bot"]
    if name.endswith("asyncio") or not name.startswith("ours"):
        kind = "ours-asyncio" if name.startswith("ours") else name
        command = ["-m", "tests.benchmarks.throughput_bots", kind, api]
    if name.startswith("aiogram"):
        program = aiogram_python()
    workers = int(name.rpartition("-x")[2]) if "-x" in name else 1
    ports = [free_port() for _ in range(workers)] if "webhook" in name else []
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        bots = Bots(name, stack.enter_context(_said(folder)))
        try:
            for number in range(workers):
                mine = dict(variables, DATA_FOLDER=folder)
                if ports:
                    mine["WEBHOOK_URL"] = f"http://127.0.0.1:{ports[number]}/updates"
                    mine["WEBHOOK_LISTEN"] = f"127.0.0.1:{ports[number]}"
                    mine["WEBHOOK_SECRET"] = SECRET
                process = await asyncio.create_subprocess_exec(
                    program, *command, env=mine, cwd=folder, stderr=bots.said
                )
                os.sched_setaffinity(process.pid, {number % 2} if workers > 1 else {0})
                bots.processes.append(process)
            if ports:
                chosen = telegram.calls.get("setWebhook", 0) + workers
                set_up = lambda: telegram.calls.get("setWebhook", 0) >= chosen  # noqa: E731
                await bots.until(set_up, "setting its webhook")
                telegram.push(ports, SECRET)
            yield bots
        finally:
            await bots.kill()


def _said(folder: str) -> IO[bytes]:
    return Path(folder, "said").open("wb")


async def measure(name: str, script: list[Step], seconds: float, into: Result) -> None:
    """One run of one bot.

    Raises:
        BotFailedError: when it does not answer.
    """
    with database("postgresql" if "postgresql" in name else "sqlite") as url:
        crowd = Crowd(script if name.startswith("ours") else [Step("0.03")])
        if name.startswith("ours"):
            await settle(url, crowd)
        telegram = Telegram(crowd)
        await telegram.start()
        began = time.perf_counter()
        try:
            async with running(name, telegram, url) as bots:
                await _measure(bots, crowd, seconds, began, into)
        finally:
            await telegram.stop()


async def _measure(bots: Bots, crowd: Crowd, seconds: float, began: float, into: Result) -> None:
    crowd.want(1)
    await bots.until(lambda: crowd.turns > 0, "answering a first message")
    start_s = time.perf_counter() - began
    crowd.want(8)  # the first learners are one at each step: pictures are drawn, caches are warm
    await bots.until(lambda: crowd.turns > len(crowd.script), "answering every step once", 60)
    alone = await _latencies(crowd, 1, seconds / 3)
    crowd.want(WINDOW)
    await asyncio.sleep(1)
    turns, cpu, at = crowd.turns, bots.cpu_s(), time.perf_counter()
    await asyncio.sleep(seconds)
    done, took = crowd.turns - turns, time.perf_counter() - at
    cpu_ms = (bots.cpu_s() - cpu) * 1000 / max(1, done)
    megabytes = bots.resident_mb()
    crowd.want(0)
    await bots.until(lambda: not crowd.busy, "answering everybody", LAST_SHEETS_S)
    crowd.latencies = []
    await _load(crowd, 0.7 * done / took, seconds)
    await bots.until(lambda: not crowd.busy, "answering everybody", LAST_SHEETS_S)
    into.start_s.append(start_s)
    into.rates.append(done / took)
    into.cpu_ms.append(cpu_ms)
    into.megabytes.append(megabytes)
    _note(alone, into.p50_alone, into.p99_alone)
    _note(crowd.latencies, into.p50_load, into.p99_load)


async def _latencies(crowd: Crowd, learners: int, seconds: float) -> list[float]:
    """How long answers take while so many learners wait for one."""
    crowd.want(0)
    while crowd.busy:  # noqa: ASYNC110 - the other side is a process
        await asyncio.sleep(0.002)
    crowd.latencies = []
    crowd.want(learners)
    await asyncio.sleep(seconds)
    taken, crowd.latencies = crowd.latencies, []
    return taken


async def _load(crowd: Crowd, rate: float, seconds: float) -> None:
    """Lets learners come at random, so many a second."""
    rng, at = random.Random(2), time.perf_counter()
    end = at + seconds
    while at < end:
        at += rng.expovariate(rate)
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        crowd.act()


def _note(latencies: list[float], p50: list[float], p99: list[float]) -> None:
    ordered = sorted(latencies)
    if ordered:
        p50.append(1000 * ordered[len(ordered) // 2])
        p99.append(1000 * ordered[int(len(ordered) * 0.99)])
