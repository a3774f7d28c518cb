"""The names a learner may use, found however they are spelled: `H1`, `h_1`, `sum(H1)`, `H1's sum`.

A name is known by its words, whatever their case and order and whatever stands between them. A
spelling that could be two names is neither.
"""

from __future__ import annotations

import re
from collections.abc import Container
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from engine.reading.characters import latin

LETTER = (
    "A-Za-zÀ-ÖØ-öø-ʯͰ-\u1fff∂\u2c00-\u2dff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3105-\u318e"
    "\u3400-\u4dbf\u4e00-\ua7ff\ua840-\ud7a3\uf900-\ufdff\ufe70-\ufefc\U00010400-\U0001efff"
    "\U00020000-\U000323af"
)
"""The letters of names and words of any script, as in a character class."""

_WORD = re.compile(rf"[{LETTER}][{LETTER}0-9]*(?:_[0-9]+)*")
_GAP = re.compile(rf"(?:'[{LETTER}]\b)?[ ._]*(?P<open>[(\[]?) *")
_MARKS = dict.fromkeys(map(ord, "_.'"))
_CLOSE = re.compile(r" *[)\]]")


@dataclass(frozen=True, slots=True)
class Spellings:
    """How the names of one exercise may be spelled."""

    alike: dict[str, str]
    """The only name that is this one but for case, spaces, brackets and underscores."""
    by_words: dict[tuple[str, ...], str]
    """The only name of several words that has these words, sorted."""
    words: frozenset[str]
    """All words of names that have several."""
    longest: int
    """Words in the longest name."""
    between: AbstractSet[str]
    """Words that may stand in a name besides its own."""

    def in_latin(self, text: str, words: Container[str] = frozenset()) -> str:
        """A text with Latin letters in its names, where it has others that look like them.

        Args:
            text: as long as what comes back.
            words: what is no name, although it looks like one.

        >>> spellings(("H1", "w11", "O"), frozenset()).in_latin("Н1 это о х", {"о"})
        'H1 это о х'
        """
        if text.isascii():
            return text

        def named(found: re.Match[str]) -> str:
            name = latin(found[0])
            known = name.isascii() and bare(name) in self.alike and found[0] not in words
            return name if known else found[0]

        return _WORD.sub(named, text)

    def phrase(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest name of several words that begins at a place of a text, and where it ends.

        >>> known = spellings(("H1", "sum(H1)"), frozenset({"of", "the"}))
        >>> known.phrase("0.6 + the sum of h1 * 2", 10)
        ('sum(H1)', 19)
        """
        found, words, opened, end = None, list[str](), 0, start
        while len(words) < self.longest and (match := _WORD.match(text, end)):
            word, end = match[0].replace("_", "").lower(), match.end()
            own = word not in self.between
            if own and word in self.words:
                words.append(word)
            elif own or not words:
                break
            while opened and (close := _CLOSE.match(text, end)):
                opened, end = opened - 1, close.end()
            if own and not opened and len(words) > 1:
                name = self.by_words.get(tuple(sorted(words)))
                found = (name, end) if name else found
            gap = _GAP.match(text, end)
            if gap is None or gap.end() == end:
                break
            opened, end = opened + bool(gap["open"]), gap.end()
        return found


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in order.

    >>> words_of("gradient(bias(H1))"), words_of("learning_rate")
    (('gradient', 'bias', 'h1'), ('learning', 'rate'))
    """
    return tuple(word.replace("_", "").lower() for word in _WORD.findall(name))


def bare(name: str) -> str:
    """A name without case, underscores, points and apostrophes.

    >>> bare("h_1")
    'h1'
    """
    return name.translate(_MARKS).lower()


@lru_cache(maxsize=64)
def spellings(names: tuple[str, ...], between: AbstractSet[str]) -> Spellings:
    """The spellings of names.

    >>> spellings(("H1", "sum(H1)"), frozenset()).alike["h1sum"]
    'sum(H1)'
    """
    alike: dict[str, set[str]] = {}
    by_words: dict[tuple[str, ...], set[str]] = {}
    for name in names:
        words = words_of(name)
        if len(words) > 1:
            by_words.setdefault(tuple(sorted(words)), set()).add(name)
        for spelled in {bare(name), "".join(words), "".join(reversed(words))}:
            alike.setdefault(spelled, set()).add(name)
    return Spellings(
        {spelled: min(those) for spelled, those in alike.items() if len(those) == 1},
        {words: min(those) for words, those in by_words.items() if len(those) == 1},
        frozenset(word for words in by_words for word in words),
        max(map(len, by_words), default=0),
        between,
    )
