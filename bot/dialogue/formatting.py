"""Texts put together for a message."""

from __future__ import annotations

from bot.dialogue.state import How, Record


def with_minus(typed: str) -> str:
    """What was typed, as it is said back: with the minus sign of the lesson."""
    return typed.replace("-", "−")


def paragraphs(*texts: str) -> str:
    """Some texts as one message: a blank line between them, none after a block of its own."""
    joined = ""
    for text in filter(None, texts):
        joined += ("\n" if joined.endswith("</pre>") else "\n\n" if joined else "") + text
    return joined


def on_record(record: Record, text: str, doubtful: str) -> str:
    """A number on record as a table or picture shows it, a kept one marked as doubted.

    Args:
        record: of the step.
        text: the number as it stands for the learner.
        doubtful: how a doubted one is written, with a slot `typed`.
    """
    if record.how is not How.KEPT:
        return text
    typed = with_minus(record.typed)
    return doubtful.format(typed=typed) if typed else ""
