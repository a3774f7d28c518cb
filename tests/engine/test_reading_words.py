"""Every reason has a sentence, short and kind."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from engine.reading import reasons

FILE = tomllib.loads(resources.files("content").joinpath("en/reading.toml").read_text("utf-8"))


def test_the_file_has_a_sentence_for_each_reason_and_no_other() -> None:
    """A reason added to the engine fails here until it has words."""
    assert set(FILE["problem"]) == set(reasons())


@pytest.mark.parametrize("reason", reasons())
def test_a_sentence_is_short_and_kind(reason: str) -> None:
    """It fits on a phone with a piece of 24 characters, does not shout and blames nobody."""
    sentence: str = FILE["problem"][reason]
    filled = sentence.format(piece="0" * 24)
    assert len(filled) < 160
    assert "!" not in sentence
    assert not {"wrong", "error", "invalid"} & set(sentence.lower().split())


def test_the_echo_says_what_was_read() -> None:
    """The echo has one slot."""
    assert FILE["echo"]["reading"].format(reading="−0.3") == "I read that as −0.3."
