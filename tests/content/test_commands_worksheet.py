"""`python -m content worksheet`: files with sheets and keys, of a lesson, a skill or a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content.loader import load
from tests.content.paper.reading import size_of, text_of
from tests.content.running import refusal, run
from tests.engine.networks import LESSON

PROBLEM = {"network": LESSON, "inputs": [0.2, 0.1], "target": 0, "learning_rate": 0.5, "seed": "1"}
BATCH = {
    "network": LESSON,
    "examples": [{"inputs": [0.2, 0.1], "target": 0}, {"inputs": [0.4, 0.9], "target": 1}],
}


def printed(folder: Path, *options: str) -> list[Path]:
    """The files that are written, as they are named."""
    ran = run("worksheet", "--pdf", str(folder), *options)
    assert ran.code == 0, ran.errors
    return [Path(line) for line in ran.out.splitlines()]


def test_the_same_command_prints_the_same_sheets(tmp_path: Path) -> None:
    """To the byte, in a folder that need not be there; `--key` adds the key."""
    (sheets,) = printed(tmp_path / "a" / "b", "--variants", "2")
    again, key = printed(tmp_path, "--variants", "2", "--key")
    assert sheets.read_bytes() == again.read_bytes()
    assert sheets.name == again.name == "bn-worksheets.pdf"
    assert "Answer key" in text_of(key.read_bytes())


def test_numbering_goes_on_from_any_number(tmp_path: Path) -> None:
    """Sheet 31 is the same whichever it is printed among, and another in another set."""
    (among,) = printed(tmp_path / "1", "--variants", "2", "--first", "30")
    (alone,) = printed(tmp_path / "2", "--first", "31")
    (other,) = printed(tmp_path / "3", "--first", "31", "--set", "b")
    text = text_of(alone.read_bytes())
    assert "Sheet 31" in text
    assert text in text_of(among.read_bytes())
    assert text != text_of(other.read_bytes())


@pytest.mark.parametrize(
    ("options", "name", "said"),
    [
        (("--lesson", "perceptron"), "perceptron", "A perceptron learns OR"),
        (("--skill", "weighted_sum"), "weighted_sum-1", "weighted sums"),
        (("--skill", "tanh", "--difficulty", "1"), "tanh-6", "tanh"),
        (("--language", "de"), "bn", load("de").lesson.title),
    ],
)
def test_what_it_is_about(tmp_path: Path, options: tuple[str, ...], name: str, said: str) -> None:
    """A lesson, or a skill from the first difficulty at which it comes up; in any language."""
    (sheets,) = printed(tmp_path, *options)
    assert sheets.name == f"{name}-worksheets.pdf"
    assert said in text_of(sheets.read_bytes())


@pytest.mark.parametrize("data", [LESSON, PROBLEM, BATCH], ids=["network", "problem", "batch"])
def test_a_network_in_a_file(tmp_path: Path, data: dict[str, object]) -> None:
    """Alone, as a line of `practice`, or with several examples; only its shape is kept."""
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    (sheets,) = printed(tmp_path, "--network", str(file), "--paper", "letter")
    assert sheets.name == "mine-worksheets.pdf"
    assert size_of(sheets.read_bytes()) == (612, 792)
    assert ("example 2" in text_of(sheets.read_bytes())) == (data is BATCH)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--variants", "501"), "--variants: needs 500 at most, not 501"),
        (("--language", "xx"), "--language: 'xx' is none"),
        (("--lesson", "none"), "none: is no folder; lessons here: build_a_network"),
        (("--skill", "relu", "--difficulty", "8"), "--difficulty: needs 1 to 7, not 8"),
        (("--network", "none.json"), "none.json: can't be read"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    """With one line and exit code 2."""
    assert said in refusal("worksheet", "--pdf", str(tmp_path), *options)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Where a file stands in its place."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert "--pdf: " in refusal("worksheet", "--pdf", str(tmp_path / "out"))
