"""The lesson in an author's folder, wherever it lies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from content.book import Book
from content.commands.command import Refused
from content.files import text_of
from content.loader import load
from content.written import lesson_folders


def load_lesson(folder: Path, language: str) -> Book:
    """The words of a language with the lesson of a folder in hand.

    Args:
        folder: where the lesson lies, or the name of one of those that came with this.
        language: whose words are used.

    Raises:
        Refused: there is no such folder.
        ContentError: with every problem found.
    """
    known = lesson_folders()
    if not folder.is_dir() and str(folder) in known:
        return load(language, str(folder))
    if not folder.is_dir():
        raise Refused(f"{folder}: is no folder; lessons here: {', '.join(known)}")
    at = folder.resolve()
    if at in known.values():
        return load(language, at.name)
    return load(language, at.name, further=_with_needed(at))


def _with_needed(at: Path) -> list[Path]:
    """A lesson's folder, and those beside it whose lessons come first."""
    heads = {one: _head(one) for one in sorted(at.parent.iterdir()) if one.is_dir()}
    found = [at]
    for folder in found:
        needed = heads[folder].get("needs", ())
        beside = (one for one, head in heads.items() if head.get("id") in needed)
        found += [one for one in beside if one not in found]
    return found


def _head(folder: Path) -> Mapping[str, Any]:
    """The frame of a lesson as data; empty where none can be read, which is told of later."""
    try:
        return tomllib.loads(text_of(folder / "lesson.toml"))
    except (OSError, ValueError, RecursionError):
        return {}
