"""Where in some words the options of a choice are spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from content.typed import TypedFile
from content.word_lists import WordList

FOUND = "\N{BLACK SQUARE}"
"""Stands for each letter of a phrase that was found."""
_ARROWS = "↑↓⬆⬇"
_WORD_BEHIND = re.compile(r"\s+[^\W\d_]")

One = TypeVar("One")
Phrases = Mapping[str, WordList]
"""What may be said for each option, the label first."""


@dataclass(frozen=True)
class Place:
    """Where in some words an option is spoken of."""

    option: str
    start: int
    end: int


def places_in(
    words: str, phrases: Phrases, typed: TypedFile, tells: Callable[[str], object] = bool
) -> tuple[list[Place], str]:
    """Where the options' phrases stand in some words, in order, and the words without them.

    Of phrases inside each other the longest counts.

    Args:
        words: as compared.
        phrases: of each option.
        typed: the words of the language.
        tells: whether a phrase counts.
    """
    found = [
        Place(option, *one.span())
        for option, known in phrases.items()
        for one in known.anywhere.finditer(words)
        if _may_stand_inside(one, typed) and tells(one[0])
    ]
    taken = list[Place]()
    for place in sorted(found, key=lambda one: one.start - one.end):
        if not any(place.start < other.end and other.start < place.end for other in taken):
            taken.append(place)
            gone = FOUND * (place.end - place.start)
            words = f"{words[: place.start]}{gone}{words[place.end :]}"
    return sorted(taken, key=lambda one: one.start), words


def _may_stand_inside(found: re.Match[str], typed: TypedFile) -> bool:
    """Whether a phrase is a word or an arrow; of one letter, where letters have no capitals.

    A word that compares, such as "more", counts only where nothing stands behind it.
    """
    phrase, start, end = found[0], *found.span()
    if found.string[:start].endswith("."):
        return False  # a decimal
    if phrase in typed.around_answers.comparing and _WORD_BEHIND.match(found.string, end):
        return False
    if len(phrase) > 1 or phrase in _ARROWS:
        return True
    numbers = typed.answers.numbers.values()
    letter = phrase.isalpha() and phrase.upper() == phrase.lower()
    return letter and not any(phrase in said for said in numbers)


def nearest(found: Sequence[Place], word: re.Match[str]) -> Place | None:
    """Where the option stands that is nearest to a word; None where two are as near."""
    gaps = {place: max(place.start - word.end(), word.start() - place.end) for place in found}
    return only([place for place, gap in gaps.items() if gap == min(gaps.values())])


def only(options: Sequence[One]) -> One | None:
    """The one there is; None where there are several, or none."""
    return options[0] if len(options) == 1 else None
