"""What a learner costs in memory who took a turn and is quiet now.

The bot is warm: some thousands have been there. Then as many more each take one turn, and what the
process holds afterwards is compared with what it held before. Nobody asks for a sheet: those are
drawn by another process. `--learners 10000`
"""

from __future__ import annotations

import argparse
import asyncio
import os

from tests.benchmarks.throughput_crowd import Crowd
from tests.benchmarks.throughput_run import Bots, database, running
from tests.benchmarks.throughput_script import lesson_script, settle
from tests.benchmarks.throughput_telegram import Telegram

BEFORE = 3_000
TOGETHER = 64
QUIET_S = 2.0
LAST_S = 20.0
BAR_MB = 1.0


async def idle_mb(count: int) -> tuple[float, float]:
    """The megabytes held with the first learners, and those that so many more add."""
    with database("sqlite") as url:
        crowd = Crowd(lesson_script(), chats=BEFORE + count, skip_sheets=True)
        await settle(url, crowd)
        telegram = Telegram(crowd)
        await telegram.start()
        try:
            async with running("ours-polling-sqlite", telegram, url) as bots:
                before = await _quiet_after(bots, crowd, BEFORE)
                return before, await _quiet_after(bots, crowd, BEFORE + count) - before
        finally:
            await telegram.stop()


async def _quiet_after(bots: Bots, crowd: Crowd, turns: int) -> float:
    crowd.want(TOGETHER)
    await bots.until(lambda: crowd.turns >= turns - TOGETHER, "answering everybody", 300)
    crowd.want(0)
    await bots.until(lambda: not crowd.busy, "answering everybody", LAST_S)
    await asyncio.sleep(QUIET_S)
    return bots.resident_mb()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=10_000)
    count = parser.parse_args().learners
    os.sched_setaffinity(0, {1})
    before, more = asyncio.run(idle_mb(count))
    each = more * 1000 / count
    print(f"{f'with {BEFORE:,} learners who are quiet':<36}{before:8.1f} MB")
    print(f"{f'{count:,} more add':<36}{more:8.1f} MB")
    print(f"{'1,000 of them':<36}{each:8.2f} MB   (bar ≤ {BAR_MB:g} MB)")


if __name__ == "__main__":
    main()
