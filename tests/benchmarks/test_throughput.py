"""The throughput benchmark's crowd, its pairing of rounds, and whose CPU it counts."""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from tests.benchmarks.throughput_crowd import Crowd, Step
from tests.benchmarks.throughput_load import SHEETS_TOGETHER, loaded, sustained
from tests.benchmarks.throughput_rounds import Burst, Entry, Mark, paired, take_turns
from tests.benchmarks.throughput_run import BotFailedError, Bots
from tests.benchmarks.throughput_script import lesson_script

SCRIPT = [Step("0.03"), Step("0.26"), Step(press="sheet", sheet=True), Step("next")]


def _answer(crowd: Crowd, some: Callable[[bool], bool] = lambda _: True) -> None:
    """Answers those who wait now, for a sheet or for something else."""
    for chat, learner in list(crowd.busy.items()):
        if some(learner.sheet):
            crowd.answered(chat)


def _asked(crowd: Crowd) -> list[str]:
    """What the crowd has said or pressed since last time."""
    updates = crowd.take(10_000)
    return [one["message"]["text"] if "message" in one else "sheet" for one in updates]


def test_the_scripts_sheets_are_known() -> None:
    """The lesson's script has one sheet, which is known by its picture."""
    script = lesson_script()
    assert [step.press.endswith("..sheet") for step in script] == [step.sheet for step in script]
    assert sum(step.sheet for step in script) == 1


def test_every_hundred_turns_have_the_scripts_share_of_each_step() -> None:
    """Learners come in lots that begin one at each step, the first lot in order, others mixed."""
    crowd = Crowd(SCRIPT, chats=41)
    places = [learner.at for learner in crowd.idle]
    assert len(places) == len({learner.chat for learner in crowd.idle}) == 41
    lots = [places[at : at + 4] for at in range(0, 40, 4)]
    assert all(sorted(lot) == [0, 1, 2, 3] for lot in lots)
    assert lots[0] == [0, 1, 2, 3]
    assert len({tuple(lot) for lot in lots}) > 3


def test_no_more_sheets_wait_than_may() -> None:
    """When one sheet more would be asked for, everybody waits until one has come."""
    crowd = Crowd(SCRIPT, chats=400, most_sheets=3)
    crowd.want(50)
    for _ in range(40):
        _answer(crowd, lambda sheet: not sheet)
        assert crowd.awaited_sheets <= 3
    assert crowd.awaited_sheets == len(crowd.busy) == 3
    _answer(crowd)
    assert crowd.awaited_sheets == 3
    assert len(crowd.busy) > 3


def test_sheets_stay_as_frequent_as_the_script_has_them() -> None:
    """Waiting for sheets leaves nobody's sheet out: they are the script's share of all turns."""
    crowd = Crowd(SCRIPT, chats=40, most_sheets=1)
    crowd.want(20)
    for _ in range(2000):
        _answer(crowd)
    said = _asked(crowd)
    assert said.count("sheet") / len(said) == pytest.approx(1 / len(SCRIPT), abs=0.02)


def test_sheets_can_be_left_out() -> None:
    """A crowd that skips sheets does all the rest of the script, in its order."""
    crowd = Crowd(SCRIPT, chats=1, skip_sheets=True)
    crowd.want(1)
    for _ in range(5):
        _answer(crowd)
    assert _asked(crowd) == ["0.03", "0.26", "next", "0.03", "0.26", "next"]


def test_sheets_are_timed_apart() -> None:
    """A sheet's time is not among the latencies of turns."""
    crowd = Crowd(SCRIPT, chats=4)
    crowd.want(4)
    crowd.window = 0
    _answer(crowd)
    assert (len(crowd.latencies), len(crowd.sheets)) == (3, 1)


def test_drift_leaves_paired_figures_alone() -> None:
    """A computer whose speed halves and doubles between rounds changes no ratio."""
    ours, echo = Burst(1000, 0.5, 0.8), Burst(2000, 0.25, 0.25)
    speeds = [1, 0.5, 2, 0.6, 1.4]

    def drifted(one: Burst) -> list[Burst]:
        return [Burst(one.rate * s, one.own_ms / s, one.all_ms / s) for s in speeds]

    rate, own, whole = paired(drifted(ours), drifted(echo))
    for figure, right in ((rate, 0.5), (own, 2), (whole, 3.2)):
        assert [*figure] == pytest.approx([right] * 3)


BURNS = "import time\nwhile time.process_time() < {}: pass\n"
DRAWS = f"""
import subprocess, sys, time
subprocess.run([sys.executable, "-c", {BURNS.format(0.3)!r}])
lasting = subprocess.Popen([sys.executable, "-c", {(BURNS.format(0.2) + "time.sleep(60)")!r}])
print("ready", flush=True)
try:
    sys.stdin.read()
finally:
    lasting.kill()
    lasting.wait()
"""
PIPE = asyncio.subprocess.PIPE


@pytest.mark.process
async def test_the_drawing_processes_cpu_is_counted_apart() -> None:
    """CPU of processes that a bot has started, ended or not, counts as drawing, not as its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DRAWS, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with tempfile.NamedTemporaryFile() as said:
        bots = Bots("drawing", said, [process])
        await process.stdout.readline()
        await bots.until(lambda: bots.drawing_s() >= 0.45, "drawing")
        assert bots.cpu_s() < 0.3
        process.stdin.close()
        await process.wait()


@pytest.mark.process
async def test_what_others_take_of_the_core_is_told() -> None:
    """A program beside the bot on its core shows in the bot's figures, as others' share."""
    async with _entry() as entry:
        mark, burns = Mark(entry), BURNS.format(0.3)
        process = await asyncio.create_subprocess_exec(
            "taskset", "-c", "0", sys.executable, "-c", burns
        )
        await process.wait()
        seconds = time.perf_counter() - mark.at
        assert mark.since().others * seconds >= 0.25


class Answering(Bots):
    """A bot inside the test, which answers those it likes to answer."""

    def __init__(self, crowd: Crowd, likes: Callable[[bool], bool] = lambda _: True) -> None:
        super().__init__("answering", io.BytesIO())
        self._crowd, self._likes, self.ended = crowd, likes, False

    def at_work(self, what: str) -> None:
        """See `Bots`."""
        if self.ended:
            raise BotFailedError(f"ended before {what}")

    async def work(self) -> None:
        """Answers, until it is cancelled."""
        while True:
            await asyncio.sleep(0.002)
            _answer(self._crowd, self._likes)


@asynccontextmanager
async def _entry(likes: Callable[[bool], bool] = lambda _: True) -> AsyncIterator[Entry]:
    crowd = Crowd(SCRIPT, chats=400)
    bots = Answering(crowd, likes)
    working = asyncio.create_task(bots.work())
    try:
        yield Entry("answering", bots, crowd, 0)
    finally:
        working.cancel()


async def test_sheets_that_do_not_come_end_a_run_all_the_same() -> None:
    """A run waits a bounded time for the last sheets, and tells how many were still awaited."""
    async with _entry(lambda sheet: not sheet) as entry:
        async with asyncio.timeout(5):
            met = await loaded(entry, rate=500, seconds=0.2, last_s=0.1)
        assert met.left == entry.crowd.awaited_sheets > 0
        assert met.sheets == []
        assert met.turns


async def test_what_is_sustained_has_its_sheets_in_it() -> None:
    """They are counted, and never more of them awaited than may be."""
    async with _entry() as entry:
        kept_up = await sustained(entry, 0.3, settle_s=0.05)
        assert 0 < kept_up.sheets < entry.crowd.turns
        assert max(kept_up.waiting) <= SHEETS_TOGETHER


async def test_a_bot_that_ends_drops_out_of_the_rounds() -> None:
    """The others are measured in every round; what went wrong is told."""
    async with _entry() as sound, _entry() as broken:
        assert isinstance(broken.bots, Answering)
        broken.bots.ended = True
        entries = [sound, broken]
        failed = await take_turns(entries, rounds=2, burst_s=0.05)
        assert failed == ["ended before being measured"]
        assert entries == [sound]
        assert len(sound.bursts) == 2
        assert min(one.rate for one in sound.bursts) > 0
        assert not sound.crowd.busy
