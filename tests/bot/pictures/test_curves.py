"""Curves with a point on them, and a step before and after."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.pictures.data import Drawn, scene_of
from bot.pictures.palette import NUDGE, POSITIVE
from bot.pictures.requests import Change, Changed, Curve
from bot.pictures.scene import SMALL
from tests.bot.pictures.figures import outside, overlapping, said_on, texts_on
from tests.bot.pictures.requests import CHANGE, curve

CURVES = [curve("H1.activation"), curve("O.activation"), curve("wO2.updated")]
LONG = Changed("a_weight_with_a_long_name", -1234.5, 1e-7, ("−1234.5", "0.0000001"))


NAME = "a_weight_of_a_name"
FLAT = replace(CURVES[0], points=((-1, 5), (0, 5), (1, 5)), at=(0, 5), slope="0")
TINY = replace(FLAT, points=((900, -1e-9), (1000, 1e-9)), at=(950, 0), steep=2e-11)


@pytest.mark.parametrize(
    "request_",
    [
        *CURVES,
        replace(CURVES[2], name=NAME, across=NAME, slope="−0.00012"),
        FLAT,
        TINY,
        CHANGE,
        Change((LONG,) * 40, ((LONG, 1.0),), LONG, "Long", labels=CHANGE.labels),
    ],
    ids=["relu", "sigmoid", "loss", "long", "flat", "tiny", "step", "many"],
)
def test_they_can_be_read_on_a_phone(request_: Drawn) -> None:
    """Nothing overlaps, reaches over the edge or is too small; no line leaves the page."""
    texts = texts_on(request_)
    assert overlapping(texts) == []
    assert outside(request_, texts) == []
    assert all(min(text.sizes) >= SMALL for text in texts)
    scene = scene_of(request_)
    for item in scene.items:
        if item["kind"] == "paths":
            assert all(-1 <= x <= scene.wide + 1 for path in item["paths"] for x, _ in path)
            assert all(-1 <= y <= scene.high + 1 for path in item["paths"] for _, y in path)


@pytest.mark.parametrize("shown", CURVES, ids=["relu", "sigmoid", "loss"])
def test_the_point_lies_on_the_curve(shown: Curve) -> None:
    """The mark is where the learner's own number is, between the points to its sides."""
    items = scene_of(shown).items
    (line,) = [item["paths"][0] for item in items if item.get("stroke") == POSITIVE]
    *_, point = [item["paths"][0][0] for item in items if item.get("stroke") == NUDGE]
    low, high = next(
        sorted((y0, y1)) for (x0, y0), (x1, y1) in pairwise(line) if x0 - 1e-9 <= point[0] <= x1
    )
    assert low - 1 <= point[1] <= high + 1


def test_an_activation_is_asked_with_its_sum_on_the_curve() -> None:
    """The sum is written, the value is a question mark, and the curve spans both sides of 0."""
    shown = CURVES[1]
    assert (shown.name, shown.texts) == ("O", ("0.252", "?"))
    assert shown.at == pytest.approx((0.252, 0.5627), abs=1e-4)
    assert shown.points[0][1] < 0.01
    assert shown.points[-1][1] > 0.99
    assert "?" in said_on(shown)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    """Where it is introduced: the loss over the weight, and the dashed line as steep as it is."""
    shown = CURVES[2]
    assert (shown.name, shown.slope) == ("wO2", "−0.056")
    near = min(shown.points, key=lambda point: abs(point[0] - shown.at[0]))
    assert near == pytest.approx(shown.at)
    beside = shown.points[shown.points.index(near) + 1]
    rise = (beside[1] - near[1]) / (beside[0] - near[0])
    assert rise == pytest.approx(shown.steep, rel=0.1)
    (ends,) = [item["paths"][0] for item in scene_of(shown).items if item.get("dashes") == (7, 4)]
    (x0, y0), (x1, y1) = ends
    assert (y1 - y0) / (x1 - x0) > 0  # the loss falls to the right: down the page


def test_a_step_is_told_before_and_after() -> None:
    """Every weight, the prediction and the loss with both its numbers."""
    shown = said_on(CHANGE)
    for text in ("w22", "0.8", "0.843", "0.563", "0.581", "0.191", "0.176"):
        assert text in shown


def test_an_arrow_is_as_large_as_its_weight_moves() -> None:
    """The weight that moves furthest has the largest arrow, the one that hardly does the least."""
    shapes = [item["paths"][0] for item in scene_of(CHANGE).items if item.get("fill") == NUDGE]
    high = [max(y for _, y in shape) - min(y for _, y in shape) for shape in shapes]
    moved = [abs(one.after - one.before) for one in CHANGE.weights]
    assert sorted(range(6), key=high.__getitem__) == sorted(range(6), key=moved.__getitem__)
    assert min(high) < max(high) * 0.7
