"""Diagrams: everything known stands there, nothing overlaps, on networks of every shape."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.pictures.data import scene_of
from bot.pictures.known import fits
from bot.pictures.palette import ASKED, NEGATIVE, NUDGE, PAPER
from bot.pictures.requests import Diagram
from bot.pictures.scene import NUMBER, SMALL
from content.picture_words import LABELS as LABELS_THERE_ARE
from engine.functions import ACTIVATIONS
from engine.network import Network
from engine.trace import trace
from tests.bot.pictures.figures import (
    boxes_on,
    outside,
    overlapping,
    said_on,
    tangled,
    texts_on,
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

SHAPES = [
    [1, 1], [2, 1], [2, 2, 1], [3, 3, 1], [2, 2, 2], [3, 3, 3], [6, 1], [1, 4], [6, 4], [4, 4, 4],
    [2, 4, 4, 1], [6, 2, 4, 2], [1, 1, 1, 1, 1], [4, 4, 3], [5, 4, 1], [4, 4, 4, 1],
]  # fmt: skip


def legible(diagram: Diagram) -> None:
    """Asserts that all stands apart, on the page, and can be read on a phone 335 pixels wide."""
    texts = texts_on(diagram)
    assert overlapping(texts) == []
    assert outside(diagram, texts) == []
    assert tangled(diagram) == 0
    assert min(min(text.sizes) for text in texts) >= SMALL >= 11
    numbers = [text for text in texts if text.said.strip("−≈→= ?").replace(".", "").isdigit()]
    assert min((text.sizes[-1] for text in numbers), default=NUMBER) >= NUMBER >= 13


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("full", [False, True])
def test_a_phone_shows_every_label(shape: list[int], full: bool) -> None:
    """From one neuron to the largest network drawn in full: letters of 11 pixels, numbers of 13."""
    rng = random.Random(str(shape))
    network = random_network(rng, shape)
    assert fits(network)
    inputs = [round(rng.uniform(-1, 1), 2) for _ in network.inputs]
    step = trace(network, inputs, [1] * shape[-1], 0.1)
    known = found(step, *(EVERYTHING if full else ()))
    arrows = nudges(step) if full else ()
    legible(Diagram(network, known, "A1.sum", arrows, "Backwards", labels=LABELS))


def test_random_networks_can_be_read_as_well() -> None:
    """Random shapes up to the limits, with what a learner finds at a random point of the way."""
    rng = random.Random(7)
    for _ in range(24):
        shape = [rng.randint(1, 6), *(rng.randint(1, 4) for _ in range(rng.randint(1, 4)))]
        network = random_network(rng, shape)
        step = trace(network, [0.5] * shape[0], [0] * shape[-1], 0.1)
        kinds = EVERYTHING[: rng.randint(0, len(EVERYTHING))]
        asked = rng.choice([q.id for q in step if not q.id.startswith("next.")])
        arrows = nudges(step) if rng.random() < 0.5 else ()
        diagram = Diagram(network, found(step, *kinds), asked, arrows, "A title", labels=LABELS)
        legible(diagram)


def test_what_is_known_stands_in_the_picture() -> None:
    """Inputs, weights with their names, sums, activations, blame, target, loss and title."""
    shown = said_on(full_diagram())
    for text in ("Backwards", "x1", "0.6", "w12", "−0.3", "H1", "0.252", "0.563", "target", "1"):
        assert text in shown
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
    diagram = Diagram(NETWORK, known, asked, labels=LABELS)
    assert [box["fill"] for box in boxes_on(diagram)].count(ASKED) == 1
    assert sum("?" in text for text in said_on(diagram)) == 1
    legible(diagram)


def test_negative_weights_are_dashed() -> None:
    """A negative weight differs from a positive one in its line, its label's shape and its sign."""
    diagram = Diagram(NETWORK, labels=LABELS)
    items = scene_of(diagram).items
    lines = [item for item in items if item["kind"] == "paths" and item["stroke"] == NEGATIVE]
    assert len(lines) == 3  # w12, w21 and the legend's
    assert all(line["dashes"] for line in lines)
    square = [box for box in boxes_on(diagram) if box["stroke"] == NEGATIVE]
    assert [box["radius"] for box in square] == [2, 2]
    assert {"−0.3", "−0.5"} <= set(said_on(diagram))


def test_a_gradient_has_the_colour_of_its_arrow() -> None:
    """The number in purple, explained at the foot where one stands on the picture."""
    assert LABELS.gradient in said_on(full_diagram())
    assert LABELS.gradient not in said_on(Diagram(NETWORK, labels=LABELS))
    purple = [text.said for text in texts_on(full_diagram()) if text.colours == (NUDGE,)]
    assert {"−0.077", "−0.136", "−0.0065"} <= set(purple)


def test_a_common_loss_stands_under_all_outputs() -> None:
    """In the middle below them, whichever output it is told beside."""
    network = random_network(random.Random(3), [2, 3])
    step = trace(network, [0.5, 0.1], [0, 1, 0], 0.1)
    texts = texts_on(Diagram(network, found(step, *EVERYTHING), labels=LABELS))
    (loss,) = [text for text in texts if text.said.startswith(LABELS.loss)]
    targets = [text for text in texts if text.said.startswith(LABELS.target)]
    assert loss.middle[0] == pytest.approx(335 / 2, abs=1)
    assert all(loss.y > target.y + target.high for target in targets)


def test_long_names_and_large_numbers_fit() -> None:
    """Names of 16 letters and weights of a million are set smaller, told shortly or cut."""
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
                for j in range(4)
            ],
            [
                {
                    "name": "O",
                    "activation": "identity",
                    "weights": {"v1": 1e-7, "v2": 1e6, "v3": 1, "v4": -1e-9},
                }
            ],
        ],
    }
    network = type(NETWORK).from_data(data)
    known = (("an_input_of_size", "−987654.32"), ("neuron_number_00.sum", "−1234567.891"))
    title = "A title that goes on and on " * 9
    diagram = Diagram(network, known, "O.sum", (), title, labels=LABELS)
    legible(diagram)
    assert "−1.2e6" in said_on(diagram)


@pytest.mark.parametrize(
    "shape", [[30, 64, 32, 4], [7, 1], [2, 5, 1], [1] * 20, [3, 2, 2, 2, 2, 2], [6, 4, 4, 4]]
)
def test_a_larger_network_is_summed_up(shape: list[int]) -> None:
    """Too many parts: a bar for each layer, with its number of neurons."""
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
    diagram = Diagram(network, (), "N0_0.sum", (), "Large", labels=LABELS)
    assert any(str(max(shape)) in text for text in said_on(diagram))
    assert any("only the layers are drawn" in text for text in said_on(diagram))
    legible(diagram)


def test_words_come_from_the_caller() -> None:
    """Another language's labels replace every word on the picture."""
    words = {name: f"‹{name}›" for name in LABELS_THERE_ARE if name != "activations"}
    texts: dict[str, Any] = {**words, "activations": (("relu", "‹r›"), ("sigmoid", "‹s›"))}
    labels = replace(LABELS, **texts)
    shown = said_on(Diagram(NETWORK, found(lesson(), "loss"), labels=labels))
    assert {text for text in shown if text.isalpha() and text != "O"} == set()


@pytest.mark.parametrize("asked", ["", "H1.sum", "H2.delta", "wO1.gradient", "loss"])
def test_text_is_legible_where_it_stands(asked: str) -> None:
    """The contrast of each text with the uppermost box under its middle, or the paper."""
    diagram = full_diagram(asked)
    for text in texts_on(diagram):
        x, y = (at - 10 for at in text.middle)  # the margin
        ground = PAPER
        for box in boxes_on(diagram):
            inside = 0 <= x - box["x"] <= box["wide"] and 0 <= y - box["y"] <= box["high"]
            ground = box["fill"] if inside else ground
        assert all(contrast(colour, ground) >= 4.5 for colour in text.colours), text.said


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21; text needs 4.5."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_network_of_every_activation_is_drawn(activation: str) -> None:
    """Before anything is found too: softmax has no shape of its own, and none is drawn for it."""
    layer = [
        {"name": name, "activation": activation, "weights": {f"{name}1": 0.5, f"{name}2": -0.3}}
        for name in ("A", "B")
    ]
    network = Network.from_data({"inputs": ["x1", "x2"], "layers": [layer]})
    said = said_on(Diagram(network, labels=LABELS))
    assert LABELS.activation(activation) in said
