"""A class as a grid, and its link as a code that a camera reads."""

from __future__ import annotations

import io
import sys

import pytest
import segno
from PIL import Image

from bot.dialogue.effects import Show
from bot.pictures.captions import caption
from bot.pictures.code import EDGE
from bot.pictures.painter import Press
from bot.pictures.palette import ASKED, NUDGE, POSITIVE, SAYS_1
from bot.pictures.requests import Cell, Code, Grid, key
from bot.pictures.scene import MARGIN, NUMBER, SMALL, WIDE
from bot.telegram.markup import whole
from tests.bot.pictures.figures import boxes_on, outside, overlapping, said_on, texts_on
from tests.fakes.words import CAPTIONS

PARTS = ("Forward pass", "Loss", "Backward pass")
KEY = ("right at the first try", "right later", "shown", "here now")
TWO = Grid(
    PARTS,
    (
        ("Ann", (Cell(8, 4, 2, 2), Cell(2, 1, 0, 0, here=True), Cell(9, 0, 0, 0))),
        ("Ben", (Cell(8, 0, 0, 0), Cell(2, 0, 0, 0), Cell(9, 0, 0, 0))),
    ),
    KEY,
    "Year 10",
)
CROWD = Grid(
    tuple(f"A part with a very long title {n} " * 4 for n in range(12)),
    tuple((f"{'M' * 30} {n}", (Cell(7, 3, 2, 1, here=True),) * 12) for n in range(40)),
    KEY,
    "W" * 60,
)
LINK = "https://t.me/a_bot_with_a_long_name_bot?start=class_" + "0123456789abcdef" * 2


@pytest.mark.parametrize("grid", [TWO, CROWD, Grid((), (), KEY)], ids=["usual", "crowd", "empty"])
def test_everything_stands_on_the_grid(grid: Grid) -> None:
    """Nothing overlaps, reaches over the edge or is too small to read."""
    texts = texts_on(grid)
    assert overlapping(texts) == []
    assert outside(grid, texts) == []
    assert all(min(text.sizes) >= SMALL for text in texts)
    assert NUMBER > SMALL


def test_a_cell_is_filled_as_far_as_the_pupil_is() -> None:
    """Right at once, right later and shown side by side, in proportion; the place has an edge."""
    boxes = boxes_on(TWO)
    high = max(box["high"] for box in boxes)
    wide = {
        fill: [box["wide"] for box in boxes if box["fill"] == fill and box["high"] == high]
        for fill in (POSITIVE, SAYS_1, ASKED)
    }
    (first, other), (later,), (shown,) = wide[POSITIVE], wide[SAYS_1], wide[ASKED]
    assert first == pytest.approx(2 * later) == pytest.approx(2 * shown)
    assert other == pytest.approx(first)  # 1 of 2 is as much as 4 of 8
    assert len([box for box in boxes if box["stroke"] == NUDGE and box["high"] == high]) == 1


def test_the_grid_is_said_in_words() -> None:
    """Who is how far in which part, every name, and what colours stand for."""
    shown = said_on(TWO)
    assert {"Ann", "Ben", "Year 10", *KEY} <= {*shown}
    assert all(any(part in text for text in shown) for part in PARTS)
    told = caption(TWO, CAPTIONS)
    assert "Ann" in told
    assert "8/8" in told
    assert "1/2" in told


@pytest.mark.parametrize("text", [LINK, "/start class_" + "ff" * 16, "x"])
def test_every_square_of_the_code_is_where_it_belongs(text: str) -> None:
    """Dark where the standard has it dark and light elsewhere, the quiet edge too, as drawn."""
    drawn = Image.open(io.BytesIO(Press().printed(Code(text)))).convert("L")
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    edged = len(rows) + 2 * EDGE
    scale = drawn.width / (WIDE + 2 * MARGIN)
    size = WIDE / edged
    for y in range(edged):
        for x in range(edged):
            inside = 0 <= y - EDGE < len(rows) and 0 <= x - EDGE < len(rows)
            dark = bool(inside and rows[y - EDGE][x - EDGE])
            for dx, dy in ((0.25, 0.25), (0.5, 0.5), (0.75, 0.75)):
                at = MARGIN + (x + dx) * size, MARGIN + (y + dy) * size
                pixel = drawn.getpixel((int(at[0] * scale), int(at[1] * scale)))
                assert isinstance(pixel, int)
                assert (pixel < 128) is dark, (x, y)


def test_a_square_is_large_enough_for_a_camera() -> None:
    """At least five pixels of a phone for the longest link there is."""
    longest = "https://t.me/" + "b" * 32 + "?start=class_" + "0" * 32
    assert WIDE / (len(tuple(segno.make_qr(longest, error="m").matrix)) + 2 * EDGE) >= 5


def test_on_telegram_the_code_is_the_whole_link() -> None:
    """What stands behind /start alone would lead nowhere."""
    sent = whole(Show(Code("class_0a"), "Here"), "https://t.me/a_bot")
    assert isinstance(sent, Show)
    assert sent.picture == Code("https://t.me/a_bot?start=class_0a")


@pytest.mark.parametrize("own", [TWO, Code(LINK)], ids=["a grid", "a code"])
def test_no_name_remembers_a_class(own: Grid | Code) -> None:
    """Once it is named, neither nicknames nor a way in are left in memory."""
    before = sys.getrefcount(own)
    key(own)
    assert sys.getrefcount(own) == before
