"""Diagrams: everything known stands there, nothing overlaps, on networks of every shape."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from bot.pictures.diagram import DASHES
from bot.pictures.drawing import figure_of
from bot.pictures.layout_rules import fits
from bot.pictures.palette import ASKED, NEGATIVE, PAPER, TEXT_ON, contrast
from bot.pictures.requests import Diagram
from content.picture_words import Labels
from engine.trace import trace
from tests.bot.pictures.figures import (
    drawn_on,
    outside,
    overlapping,
    smallest,
    tangled,
    text_boxes,
    texts,
)
from tests.bot.pictures.requests import (
    EVERYTHING,
    NETWORK,
    found,
    full_diagram,
    nudges,
    random_network,
)
from tests.engine.networks import lesson
from tests.fakes.words import LABELS

LARGEST = [6, 6, 6, 6, 6]
SHAPES = [
    [1, 1], [2, 1], [2, 2, 1], [3, 3, 1], [2, 2, 2], [3, 3, 3], [6, 1], [1, 6], [6, 6], [6, 6, 6],
    [2, 6, 6, 1], [6, 2, 6, 2], [1, 1, 1, 1, 1], [4, 5, 3], [6, 6, 6, 6, 1], LARGEST,
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("full", [False, True])
def test_no_label_touches_another(shape: list[int], full: bool) -> None:
    """From one neuron to the largest network drawn in full: apart, on the page, and legible."""
    rng = random.Random(str(shape))
    network = random_network(rng, shape)
    inputs = [round(rng.uniform(-1, 1), 2) for _ in network.inputs]
    step = trace(network, inputs, [1] * shape[-1], 0.1)
    known = found(step, *(EVERYTHING if full else ()))
    diagram = Diagram(
        network, known, "A1.sum", nudges(step) if full else (), "Backwards", labels=LABELS
    )
    canvas = figure_of(diagram)
    assert overlapping(canvas) == []
    assert outside(canvas) == []
    assert tangled(canvas) == 0
    assert smallest(canvas) >= 8


def test_random_networks_do_not_overlap_either() -> None:
    """Random shapes, with what a learner finds at a random point of the way."""
    rng = random.Random(7)
    for _ in range(12):
        shape = [rng.randint(1, 6) for _ in range(rng.randint(2, 5))]
        network = random_network(rng, shape)
        step = trace(network, [0.5] * shape[0], [0] * shape[-1], 0.1)
        kinds = EVERYTHING[: rng.randint(0, len(EVERYTHING))]
        asked = rng.choice([q.id for q in step if not q.id.startswith("next.")])
        canvas = figure_of(
            Diagram(network, found(step, *kinds), asked, (), "A title", labels=LABELS)
        )
        assert overlapping(canvas) == [], shape
        assert tangled(canvas) == 0, shape


def test_what_is_known_stands_in_the_picture() -> None:
    """Inputs, weights with their names, sums, activations, blame, target, loss and title."""
    shown = texts(figure_of(full_diagram()))
    for text in ("Backwards", "x1", "0.6", "w12", "−0.3", "H1", "0.252", "0.563", "target", "1"):
        assert any(text == s or text in s.split() for s in shown), text
    assert "−0.129" in shown  # the blame of H1
    assert "0.191" in shown
    assert shown.count("?") == 1
    assert "−0.194" not in shown  # what is asked is not given away


@pytest.mark.parametrize(
    "asked",
    ["H1.sum", "H2.activation", "w12.product", "loss", "O.delta", "wO1.gradient", "w21.direction",
     "wO2.updated", "H1.bias.gradient", "next.H1.sum", "O.activation"],
)  # fmt: skip
def test_what_is_asked_is_marked(asked: str) -> None:
    """One place is marked, with a question mark where the number will stand."""
    known = tuple(pair for pair in found(lesson(), *EVERYTHING) if pair[0] != asked)
    canvas = figure_of(Diagram(NETWORK, known, asked, labels=LABELS))
    boxes = drawn_on(canvas, FancyBboxPatch)
    marked = [patch for patch in boxes if patch.get_facecolor() == _colour(ASKED)]
    assert len(marked) == 1
    assert sum("?" in text for text in texts(canvas)) == 1
    assert overlapping(canvas) == []


def _colour(text: str) -> tuple[float, float, float, float]:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, 1.0


def test_negative_weights_are_dashed() -> None:
    """A negative weight differs from a positive one in its line, its label's shape and its sign."""
    canvas = figure_of(Diagram(NETWORK, labels=LABELS))
    lines = [line for line in drawn_on(canvas, Line2D) if line.get_color() == NEGATIVE]
    assert len(lines) == 3  # w12, w21 and the legend's
    assert all(line.is_dashed() for line in lines)
    assert len(DASHES) == 2
    assert {"−0.3", "−0.5"} <= set(texts(canvas))


def test_every_text_has_contrast() -> None:
    """Each text's colour has a contrast of 4.5 or more with what it stands on."""
    for colour, ground in TEXT_ON:
        assert contrast(colour, ground) >= 4.5, (colour, ground)


def test_all_its_letters_are_in_the_font() -> None:
    """The signs of the tutor exist in the fonts that are shipped."""
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    from bot.pictures.canvas import FACES, font  # noqa: PLC0415

    for face in FACES:
        known = FT2Font(str(font(face).get_file())).get_charmap()
        assert all(ord(letter) in known for letter in "−×′▢≈→·…²ΣσäéЖ∂")


def test_long_names_and_large_numbers_fit() -> None:
    """Names of 16 letters and weights of a million are set smaller or cut, not over the edge."""
    data = {
        "inputs": ["an_input_of_size", "x" * 16],
        "layers": [
            [
                {
                    "name": f"neuron_number_0{j}",
                    "activation": "sigmoid",
                    "bias": -123456.789,
                    "weights": {f"a_weight_no_{j}_{i}": -987654.321 for i in range(2)},
                }
                for j in range(2)
            ],
            [{"name": "O", "activation": "identity", "weights": {"v1": 1e-7, "v2": 1e6}}],
        ],
    }
    network = type(NETWORK).from_data(data)
    known = (("an_input_of_size", "−987654.32"), ("neuron_number_00.sum", "−1234567.891"))
    canvas = figure_of(
        Diagram(network, known, "O.sum", (), "A title that goes on and on " * 9, labels=LABELS)
    )
    assert overlapping(canvas) == []
    assert outside(canvas) == []


@pytest.mark.parametrize(
    "shape", [[30, 64, 32, 4], [7, 1], [2, 7, 1], [1] * 20, [3, 2, 2, 2, 2, 2]]
)
def test_a_larger_network_is_summed_up(shape: list[int]) -> None:
    """Too many parts: a block for each layer, with its number of neurons."""
    layers = [
        [
            {
                "name": f"N{depth}_{j}",
                "activation": "relu",
                "weights": {f"w{depth}_{j}_{i}": 0.1 for i in range(before)},
            }
            for j in range(count)
        ]
        for depth, (before, count) in enumerate(pairwise(shape))
    ]
    data = {"inputs": [f"x{i}" for i in range(shape[0])], "layers": layers}
    network = type(NETWORK).from_data(data)
    assert not fits(network)
    canvas = figure_of(Diagram(network, (), "N0_0.sum", (), "Large", labels=LABELS))
    assert str(max(shape)) in texts(canvas)
    assert overlapping(canvas) == []
    assert outside(canvas) == []


def test_words_come_from_the_caller() -> None:
    """Another language's labels replace every word on the picture."""
    fields = Labels.__dataclass_fields__
    words = {name: f"‹{name}›" for name in fields if name != "activations"}
    labels = Labels(**words, activations=(("relu", "‹r›"), ("sigmoid", "‹s›")))
    shown = texts(figure_of(Diagram(NETWORK, found(lesson(), "loss"), labels=labels)))
    letters = {text for text in shown if text.isalpha() and text != "O"}
    assert letters == set(), letters


@pytest.mark.parametrize("asked", ["", "H1.sum", "H2.delta", "wO1.gradient", "loss"])
def test_text_is_legible_where_it_stands(asked: str) -> None:
    """The contrast of each text with the uppermost box under its middle, or the paper."""
    canvas = figure_of(full_diagram(asked))
    boxes = drawn_on(canvas, FancyBboxPatch)
    boxes.sort(key=lambda patch: patch.get_zorder())
    for text, (_, extent) in zip(drawn_on(canvas, Text), text_boxes(canvas), strict=True):
        middle = (extent.x0 + extent.width / 2, extent.y0 + extent.height / 2)
        ground = PAPER
        for patch in boxes:
            if patch.get_extents().contains(*middle):
                ground = to_hex(patch.get_facecolor())
        assert contrast(str(text.get_color()), ground) >= 4.5, text.get_text()
