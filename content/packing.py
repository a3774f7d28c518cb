"""What is seldom needed, held in a tenth of the memory."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from typing import Any

LATELY = 4
"""Of so many of a kind, those used last, words are held one by one; of the others as one text."""

_END = "\0"
"""Stands behind each word: nobody types it."""


def packed(what: object) -> bytes:
    """Something of this program's own, as a few bytes."""
    return zlib.compress(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def unpacked(some: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """What `packed` made bytes of."""
    return pickle.loads(zlib.decompress(some))  # noqa: S301 - nobody else's


def joined(words: Iterable[str]) -> str:
    """Words as one text, which takes little memory."""
    return "".join(f"{word}{_END}" for word in words)


def parted(words: str) -> list[str]:
    """What `joined` made one text of."""
    return words.split(_END)[:-1]
