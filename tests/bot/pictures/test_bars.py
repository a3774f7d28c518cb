"""Counts as bars: what stands on the picture, and what its caption says."""

from __future__ import annotations

import io

import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from PIL import Image

from bot.pictures.captions import caption
from bot.pictures.drawing import LONGEST_SIDE, drawn, figure_of
from bot.pictures.requests import BarGroup, Bars, key
from tests.bot.pictures.figures import drawn_on, outside, overlapping, smallest, texts
from tests.fakes.words import CAPTIONS

THREE = Bars(
    (
        BarGroup("Where learners are now", (("2 · H1 · weighted sum", 300), ("H2", 3), ("O", 0))),
        BarGroup("Common mistakes", (("a minus dropped", 1_234_567), ("a slip", 1))),
        BarGroup("Wrong answers by step", ()),
    ),
    "How the course goes",
)


SKILLS = Bars(
    (BarGroup("Skills", (("products", 97), ("sums", 93), ("blame", 0)), " %", full=100, mark=95),)
)


@pytest.mark.parametrize(
    "request_",
    [
        THREE,
        SKILLS,
        Bars(()),
        Bars((BarGroup("x" * 300, (("a very long name of a step " * 9, 10**12),) * 6),) * 3),
    ],
    ids=["usual", "marked", "empty", "crowded"],
)
def test_everything_stands_on_the_picture(request_: Bars) -> None:
    """Nothing overlaps, reaches over the edge or is too small to read."""
    canvas = figure_of(request_)
    assert overlapping(canvas) == []
    assert outside(canvas) == []
    if request_.groups:
        assert smallest(canvas) >= 9


def test_names_and_counts_are_written_out() -> None:
    """Each bar with its name and its number, each group with its heading, and the title."""
    shown = texts(figure_of(THREE))
    assert THREE.title in shown
    for group in THREE.groups:
        assert group.heading in shown
        for name, count in group.bars:
            assert name in shown
            assert f"{count:,}" in shown


def test_a_bar_is_as_long_as_its_count() -> None:
    """In parts of its group's largest; there is none for 0, and a small one can still be seen."""
    boxes = drawn_on(figure_of(THREE), FancyBboxPatch)
    lengths = [box.get_width() for box in boxes]
    assert len(lengths) == 4, "300, 3, 1,234,567 and 1; none for 0"
    assert lengths[1] / lengths[0] == pytest.approx(3 / 300, abs=0.001)
    assert 2 <= lengths[3] < lengths[2] / 50


def test_a_mark_stands_on_the_scale_and_crosses_no_number() -> None:
    """The bars are measured against what is full, not the longest; a line shows the mark."""
    canvas = figure_of(SKILLS)
    bars = drawn_on(canvas, FancyBboxPatch)
    dashed = [line for line in drawn_on(canvas, Line2D) if line.is_dashed()]
    (at,) = {line.get_window_extent().x0 for line in dashed}
    assert {line.get_window_extent().x1 for line in dashed} == {at}
    left = bars[0].get_x()
    assert [b.get_width() / (at - left) for b in bars] == pytest.approx([97 / 95, 93 / 95])
    numbers = [text for text in drawn_on(canvas, Text) if text.get_text().endswith(" %")]
    assert len(numbers) == 3
    assert all(text.get_window_extent().x0 > at for text in numbers)


def test_the_caption_says_all_that_it_shows() -> None:
    """Every name with its count, by group."""
    text = caption(THREE, CAPTIONS)
    assert text.splitlines() == [
        "How the course goes",
        "Where learners are now: 2 · H1 · weighted sum 300, H2 3, O 0.",
        "Common mistakes: a minus dropped 1,234,567, a slip 1.",
        "Wrong answers by step: .",
    ]


def test_it_is_a_small_file_and_the_same_each_time() -> None:
    """A PNG of Telegram's size."""
    data = drawn(THREE)
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "PNG"
    assert max(picture.size) in range(LONGEST_SIDE - 1, LONGEST_SIDE + 2)
    assert len(data) < 100_000
    assert drawn(THREE) == data
    assert key(THREE).startswith("bars-")
