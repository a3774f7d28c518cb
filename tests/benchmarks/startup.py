"""How long a start takes, until updates are fetched and until a learner who waits is answered.

Every start is a fresh process with a copy of the code, whose files are in the system's cache. The
code is compiled already, as after any first start, but where it says "not compiled". "CPU" is what
the process has used until it answered, which says more than the clock where others are at work.
`--starts 15 --against FOLDER` measures another version of the code too, in turns with this one; it
must know this one's tables.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeAlias

from tests.benchmarks.throughput_run import ROOT, Bots
from tests.benchmarks.throughput_script import lesson_script, settle
from tests.benchmarks.throughput_telegram import MESSAGES, TOKEN, Connection, Crowd, Step, Telegram

PACKAGES = ("engine", "content", "bot")
BAR_S = 1.5
PLACES = ("ready", "answered", "ended", "CPU")

Moments: TypeAlias = dict[str, float]
"""Seconds since the process' start by what had been reached, and those of the CPU."""


class Watched(Telegram):
    """Notes when a bot first asks for updates, and when it first answers."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(crowd)
        self.at: dict[str, float] = {}

    def asked(self, connection: Connection, method: str, head: bytes, body: bytes) -> None:
        """Answers one call."""
        if method == "getUpdates":
            self.at.setdefault("ready", time.perf_counter())
        if method in MESSAGES:
            self.at.setdefault("answered", time.perf_counter())
        super().asked(connection, method, head, body)


@dataclass(frozen=True)
class Start:
    """One way of starting, in a folder of its own.

    Args:
        code: where the packages lie.
        folder: where it may write.
        compiled: whether Python may keep compiled code beside the packages, and use it.
    """

    code: Path
    folder: Path
    compiled: bool = True

    async def process(self, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
        """Starts the bot on a core of its own."""
        variables = dict(os.environ, PYTHONPATH=str(self.code), DATA_FOLDER=str(self.folder))
        variables["PYTHONDONTWRITEBYTECODE"] = "" if self.compiled else "1"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            env=variables | settings,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        os.sched_setaffinity(process.pid, {0})
        return process

    async def on_telegram(self, learner: Step) -> Moments:
        """Polling, with one learner who waits."""
        url = f"sqlite:///{self.folder}/bot.sqlite3"
        crowd = Crowd([learner], chats=1)
        if learner.before is not None:
            await settle(url, crowd)
        crowd.want(1)
        telegram = Watched(crowd)
        await telegram.start()
        settings = {"TELEGRAM_API_BASE_URL": f"http://127.0.0.1:{telegram.port}"}
        settings |= {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}
        with ExitStack() as stack:
            said = stack.enter_context((self.folder / "said").open("wb"))
            began = time.perf_counter()
            bots = Bots("the bot", said, [await self.process(**settings)])
            try:
                await bots.until(lambda: "answered" in telegram.at, "its first answer")
                used = {"CPU": bots.cpu_s()}
            finally:
                await bots.kill()
                await telegram.stop()
        return used | {name: at - began for name, at in telegram.at.items()}

    async def in_browser(self) -> Moments:
        """The page on this computer, until its log says that it runs."""
        began = time.perf_counter()
        process = await self.process(TELEGRAM_BOT_TOKEN="", LOCAL_CHAT_PORT="0")
        assert process.stderr is not None
        try:
            return {"ready": await _line(process.stderr, b"running") - began}
        finally:
            process.kill()
            await process.communicate()

    async def in_terminal(self) -> Moments:
        """The chat in the terminal, until it has answered."""
        began = time.perf_counter()
        process = await self.process("--terminal", TELEGRAM_BOT_TOKEN="")
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"/start\n")
        try:
            return {"answered": await _line(process.stdout, b"Part 1") - began}
        finally:
            process.kill()
            await process.communicate()

    async def help(self) -> Moments:
        """What it says of itself."""
        began = time.perf_counter()
        process = await self.process("--help")
        await process.communicate()
        assert process.returncode == 0
        return {"ended": time.perf_counter() - began}


async def _line(stream: asyncio.StreamReader, part: bytes) -> float:
    """When a line came that holds something."""
    async with asyncio.timeout(30):
        while line := await stream.readline():
            if part in line:
                return time.perf_counter()
    raise RuntimeError(f"the bot ended without {part.decode()!r}")


@dataclass
class Row:
    """One line of the table."""

    name: str
    begin: Callable[[Start], Awaitable[Moments]]
    compiled: bool = True
    found: dict[str, list[float]] = field(default_factory=dict)

    async def measure(self, code: Path) -> None:
        """Starts once."""
        with tempfile.TemporaryDirectory() as folder:
            for name, seconds in (
                await self.begin(Start(code, Path(folder), self.compiled))
            ).items():
                self.found.setdefault(name, []).append(seconds)

    def __str__(self) -> str:
        cells = [_cell(self.found[name]) if name in self.found else "" for name in PLACES]
        return f"{self.name:34}" + "".join(f"{cell:22}" for cell in cells)


def _cell(seconds: list[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def rows() -> list[Row]:
    """What is measured: the first learner is new, or answers a step wrongly in the lesson."""
    new = Step("/start")
    known = next(step for step in lesson_script() if step.before and step.text[:1].isdigit())
    return [
        Row("Telegram, new SQLite", lambda start: start.on_telegram(new)),
        Row("Telegram, existing SQLite", lambda start: start.on_telegram(known)),
        Row("the same, not compiled", lambda start: start.on_telegram(known), compiled=False),
        Row("chat in the browser, new", Start.in_browser),
        Row("chat in the terminal, new", Start.in_terminal),
        Row("--help", Start.help),
    ]


def copied(code: Path, folder: Path) -> Path:
    """A copy of the packages without compiled code."""
    for name in PACKAGES:
        shutil.copytree(code / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


async def measured(starts: int, versions: Sequence[Path]) -> list[list[Row]]:
    """Every row of every version, in turns, so that a slow minute slows all of them."""
    found = [rows() for _ in versions]
    with tempfile.TemporaryDirectory() as folder:
        copies = [
            {kept: copied(code, Path(folder, str(number), str(kept))) for kept in (True, False)}
            for number, code in enumerate(versions)
        ]
        for again in range(starts + 1):
            for one in zip(*found, strict=True):
                for row, code in zip(one, copies, strict=True):
                    await row.measure(code[row.compiled])
                    if not again:
                        row.found.clear()
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--against", type=Path, action="append", default=[])
    asked = parser.parse_args()
    os.sched_setaffinity(0, {1})
    versions = [*asked.against, ROOT]
    head = "".join(f"{name + ', s':22}" for name in PLACES)
    for code, found in zip(versions, asyncio.run(measured(asked.starts, versions)), strict=True):
        print(code)
        print(f"{f'median (range) of {asked.starts} starts':34}{head}")
        for row in found:
            print(row)
    print(f"the bar: {BAR_S} s until ready")


if __name__ == "__main__":
    main()
