"""From a request to the bytes of a picture. This is what runs beside the bot, in `worker`."""

from __future__ import annotations

import heapq
import io

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

LONGEST = 1280
"""The longer side of a picture in pixels, where its drawing is smaller: what Telegram keeps."""

SHEET_DPI = 150
COLOURS = 128


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
    canvas = figure_of(request)
    if isinstance(request, Sheet):
        if request.format == "pdf":
            return _pdf(canvas)
        return _png(canvas, SHEET_DPI)
    return _png(canvas, DPI * max(1.0, LONGEST / max(canvas.wide, canvas.high)))


def _png(canvas: Canvas, dpi: float) -> bytes:
    canvas.figure.set_dpi(dpi)
    agg = FigureCanvasAgg(canvas.figure)
    agg.draw()  # type: ignore[no-untyped-call] # matplotlib's backends have no types
    size = agg.get_width_height()
    pixels = bytes(agg.buffer_rgba())  # type: ignore[no-untyped-call]
    picture = Image.frombytes("RGBA", size, pixels).convert("RGB")
    few = _fewer_colours(picture)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _fewer_colours(picture: Image.Image) -> Image.Image:
    """The picture in its most frequent colours, exactly those: its paper stays the same paper."""
    counted = picture.getcolors(picture.width * picture.height) or []
    frequent = heapq.nlargest(COLOURS, ((count, colour) for count, colour in counted))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in frequent for part in _rgb(colour)])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _rgb(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return colour


def _pdf(canvas: Canvas) -> bytes:
    out = io.BytesIO()
    pdf = FigureCanvasPdf(canvas.figure)
    with matplotlib.rc_context({"pdf.fonttype": 42}):  # text that can be searched and copied
        pdf.print_pdf(out, metadata={"CreationDate": None})  # type: ignore[no-untyped-call]
    return out.getvalue()
