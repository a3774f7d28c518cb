"""The English words as a whole: what no single sentence shows."""

from __future__ import annotations

from dataclasses import fields, replace

from content.checks import texts
from content.numbers import Numbers
from tests.lesson import BOOK


def test_every_apostrophe_is_of_one_kind() -> None:
    """What is said has typographic apostrophes; what learners type has both, and is not said."""
    chat = (BOOK.chat.say, BOOK.chat.buttons, BOOK.chat.commands, BOOK.chat.description)
    tables = (
        getattr(BOOK, field.name) for field in fields(BOOK) if field.name not in ("chat", "typed")
    )
    sections = (lesson.sections for lesson in BOOK.lessons.values())
    said = texts((chat, *tables, *sections), "")
    assert [(at, text) for at, text in said if "'" in text and ".also" not in at] == []


def test_names_are_listed_with_the_word_of_the_language() -> None:
    """One stands alone; what stands between others is the language's own."""
    other = replace(BOOK, numbers=Numbers.of("es"))
    assert BOOK.listed(["H1"]) == "H1"
    assert BOOK.listed(["H1", "H2"]) == "H1 and H2"
    assert other.listed(["H1", "H2", "p"]) == "H1, H2 y p"
