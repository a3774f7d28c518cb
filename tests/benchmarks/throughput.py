"""Turns per second and CPU per turn, side by side: two libraries' echo bots, and our whole lesson.

Ours takes full tutoring turns, from every part of the lesson: it receives, reads, diagnoses,
commits, reacts, replies, and shows pictures. Three parts, all in one run:

1. All bots on one core, in turns (`throughput_rounds`); nobody asks for a sheet.
2. Ours under steady load, without sheets, and with one drawn for every learner who ends the lesson
   (`throughput_load`); `--no-sheets` leaves the latter out.
3. Several workers on both cores, each kind by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import AsyncExitStack

from tests.benchmarks import throughput_table as table
from tests.benchmarks.throughput_crowd import Step
from tests.benchmarks.throughput_load import SHARE, Sustained, loaded, sustained
from tests.benchmarks.throughput_rounds import (
    BURST_S,
    Burst,
    Entry,
    Spread,
    paired,
    started,
    take_turns,
)
from tests.benchmarks.throughput_run import BotFailedError, aiogram_python
from tests.benchmarks.throughput_script import lesson_script

TOGETHER = {
    "ptb": "echo: asyncio, httpx, one update at a time",
    "ptb256": "echo: asyncio, httpx, concurrent_updates=256",
    "aiogram-asyncio": "echo: asyncio, aiohttp, json",
    "aiogram-uvloop": "echo: uvloop, aiohttp, json",
    "ours-polling-sqlite": "lesson: uvloop, aiohttp, orjson",
    "ours-polling-sqlite-asyncio": "lesson: asyncio, aiohttp, orjson",
    "ours-webhook-sqlite": "lesson: uvloop, aiohttp, orjson",
    "ours-polling-postgresql": "lesson: uvloop, aiohttp, orjson",
    "ours-webhook-postgresql": "lesson: uvloop, aiohttp, orjson",
}
APART = {
    "ours-webhook-postgresql-x2": "lesson: 2 workers on both cores",
    "ours-webhook-postgresql-x4": "lesson: 4 workers on both cores",
}
USES = TOGETHER | APART
LOADED = "ours-polling-sqlite"
MET_S = 1.5
CPU_BARS = ("aiogram-asyncio", "aiogram-uvloop")


class Bench:
    """One run of everything.

    Args:
        script: what learners do.
        rounds: how many bursts each bot gets.
        seconds: how long each steady load lasts.
    """

    def __init__(self, script: list[Step], rounds: int, seconds: float) -> None:
        self.script, self.rounds, self.seconds = script, rounds, seconds
        self.failed = 0

    async def together(self, names: list[str], under_load: list[str], *, sheets: bool) -> None:
        """All bots in turns, then some of them under steady load."""
        async with AsyncExitStack() as stack:
            entries = [one for name in names if (one := await self._started(stack, name))]
            self.failed += len(await take_turns(entries, self.rounds, then=_met))
            print(
                f"\n-- in turns on one core: {self.rounds} rounds of {BURST_S:g} s, no sheets;"
                f" ours then {MET_S:g} s at {SHARE:.0%} of what they just did --"
            )
            print("others: the share of that core which other programs took in the meantime")
            table.rounds(entries, USES)
            table.multiples(entries)
            for entry in entries:
                if entry.name in under_load:
                    await self._under_load(entry, entries, sheets=sheets)

    async def apart(self, name: str) -> None:
        """One kind of bot with nothing beside it."""
        async with AsyncExitStack() as stack:
            if entry := await self._started(stack, name):
                rounds = max(1, self.rounds // 2)
                self.failed += len(await take_turns([entry], rounds, then=_met))
                table.rounds([entry], USES, heading=False)

    async def _started(self, stack: AsyncExitStack, name: str) -> Entry | None:
        try:
            entry = await started(stack, name, self.script)
        except BotFailedError as error:
            self.failed += 1
            print(error, file=sys.stderr, flush=True)
            return None
        entry.crowd.skip_sheets = True
        return entry

    async def _under_load(self, entry: Entry, entries: list[Entry], *, sheets: bool) -> None:
        echoes = [one for one in entries if one.name in CPU_BARS]
        plain = None
        for skipped in (True, False) if sheets else (True,):
            entry.crowd.skip_sheets = skipped
            try:
                kept_up, against = await self._against(entry, echoes)
                met = await loaded(entry, SHARE * kept_up.done.rate, self.seconds)
            except BotFailedError as error:
                self.failed += 1
                print(error, file=sys.stderr, flush=True)
                return
            share = 0.0 if skipped else sum(s.sheet for s in self.script) / len(self.script)
            plain = plain or kept_up.done
            table.load(entry.name, share, kept_up, met, against, plain=plain)

    async def _against(
        self, entry: Entry, echoes: list[Entry]
    ) -> tuple[Sustained, dict[str, tuple[Spread, Spread]]]:
        """What a bot sustains, and that as multiples of echoes measured before and after it."""
        before = [await echo.burst() for echo in echoes]
        kept_up = await sustained(entry, self.seconds)
        after = [await echo.burst() for echo in echoes]
        done = [kept_up.done] * 2
        return kept_up, {
            echo.name: paired(done, [*bursts])
            for echo, *bursts in zip(echoes, before, after, strict=True)
        }


async def _met(entry: Entry, burst: Burst) -> None:
    """How long learners wait for one of our bots when it has less to do than it can."""
    if entry.name.startswith("ours"):
        met = await loaded(entry, SHARE * burst.rate, MET_S)
        entry.met.append(met.turns)
        await entry.quiet()


def main() -> int:
    """Runs it and prints the figures; 1 when a bot failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8, help="bursts of each bot")
    parser.add_argument("--seconds", type=float, default=10, help="of each steady load")
    parser.add_argument("--only", default=",".join(USES), help="names, with commas between")
    parser.add_argument("--load", default=LOADED, help="names of those to put under steady load")
    parser.add_argument("--no-sheets", action="store_true", help="steady load without sheets only")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name]
    loads = [name for name in asked.load.split(",") if name]
    if unknown := [name for name in names + loads if name not in USES]:
        parser.error(f"no such bot: {unknown[0]}; there are {', '.join(USES)}")
    if any("aiogram" in name for name in names) and not aiogram_python():
        print("aiogram cannot be installed: left out")
        names = [name for name in names if "aiogram" not in name]
    os.sched_setaffinity(0, {1})
    script = lesson_script()
    print(
        f"a script of {len(script)} turns, {sum(s.replies for s in script)} messages;"
        f" {sum(s.sheet for s in script) / len(script):.1%} of the turns are sheets"
    )
    bench = Bench(script, asked.rounds, asked.seconds)
    together = [name for name in names if name in TOGETHER]
    asyncio.run(bench.together(together, loads, sheets=not asked.no_sheets))
    if apart := [name for name in names if name in APART]:
        print("\n-- several workers on both cores, each kind by itself, no sheets --")
        for name in apart:
            asyncio.run(bench.apart(name))
    return int(bench.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
