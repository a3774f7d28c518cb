"""The English words as a whole: what no single sentence shows."""

from __future__ import annotations

from dataclasses import fields

from content.checks import texts
from content.loader import load

BOOK = load()


def test_every_apostrophe_is_of_one_kind() -> None:
    """What is said has typographic apostrophes; what learners type has both, and is not said."""
    chat = (BOOK.chat.say, BOOK.chat.buttons, BOOK.chat.commands, BOOK.chat.description)
    tables = (getattr(BOOK, field.name) for field in fields(BOOK) if field.name != "chat")
    sections = (lesson.sections for lesson in BOOK.lessons.values())
    said = texts((chat, *tables, *sections), "")
    assert [(at, text) for at, text in said if "'" in text and ".also" not in at] == []
