"""Numbers from a hash: the same for a seed on every machine and every Python version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BLOCK = 1024
_WORD = 8


class RandomDraws:
    """An endless row of numbers that follows from a text.

    Args:
        seed: any text.

    >>> RandomDraws("a seed").below(100) == RandomDraws("a seed").below(100)
    True
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._blocks = 0
        self._bytes, self._at = b"", 0

    def below(self, count: int) -> int:
        """A number from 0 to `count` − 1, as good as equally likely: 64 bits are folded to it."""
        if self._at == len(self._bytes):
            text = f"{self._seed}/{self._blocks}"
            self._bytes = hashlib.shake_256(text.encode()).digest(_BLOCK)
            self._at, self._blocks = 0, self._blocks + 1
        word = self._bytes[self._at : self._at + _WORD]
        self._at += _WORD
        return int.from_bytes(word, "big") % count

    def percent(self, chance: int) -> bool:
        """Whether something happens that happens so many times in a hundred."""
        return self.below(100) < chance

    def one_of(self, things: Sequence[T]) -> T:
        """One of some things, each equally likely."""
        return things[self.below(len(things))]

    def some_of(self, things: Sequence[T], count: int) -> list[T]:
        """Some of them, each at most once, in the order drawn.

        Raises:
            ValueError: there are not so many.
        """
        if count > len(things):
            raise ValueError(f"{count} of {len(things)} things")
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(count)]
