"""The processes of a bot of the throughput benchmark: started, watched, ended.

One core for the bot, the other for the Bot API server and the crowd; several workers share both.
"""

from __future__ import annotations

import asyncio
import os
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

from tests.benchmarks.throughput_telegram import TOKEN, Telegram
from tests.ports import free_port
from tests.postgres import cluster
from tests.processes import UNBOUNDED

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-benchmark"
TAIL = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class BotFailedError(Exception):
    """A bot ended, or does not do what it should; the text holds what it wrote."""


@dataclass
class Bots:
    """The processes of one bot."""

    name: str
    said: IO[bytes]
    """Where they write what goes wrong."""
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)

    def cpu_s(self) -> float:
        """The CPU time they have used, with the threads that draw."""
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
            self.at_work(what)
            if time.perf_counter() > end:
                raise self._failed(f"within {within_s:g} s did not get to {what}")
            await asyncio.sleep(0.002)

    def at_work(self, what: str) -> None:
        """Raises a `BotFailedError` when one has ended before something it is needed for."""
        codes = [code for one in self.processes if (code := one.returncode) is not None]
        if codes:
            raise self._failed(f"ended with exit code {codes[0]} before {what}")

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


def core_s() -> float:
    """How long the bots' core has been at work, for anybody; what its host took from it counts."""
    user, nice, system, *_, steal = Path("/proc/stat").read_text().split("cpu0 ")[1].split()[:8]
    return (int(user) + int(nice) + int(system) + int(steal)) / _TICKS


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
    variables = dict(os.environ | UNBOUNDED, PYTHONPATH=str(ROOT), TELEGRAM_BOT_TOKEN=TOKEN)
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
