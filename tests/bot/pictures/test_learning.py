"""The pictures of learning."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.pictures.data import scene_of
from bot.pictures.learning import GRID, LEFT, SQUARE, TOP
from bot.pictures.palette import INK, NEGATIVE, POSITIVE, SAYS_1
from bot.pictures.requests import Learning
from bot.pictures.scene import SMALL, Point
from engine.descent import accuracy, predicted
from engine.network import Network
from tests.bot.pictures.figures import outside, overlapping, said_on, texts_on
from tests.bot.pictures.requests import learning
from tests.engine.networks import one_neuron
from tests.fakes.words import LABELS

HIGHEST = 400
"""On a phone 335 by 600 with the buttons and a line of caption."""


@pytest.mark.parametrize("steps", [0, 1, 10, 500])
@pytest.mark.parametrize("biases", [False, True])
def test_learning_shows_all_it_was_given(steps: int, biases: bool) -> None:
    """Title, result, both traced points with their predictions, and every weight."""
    request = learning(steps, biases=biases)
    shown, texts = said_on(request), texts_on(request)
    assert {request.title, request.result, "(0.6, 0.7)", "(0.2, 0.1)"} <= set(shown)
    for name, number in request.weights:
        assert name in shown
        assert number in shown
    assert all(point.text in shown for point in request.points)
    assert overlapping(texts) == []
    assert outside(request, texts) == []
    assert all(min(text.sizes) >= SMALL for text in texts)
    assert scene_of(request).high <= HIGHEST


def marks(request: Learning, colour: str, thick: float) -> int:
    """How many marks of a look stand on the picture, but that of the legend."""
    found = [
        len(item["paths"])
        for item in scene_of(request).items
        if item["kind"] == "paths" and (item["stroke"], item["thick"]) == (colour, thick)
    ]
    return max(found, default=0)


def test_every_example_is_a_mark() -> None:
    """200 examples, dots and squares; each that comes out wrong is crossed."""
    request = learning(50)
    assert marks(request, POSITIVE, 4.6) + marks(request, NEGATIVE, 5.2) == 200
    wrong = round(200 * (1 - accuracy(request.network, request.examples)))
    assert marks(request, INK, 1.3) == 2 * wrong > 0


def test_what_it_says_is_coloured_where_it_says_so() -> None:
    """A point well off the border lies in the coloured part just where the network says 1."""
    request = learning(5000)
    (item,) = [i for i in scene_of(request).items if i["kind"] == "paths" and i["fill"] == SAYS_1]
    rng = random.Random(4)
    for _ in range(300):
        x, y = rng.random(), rng.random()
        (said,) = next(predicted(request.network, [(x, y)]))
        if abs(said - 0.5) > 0.05:
            at = (LEFT + x * SQUARE, TOP + (1 - y) * SQUARE)
            assert any(_within(at, path) for path in item["paths"]) == (said > 0.5)
    assert len(item["paths"]) < 3 * GRID


def _within(at: Point, path: list[Point]) -> bool:
    """Whether a point lies in a polygon, by the corners to its left."""
    x, y = at
    inside = False
    for (x1, y1), (x2, y2) in zip(path, [*path[1:], path[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def test_many_weights_are_cut_not_squeezed() -> None:
    """Weights that need more than three rows end in an ellipsis."""
    request = replace(learning(1), weights=tuple((f"weight{i}", "−0.12") for i in range(60)))
    texts = texts_on(request)
    assert "…" in said_on(request)
    assert overlapping(texts) == []
    assert outside(request, texts) == []


def test_another_number_of_inputs_cannot_be_drawn() -> None:
    """A square needs two inputs and one output."""
    request = Learning(one_neuron("relu", 1.0), (), (), (), (), labels=LABELS)
    with pytest.raises(ValueError, match="two inputs and one output"):
        scene_of(request)


def test_a_network_at_0_can_be_drawn() -> None:
    """A network that says the same everywhere has no boundary, and is drawn all the same."""
    data = {
        "inputs": ["x1", "x2"],
        "layers": [[{"name": "O", "activation": "sigmoid", "weights": {"a": 0, "b": 0}}]],
    }
    request = replace(learning(1), network=Network.from_data(data))
    assert outside(request, texts_on(request)) == []
