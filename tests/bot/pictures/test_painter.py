"""Drawing beside the bot: once for equal requests, and no failure outlives its picture."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import replace

import orjson
import pytest

from bot.dialogue.effects import Show
from bot.pictures import PictureError
from bot.pictures.painter import NICE, Press, ThreadPainter
from bot.pictures.requests import Bars, Diagram, Learning, Request, key
from bot.pictures.scene import WIDE
from bot.pictures.sheet import pages
from bot.storage.codec import dump, load
from content.paper.press import FONTS
from tests.bot.pictures.figures import pixels
from tests.bot.pictures.requests import (
    CHANGE,
    NETWORK,
    curve,
    full_diagram,
    learning,
    sheet,
)
from tests.bot.pictures.test_bars import THREE
from tests.engine.networks import one_neuron
from tests.fakes.words import LABELS

DRAWN: list[Request] = [
    full_diagram(), learning(20), THREE, curve("H1.activation"), CHANGE, next(pages(sheet())),
]  # fmt: skip


class CountingPress(Press):
    """Notes what it prints, and in which threads."""

    def __init__(self) -> None:
        super().__init__()
        self.printed_ones: list[Request] = []
        self.threads: set[threading.Thread] = set()
        self.open = threading.Event()
        """Printing waits for it."""
        self.open.set()

    def printed(self, request: Request) -> bytes:
        """See `Press`."""
        assert self.open.wait(20)
        self.printed_ones.append(request)
        self.threads.add(threading.current_thread())
        return super().printed(request)


@pytest.fixture
def press() -> CountingPress:
    """What the painter draws with."""
    return CountingPress()


@pytest.fixture
async def painter(press: CountingPress) -> AsyncIterator[ThreadPainter]:
    """A painter that draws with it, and keeps two pictures."""
    painter = ThreadPainter(kept=2, press=lambda: press)
    yield painter
    press.open.set()
    await painter.close()


def titled(title: str) -> Diagram:
    """A small picture."""
    return Diagram(NETWORK, title=title, labels=LABELS)


async def test_a_picture_is_drawn_once(painter: ThreadPainter, press: CountingPress) -> None:
    """Asked for again it comes from memory, in which the longest unused makes room."""
    for title in ("one", "two", "one", "six", "one", "two"):
        assert (await painter.paint(titled(title))).startswith(b"\x89PNG")
    assert press.printed_ones == [titled(title) for title in ("one", "two", "six", "two")]


async def test_equal_requests_share_one_drawing(
    painter: ThreadPainter, press: CountingPress
) -> None:
    """Twenty at the same time lead to one drawing, and one who leaves does not spoil it."""
    press.open.clear()
    tasks = [asyncio.create_task(painter.paint(titled("one"))) for _ in range(20)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    press.open.set()
    left, *others = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(left, asyncio.CancelledError)
    assert len(set(others)) == 1
    assert press.printed_ones == [titled("one")]


async def test_a_sheet_is_not_kept(painter: ThreadPainter, press: CountingPress) -> None:
    """It is one learner's own: asked for again it is drawn again."""
    await painter.paint(sheet(2))
    await painter.paint(sheet(2))
    assert len(press.printed_ones) == 2


async def test_a_refused_picture_says_why(painter: ThreadPainter) -> None:
    """A request that cannot be drawn fails alone, and each time; the next is drawn."""
    impossible = Learning(one_neuron("relu", 1.0), (), (), (), (), labels=LABELS)
    for _ in range(2):
        with pytest.raises(PictureError, match="ValueError: only two inputs"):
            await painter.paint(impossible)
    assert await painter.paint(titled("two"))


async def test_closing_fails_what_waits(painter: ThreadPainter, press: CountingPress) -> None:
    """The picture under way is the last; those behind it fail, and so does what comes after."""
    press.open.clear()
    tasks = [asyncio.create_task(painter.paint(titled(str(n)))) for n in range(3)]
    await asyncio.sleep(0.05)
    await painter.close()
    press.open.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(one, PictureError) for one in done] == [False, True, True]
    with pytest.raises(PictureError, match="closed"):
        await painter.paint(titled("late"))


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no nice levels on this computer")
async def test_drawing_stands_back_in_a_thread_of_its_own(
    painter: ThreadPainter, press: CountingPress
) -> None:
    """One thread draws all, and takes hardly any time from a busy bot."""
    painter.start()
    await painter.paint(titled("one"))
    await painter.paint(titled("two"))
    (thread,) = press.threads
    assert thread is not threading.main_thread()
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert thread.native_id is not None
    assert os.getpriority(os.PRIO_PROCESS, thread.native_id) == min(19, own + NICE)


@pytest.mark.parametrize("request_", DRAWN, ids=lambda request: type(request).__name__)
def test_a_picture_is_a_small_file_for_a_phone(request_: Request) -> None:
    """A PNG as wide as a phone with 1.8 pixels for each of its own; the same each time."""
    data = Press().printed(request_)
    wide, high = pixels(data)
    assert 1.75 * (WIDE + 20) < wide < 2 * (WIDE + 20)
    assert high < 10_000 - wide
    assert 10_000 < len(data) < 125_000
    assert Press().printed(request_) == data


def test_a_diagram_is_at_most_90_kilobytes() -> None:
    """With everything on it that there can be."""
    assert len(Press().printed(full_diagram())) <= 90_000


def test_a_sheet_prints_on_a4() -> None:
    """A PDF of A4 pages, with text that can be searched, the same each time, at any time."""
    page = replace(sheet(), format="pdf")
    data = Press().printed(page)
    assert data.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", data)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
    assert b"/ToUnicode" in data
    assert len(data) < 100_000
    assert Press().printed(page) == data
    assert b"CreationDate" not in data


def test_every_script_and_sign_is_drawn() -> None:
    """The fonts that are shipped have the tutor's signs and the world's letters: none is a box."""
    press = Press()
    box = press.printed(Bars((), "\U000e0fff"))
    for letter in "−×′▢≈→·…²Σσäé∂†‡≤ЖмحبשלםनฟA中数":
        assert press.printed(Bars((), letter)) != box, letter


async def test_letters_without_a_font_are_no_boxes() -> None:
    """Where the fonts of East Asia are missing, the picture fails and says what to install."""
    press = Press(FONTS[:1])
    painter = ThreadPainter(press=lambda: press)
    with pytest.raises(PictureError, match=r"East Asian letters: pip install manimgx-fonts-cjk"):
        await painter.paint(Bars((), "损失"))
    assert (await painter.paint(Bars((), "loss"))).startswith(b"\x89PNG")
    await painter.close()


def test_what_older_versions_left_in_the_outbox_is_drawn() -> None:
    """A request stored before later words were on pictures is read and drawn all the same."""
    for request in DRAWN[:3]:
        stored = orjson.loads(dump(Show(request, "said")))
        for word in ("slope", "before", "after", "owned", "valued", "layer", "headed"):
            stored["picture"].get("labels", {}).pop(word, None)
        for word in ("language", "nouns"):
            stored["picture"].pop(word, None)
            stored["picture"].get("labels", {}).pop(word, None)
        again = load(orjson.dumps(stored).decode())
        assert isinstance(again, Show)
        assert Press().printed(again.picture) == Press().printed(request)


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
