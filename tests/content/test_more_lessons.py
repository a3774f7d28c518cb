"""The perceptron's and the three classes' lesson: their numbers, worked again on plain paper."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from content.errors import ContentError
from content.lesson import Lesson
from content.loader import load
from content.models import NumberStep
from content.written import FOLDER
from tests.lesson import BOOK

PERCEPTRON = BOOK.lessons["perceptron"]
CLASSES = BOOK.lessons["three_classes"]


def test_the_perceptron_learns_or_from_two_mistakes() -> None:
    """Each example meets the weights that the one before left, and at the end OR is learned."""
    w = [0.3, -0.1]
    b, mistakes = -0.1, 0
    for example in PERCEPTRON.examples.values():
        x1, x2 = example.inputs["x1"], example.inputs["x2"]
        z = round(w[0] * x1 + w[1] * x2 + b, 9)
        error = float(x1 or x2) - float(z >= 0)
        trace = example.trace
        assert trace["O.sum"].value == pytest.approx(z)
        assert trace["O.error"].value == error
        w = [w[0] + 0.2 * error * x1, w[1] + 0.2 * error * x2]
        b, mistakes = b + 0.2 * error, mistakes + bool(error)
        assert [trace[f"w{i}.updated"].value for i in (1, 2)] == pytest.approx(w)
        assert trace["b.updated"].value == pytest.approx(b)
    assert mistakes == 2
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        assert (w[0] * x1 + w[1] * x2 + b > -1e-9) is bool(x1 or x2)


def test_the_three_classes_share_out_one() -> None:
    """Softmax, cross-entropy, blame and update of the lesson are those of plain arithmetic."""
    trace = CLASSES.examples["pear"].trace
    x, names = (0.5, 0.8), "ABC"
    weights = {n: [trace.given[f"w{n}{i}"] for i in (1, 2)] for n in names}
    scores = {n: sum(a * b for a, b in zip(x, weights[n], strict=True)) for n in names}
    whole = sum(math.exp(z) for z in scores.values())
    shares = {n: math.exp(z) / whole for n, z in scores.items()}
    assert trace["loss"].value == pytest.approx(-math.log(shares["B"]))
    for n in names:
        blame = shares[n] - (n == "B")
        assert trace[f"{n}.activation"].value == pytest.approx(shares[n])
        assert trace[f"{n}.delta"].value == pytest.approx(blame)
        for i, value in enumerate(x, 1):
            moved = weights[n][i - 1] - 0.5 * blame * value
            assert trace[f"w{n}{i}.updated"].value == pytest.approx(moved)


@pytest.mark.parametrize("lesson", [PERCEPTRON, CLASSES], ids=lambda lesson: lesson.id)
def test_every_number_asked_for_can_be_written_down(lesson: Lesson) -> None:
    """No step asks for more than four decimals."""
    for place in lesson.places:
        if isinstance(place.step, NumberStep):
            assert lesson.trace(place)[place.step.quantity].places <= 4


def test_an_example_after_one_that_does_not_stand_before_it_is_refused(tmp_path: Path) -> None:
    """The problem names the file, the example and what there is."""
    shutil.copytree(FOLDER / "en", tmp_path / "en")
    file = tmp_path / "en" / "perceptron" / "lesson.toml"
    file.write_text(file.read_text("utf-8").replace('after = "off"', 'after = "both"'), "utf-8")
    with pytest.raises(ContentError) as refused:
        load(folder=tmp_path)
    assert "examples.second.after: no example 'both' stands before it" in str(refused.value)
