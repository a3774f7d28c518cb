"""The translators' guide, followed to the letter: from nothing to a chat in a made-up language.

`UPDATE=1` writes what the commands really give into the guide, for a person to read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "translating.md"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def followed(block: re.Match[str], home: Path) -> str:
    """A block of the guide, with what its commands really give in a folder."""
    kind, name, body = block[1], block[2], block[3]
    if kind == "toml":
        (home / name).write_text(body, encoding="utf-8")
    elif kind == "console":
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        body = "".join(f"{one}\n{ran(one.removeprefix('$ '), home)}" for one in commands)
    return f"```{kind}{f' {name}' if name else ''}\n{body}```"


def ran(command: str, home: Path) -> str:
    """What a command of the guide prints; the content in the folder is what it works on."""
    shell = command.replace(".venv/bin/python", sys.executable)
    done = subprocess.run(
        shell,
        shell=True,
        cwd=home,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    text = (done.stdout + done.stderr).strip("\n").replace(str(home), "…")
    return f"{text}\n" if text else ""


def test_the_guide_leads_from_nothing_to_a_chat(tmp_path: Path) -> None:
    """Whoever does what the guide says sees what the guide shows."""
    (tmp_path / "content").mkdir()
    for at in (ROOT / "content").iterdir():
        if at.suffix == ".py":
            shutil.copy(at, tmp_path / "content")
    for folder in ("en", "commands", "paper"):
        shutil.copytree(ROOT / "content" / folder, tmp_path / "content" / folder)
    guide = GUIDE.read_text(encoding="utf-8")
    really = BLOCK.sub(lambda block: followed(block, tmp_path), guide)
    if os.environ.get("UPDATE"):
        GUIDE.write_text(really, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == really
