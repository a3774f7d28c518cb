"""`python -m content validate`: the whole content, or one lesson wherever it lies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.loader import load
from content.written import FOLDER
from tests.content.running import refusal, run


def test_every_lesson_is_named() -> None:
    """Without a folder, each lesson of each language has a line."""
    lines = run("validate").out.splitlines()
    for lesson in load().lessons.values():
        assert f"en: {lesson.title}, {lesson.total()} steps: all right" in lines


@pytest.mark.parametrize("folder", ["greenhouse", str(FOLDER / "en" / "greenhouse")])
def test_one_lesson_of_the_content_can_be_asked_for(folder: str) -> None:
    """By the name of its folder, or by the folder, only that lesson is named."""
    ran = run("validate", folder)
    assert ran.code == 0
    assert ran.out.startswith("greenhouse: ")
    assert ran.out.count("\n") == 1


def test_every_problem_of_a_folder_is_printed(tmp_path: Path) -> None:
    """Three broken things in a folder of one's own are three lines, with exit code 2."""
    own = tmp_path / "mine"
    shutil.copytree(FOLDER / "en" / "greenhouse", own)
    for file in own.iterdir():
        text = file.read_text(encoding="utf-8").replace('id = "g_', 'id = "m_')
        file.write_text(text.replace('id = "greenhouse"', 'id = "mine"'), encoding="utf-8")
    assert (
        run("validate", str(own)).out
        == f"mine: {load(lesson='greenhouse').lesson.title}, 24 steps: all right\n"
    )
    (own / "6_update.toml").unlink()
    forward = own / "2_forward.toml"
    forward.write_text(forward.read_text(encoding="utf-8").replace("ask =", "aks =", 1))
    ran = run("validate", str(own))
    assert ran.code == 2
    allowed = (
        "id, branch, kind, quantity, formula, label, ask, right, decimals, tolerance, look, rule, "
        "gap, worked, picture, lookup_table, if_slipped, if_smooth"
    )
    assert ran.errors.splitlines() == [
        f"mine/2_forward.toml: step[0].aks: is not known; did you mean 'ask'? allowed: {allowed}",
        "mine/2_forward.toml: step[0].ask: is missing",
        "mine/6_update.toml: file: is missing",
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The line names the folder and the lessons there are."""
    said = refusal("validate", str(tmp_path / "nowhere"))
    assert said.startswith(f"content validate: {tmp_path / 'nowhere'}: is no folder")
    assert "build_a_network, greenhouse" in said
