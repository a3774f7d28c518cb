"""From a request to the bytes of a picture. This is what runs beside the bot, in `worker`."""

from __future__ import annotations

import heapq
import io
from collections.abc import Sequence
from contextlib import AbstractContextManager

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from PIL import Image

from bot.pictures.bars import bars_size, draw_bars
from bot.pictures.canvas import DPI, Canvas
from bot.pictures.diagram import diagram_size, draw_diagram
from bot.pictures.learning import draw_learning, learning_size
from bot.pictures.requests import Bars, Diagram, Learning, Request, Sheet
from bot.pictures.sheet import HIGH, WIDE, draw_sheet

LONGEST_SIDE = 1280
"""The longer side of a picture in pixels, where its drawing is smaller: what Telegram keeps."""

SHEET_DPI = 150
COLOURS = 128
MANY = 2**14
"""More colours than pictures have; Pillow counts slower the more it is told to expect."""
ALMOST = 8
"""Colours no further apart, of 255, are hardly told apart."""


def figure_of(request: Request) -> Canvas:
    """The picture as a figure, before it becomes pixels."""
    match request:
        case Diagram():
            canvas = Canvas(*diagram_size(request))
            draw_diagram(canvas, request)
        case Learning():
            canvas = Canvas(*learning_size(request))
            draw_learning(canvas, request)
        case Bars():
            canvas = Canvas(*bars_size(request))
            draw_bars(canvas, request)
        case Sheet():
            canvas = Canvas(WIDE, HIGH, "#FFFFFF")
            draw_sheet(canvas, request)
    return canvas


def drawn(request: Request) -> bytes:
    """The picture as a PNG, or as a PDF where a sheet asks for one."""
    return drawings(request)[0]


def drawings(request: Request) -> tuple[bytes, ...]:
    """The picture; a sheet in the format it asks for and in its other, set out once for both."""
    canvas = figure_of(request)
    if isinstance(request, Sheet):
        png, pdf = _png(canvas, SHEET_DPI), _pdf(canvas)
        return (pdf, png) if request.format == "pdf" else (png, pdf)
    return (_png(canvas, DPI * max(1.0, LONGEST_SIDE / max(canvas.wide, canvas.high))),)


def plain_letters() -> AbstractContextManager[None]:
    """Pixels with letters as wide as the layout reckons, as a PDF has them; quicker to draw too."""
    return matplotlib.rc_context({"text.hinting": "no_hinting"})


def _png(canvas: Canvas, dpi: float) -> bytes:
    canvas.figure.set_dpi(dpi)
    agg = FigureCanvasAgg(canvas.figure)
    with plain_letters():
        agg.draw()  # type: ignore[no-untyped-call] # matplotlib's backends have no types
    pixels = agg.buffer_rgba()  # type: ignore[no-untyped-call]
    picture = Image.frombytes("RGB", agg.get_width_height(), pixels, "raw", "RGBX")
    few = fewer_colours(picture)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=6)
    return out.getvalue()


def fewer_colours(picture: Image.Image) -> Image.Image:
    """The picture in its most frequent colours, exactly those: its paper stays the same paper."""
    counted = picture.getcolors(MANY) or picture.getcolors(picture.width * picture.height) or []
    frequent = [_rgb(colour) for _, colour in heapq.nlargest(COLOURS, counted, key=_count)]
    paper = frequent[0]  # Pillow would take what is almost the paper's colour for it
    apart = [one for one in frequent if one == paper or _distance(one, paper) > ALMOST]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in apart for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _count(counted: tuple[int, object]) -> int:
    return counted[0]


def _rgb(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return colour


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _pdf(canvas: Canvas) -> bytes:
    out = io.BytesIO()
    pdf = FigureCanvasPdf(canvas.figure)
    # Of the kinds of fonts whose text can be searched and copied, the one that is quick to make.
    with matplotlib.rc_context({"pdf.fonttype": 3}):
        pdf.print_pdf(out, metadata={"CreationDate": None})  # type: ignore[no-untyped-call]
    return out.getvalue()
