"""Turns per second and CPU per turn, side by side: two libraries' echo bots, and our whole lesson.

Ours takes full tutoring turns, from every part of the lesson: it receives, reads, diagnoses,
commits, reacts, replies, and shows pictures. The runs are interleaved and the medians shown. With
`--results FILE` every run is kept there, and a run that was cut short goes on where it stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.throughput_run import BotFailedError, Result, aiogram_python, measure
from tests.benchmarks.throughput_script import lesson_script

USES = {
    "ptb": "echo: asyncio, httpx, one update at a time",
    "ptb256": "echo: asyncio, httpx, concurrent_updates=256",
    "aiogram-asyncio": "echo: asyncio, aiohttp, json",
    "aiogram-uvloop": "echo: uvloop, aiohttp, json",
    "ours-polling-sqlite": "lesson: uvloop, aiohttp, orjson",
    "ours-polling-sqlite-asyncio": "lesson: asyncio, aiohttp, orjson",
    "ours-webhook-sqlite": "lesson: uvloop, aiohttp, orjson",
    "ours-polling-postgresql": "lesson: uvloop, aiohttp, orjson",
    "ours-webhook-postgresql": "lesson: uvloop, aiohttp, orjson",
    "ours-webhook-postgresql-x2": "lesson: 2 workers on both cores",
    "ours-webhook-postgresql-x4": "lesson: 4 workers on both cores",
}
CPU_BARS = ("aiogram-asyncio", "aiogram-uvloop")
RATE_BAR = "ptb256"


def main() -> int:
    """Runs everything and prints a table; 1 when a bot failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="of load, in each run")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each bot")
    parser.add_argument("--only", default=",".join(USES), help="names, with commas between")
    parser.add_argument("--results", type=Path, help="a file to go on from, and to keep runs in")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name]
    if unknown := [name for name in names if name not in USES]:
        parser.error(f"no such bot: {unknown[0]}; there are {', '.join(USES)}")
    if any("aiogram" in name for name in names) and not aiogram_python():
        print("aiogram cannot be installed: left out")
        names = [name for name in names if "aiogram" not in name]
    os.sched_setaffinity(0, {1})
    script, results, failed = lesson_script(), _kept(asked.results), 0
    for number in range(1, asked.rounds + 1):
        for name in names:
            result = results.setdefault(name, Result())
            if len(result.rates) >= number:
                continue
            try:
                asyncio.run(measure(name, script, asked.seconds, result))
            except BotFailedError as error:
                failed = 1
                print(error, file=sys.stderr, flush=True)
            if asked.results:
                kept = {name: asdict(result) for name, result in results.items()}
                asked.results.write_text(json.dumps(kept), "utf-8")
    print(f"a script of {len(script)} turns, {sum(s.replies for s in script)} messages")
    _table(results)
    return failed


def _kept(file: Path | None) -> dict[str, Result]:
    if file is None or not file.exists():
        return {}
    return {name: Result(**runs) for name, runs in json.loads(file.read_text("utf-8")).items()}


def _table(results: dict[str, Result]) -> None:
    medians = {
        name: {key: statistics.median(values) for key, values in vars(one).items() if values}
        for name, one in results.items()
        if one.rates
    }
    print(
        f"{'':<28}turns/s  CPU ms  alone p50/p99 ms  70 % load p50/p99    MB  start s  runs  uses"
    )
    for name, one in medians.items():
        print(
            f"{name:<28}{one['rates']:7.0f}{one['cpu_ms']:8.3f}"
            f"{one['p50_alone']:9.1f}{one['p99_alone']:8.1f}"
            f"{one.get('p50_load', 0):11.1f}{one.get('p99_load', 0):8.1f}"
            f"{one['megabytes']:6.0f}{one['start_s']:9.2f}{len(results[name].rates):6}"
            f"  {USES.get(name, '')}"
        )
    for name, one in medians.items():
        if not name.startswith("ours"):
            continue
        ratios = [
            f"CPU × {one['cpu_ms'] / medians[bar]['cpu_ms']:.2f} of {bar}'s echo"
            for bar in CPU_BARS
            if bar in medians
        ]
        if RATE_BAR in medians:
            rate = one["rates"] / medians[RATE_BAR]["rates"]
            ratios.append(f"turns/s × {rate:.2f} of {RATE_BAR}'s echo")
        if ratios:
            print(f"{name:<28}{'; '.join(ratios)}")


if __name__ == "__main__":
    sys.exit(main())
