"""The words for a direction, as a worksheet has them."""

from __future__ import annotations

from collections.abc import Mapping

from content.book import Book
from content.commands.command import Refused
from content.loader import load
from content.written import AUTHORS, languages
from engine.reading.characters import plain
from engine.trace import NAMES

DIRECTION_WORDS = {
    "increase": ("increase", "increases", "up", "+", "raise", "higher", "more", "grow"),
    "decrease": ("decrease", "decreases", "down", "-", "lower", "less", "shrink"),
    "no change": ("no change", "none", "same", "stay", "stays", "unchanged", "nothing", "0", "="),
}
"""How a direction may be typed on a worksheet, besides the language's own word for it."""


def load_words_of(language: str) -> Book:
    """A language's words with the first lesson.

    Raises:
        Refused: there is no such language.
        ContentError: with every problem found.
    """
    if language not in languages():
        raise Refused(f"--language: {language!r} is none; they are {', '.join(languages())}")
    return load(language)


def names_in(book: Book) -> Mapping[str, str]:
    """How formulas on paper write quantities: by their ids in the authors' language."""
    return NAMES if book.language == AUTHORS else {**NAMES, **book.names}


def direction(typed: str, own: Mapping[str, str]) -> str | None:
    """The direction that is meant, or None.

    Args:
        typed: what stands on the worksheet.
        own: the language's words by direction.

    >>> direction(" Up ", {}), direction("–", {}), direction("ＵＰ", {})
    ('increase', 'decrease', 'increase')
    >>> direction("stay as it is", {"no change": "stay as it is"})
    'no change'
    """
    word = " ".join(plain(typed)[0].casefold().split()).rstrip(".!")
    for meant, words in DIRECTION_WORDS.items():
        if word in words or word == own.get(meant, meant).casefold():
            return meant
    return None
