"""Sets of words that take little memory, and are as quick to look into as they need to be."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import accumulate
from typing import Any, TypeVar

S = TypeVar("S")

_END = "\0"
"""Stands behind each word: nobody types it."""


class WordSet(AbstractSet[str]):
    """Some words in their order, held as one text; thousands of small objects would be much memory.

    Args:
        words: each counts once.

    >>> said = WordSet(["up", "it rises", "up"])
    >>> [*said], "up" in said, "rises" in said, said.place("it rises"), said.place("down")
    (['up', 'it rises'], True, False, 1, None)
    >>> sorted(said | {"down"}), said == {"it rises", "up"}
    (['down', 'it rises', 'up'], True)
    """

    __slots__ = ("_slots", "_starts", "_text")

    def __init__(self, words: Iterable[str] = ()) -> None:
        once = dict.fromkeys(words)
        ended = [f"{word}{_END}".encode() for word in once]
        self._text = b"".join(ended)
        starts = [*accumulate(map(len, ended), initial=0)]
        self._starts = array("H" if starts[-1] < 1 << 16 else "I", starts)
        """Where in the text each word begins, and the last one ends."""
        self._slots = array("H", bytes(4 << len(once).bit_length()))
        """The place of a word behind zero stands where its hash leads, or in the next free slot."""
        last = len(self._slots) - 1
        for place, word in enumerate(once, 1):
            slot = hash(word) & last
            while self._slots[slot]:
                slot = slot + 1 & last
            self._slots[slot] = place

    def place(self, word: object) -> int | None:
        """The place of a word in the order; None where it is none of these."""
        slots, last = self._slots, len(self._slots) - 1
        slot, said = hash(word) & last, b""
        while place := slots[slot]:
            said = said or f"{word}{_END}".encode(errors="replace")
            if self._text.startswith(said, self._starts[place - 1]):
                return place - 1
            slot = slot + 1 & last
        return None

    def __contains__(self, word: object) -> bool:
        return self.place(word) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.decode().split(_END)[:-1])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({[*self]})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process has other hashes."""
        return type(self), ([*self],)

    @classmethod
    def _from_iterable(cls, words: Iterable[S]) -> AbstractSet[S]:
        """What is made of two sets is gone again soon."""
        return frozenset(words)
