"""The telling words of a text, each as its stem: what is alike in its forms is one word."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.spelling import Spelling
from engine.reading.characters import plain
from engine.word_set import WordSet

LONGEST_PHRASE = 6
"""Words of a phrase that means the same as one word."""
_TOKEN = re.compile(r"[^\W\d_]+\d+|\d*[^\W\d_]+|##|#|(?<![\w.])\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Heard:
    """Turns texts into plain characters, cut into the words of an index."""

    spelling: Spelling

    def __call__(self, text: str) -> str:
        """A text as the index has its words."""
        return plain(self.spelling(text))[0]

    def each(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Several texts."""
        return tuple(map(self, texts))


class Stems:
    """How a language's words are told from each other.

    Args:
        heard: turns texts into the spelling of all these words.
        small: words that tell nothing.
        same: what means the same as a word; phrases too.
        called: what the language calls what a name is: a weight, an input.
        ends: what is cut off words, so that their forms are alike, the longest first; and ends of
            words that nothing is cut off.
    """

    def __init__(
        self,
        heard: Heard,
        small: Iterable[str],
        same: Mapping[str, Iterable[str]],
        called: Mapping[str, str],
        ends: tuple[Iterable[str], Iterable[str]],
    ) -> None:
        self.heard = heard
        self.small = WordSet(word.replace("'", "") for word in heard.each(small))
        self._called = {role: heard(word) for role, word in called.items()}
        self._endings, self._keeps = map(heard.each, ends)
        ways = {heard(word): heard.each(said) for word, said in same.items()}
        every = ((at, one) for at, those in enumerate(ways.values()) for one in those)
        meant = {" ".join(tokens(said)): at for at, said in every}
        self._same, self._said, self._at = [*ways], WordSet(meant), array("H", meant.values())

    def count(self, text: str) -> int:
        """How many telling words a text has."""
        return len(self.stems(self.heard(text)))

    def stems(self, text: str, names: Mapping[str, str] | None = None) -> list[str]:
        """The telling words of a text in lower case.

        Args:
            text: as typed.
            names: what the names of the network are.
        """
        words = [self._named(token, names or {}) for token in tokens(text)]
        found, at = [], 0
        while at < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                said = " ".join(words[at : at + length])
                place = self._said.place(said)
                if length == 1 or place is not None:
                    break
            word = said if place is None else self._same[self._at[place]]
            if word not in self.small:
                found.append(self.stem(word))
            at += length
        return found

    def stem(self, word: str) -> str:
        """A word without its ending, so that its forms are alike: "squaring" is "squared"."""
        if not word.isalpha() or word.endswith(self._keeps):
            return word
        for ending in self._endings if word.endswith(self._endings) else ():
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word.removesuffix(ending)
                break
        return word.rstrip("iy") or word

    def meant(self) -> Iterator[tuple[str, str]]:
        """Each word, or phrase, that means the same as another, and that other."""
        return zip(self._said, map(self._same.__getitem__, self._at), strict=True)

    def _named(self, token: str, names: Mapping[str, str]) -> str:
        """A word, or what the language calls what it names."""
        role = names.get(token)
        return token if role is None else self._called.get(role, role)


def tokens(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _TOKEN.findall(text.replace("'", ""))
