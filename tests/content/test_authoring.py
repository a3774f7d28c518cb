"""The authoring guide, followed to the letter: its files, its commands, its chat.

`UPDATE=1` writes what the commands and the chat give into the guide, for a person to read.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import aiohttp
import pytest

from bot.dialogue.machine import Machine
from bot.preview.lesson import LessonOnDisk
from bot.startup.preview import previewing, told
from content.library import Library
from content.written import folders_in
from tests.content.running import run
from tests.fakes.painter import FakePainter
from tests.transcripts.play import played

GUIDE = Path(__file__).parents[2] / "docs" / "authoring.md"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTENT = ".venv/bin/python -m content "


def followed(guide: str) -> str:
    """The guide with what its commands and its chat really give, in the working directory."""
    return BLOCK.sub(_followed, guide)


def _followed(block: re.Match[str]) -> str:
    kind, name, body = block[1], block[2], block[3]
    if kind == "toml":
        Path(name).write_text(body, encoding="utf-8")
    elif kind == "console":
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        body = "".join(f"{command}\n{_ran(command.removeprefix('$ '))}" for command in commands)
    elif name == "chat":
        tutor = Machine(Library(further=folders_in(Path("lessons"))))
        body = played(body, tutor)
    return f"```{kind}{f' {name}' if name else ''}\n{body}```"


def _ran(command: str) -> str:
    if command.startswith("mkdir -p "):
        Path(command.removeprefix("mkdir -p ")).mkdir(parents=True)
        return ""
    assert command.startswith(CONTENT), command
    if command.endswith(" --serve"):
        return asyncio.run(_served(Path(command.split()[-2]))) + "\n"
    ran = run(*command.removeprefix(CONTENT).split())
    text = (ran.out + ran.errors).rstrip("\n")
    return f"{text}\n" if text else ""


async def _served(folder: Path) -> str:
    """What is printed of a preview that serves its page; its port is the guide's."""
    lesson = LessonOnDisk(folder)
    first = lesson.book.lesson.places[0].id
    async with (
        previewing(lesson, FakePainter(), 0, first) as url,
        aiohttp.ClientSession() as http,
        http.get(f"{url}/author/lesson") as answer,
    ):
        assert (await answer.json())["title"] == lesson.book.lesson.title
        return re.sub(r":\d+/", ":41234/", told(url))


def test_the_guide_leads_from_an_empty_folder_to_a_lesson_in_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever does what the guide says sees what the guide shows."""
    monkeypatch.chdir(tmp_path)
    really = followed(GUIDE.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE"):
        GUIDE.write_text(really, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == really
    assert {path.name for path in Path("lessons/tea").iterdir()} == {
        "lesson.toml",
        "1_guess.toml",
        "2_learn.toml",
    }
