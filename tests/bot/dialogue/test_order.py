"""The files of the conversation stand in the order that CONTRIBUTING.md gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "bot" / "dialogue"
FILES = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}


def lines() -> list[set[str]]:
    """The files that each line of the page's table names, from the top."""
    _, _, after = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n| | |\n")
    rows = [row for row in after.split("\n\n", 1)[0].splitlines() if not row.startswith("|---")]
    return [set(re.findall(r"`([a-z]+)`", row)) & FILES for row in rows]


def imported(name: str) -> set[str]:
    """The files of the conversation that one of them imports."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.dialogue":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.dialogue."):
            found.add((node.module or "").removeprefix("bot.dialogue."))
    return found


def test_every_file_has_its_place() -> None:
    """Each file is named once on the page, and the page names no other."""
    named = [name for line in lines() for name in line]
    assert sorted(named) == sorted(FILES)


def test_files_import_only_from_their_line_and_below() -> None:
    """Nothing further up is needed to understand a file."""
    level = {name: index for index, line in enumerate(lines()) for name in line}
    upwards = [(n, o) for n in level for o in imported(n) if level[o] < level[n]]
    assert upwards == []
    assert sum(len(imported(name)) for name in level) > len(FILES)
