"""The pictures of learning, the trace sheet, and the files they become."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace

import pytest
from matplotlib.lines import Line2D
from PIL import Image

from bot.pictures.drawing import LONGEST_SIDE, drawn, figure_of
from bot.pictures.requests import Diagram, Learning, Working
from engine.descent import accuracy
from engine.network import Network
from tests.bot.pictures.figures import drawn_on, outside, overlapping, texts
from tests.bot.pictures.requests import full_diagram, learning, sheet
from tests.engine.networks import one_neuron
from tests.fakes.words import LABELS


@pytest.mark.parametrize("steps", [0, 1, 10, 500])
@pytest.mark.parametrize("biases", [False, True])
def test_learning_shows_all_it_was_given(steps: int, biases: bool) -> None:
    """Title, result, both traced points with their predictions, and every weight."""
    request = learning(steps, biases=biases)
    canvas = figure_of(request)
    shown = texts(canvas)
    assert {request.title, request.result, "(0.6, 0.7)", "(0.2, 0.1)"} <= set(shown)
    for name, number in request.weights:
        assert name in shown
        assert number in shown
    assert all(point.text in shown for point in request.points)
    assert overlapping(canvas) == []
    assert outside(canvas) == []


def test_every_example_is_a_mark() -> None:
    """200 examples, dots and squares; each that comes out wrong is crossed."""
    request = learning(50)
    marks = {
        str(line.get_marker()): len(line.get_xdata())  # type: ignore[arg-type]
        for line in drawn_on(figure_of(request), Line2D)
        if line.get_marker() not in ("None", None) and len(line.get_xdata()) > 1  # type: ignore[arg-type] # the legend has one of each
    }
    assert marks["o"] + marks["s"] == 200
    assert marks["x"] == round(200 * (1 - accuracy(request.network, request.examples)))


def test_many_weights_are_cut_not_squeezed() -> None:
    """Weights that need more than three rows end in an ellipsis."""
    request = replace(learning(1), weights=tuple((f"weight{i}", "−0.12") for i in range(60)))
    canvas = figure_of(request)
    assert "…" in texts(canvas)
    assert outside(canvas) == []


def test_another_number_of_inputs_cannot_be_drawn() -> None:
    """A square needs two inputs and one output."""
    request = Learning(one_neuron("relu", 1.0), (), (), (), (), labels=LABELS)
    with pytest.raises(ValueError, match="two inputs and one output"):
        figure_of(request)


@pytest.mark.parametrize("count", [0, 1, 8, 26, 44])
def test_the_sheet_holds_every_line(count: int) -> None:
    """Every heading and every line of working is on the one page."""
    request = sheet(count)
    canvas = figure_of(request)
    shown = "\n".join(texts(canvas))
    flat = re.sub(r"\s+", " ", shown)
    for working in request.workings:
        assert working.heading in flat
        for line in working.lines:
            assert line in flat
    assert overlapping(canvas) == []
    assert outside(canvas) == []


def test_too_much_for_a_page_ends_in_an_ellipsis() -> None:
    """What not even the smallest letters can hold is cut, and shown to be."""
    many = tuple(Working(f"Step {i}", ("a line",) * 5) for i in range(300))
    canvas = figure_of(replace(sheet(), workings=many))
    assert "…" in texts(canvas)
    assert outside(canvas) == []


def test_pictures_are_small_files() -> None:
    """A PNG of at most 1,280 pixels, 16 to 100 kilobytes; the same bytes each time."""
    for request in (full_diagram(), learning(200), Diagram(full_diagram().network, labels=LABELS)):
        data = drawn(request)
        picture = Image.open(io.BytesIO(data))
        assert picture.format == "PNG"
        assert max(picture.size) in range(LONGEST_SIDE - 1, LONGEST_SIDE + 2)
        assert 10_000 < len(data) < 100_000
        assert drawn(request) == data


def test_a_sheet_prints_on_a4() -> None:
    """The PNG has A4's shape; the PDF is one A4 page, with text that can be searched."""
    picture = Image.open(io.BytesIO(drawn(sheet())))
    assert picture.size[1] / picture.size[0] == pytest.approx(297 / 210, rel=0.002)
    data = drawn(replace(sheet(), format="pdf"))
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page ") + data.count(b"/Type /Page\n") == 1
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", data)
    assert box is not None
    assert float(box[1]) == pytest.approx(595.3, abs=1)
    assert float(box[2]) == pytest.approx(841.9, abs=1)
    assert b"/ToUnicode" in data
    assert len(data) < 100_000
    assert zlib.crc32(data) == zlib.crc32(drawn(replace(sheet(), format="pdf")))


def test_a_network_at_0_can_be_drawn() -> None:
    """A network that says the same everywhere has no boundary, and is drawn all the same."""
    data = {
        "inputs": ["x1", "x2"],
        "layers": [[{"name": "O", "activation": "sigmoid", "weights": {"a": 0, "b": 0}}]],
    }
    request = replace(learning(1), network=Network.from_data(data))
    assert outside(figure_of(request)) == []
