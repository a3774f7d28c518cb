"""`python -m content train`: the history as a table and as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.content.running import refusal, run
from tests.engine.networks import LESSON
from tests.lesson import WORKED, typed


def test_the_table_has_a_row_for_every_moment() -> None:
    """A heading, the start, one row every so many steps, and the end."""
    rows = run("train", "--steps", "25", "--every", "10").out.splitlines()
    assert rows[0].split()[:3] == ["step", "loss", "right"]
    assert typed("({x1}, {x2})") in rows[0]
    assert "w11" in rows[0]
    assert "bias" not in rows[0]
    assert [row.split()[0] for row in rows[1:]] == ["0", "10", "20", "25"]
    assert WORKED["O.activation"].text in rows[1]
    assert len({len(row) for row in rows}) == 1


def test_biases_have_columns_when_they_are_trained() -> None:
    """`--biases` trains them, and shows them."""
    rows = run("train", "--biases", "--steps", "2,000", "--every", "2000").out.splitlines()
    assert "H1.bias" in rows[0]
    assert rows[-1].split()[0] == "2,000"
    assert float(rows[-1].split()[2]) > 90


def test_json_lines_tell_the_same() -> None:
    """One object for each moment; the same seed gives the same numbers, another others."""
    moments = run("train", "--jsonl", "--steps", "20", "--every", "10").objects
    assert [moment["step"] for moment in moments] == [0, 10, 20]
    assert moments[0]["loss"] is None
    assert moments[0]["weights"].items() <= WORKED.given.items()
    prediction = WORKED["O.activation"].value
    assert moments[0]["predictions"][0]["inputs"] == list(WORKED.inputs)
    assert moments[0]["predictions"][0]["outputs"] == [pytest.approx(prediction)]
    assert 0 <= moments[-1]["accuracy"] <= 1
    again = run("train", "--jsonl", "--steps", "20", "--every", "10", "--seed", "1").objects
    assert again == moments
    other = run("train", "--jsonl", "--steps", "20", "--every", "10", "--seed", "2").objects
    assert other != moments


def test_another_network_can_be_trained(tmp_path: Path) -> None:
    """A network of other inputs has the same task, and no traced points."""
    file = tmp_path / "net.json"
    layer = [
        {"name": "A", "activation": "sigmoid", "weights": {"a": 0.1, "b": 0.2, "c": -0.3}},
        {"name": "B", "activation": "sigmoid", "weights": {"d": 0.1, "e": 0.2, "f": -0.3}},
    ]
    data = {"inputs": ["m", "q", "r"], "layers": [layer], "loss": "cross_entropy"}
    file.write_text(json.dumps(data), encoding="utf-8")
    moments = run("train", "--jsonl", "--biases", "--steps", "500", "--network", str(file)).objects
    assert moments[-1]["predictions"] == []
    assert moments[-1]["accuracy"] > 0.85
    assert "B.bias" in moments[-1]["weights"]


def test_what_cannot_be_trained_is_refused(tmp_path: Path) -> None:
    """A bad network, a learning rate of 0, numbers that explode: one line, exit code 2."""
    file = tmp_path / "net.json"
    file.write_text(json.dumps(LESSON | {"loss": "none"}), encoding="utf-8")
    assert "loss" in refusal("train", "--network", str(file))
    assert "learning_rate: needs a number above 0" in refusal("train", "--learning-rate", "0")
    neuron = {"name": "O", "activation": "identity", "weights": {"w": 3.0}}
    file.write_text(json.dumps({"inputs": ["x"], "layers": [[neuron]]}), encoding="utf-8")
    said = refusal("train", "--learning-rate", "1000", "--network", str(file))
    assert "the numbers grow too large" in said


@pytest.mark.parametrize(
    "wrong", [("--steps", "0"), ("--every", "-1"), ("--steps", "many"), ("--learning-rate", "x")]
)
def test_a_wrong_number_ends_with_2(
    wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that are no numbers are refused with the usage."""
    with pytest.raises(SystemExit) as ended:
        run("train", *wrong)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
