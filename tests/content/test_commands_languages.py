"""What the commands print is in the language that is asked for; JSON keeps its keys and numbers."""

from __future__ import annotations

import json

import pytest

from tests.content.running import run


@pytest.mark.parametrize("command", ["trace", "train --steps 20", "practice", "preview"])
def test_numbers_are_written_as_in_the_language(command: str) -> None:
    """With a decimal comma in German, and not in English."""
    english, german = run(*command.split()), run(*command.split(), "--language", "de")
    assert "0.6" in english.out or "0.1" in english.out
    assert "0,6" in german.out or "0,1" in german.out


def test_a_worksheet_has_the_names_of_the_language() -> None:
    """As the chat has them."""
    assert "summe(H1)" in run("trace", "--language", "de").out


def test_lines_keep_their_numbers() -> None:
    """A reader of JSON needs to know no language but that of the sentences."""
    typed = '{"quantity": "H1.sum", "typed": "0,45"}'
    line = json.loads(run("check", "--language", "de", lines=[typed]).out)
    assert isinstance(line["value"], float)
    assert "0,45" in line["feedback"]
    assert "\ue000" not in line["feedback"]
    first = json.loads(run("trace", "--jsonl", "--language", "de", lines=["{}"]).out)
    assert isinstance(first["quantities"][0]["value"], float)
    read = json.loads(run("read", "--language", "de", lines=['{"typed": "0,6 * 0,4"}']).out)
    assert read["value"] == pytest.approx(0.24)


def test_a_language_that_is_not_there() -> None:
    """One line names those that are."""
    refused = run("trace", "--language", "xx")
    assert refused.code == 2
    assert "they are ar, de, en" in refused.errors
