"""The words on worksheets."""

from __future__ import annotations

from content.book import Book
from content.messages import Worksheet


def headings(book: Book) -> Worksheet:
    """The headings in a language."""
    return Worksheet(book.chat.worksheet, book.counted)
