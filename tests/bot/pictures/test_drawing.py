"""From figures to files: the colours of a picture, and a sheet in both its formats."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageColor

from bot.pictures.drawing import COLOURS, drawings, drawn
from bot.pictures.palette import PAPER
from bot.pictures.requests import Request
from tests.bot.pictures.requests import full_diagram, learning, sheet


@pytest.mark.parametrize(
    ("request_", "paper"),
    [(full_diagram(), PAPER), (learning(10), PAPER), (sheet(), "#FFFFFF")],
    ids=["diagram", "learning", "sheet"],
)
def test_a_small_file_keeps_the_colour_of_its_paper(request_: Request, paper: str) -> None:
    """A PNG has few colours, and the one that most of it has is exactly the one asked for."""
    picture = Image.open(io.BytesIO(drawn(request_)))
    colours = picture.convert("RGB").getcolors(COLOURS)
    assert colours is not None
    assert max(colours)[1] == ImageColor.getrgb(paper)


def test_a_sheet_comes_in_both_formats() -> None:
    """The one asked for comes first."""
    for one, other in ((b"\x89PNG", b"%PDF"), (b"%PDF", b"\x89PNG")):
        first, second = drawings(replace(sheet(), format="png" if one != b"%PDF" else "pdf"))
        assert first.startswith(one)
        assert second.startswith(other)
