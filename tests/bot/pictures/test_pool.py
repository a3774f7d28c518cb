"""Drawing beside the bot: once for equal requests, and no failure outlives its picture."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.pictures import Painter, PictureError
from bot.pictures.pool import WORKER, PoolPainter
from bot.pictures.requests import Diagram, Sheet, key
from tests.bot.pictures.requests import NETWORK, full_diagram, learning, sheet
from tests.fakes.words import LABELS


def titled(title: str) -> Diagram:
    """A request that the test's worker understands."""
    return Diagram(NETWORK, title=title, labels=LABELS)


SHEET = Sheet(titled("one"), (), "sheet")
PDF = replace(SHEET, format="pdf")


def page_of(sheet: Sheet) -> bytes:
    """What the test's worker draws of it."""
    return f"{sheet.title} {sheet.format}".encode()


def command(log: Path, *kind: str) -> tuple[str, ...]:
    """The test's worker."""
    return (sys.executable, "-m", "tests.bot.pictures.workers", str(log), *kind)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the worker notes what it draws: a line each of process and title."""
    return tmp_path / "drawn"


@pytest.fixture
async def painter(log: Path) -> AsyncIterator[PoolPainter]:
    """A painter with the test's worker."""
    painter = PoolPainter(command(log), drawing_s=0.5)
    yield painter
    await painter.close()


def drawings(log: Path) -> list[list[str]]:
    """(process, title) of each drawing."""
    return [line.split(" ", 1) for line in log.read_text("utf-8").splitlines()]


async def test_a_picture_is_drawn_once(painter: PoolPainter, log: Path) -> None:
    """Asked for again it comes from memory."""
    assert await painter.paint(titled("one")) == b"one"
    assert await painter.paint(titled("one")) == b"one"
    assert await painter.paint(titled("two")) == b"two"
    assert [title for _, title in drawings(log)] == ["one", "two"]


async def test_equal_requests_share_one_drawing(painter: PoolPainter, log: Path) -> None:
    """Twenty at the same time lead to one drawing, and one who leaves does not spoil it."""
    tasks = [asyncio.create_task(painter.paint(titled("one"))) for _ in range(20)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert results[1:] == [b"one"] * 19
    assert len(drawings(log)) == 1


async def test_the_memory_has_a_limit(log: Path) -> None:
    """The longest unused picture goes first."""
    painter = PoolPainter(command(log), kept_bytes=7)
    for title in ("one", "two", "one", "six", "one", "two"):
        await painter.paint(titled(title))
    await painter.close()
    assert [title for _, title in drawings(log)] == ["one", "two", "six", "two"]


async def test_a_refused_picture_says_why(painter: PoolPainter, log: Path) -> None:
    """A request that cannot be drawn fails alone; the same process draws the next."""
    await painter.paint(titled("one"))
    with pytest.raises(PictureError, match="ValueError: cannot be drawn"):
        await painter.paint(titled("refuse"))
    await painter.paint(titled("two"))
    assert len({process for process, _ in drawings(log)}) == 1


@pytest.mark.parametrize(
    ("trouble", "said"), [("crash", "the drawing process failed"), ("hang", "took too long")]
)
async def test_after_a_crash_a_new_process_draws(
    painter: PoolPainter, log: Path, trouble: str, said: str
) -> None:
    """A process that dies or hangs costs its own picture, and no other."""
    await painter.paint(titled("one"))
    before = asyncio.create_task(painter.paint(titled(trouble)))
    after = asyncio.create_task(painter.paint(titled("two")))
    with pytest.raises(PictureError, match=said):
        await before
    assert await after == b"two"
    assert len({process for process, _ in drawings(log)}) == 2


async def test_a_process_that_was_ended_costs_no_picture(painter: PoolPainter) -> None:
    """A drawing that fails for no fault of its own is tried once more."""
    assert await painter.paint(titled("crash once")) == b"crash once"


async def test_it_starts_beside_everything_else(painter: PoolPainter, log: Path) -> None:
    """Starting waits for nothing; the first picture is drawn by the process that was started."""
    painter.start()
    painter.start()
    assert await painter.paint(titled("one")) == b"one"
    assert await painter.paint(titled("two")) == b"two"
    assert len({process for process, _ in drawings(log)}) == 1


@pytest.mark.parametrize("kind", ["never-starts", "ends"])
async def test_a_start_that_fails_harms_nobody(log: Path, kind: str) -> None:
    """It is tried again with the first picture, which then says that it failed."""
    painter = PoolPainter(command(log, kind), starting_s=0.3)
    painter.start()
    with pytest.raises(PictureError):
        await painter.paint(titled("one"))
    await painter.close()


async def test_it_can_be_closed_while_it_starts(log: Path) -> None:
    """Nothing is left running."""
    painter = PoolPainter(command(log, "never-starts"))
    painter.start()
    await asyncio.sleep(0.05)
    await painter.close()
    painter.start()
    with pytest.raises(PictureError, match="closed"):
        await painter.paint(titled("one"))


async def test_a_learner_s_own_sheet_is_not_kept(log: Path) -> None:
    """It is nobody else's, and forgetting must reach it: asked for again, it is drawn again."""
    painter = PoolPainter(command(log))
    for _ in range(2):
        assert await painter.paint(SHEET) == b"sheet png"
    await painter.close()
    assert len(drawings(log)) == 2


@pytest.mark.parametrize("pages", [(SHEET, PDF), (PDF, SHEET)])
async def test_both_formats_of_a_sheet_are_one_drawing(
    painter: PoolPainter, log: Path, pages: tuple[Sheet, Sheet]
) -> None:
    """One after the other or at once, and whichever comes first."""
    for _ in range(2):
        assert [await painter.paint(page) for page in pages] == [page_of(page) for page in pages]
    assert len(drawings(log)) == 2
    both = await asyncio.gather(*(painter.paint(page) for page in pages))
    assert both == [page_of(page) for page in pages]
    assert len(drawings(log)) == 3


async def test_a_sheet_s_other_format_waits_for_seconds_only(log: Path) -> None:
    """Then it is forgotten, whoever asks; and given to one request it is gone."""
    painter = PoolPainter(command(log), waiting_s=0.05)
    await painter.paint(SHEET)
    await asyncio.sleep(0.15)
    await painter.paint(PDF)
    assert len(drawings(log)) == 2
    await painter.paint(SHEET)
    assert len(drawings(log)) == 2
    await painter.paint(SHEET)
    assert len(drawings(log)) == 3
    await painter.close()


@pytest.mark.parametrize("kind", ["never-starts", "ends"])
async def test_a_process_that_does_not_start_is_a_failed_picture(log: Path, kind: str) -> None:
    """No drawing process: the caller hears of it as of any picture that failed."""
    painter = PoolPainter(command(log, kind), starting_s=0.5)
    with pytest.raises(PictureError):
        await painter.paint(titled("one"))
    await painter.close()
    missing = PoolPainter((str(log / "no-such-program"),))
    with pytest.raises(PictureError, match="the drawing process failed"):
        await missing.paint(titled("one"))
    await missing.close()


async def test_closing_ends_what_is_under_way(painter: PoolPainter) -> None:
    """Pictures under way and later ones fail; nothing hangs."""
    await painter.paint(titled("one"))
    waiting = [asyncio.create_task(painter.paint(titled(t))) for t in ("hang", "two")]
    await asyncio.sleep(0.05)
    await painter.close()
    for task in waiting:
        with pytest.raises(PictureError, match="closed"):
            await task
    with pytest.raises(PictureError, match="closed"):
        await painter.paint(titled("three"))
    await painter.close()


async def test_large_pictures_come_whole(painter: PoolPainter) -> None:
    """A picture larger than any pipe's buffer arrives complete."""
    assert len(await painter.paint(titled("large 3000000"))) == 3_000_000


async def test_the_real_worker_draws() -> None:
    """The process that the bot starts draws a diagram and what was learnt as PNG, a sheet twice."""
    painter: Painter = PoolPainter()
    for request in (full_diagram(), learning(10), sheet()):
        assert (await painter.paint(request)).startswith(b"\x89PNG")
    assert (await painter.paint(replace(sheet(), format="pdf"))).startswith(b"%PDF")
    await painter.close()


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no nice levels on this computer")
def test_drawing_stands_back() -> None:
    """The process takes hardly any time from a busy bot, yet not the very last place."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, own + 15)


def test_the_process_leaves_quietly_when_the_bot_is_gone() -> None:
    """Killed at once, the bot leaves no drawing process behind and no traceback in its log."""
    reading, writing = os.pipe()
    os.close(reading)
    gone = subprocess.run(
        WORKER, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (gone.returncode, gone.stderr) == (0, b"")


def test_the_key_is_the_same_in_every_process() -> None:
    """Equal requests have one key, different ones different keys, whatever process asks."""
    code = (
        "from bot.pictures.requests import key\n"
        "from tests.bot.pictures.requests import full_diagram\n"
        "print(key(full_diagram()))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == key(full_diagram())
    assert key(full_diagram()) != key(full_diagram("H1.sum"))
    assert key(full_diagram()) != key(replace(full_diagram(), nudges=()))


def test_no_name_remembers_a_sheet() -> None:
    """Once it is named, nothing of what a learner typed is left in memory."""
    page = replace(sheet(), title="named nowhere else")
    before = sys.getrefcount(page)
    key(page)
    assert sys.getrefcount(page) == before


def test_the_bot_does_not_load_matplotlib() -> None:
    """What the bot imports to have pictures drawn leaves matplotlib and numpy alone."""
    code = (
        "import sys, bot.pictures.pool, bot.pictures.captions\n"
        "sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
