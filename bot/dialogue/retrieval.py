"""Which of some entries a text asks for, by its words: typos are allowed, and nothing is forced.

Each entry lists ways to ask for it. A text is near one of them when it has most of the phrase's
words, and when most of the text's own words are some of the entry's. A rare word weighs more than a
common one, and a word that no entry knows the most: it may be what the text is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from engine.reading.characters import plain

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
LONGEST_PHRASE = 6
"""Words of a phrase that means the same as one word."""

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_WORKING = re.compile(rf"\(?{_NUMBER}\)?(?:\s*[-+*/×·÷^]\s*\(?{_NUMBER}\)?)+")
_PERCENT = re.compile(rf"{_NUMBER}\s*%")
_CLAUSE = re.compile(r"[?!;:\n]+\s*|[,.]\s+")
_TOKEN = re.compile(r"[^\W\d_]+\d+|\d*[^\W\d_]+|##|#|(?<![\w.])\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and how near a text is to it: from 0 to 1, a little more where it is likely."""

    entry: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to ask for an entry."""

    entry: str
    words: frozenset[str]
    asks: frozenset[str]
    """Those of them that only ask."""
    here: bool
    """Whether it counts only where its entry is likely."""
    closed: bool
    """Whether it asks for a yes or no."""


@dataclass(frozen=True, eq=False)
class Index:
    """Entries that can be asked for.

    Args:
        ways: the ways to ask for each entry.
        further: other words that each entry knows.
        small: words that tell nothing.
        same: what means the same as a word; phrases too.
        asking: words that only ask: no phrase is made of them alone.
        closed: those that ask for a yes or no, and others that do.
        referring: words that stand for what was said before.
        spelt: further words that are no misspellings.
        anywhere: how many of an entry's ways count everywhere; the others, where it is likely.
        called: what the language calls what a name is: a weight, an input.
        endings: what is cut off words, so that their forms are alike; the longest first.
        keeps: ends of words that nothing is cut off.
        heard: turns a text into the spelling of all these words.
    """

    ways: Mapping[str, Sequence[str]]
    further: Mapping[str, str]
    small: AbstractSet[str]
    same: Mapping[str, Sequence[str]]
    asking: AbstractSet[str] = frozenset()
    closed: AbstractSet[str] = frozenset()
    referring: AbstractSet[str] = frozenset()
    spelt: AbstractSet[str] = frozenset()
    anywhere: Mapping[str, int] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    endings: Sequence[str] = ()
    keeps: tuple[str, ...] = ()
    heard: Callable[[str], str] = str

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
        for part in self._parts(self.heard(text[:LONGEST])):
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
                words, told = _tokens(part.casefold()), self.told(part)
                before = self.told(text[: text.index(clause) + at])
                refers = not self.referring.isdisjoint(words)
                alone = told > 1 or not before or not refers
                stems = self._stems(part.casefold())
                only_numbers = self._asking.isdisjoint(stems) and all(map(_is_number, stems))
                if len(words) > 1 and alone and not (self.told(clause[:at]) or only_numbers):
                    found[part] = None
        return list(found)

    def told(self, text: str) -> int:
        """How many known words of a text do not only ask; a number is one."""
        return len([word for word in self._stems(text.casefold()) if self._tells(word)])

    def _tells(self, word: str) -> bool:
        return _is_number(word) or (word in self._weights and word not in self._asking)

    @cached_property
    def _openings(self) -> re.Pattern[str]:
        """A word that asks for more than a yes or no, inside a text."""
        words = "|".join(map(re.escape, sorted(self.asking - self.closed))) or "$^"
        return re.compile(rf"(?<=\s)(?:{words})(?=['’]?s?\s)", re.IGNORECASE)

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
        heard = self.heard(text[:LONGEST])
        return any(words - self._asking for words in self._readings(heard, names))

    def only_names(self, text: str, names: Mapping[str, str]) -> bool:
        """Whether a text tells nothing but names and what it asks: "why w12?"."""
        nothing = dict.fromkeys(names, next(iter(self.small), ""))
        return self.tells(text, names) and not self.tells(text, nothing)

    def words(self, text: str) -> int:
        """How many telling words a text has."""
        return len(self._stems(self.heard(text)))

    def asks(self, text: str) -> bool:
        """Whether a text has a word that only asks."""
        return bool(self.asked(text))

    def asked(self, text: str) -> set[str]:
        """The words of a text that only ask."""
        stems = self._stems(self.heard(text[:LONGEST]).casefold())
        return {word for word in self.asking if self._stemmed(word) in stems}

    def _near(self, words: frozenset[str], likely: AbstractSet[str]) -> dict[str, float]:
        """How near a text of these words is to each entry that has a telling one of them."""
        whole, shared = self._weight(words), defaultdict[int, float](float)
        telling = words - self._asking
        for word in telling:
            for at in self._having.get(word, ()):
                shared[at] += self._weights[word]
        asked = words & self._asking
        opened = asked & self._open
        asks = [(word, self._weights.get(word, 0.0)) for word in asked]
        explained: dict[str, float] = {}
        best: dict[str, float] = {}
        for at, told in shared.items():
            phrase = self._phrases[at]
            entry = phrase.entry
            if phrase.here and entry not in likely:
                continue
            if entry not in explained:
                explained[entry] = self._weight(words & self._known[entry]) / whole
            both = told + sum(weight for word, weight in asks if word in phrase.words)
            covered = both / self._phrase_weights[at]
            like = (1 - VERBATIM) * covered * explained[entry] + VERBATIM * both / whole
            answers = phrase.asks or ({""} if phrase.closed and opened else set())
            if asked and answers and asked.isdisjoint(answers):
                like *= OTHERWISE
            if len(telling) == 1 and len(phrase.words - self._asking) > 1:
                like *= THIN
            best[entry] = max(best.get(entry, 0.0), like)
        return best

    def _weight(self, words: AbstractSet[str]) -> float:
        return sum(self._weights.get(word, self._unknown) for word in words) or 1.0

    def _readings(self, text: str, names: Mapping[str, str]) -> list[frozenset[str]]:
        """The telling words of a text; its numbers as they are, and as any number."""
        written = _PERCENT.sub(PERCENT, plain(text)[0].casefold())
        written = _WORKING.sub(f" {WORKING} ", written)
        tokens = [self._corrected(stem) for stem in self._stems(written, names)]
        any_number = frozenset(ANY_NUMBER if _is_number(t) else t for t in tokens if t)
        as_is = frozenset(
            ANY_NUMBER if _is_number(t) and t not in self._weights else t for t in tokens if t
        )
        return list({as_is: None, any_number: None})

    def _stems(self, text: str, names: Mapping[str, str] | None = None) -> list[str]:
        """The telling words of a text, each as its stem."""
        words = [self._named(token, names or {}) for token in _tokens(text)]
        found, at = [], 0
        while at < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                said = " ".join(words[at : at + length])
                if length == 1 or said in self._meant:
                    break
            word = self._meant.get(said, said)
            if word not in self._small:
                found.append(self._stemmed(word))
            at += length
        return found

    def _named(self, token: str, names: Mapping[str, str]) -> str:
        """A word, or what the language calls what it names."""
        role = names.get(token)
        return token if role is None else self.called.get(role, role)

    def _stemmed(self, word: str) -> str:
        """A word without its ending, so that its forms are alike: "squaring" is "squared"."""
        if not word.isalpha() or word.endswith(self.keeps):
            return word
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word.removesuffix(ending)
                break
        return word.rstrip("iy") or word

    def _corrected(self, stem: str) -> str:
        """The known word that this may be a misspelling of; nothing where that is a small one."""
        if (
            stem in self._weights
            or stem in self._real
            or len(stem) < LONG_WORD
            or not stem.isalpha()
        ):
            return stem
        most = 2 if len(stem) >= LONGER_WORD else 1
        close = process.extractOne(stem, self._spelt, scorer=OSA.distance, score_cutoff=most)
        if close is None or not _alike(close[0], stem):
            return stem
        return self._spelt_for[close[0]]

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(word.replace("'", "") for word in self.small)

    @cached_property
    def _asking(self) -> frozenset[str]:
        return frozenset(map(self._stemmed, self.asking))

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(map(self._stemmed, self.asking - self.closed))

    @cached_property
    def _real(self) -> frozenset[str]:
        return frozenset(map(self._stemmed, self.spelt))

    @cached_property
    def _meant(self) -> dict[str, str]:
        """The word that each other word, or phrase, means the same as."""
        return {" ".join(_tokens(said)): word for word, ways in self.same.items() for said in ways}

    @cached_property
    def _phrases(self) -> list[_Phrase]:
        found = []
        for entry, ways in self.ways.items():
            anywhere = self.anywhere.get(entry, len(ways))
            for at, said in enumerate(ways):
                words, closed = frozenset(self._stems(said)), said.split()[0] in self.closed
                if words - self._asking:
                    asks = words & self._asking
                    found.append(_Phrase(entry, words, asks, at >= anywhere, closed))
        return found

    @cached_property
    def _phrase_weights(self) -> list[float]:
        return [self._weight(phrase.words) for phrase in self._phrases]

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        """The phrases by each of their words."""
        found: dict[str, list[int]] = {}
        for at, phrase in enumerate(self._phrases):
            for word in phrase.words:
                found.setdefault(word, []).append(at)
        return found

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        """Every word of each entry."""
        found = {entry: {*self._stems(said.casefold())} for entry, said in self.further.items()}
        for phrase in self._phrases:
            found.setdefault(phrase.entry, set()).update(phrase.words)
        return {entry: frozenset(words) for entry, words in found.items()}

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How much each word tells: the fewer entries have it, the more."""
        entries = {w: {self._phrases[at].entry for at in ats} for w, ats in self._having.items()}
        return {word: log(1 + len(self.ways) / len(found)) for word, found in entries.items()}

    @cached_property
    def _unknown(self) -> float:
        return log(1 + len(self.ways))

    @cached_property
    def _spelt_for(self) -> dict[str, str]:
        """Every word that a misspelt one may be, and what it counts as: small ones as nothing."""
        found = dict.fromkeys(self._small, "")
        found |= {self._stemmed(said): self._stemmed(word) for said, word in self._meant.items()}
        found |= {word: word for word in self._weights}
        return {word: meant for word, meant in found.items() if len(word) >= LONG_WORD - 1}

    @cached_property
    def _spelt(self) -> list[str]:
        return sorted(self._spelt_for)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("'", ""))


def _alike(known: str, typed: str) -> bool:
    """Whether two words open alike, as a word and its misspelling do; letters may be swapped."""
    return known[:2] == typed[:2] or (known[0] == typed[0] and known[1:3] == typed[2:0:-1])


def _is_number(token: str) -> bool:
    return token[-1].isdecimal() and not any(map(str.isalpha, token))
