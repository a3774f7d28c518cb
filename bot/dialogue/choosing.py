"""Which option of a choice some words pick: the label, part of it, or a sentence around it.

A learner who types instead of tapping writes "too low", "because it is bigger, so up" or "w21 and
wO2 and w22". Words pick an option only where they can mean no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from content.book import Book
from content.lesson import Place
from content.models import ChoiceStep, DirectionStep
from engine.reading.characters import plain

_TOKEN = re.compile(r"[a-z]+\d*|\d+(?:\.\d+)?|[+−-]|[↑↓]")
_DENIED = re.compile(r"\b(not|no|never|isn['’]?t|don['’]?t|doesn['’]?t|neither(?!,))\b")

LONG_WORD = 5
"""Shorter words are not taken for a misspelling of another."""

SMALL = {"and", "the", "a", "an", "it", "is", "to", "only", "just", "of", "i", "think"}
"""Words that tell no option from another."""


def picked(words: str, place: Place, book: Book) -> str | None:
    """The id of the one option that some words pick, or None.

    Args:
        words: lower case, as typed.
        place: the choice in hand.
        book: whose words count for directions.
    """
    phrases = _phrases(place, book)
    exact = [option for option, said in phrases.items() if words in said]
    if len(exact) == 1:
        return exact[0]
    if any(words in said for said in book.chat.intents.values()):
        return None
    if (option := _by_place(words, phrases, book)) is not None:
        return option
    if isinstance(place.step, DirectionStep):
        return _inside(words, phrases)
    labels = {option: said[0] for option, said in phrases.items()}
    return (
        _inside(words, phrases)
        or _by_direction(words, labels, book)
        or _by_denial(words, labels)
        or _by_tokens(_compared(words, labels), labels)
    )


def named(words: str, place: Place, book: Book) -> str | None:
    """The option whose label, or whose first word before a comma, is all that was typed."""
    phrases = _phrases(place, book)
    found = [o for o, said in phrases.items() if words in said or said[0].startswith(f"{words},")]
    return found[0] if len(found) == 1 else None


def number_offered(words: str, place: Place, book: Book) -> bool:
    """Whether an option of a choice holds the number that some words are."""
    return any(words in _TOKEN.findall(f) for said in _phrases(place, book).values() for f in said)


def _phrases(place: Place, book: Book) -> dict[str, list[str]]:
    if isinstance(place.step, DirectionStep):
        return {way: list(said) for way, said in book.chat.direction_words.items()}
    assert isinstance(place.step, ChoiceStep)
    trace = book.lesson.trace(place)
    labels = {o.id: plain(str(book.fill(o.label, trace)))[0] for o in place.step.options}
    return {option: [label.casefold()] for option, label in labels.items()}


def _inside(words: str, phrases: Mapping[str, Sequence[str]]) -> str | None:
    """The only option with a phrase inside the words, where nothing else is denied."""
    inside, rest = set[str](), words
    for option, said in phrases.items():
        for phrase in said:
            if len(phrase) < 2 or phrase not in words:
                continue
            whole = rf"(?<!\w){re.escape(phrase)}(?!\w)"
            if re.search(whole, words):
                inside.add(option)
                if _DENIED.search(phrase):
                    rest = re.sub(whole, "", rest)
    return inside.pop() if len(inside) == 1 and not _DENIED.search(rest) else None


def _by_direction(words: str, labels: Mapping[str, str], book: Book) -> str | None:
    """The option that says the same direction, where no two options say the same."""
    ways = book.chat.direction_words
    said = {_inside(label, ways): option for option, label in labels.items()}
    meant = _inside(words, ways)
    return said.get(meant) if meant and len(said) == len(labels) else None


def _by_place(words: str, phrases: Mapping[str, Sequence[str]], book: Book) -> str | None:
    """The option in the place that is all the words say: "the first one"."""
    said = [word for word in words.split() if word not in book.chat.place_words]
    labels = {token for label in phrases.values() for one in label for token in _tokens(one)}
    if len(said) != 1 or said[0] in labels:
        return None
    places = zip(phrases, book.chat.ordinals, strict=False)
    return next((option for option, names in places if said[0] in names), None)


def _by_denial(words: str, labels: Mapping[str, str]) -> str | None:
    """The only option whose label opens or ends with the denying word that was typed."""
    said = _tokens(words) - {"one"}
    ends = {option: _TOKEN.findall(label) for option, label in labels.items()}
    found = [o for o, label in ends.items() if label and said in ({label[0]}, {label[-1]})]
    return found[0] if len(found) == 1 and _DENIED.search(words) else None


def _compared(words: str, labels: Mapping[str, str]) -> str:
    """The plain word of a comparison: "low" for "lower than it should be"."""
    compared, than, _ = words.partition(" than ")
    said = _tokens(compared)
    plain = {word.removesuffix("er") for word in said}
    known = {token for label in labels.values() for token in _tokens(label)}
    return " ".join(plain) if than and len(said) == 1 and plain <= known else words


def _by_tokens(words: str, labels: Mapping[str, str]) -> str | None:
    """The option whose telling words are the learner's, in any order, small typos allowed."""
    if _DENIED.search(words):
        return None
    tokens = {option: _tokens(label) for option, label in labels.items()}
    known = {token for found in tokens.values() for token in found}
    typed, strange = set[str](), 0
    for token in _tokens(words):
        if token in known:
            typed.add(token)
        elif len(token) >= LONG_WORD and (close := get_close_matches(token, known, 1, 0.8)):
            typed.add(close[0])
        else:
            strange += 1
    if not typed or strange > len(typed):
        return None
    same = [option for option, found in tokens.items() if found == typed]
    if len(same) == 1:
        return same[0]
    holding = [option for option, found in tokens.items() if typed <= found]
    return holding[0] if len(holding) == 1 else None


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(text)) - SMALL
