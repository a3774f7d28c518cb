"""Lessons that are no lessons: a line for each, and nothing that never ends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.commands import main
from content.errors import ContentError
from content.loader import load
from content.written import FOLDER

FILE = "1_greenhouse.toml"


def _loop(at: Path) -> None:
    at.symlink_to(at.name)


def _device(at: Path) -> None:
    at.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "file: is no ordinary file"),
        (_loop, "file: Too many levels of symbolic links"),
        (_device, "file: is no ordinary file"),
        (Path.mkdir, "file: is no ordinary file"),
        (lambda at: at.write_text("a = " + "[" * 100_000), "file: is nested too deep"),
        (lambda at: at.write_text("#" * 1_000_001), "file: is longer than 1,000,000 bytes"),
        (lambda at: at.write_text("a = " + "9" * 5000), "TOML: Exceeds the limit (4300 digits)"),
    ],
)
def test_a_file_that_is_none(make: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    """It is named, with what is wrong with it."""
    lesson = tmp_path / "mine"
    shutil.copytree(FOLDER / "en" / "greenhouse", lesson)
    (lesson / FILE).unlink()
    make(lesson / FILE)
    with pytest.raises(ContentError) as caught:
        load("en", "mine", further=[lesson])
    assert f"mine/{FILE}: {said}" in str(caught.value)


@pytest.mark.parametrize("slot", ["{1e999}", "{nan}", "{1e308 × 1e308}"])
def test_a_slot_that_overflows(slot: str, tmp_path: Path) -> None:
    """It is named like any other that cannot be filled."""
    lesson = tmp_path / "mine"
    shutil.copytree(FOLDER / "en" / "greenhouse", lesson)
    text = (lesson / FILE).read_text("utf-8").replace('text = """', f'text = """{slot}', 1)
    (lesson / FILE).write_text(text, "utf-8")
    with pytest.raises(ContentError, match="comes to no number"):
        load("en", "mine", further=[lesson])


def test_a_network_without_end_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """No more of it is read than a network can need."""
    assert main(["trace", "--network", "/dev/zero"]) == 2
    assert "/dev/zero: is longer than 1,000,000 bytes" in capsys.readouterr().err
