"""The lesson in an author's folder, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from content.book import Book
from content.commands.command import Refused
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
    return load(language, at.name, further=[at])
