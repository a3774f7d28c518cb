"""Which option of a choice some words pick: the label, part of it, or a sentence around it.

A learner who types instead of tapping writes "too low", "because it is bigger, so up" or "w21 and
wO2 and w22". Words pick an option only where they can mean no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from content.book import Book
from content.lesson import Place
from content.models import ChoiceStep, DirectionStep

_TOKEN = re.compile(r"[a-z]+\d*|\d+(?:\.\d+)?|[+−-]|[↑↓]")
SMALL = {"and", "the", "a", "an", "it", "is", "to", "only", "just", "of", "i", "think"}
"""Words that tell no option from another."""


def picked(words: str, place: Place, book: Book) -> str | None:
    """The id of the one option that some words pick, or None.

    Args:
        words: lower case, as typed.
        place: the choice in hand.
        book: whose words count for directions.
    """
    if not words:
        return None
    if isinstance(place.step, DirectionStep):
        return _one(words, {way: list(said) for way, said in book.chat.direction_words.items()})
    assert isinstance(place.step, ChoiceStep)
    trace = book.lesson.trace(place)
    labels = {o.id: [str(book.fill(o.label, trace)).casefold()] for o in place.step.options}
    return _one(words, labels) or _by_tokens(words, {o: said[0] for o, said in labels.items()})


def _one(words: str, phrases: Mapping[str, list[str]]) -> str | None:
    """The option with a phrase that is all of the words, or else the only one inside them."""
    exact = [option for option, said in phrases.items() if words in said]
    if len(exact) == 1:
        return exact[0]
    inside = {
        option
        for option, said in phrases.items()
        for phrase in said
        if len(phrase) > 1 and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words)
    }
    negated = re.search(r"\b(not|no|isn't|don't|doesn't)\b", words)
    return inside.pop() if len(inside) == 1 and not negated else None


def _by_tokens(words: str, labels: Mapping[str, str]) -> str | None:
    """The option whose telling words are the learner's, in any order, small typos allowed."""
    tokens = {option: _tokens(label) for option, label in labels.items()}
    known = {token for found in tokens.values() for token in found}
    typed = set()
    for token in _tokens(words):
        close = [token] if token in known else get_close_matches(token, known, 1, 0.75)
        typed |= set(close if len(token) > 2 or token in known else ())
    if not typed:
        return None
    same = [option for option, found in tokens.items() if found == typed]
    if len(same) == 1:
        return same[0]
    holding = [option for option, found in tokens.items() if typed <= found]
    first = [option for option, label in labels.items() if label.startswith(f"{words},")]
    return next(iter(first if len(first) == 1 else holding if len(holding) == 1 else ()), None)


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(text)) - SMALL
