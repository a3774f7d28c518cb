"""Which of some entries a text asks for, by its words: typos are allowed, and nothing is forced.

Each entry lists ways to ask for it. A text is near one of them when it has most of the phrase's
words, and when most of the text's own words are some of the entry's. A rare word weighs more than a
common one, and a word that no entry knows the most: it may be what the text is about.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, groupby
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.stems import Stems, tokens
from content.word_lists import WordList
from engine.reading.characters import plain
from engine.word_set import WordSet

ANY_NUMBER = "#"
PERCENT = " percent "
WORKING = "##"
"""Stands for numbers with a sign between them."""

NEAR = 0.75
"""From this likeness on a text asks for an entry."""
CLEAR = 0.02
"""Two entries are told apart by this."""
LIKELY = 0.05
"""What it adds that an entry is often asked for at such a step."""
VERBATIM = 0.3
"""How much of a likeness is that the text says no more than the phrase."""
OTHERWISE = 0.75
"""What is left of it where a "what" is asked, and the phrase has a "why"."""
THIN = 0.9
"""What is left of it where a text tells one thing only, and the phrase more."""
LONG_WORD = 4
"""A shorter word is not taken for a misspelling of another."""
LONGER_WORD = 8
"""From this length on two letters may be wrong."""
LONGEST = 300
"""Letters of a text that are looked at: longer questions say what they ask at the beginning."""

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_WORKING = re.compile(rf"\(?{_NUMBER}\)?(?:\s*[-+*/×·÷^]\s*\(?{_NUMBER}\)?)+")
_PERCENT = re.compile(rf"{_NUMBER}\s*%")
_ITSELF = "="
_CLAUSE = re.compile(r"[?!;:\n]+\s*|[,.]\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and how near a text is to it: from 0 to 1, a little more where it is likely."""

    entry: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of small numbers, one behind the other."""

    numbers: array[int]
    ends: array[int]

    @classmethod
    def of(cls, lists: Iterable[Iterable[int]]) -> _Lists:
        """All of some lists."""
        numbers, ends = list[int](), [0]
        for one in lists:
            numbers.extend(one)
            ends.append(len(numbers))
        return cls(array("H", numbers), array("H" if ends[-1] < 1 << 16 else "I", ends))

    def __getitem__(self, at: int) -> array[int]:
        return self.numbers[self.ends[at] : self.ends[at + 1]]


_HERE, _CLOSED, _ASKS, _SEVERAL = 1, 2, 4, 8
"""What a phrase may be: one that counts only where its entry is likely, one that asks for a yes or
no, one with words that only ask, one with several that tell something."""


@dataclass(frozen=True, kw_only=True)
class Askable:
    """What can be asked for, as it is written."""

    ways: Mapping[str, Sequence[str]]
    """The ways to ask for each entry."""
    further: Mapping[str, str] = field(default_factory=dict)
    """Other words that each entry knows."""
    anywhere: Mapping[str, int] = field(default_factory=dict)
    """How many of an entry's ways count everywhere; the others, where it is likely."""
    asking: Collection[str] = ()
    """Words that only ask: no phrase is made of them alone."""
    closed: Collection[str] = ()
    """Those that ask for a yes or no, and others that do."""
    referring: Collection[str] = ()
    """Words that stand for what was said before."""
    spelt: Iterable[str] = ()
    """Further words that are no misspellings."""


class Index:
    """Entries that can be asked for.

    Words and phrases are known by their numbers, so that a language takes little memory.

    Args:
        asked: what can be asked for.
        words: how its words are told from each other.
    """

    def __init__(self, asked: Askable, words: Stems) -> None:
        self._words, self._asks = words, WordList(asked.asking)
        self._entries, self._referring = [*asked.ways], frozenset(asked.referring)
        self._unknown = log(1 + len(asked.ways))
        closed = frozenset(asked.closed)
        opening = [word for word in self._asks if word not in closed]
        self._asking = frozenset(map(words.stem, self._asks))
        self._open = frozenset(map(words.stem, opening))
        openings = "|".join(map(re.escape, sorted(opening))) or "$^"
        self._openings = re.compile(rf"(?<=\s)(?:{openings})(?=['’]?s?\s)", re.IGNORECASE)
        """A word that asks for more than a yes or no, inside a text."""
        self._phrased(asked.ways, asked.anywhere, closed)
        self._known(asked.further)
        self._real = WordSet(map(words.stem, asked.spelt))
        self._spelt = self._spellings()

    def _phrased(
        self,
        ways: Mapping[str, Sequence[str]],
        anywhere: Mapping[str, int],
        closed: AbstractSet[str],
    ) -> None:
        """Numbers the phrases, and the words in them."""
        numbers: dict[str, int] = {}
        phrases: list[list[int]] = []
        entries, flags = list[int](), bytearray()
        for number, (entry, said) in enumerate(ways.items()):
            everywhere = anywhere.get(entry, len(said))
            for at, way in enumerate(said):
                words = frozenset(self._words.stems(way))
                telling = len(words - self._asking)
                if telling:
                    phrases.append([numbers.setdefault(word, len(numbers)) for word in words])
                    entries.append(number)
                    flags.append(
                        _HERE * (at >= everywhere)
                        + _CLOSED * (way.split()[0] in closed)
                        + _ASKS * (telling < len(words))
                        + _SEVERAL * (telling > 1)
                    )
        self._entry_of, self._flags = array("H", entries), bytes(flags)
        self._phrases = _Lists.of(phrases)
        having: list[list[int]] = [[] for _ in numbers]
        for at, words_of in enumerate(phrases):
            for word in words_of:
                having[word].append(at)
        self._having = _Lists.of(having)
        rare = (len({entries[at] for at in ats}) for ats in having)
        self._weights = array("f", [log(1 + len(ways) / entries_with) for entries_with in rare])
        weighed = [sum(map(self._weights.__getitem__, words)) or 1.0 for words in phrases]
        self._phrase_weights = array("f", weighed)
        self._numbers = WordSet(numbers)

    def _known(self, further: Mapping[str, str]) -> None:
        """The entries by each word that they know; of words that are in no phrase apart."""
        entries = [
            {self._entry_of[at] for at in self._having[word]} for word in range(len(self._numbers))
        ]
        beside: dict[str, set[int]] = {}
        for number, entry in enumerate(self._entries):
            for word in self._words.stems(further.get(entry, "").casefold()):
                at = self._numbers.place(word)
                (beside.setdefault(word, set()) if at is None else entries[at]).add(number)
        self._knowing = _Lists.of(map(sorted, entries))
        self._beside = {word: array("H", sorted(found)) for word, found in beside.items()}

    def _spellings(self) -> Mapping[str, WordList]:
        """Every word that a misspelt one may be, by its first letter, which is never wrong.

        Behind each stands what it counts as: a small one as nothing.
        """
        stem = self._words.stem
        found = dict.fromkeys(self._words.small, "")
        found |= {stem(said): stem(word) for said, word in self._words.meant()}
        found |= dict.fromkeys(self._numbers, _ITSELF)
        known = sorted(one for one in found.items() if len(one[0]) >= LONG_WORD - 1)
        by_letter = groupby(known, lambda one: one[0][0])
        return {letter: WordList(chain.from_iterable(those)) for letter, those in by_letter}

    def ranked(
        self,
        text: str,
        names: Mapping[str, str] | None = None,
        likely: AbstractSet[str] = frozenset(),
    ) -> list[Found]:
        """The entries that share a telling word with a text, the nearest first.

        Args:
            text: as typed.
            names: what the names of the network are: `{"w12": "weight"}`.
            likely: entries that are often asked for here.
        """
        best: dict[str, float] = {}
        for part in self._parts(self._words.heard(text[:LONGEST])):
            for words in self._readings(part, names or {}):
                for entry, near in self._near(words, likely).items():
                    best[entry] = max(best.get(entry, 0.0), near)
        found = [Found(e, like + LIKELY * (e in likely and like > 0.5)) for e, like in best.items()]
        return sorted(found, key=lambda one: -one.likeness)

    def _parts(self, text: str) -> list[str]:
        """A text, and those of its parts that tell something alone.

        A part is a clause, or what stands in one from a word that asks on, where nothing is told
        before that. "Who chose that?" is about the part before it.
        """
        found = {text: None}
        for clause in _CLAUSE.split(text):
            for at in (0, *(opening.start() for opening in self._openings.finditer(clause))):
                part = clause[at:]
                words, told = tokens(part.casefold()), self.told(part)
                before = self.told(text[: text.index(clause) + at])
                refers = not self._referring.isdisjoint(words)
                alone = told > 1 or not before or not refers
                stems = self._words.stems(part.casefold())
                only_numbers = self._asking.isdisjoint(stems) and all(map(_is_number, stems))
                if len(words) > 1 and alone and not (self.told(clause[:at]) or only_numbers):
                    found[part] = None
        return list(found)

    def told(self, text: str) -> int:
        """How many known words of a text do not only ask; a number is one."""
        return sum(
            _is_number(word) or (word in self._numbers and word not in self._asking)
            for word in self._words.stems(text.casefold())
        )

    def nearest(
        self,
        text: str,
        names: Mapping[str, str] | None = None,
        likely: AbstractSet[str] = frozenset(),
        near: float = NEAR,
    ) -> str | None:
        """The entry that a text asks for, or None where none is near, or two are as near."""
        first, second = [*self.ranked(text, names, likely), *[Found("", 0.0)] * 2][:2]
        found = first.likeness >= near and first.likeness - second.likeness >= CLEAR
        return first.entry if found else None

    def tells(self, text: str, names: Mapping[str, str]) -> bool:
        """Whether a text has any word but small ones and those that only ask."""
        heard = self._words.heard(text[:LONGEST])
        return any(words - self._asking for words in self._readings(heard, names))

    def only_names(self, text: str, names: Mapping[str, str]) -> bool:
        """Whether a text tells nothing but names and what it asks: "why w12?"."""
        nothing = dict.fromkeys(names, next(iter(self._words.small), ""))
        return self.tells(text, names) and not self.tells(text, nothing)

    def words(self, text: str) -> int:
        """How many telling words a text has."""
        return self._words.count(text)

    def asks(self, text: str) -> bool:
        """Whether a text has a word that only asks."""
        return bool(self.asked(text))

    def asked(self, text: str) -> set[str]:
        """The words of a text that only ask."""
        stems = self._words.stems(self._words.heard(text[:LONGEST]).casefold())
        return {word for word in self._asks if self._words.stem(word) in stems}

    def _near(self, words: frozenset[str], likely: AbstractSet[str]) -> dict[str, float]:
        """How near a text of these words is to each entry that has a telling one of them."""
        whole, shared = self._weight(words), defaultdict[int, float](float)
        explained = defaultdict[int, float](float)
        telling = words - self._asking
        for word in words:
            if (number := self._numbers.place(word)) is None:
                weight, entries = self._unknown, self._beside.get(word, ())
            else:
                weight, entries = self._weights[number], self._knowing[number]
                for at in self._having[number] if word in telling else ():
                    shared[at] += weight
            for entry in entries:
                explained[entry] += weight
        asked = words & self._asking
        opened = asked & self._open
        places = map(self._numbers.place, asked)
        asks = [(at, self._weights[at]) for at in places if at is not None]
        best: dict[int, float] = {}
        for at, told in shared.items():
            entry, flags = self._entry_of[at], self._flags[at]
            if flags & _HERE and self._entries[entry] not in likely:
                continue
            both, answers = told, not flags & _ASKS and not (flags & _CLOSED and opened)
            if asks:
                said = self._phrases[at]
                found = [weight for number, weight in asks if number in said]
                both, answers = told + sum(found), answers or bool(found)
            covered = both / self._phrase_weights[at]
            like = (1 - VERBATIM) * covered * (explained[entry] / whole)
            like += VERBATIM * both / whole
            if asked and not answers:
                like *= OTHERWISE
            if len(telling) == 1 and flags & _SEVERAL:
                like *= THIN
            best[entry] = max(best.get(entry, 0.0), like)
        return {self._entries[entry]: like for entry, like in best.items()}

    def _weight(self, words: AbstractSet[str]) -> float:
        known = map(self._numbers.place, words)
        weights = (self._unknown if at is None else self._weights[at] for at in known)
        return sum(weights) or 1.0

    def _readings(self, text: str, names: Mapping[str, str]) -> list[frozenset[str]]:
        """The telling words of a text; its numbers as they are, and as any number."""
        written = _PERCENT.sub(PERCENT, plain(text)[0].casefold())
        written = _WORKING.sub(f" {WORKING} ", written)
        stems = [self._corrected(stem) for stem in self._words.stems(written, names)]
        any_number = frozenset(ANY_NUMBER if _is_number(t) else t for t in stems if t)
        as_is = frozenset(
            ANY_NUMBER if _is_number(t) and t not in self._numbers else t for t in stems if t
        )
        return list({as_is: None, any_number: None})

    def _corrected(self, stem: str) -> str:
        """The known word that this may be a misspelling of; nothing where that is a small one."""
        if stem in self._numbers or len(stem) < LONG_WORD or not stem.isalpha():
            return stem
        if stem in self._real:
            return stem
        most = 2 if len(stem) >= LONGER_WORD else 1
        known: list[str] = [*self._spelt.get(stem[0], ())]
        close = process.extractOne(stem, known[::2], scorer=OSA.distance, score_cutoff=most)
        if close is None or not _alike(close[0], stem):
            return stem
        meaning = known[2 * close[2] + 1]
        return close[0] if meaning == _ITSELF else meaning


def _alike(known: str, typed: str) -> bool:
    """Whether two words of one first letter open alike, as a misspelling does, be it by a swap."""
    return known[1] == typed[1] or known[1:3] == typed[2:0:-1]


def _is_number(token: str) -> bool:
    return token[-1].isdecimal() and not any(map(str.isalpha, token))
