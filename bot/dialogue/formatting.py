"""Texts put together for a message."""

from __future__ import annotations

from bot.dialogue.state import Outcome, Record
from content.book import Book


def with_minus(typed: str) -> str:
    """What was typed, as it is said back: with the minus sign of the lesson."""
    return typed.replace("-", "−")


def paragraphs(*texts: str) -> str:
    """Some texts as one message: a blank line between them, none after a block of its own."""
    joined = ""
    for text in filter(None, texts):
        joined += ("\n" if joined.endswith("</pre>") else "\n\n" if joined else "") + text
    return joined


def on_record(book: Book, record: Record, text: str) -> str:
    """A number on record as a table or picture shows it, a kept one marked as doubted.

    Args:
        book: whose words.
        record: of the step.
        text: the number as it stands for the learner.
    """
    if record.outcome is not Outcome.KEPT:
        return text
    return book.say.doubtful(typed=with_minus(record.typed)) if record.typed else ""
