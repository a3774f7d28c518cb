"""A number among words that no list has, in a language whose lists are young.

Such a text is refused in the authors' language. Elsewhere its one number is taken, and said back as
it was read; of two the one that is not taken back: "not 0.45 but 0.03", "0.45, no, wait, 0.03".
"""

from __future__ import annotations

import re

from engine.reading.words import Words

_NUMBER = re.compile(r"(?<![\w.,])-?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?![\w.,]*\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_WORDS = re.compile(r"[*/×·^+=≈√()\[\]{}|<>%?]|(?<=[0-9])\s*-|-(?![0-9.,])")
"""What belongs to working, or asks."""
MOST_WORDS = 12


def number_among(text: str, words: Words) -> tuple[int, int] | None:
    """Where the number is that a text hands in among other words; None where that is not sure.

    Args:
        text: in plain characters.
        words: the words of the language.

    >>> words = Words(negations=frozenset({"not"}), no=frozenset({"no"}))
    >>> number_among("mine says 0.45 dude", words), number_among("not 0.45 but 0.03", words)
    ((10, 14), (13, 17))
    >>> number_among("0.03 not 0.45", words), number_among("not 0.45", words)
    ((0, 4), None)
    """
    said = [word.casefold() for word in _WORD.findall(text)]
    if _NO_WORDS.search(text) or len(said) > MOST_WORDS or any(map(words.computes, said)):
        return None
    found = list(_NUMBER.finditer(text))
    rest = _NUMBER.sub(" ", text)
    if not 0 < len(found) <= 2 or re.search(r"[0-9]", rest):
        return None
    if any(_unsure(text[: one.start()], words) for one in found):
        return None
    denied = [_denied(text[: one.start()], words) for one in found]
    left = [one.span() for one, denies in zip(found, denied, strict=True) if not denies]
    if len(left) == 1 and (len(found) == 2 or not words.negations.intersection(said)):
        return left[0]
    if len(left) == 2:
        between = text[found[0].end() : found[1].start()]
        if not words.turns.isdisjoint(_WORD.findall(between.casefold())):
            return left[1]
        if any(one.casefold() in words.no for one in _WORD.findall(between)):
            return left[1]
    return None


def _unsure(before: str, words: Words) -> bool:
    """Whether a word right before a number may deny it, or take back the one before it."""
    return _denied(before, words) and _last(before) in words.no


def _last(before: str) -> str:
    said: list[str] = _WORD.findall(before.casefold())
    return said[-1] if said else ""


def _denied(before: str, words: Words) -> bool:
    """Whether the word right before a number denies it."""
    last = _last(before)
    return last in words.negations and before.rstrip().casefold().endswith(last)
