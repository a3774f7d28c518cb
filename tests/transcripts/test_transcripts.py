"""Every transcript is what the bot says today, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts.play import played_file, transcripts
from tests.tutor import MACHINE


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_the_chat_goes_as_written(path: Path) -> None:
    """Played again, the learner's lines get the replies that stand in the file."""
    assert played_file(path, MACHINE) == path.read_text(encoding="utf-8")


def test_there_are_transcripts() -> None:
    """The learners of the brochure are all there."""
    names = {path.stem for path in transcripts()}
    assert names >= {"perfect", "errs", "hints", "wanders", "branch", "new_example"}
    assert names >= {"mistakes_worked", "mistakes_new", "practice", "own_network", "talks"}
