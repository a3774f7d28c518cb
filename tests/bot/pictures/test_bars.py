"""Counts as bars: what stands on the picture, and what its caption says."""

from __future__ import annotations

import pytest

from bot.pictures.captions import caption
from bot.pictures.data import scene_of
from bot.pictures.palette import INK, POSITIVE
from bot.pictures.requests import BarGroup, Bars, key
from bot.pictures.scene import SMALL
from tests.bot.pictures.figures import boxes_on, outside, overlapping, said_on, texts_on
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


def lengths(bars: Bars) -> list[float]:
    """How long each bar is."""
    return [box["wide"] for box in boxes_on(bars) if box["fill"] == POSITIVE]


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
    texts = texts_on(request_)
    assert overlapping(texts) == []
    assert outside(request_, texts) == []
    assert all(min(text.sizes) >= SMALL for text in texts)


def test_names_and_counts_are_written_out() -> None:
    """Each bar with its name and its number, each group with its heading, and the title."""
    shown = said_on(THREE)
    assert THREE.title in shown
    for group in THREE.groups:
        assert group.heading in shown
        for name, count in group.bars:
            assert name in shown
            assert f"{count:,}" in shown


def test_a_bar_is_as_long_as_its_count() -> None:
    """In parts of its group's largest; there is none for 0, and a small one can still be seen."""
    long = lengths(THREE)
    assert len(long) == 4, "300, 3, 1,234,567 and 1; none for 0"
    assert long[1] == pytest.approx(max(3, long[0] * 3 / 300))
    assert 2 <= long[3] < long[2] / 50


def test_a_mark_stands_on_the_scale_and_crosses_no_number() -> None:
    """The bars are measured against what is full, not the longest; a line shows the mark."""
    (marks,) = [i for i in scene_of(SKILLS).items if i["kind"] == "paths" and i["stroke"] == INK]
    (at,) = {x for path in marks["paths"] for x, _ in path}
    assert [long / at for long in lengths(SKILLS)] == pytest.approx([97 / 95, 93 / 95])
    numbers = [text for text in texts_on(SKILLS) if text.said.endswith(" %")]
    assert len(numbers) == 3
    assert all(text.x > at + 10 for text in numbers)


def test_the_caption_says_all_that_it_shows() -> None:
    """Every name with its count, by group."""
    text = caption(THREE, CAPTIONS)
    assert text.splitlines() == [
        "How the course goes",
        "Where learners are now: 2 · H1 · weighted sum 300, H2 3, O 0.",
        "Common mistakes: a minus dropped 1,234,567, a slip 1.",
        "Wrong answers by step: .",
    ]
    assert key(THREE).startswith("bars-")
