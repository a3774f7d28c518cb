"""The telling words of a text, each as its stem: what is alike in its forms is one word."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

LONGEST_PHRASE = 6
"""Words of a phrase that means the same as one word."""
LATELY = 4
"""Of so many indexes, those used last, words are held one by one; of the others as one text."""

_TOKEN = re.compile(r"[^\W\d_]+\d+|\d*[^\W\d_]+|##|#|(?<![\w.])\d+(?:[.,]\d+)?")
_END = "\0"


class Stems:
    """How a language's words are told from each other.

    Args:
        small: words that tell nothing.
        same: what means the same as a word; phrases too.
        called: what the language calls what a name is: a weight, an input.
        endings: what is cut off words, so that their forms are alike; the longest first.
        keeps: ends of words that nothing is cut off.
    """

    def __init__(
        self,
        small: Collection[str],
        same: Mapping[str, Sequence[str]],
        called: Mapping[str, str],
        endings: Sequence[str],
        keeps: tuple[str, ...],
    ) -> None:
        self.small, self._called = small, called
        self._endings, self._keeps = endings, keeps
        meant = {
            " ".join(tokens(said)): at for at, ways in enumerate(same.values()) for said in ways
        }
        self._same, self._said, self._at = [*same], joined(meant), array("H", meant.values())

    def stems(self, text: str, names: Mapping[str, str] | None = None) -> list[str]:
        """The telling words of a text in lower case.

        Args:
            text: as typed.
            names: what the names of the network are.
        """
        words = [self._named(token, names or {}) for token in tokens(text)]
        meant, small = _words(self)
        found, at = [], 0
        while at < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                said = " ".join(words[at : at + length])
                if length == 1 or said in meant:
                    break
            word = meant.get(said, said)
            if word not in small:
                found.append(self.stem(word))
            at += length
        return found

    def stem(self, word: str) -> str:
        """A word without its ending, so that its forms are alike: "squaring" is "squared"."""
        if not word.isalpha() or word.endswith(self._keeps):
            return word
        for ending in self._endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word.removesuffix(ending)
                break
        return word.rstrip("iy") or word

    def meant(self) -> dict[str, str]:
        """The word that each other word, or phrase, means the same as."""
        return dict(zip(parted(self._said), map(self._same.__getitem__, self._at), strict=True))

    def _named(self, token: str, names: Mapping[str, str]) -> str:
        """A word, or what the language calls what it names."""
        role = names.get(token)
        return token if role is None else self._called.get(role, role)


@lru_cache(maxsize=LATELY)
def _words(stems: Stems) -> tuple[dict[str, str], frozenset[str]]:
    """What words mean, and the small ones."""
    return stems.meant(), frozenset(word.replace("'", "") for word in stems.small)


def tokens(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _TOKEN.findall(text.replace("'", ""))


def joined(words: Iterable[str]) -> str:
    """Words as one text, which takes little memory."""
    return "".join(f"{word}{_END}" for word in words)


@lru_cache(maxsize=3 * LATELY)
def parted(words: str) -> list[str]:
    """What `joined` made one text of."""
    return words.split(_END)[:-1]
