"""The pattern of any of many words, as a tree of what they begin with: small, and fast to try."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile


def any_of(words: Iterable[str]) -> str:
    """The pattern of any of some words, of those that begin alike the longest; as a group.

    >>> any_of(["maybe", "may", "unsure", "so"]), any_of([])
    ('(?:may(?:be|)|so|unsure)', '(?!)')
    """
    ordered = sorted(set(words))
    if not ordered:
        return "(?!)"
    alike = groupby(filter(None, ordered), key=lambda word: word[0])
    branches = [_branch([*those]) for _, those in alike]
    return f"(?:{'|'.join([*branches, *(word for word in ordered[:1] if not word)])})"


def _branch(alike: Sequence[str]) -> str:
    """The pattern of words in order that begin with the same letter."""
    if len(alike) == 1:
        return re.escape(alike[0])
    both = takewhile(lambda pair: pair[0] == pair[1], zip(alike[0], alike[-1], strict=False))
    shared = sum(1 for _ in both)
    return re.escape(alike[0][:shared]) + any_of(word[shared:] for word in alike)
