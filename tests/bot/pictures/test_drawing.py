"""From figures to files: the colours of a picture, and a sheet in both its formats."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image, ImageColor

from bot.pictures.canvas import Align, Canvas
from bot.pictures.drawing import COLOURS, MANY, drawings, drawn, fewer_colours, plain_letters
from bot.pictures.palette import PAPER
from bot.pictures.requests import Request
from tests.bot.pictures.figures import text_boxes
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


def test_a_picture_may_have_any_number_of_colours() -> None:
    """One with more than are looked for at first is brought down to few all the same."""
    red, blue = Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90)
    picture = Image.merge("RGB", (red, red, blue))
    assert len(picture.getcolors(256 * 256) or ()) > MANY
    assert len(fewer_colours(picture).getcolors() or ()) in range(2, COLOURS + 1)


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_a_text_stands_where_it_is_aligned(align: Align, share: float) -> None:
    """Its ink begins, has its middle or ends at the place given, and its box is around it."""
    canvas = Canvas(400, 100, "#FFFFFF")
    canvas.part(50, 10, 2).text(75, 20, "HAVE 123 H", 10, "#000000", align=align)
    agg = FigureCanvasAgg(canvas.figure)
    with plain_letters():
        agg.draw()  # type: ignore[no-untyped-call]
    pixels = agg.buffer_rgba()  # type: ignore[no-untyped-call]
    page = Image.frombytes("RGBA", agg.get_width_height(), pixels).convert("L")
    ink = page.point(lambda light: 255 - light).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert left + share * (right - left) == pytest.approx(200, abs=3)
    assert (top + bottom) / 2 == pytest.approx(50, abs=1)
    ((_, box),) = text_boxes(canvas)
    assert (box.x0, box.x1) == pytest.approx((left, right), abs=3)
    assert 100 - box.y1 - 1 <= top
    assert bottom <= 100 - box.y0 + 1
