"""Turns per second and CPU per turn, side by side: two libraries' echo bots, and our whole lesson.

One core for the bot, the other for the Bot API server and the crowd; the runs are interleaved and
the medians shown. Ours takes full tutoring turns: it receives, reads, diagnoses, commits, reacts,
replies, and shows pictures. Options: `--seconds 6 --rounds 3 --only ours-polling-sqlite,…`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.benchmarks.throughput_telegram import TOKEN, Crowd, Step, Telegram
from tests.bot.telegram.test_webhook import free_port
from tests.postgres import cluster

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-benchmark"
WINDOW = 256
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


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


def lesson_script() -> list[Step]:
    """The lesson without a mistake and one with some, as steps; it ends with /restart."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from bot.dialogue.events import Pressed, Said  # noqa: PLC0415
    from bot.dialogue.machine import Machine  # noqa: PLC0415
    from content.loader import load  # noqa: PLC0415
    from tests.transcripts.play import FOLDER, Chat, learner_lines  # noqa: PLC0415

    script: list[Step] = []

    class Recording(Machine):
        """Writes down what each event leads to."""

        def step(self, state, event, now):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
            turn = super().step(state, event, now)
            messages = [one for one in turn.effects if type(one).__name__ in {"Say", "Show"}]
            match event:
                case Said(text):
                    script.append(Step(text=text, replies=len(messages)))
                case Pressed(data):
                    script.append(Step(press=data, replies=len(messages)))
            return turn

    chat = Chat(Recording(load()), now=datetime(2026, 1, 1, tzinfo=UTC))
    for name in ("errs", "perfect"):
        lines = learner_lines((FOLDER / f"{name}.txt").read_text("utf-8"))
        for who, line in lines:
            if who == "you" and not line.startswith("("):
                chat.does(line)
        chat.does("/forget")
        chat.does("yes")
    return [step for step in script if step.replies]


def cpu_s(pid: int) -> float:
    """The CPU time a process has used, with its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_mb(pid: int) -> float:
    """The memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20


@cache
def aiogram_python() -> str:
    """A Python that has aiogram, whose dependencies do not go together with ours; empty for none.

    `AIOGRAM_PYTHON`, or an environment of its own that is made at the first use.
    """
    if given := os.environ.get("AIOGRAM_PYTHON"):
        return given
    folder = ROOT / ".venv" / "aiogram"
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        if subprocess.run([*pip, "aiogram>=3", "orjson"], check=False).returncode:
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
async def running(name: str, telegram: Telegram, url: str) -> AsyncIterator[list[int]]:
    """The bot, and its processes' ids."""
    api = f"http://127.0.0.1:{telegram.port}"
    variables = dict(os.environ, PYTHONPATH=str(ROOT), TELEGRAM_BOT_TOKEN=TOKEN)
    variables |= {"TELEGRAM_API_BASE_URL": api, "LOG_LEVEL": "WARNING", "DATABASE_URL": url}
    command = ["-m", "tests.benchmarks.throughput_bots", name, api]
    ports: list[int] = []
    if name.startswith("ours"):
        command = ["-m", "bot"]
        if "webhook" in name:
            count = int(name.rpartition("x")[2]) if name[-1].isdigit() else 1
            ports = [free_port() for _ in range(count)]
    processes = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(max(1, len(ports))):
            mine = dict(variables, DATA_FOLDER=folder)
            if ports:
                mine |= {"WEBHOOK_URL": f"http://127.0.0.1:{ports[number]}/updates"}
                mine |= {"WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": f"127.0.0.1:{ports[number]}"}
            program = aiogram_python() if name == "aiogram" else sys.executable
            process = await asyncio.create_subprocess_exec(
                program, *command, env=mine, cwd=folder, stderr=asyncio.subprocess.DEVNULL
            )
            os.sched_setaffinity(process.pid, {number % 2} if len(ports) > 1 else {0})
            processes.append(process)
        try:
            if ports:
                before = telegram.calls.get("setWebhook", 0)
                while telegram.calls.get("setWebhook", 0) < before + len(ports):  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                telegram.push(ports, SECRET)
            yield [process.pid for process in processes]
        finally:
            for process in processes:
                process.kill()
                await process.wait()


async def measure(name: str, script: list[Step], seconds: float, into: Result) -> None:
    """One run of one bot."""
    kind = "postgresql" if "postgresql" in name else "sqlite"
    with database(kind) as url:
        crowd = Crowd(script if name.startswith("ours") else [Step("0.03")])
        telegram = Telegram(crowd)
        await telegram.start()
        began = time.perf_counter()
        async with running(name, telegram, url) as pids:
            crowd.window = 1
            crowd.fill()
            async with asyncio.timeout(30):
                while not crowd.turns:  # noqa: ASYNC110 - the other side is a process
                    await asyncio.sleep(0.002)
            into.start_s.append(time.perf_counter() - began)
            await _warm(crowd)
            crowd.window, crowd.latencies = 1, []
            crowd.fill()
            await asyncio.sleep(seconds / 3)
            _note(crowd.latencies, into.p50_alone, into.p99_alone)
            crowd.window = WINDOW
            crowd.fill()
            await asyncio.sleep(1)
            turns, cpu, at = crowd.turns, sum(map(cpu_s, pids)), time.perf_counter()
            await asyncio.sleep(seconds)
            done, took = crowd.turns - turns, time.perf_counter() - at
            into.rates.append(done / took)
            into.cpu_ms.append((sum(map(cpu_s, pids)) - cpu) * 1000 / max(1, done))
            into.megabytes.append(sum(map(resident_mb, pids)))
            crowd.window = 0
            await asyncio.sleep(1)
            crowd.latencies = []
            await _load(crowd, 0.7 * into.rates[-1], seconds)
            _note(crowd.latencies, into.p50_load, into.p99_load)
        await telegram.stop()


async def _warm(crowd: Crowd) -> None:
    """Lets one learner see every step, so that its pictures are drawn and caches are warm."""
    crowd.one_first = True
    async with asyncio.timeout(60):
        while crowd.turns <= len(crowd.script):  # noqa: ASYNC110 - the other side is a process
            await asyncio.sleep(0.01)
    crowd.one_first = False


async def _load(crowd: Crowd, rate: float, seconds: float) -> None:
    """Lets learners come at random, so many a second."""
    rng, at = random.Random(2), time.perf_counter()
    end = at + seconds
    while at < end:
        at += rng.expovariate(rate)
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        crowd.act()
    await asyncio.sleep(0.5)


def _note(latencies: list[float], p50: list[float], p99: list[float]) -> None:
    ordered = sorted(latencies)
    if ordered:
        p50.append(1000 * ordered[len(ordered) // 2])
        p99.append(1000 * ordered[int(len(ordered) * 0.99)])


NAMES = (
    "ptb",
    "ptb256",
    "aiogram",
    "ours-polling-sqlite",
    "ours-webhook-sqlite",
    "ours-polling-postgresql",
    "ours-webhook-postgresql",
    "ours-webhook-postgresql-x2",
    "ours-webhook-postgresql-x4",
)


def main() -> None:
    """Runs everything and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(NAMES))
    asked = parser.parse_args()
    os.sched_setaffinity(0, {1})
    names = [name for name in asked.only.split(",") if name]
    if "aiogram" in names and not aiogram_python():
        print("aiogram cannot be installed: left out")
        names = [name for name in names if name != "aiogram"]
    script, results = lesson_script(), {name: Result() for name in names}
    for _ in range(asked.rounds):
        for name in names:
            asyncio.run(measure(name, script, asked.seconds, results[name]))
    print(f"a script of {len(script)} turns, {sum(s.replies for s in script)} messages")
    print(f"{'':<28}turns/s  CPU ms  alone p50/p99 ms   70 % load p50/p99   MB    start s")
    for name, one in results.items():
        median = {key: statistics.median(values) for key, values in vars(one).items() if values}
        print(
            f"{name:<28}{median['rates']:7.0f}{median['cpu_ms']:8.3f}"
            f"{median['p50_alone']:9.1f}{median['p99_alone']:7.1f}"
            f"{median.get('p50_load', 0):11.1f}{median.get('p99_load', 0):7.1f}"
            f"{median['megabytes']:9.0f}{median['start_s']:9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
