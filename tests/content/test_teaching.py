"""The teachers' page, followed to the letter: sheets printed, a class typed in and checked.

`UPDATE=1` writes what the commands really give into the page, for a person to read.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from content.loader import load
from content.paper.variants import of_lesson
from tests.content.paper.reading import text_of
from tests.content.running import run

PAGE = Path(__file__).parents[2] / "docs" / "teaching.md"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTENT = ".venv/bin/python -m content "


def followed(page: str) -> str:
    """The page with what its commands really give, in the working directory."""
    return BLOCK.sub(_followed, page)


def _followed(block: re.Match[str]) -> str:
    kind, name, body = block[1], block[2], block[3]
    if kind == "csv":
        Path(name).write_text(body, encoding="utf-8")
    elif kind == "console":
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        body = "".join(f"{command}\n{_ran(command.removeprefix('$ '))}" for command in commands)
    return f"```{kind}{f' {name}' if name else ''}\n{body}```"


def _ran(command: str) -> str:
    if command.startswith("cat "):
        return Path(command.removeprefix("cat ")).read_text(encoding="utf-8-sig")
    assert command.startswith(CONTENT), command
    ran = run(*command.removeprefix(CONTENT).split())
    text = (ran.out + ran.errors).rstrip("\n")
    return f"{text}\n" if text else ""


def test_the_page_leads_from_a_command_to_a_class_that_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever does what the page says sees what the page shows."""
    monkeypatch.chdir(tmp_path)
    really = followed(PAGE.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE"):
        PAGE.write_text(really, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == really
    sheet = text_of(Path("out/bn-worksheets.pdf").read_bytes())
    assert [f"Sheet {number}" in sheet for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_options_it_names_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Each option that the page speaks of is in the help of one of its two commands."""
    for command in ("worksheet", "check"):
        with pytest.raises(SystemExit):
            run(command, "--help")
    named = set(re.findall(r"--[a-z]+", PAGE.read_text(encoding="utf-8")))
    assert named <= set(re.findall(r"--[a-z]+", capsys.readouterr().out))


def test_who_is_right_on_the_page_is_right_on_the_sheet() -> None:
    """Ada's answers are those of the sheet whose number stands beside her name."""
    variant = of_lesson(load().lesson).variant(1)
    page = PAGE.read_text(encoding="utf-8")
    steps, typed = (
        re.search(rf"^{start};(.*)$", page, re.MULTILINE)
        for start in ("name;class;variant", "Ada;7b;1")
    )
    assert steps is not None
    assert typed is not None
    asked = [variant.question(number) for number in steps[1].split(";")]
    right = [one.problem.trace[one.name].text.replace("−", "-") for one in asked if one]
    assert typed[1].replace(",", ".").split(";") == right
