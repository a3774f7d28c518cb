"""How learners spell: a text in the spelling of a language's lists, so that its words are found.

Accents are left out or put where they do not belong, and names take endings behind an apostrophe.
Where words stand without spaces, a text is cut into the words that are listed: as few as there can
be, and the longest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pydantic import BaseModel

from content.word_lists import Meanings, WordList
from engine.word_set import WordSet

UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The letters of scripts that put no spaces between words, as in a character class."""

_GAP = re.compile(rf"(?<=[{UNSPACED}]) +(?=[{UNSPACED}])")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_RUN = re.compile(rf"[^\s]*[{UNSPACED}][^\s]*")
_LATIN = re.compile(r"[A-Za-z0-9_]+")
_DECIMALS_BEFORE = "|".join(rf"(?<=\.\d{{{places}}})" for places in range(1, 7))
_PAUSE = re.compile(
    rf"(?<!\d)[，。、](?=\S)|[，。、](?=[^\s\d])|(?:{_DECIMALS_BEFORE})[，、](?=\S)"
)
"""A pause in a script without spaces; not a comma that may be a decimal one."""
_OPENING = "-−+(√|"
"""What may open a number or working."""
_SLOT = re.compile(r"\{\w+\}")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{2,}(?!\w)")
_ENDING = re.compile(r"(?<=\d)['’]([^\W\d_]+)")
_SKELETON = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_DIAERESIS = "\u0308"


class Spelling:
    """The spelling of some listed words.

    Args:
        listed: words and phrases in lists, tables of them, or models.
        further: those that a text is not cut into, likewise.
    """

    def __init__(self, listed: object, further: object = ()) -> None:
        unspaced = [word for word in _words_in(listed) if _UNSPACED.search(word)]
        self._longest = max(map(len, unspaced), default=0)
        """Letters in the longest word of a script without spaces."""
        self._cuts = WordSet(_words_in(listed) if unspaced else ())
        """What a text is cut into."""
        every = (word for word in _words_in((listed, further)) if not _UNSPACED.search(word))
        tokens = {one for word in every for one in _TOKEN.findall(word)}
        endings = (word.replace("’", "'").partition("'")[2] for word in tokens)
        self._endings = frozenset(filter(None, endings))
        """What stands behind an apostrophe in listed words: "s" of "it's"."""
        accented: dict[str, str] = {}
        for word in sorted(tokens):
            if not word.isascii() and word.isalpha():
                for bare in (_skeleton(word), _skeleton(word, "e")):
                    if bare != word:
                        accented.setdefault(bare, word)
        self._accented = Meanings(accented)
        """The words with accents, by what they are without."""
        as_listed = (word for word in tokens if _skeleton(word) in accented)
        self._as_listed = Meanings(dict.fromkeys(as_listed, ""))
        """The words that would be another one without their accents."""

    @classmethod
    def of(cls, *lists: object, further: object = ()) -> Spelling:
        """The spelling of all words in some lists."""
        return cls(lists, further)

    def respelt(self, word: str) -> str:
        """A word as it is listed, or as it is where it is not."""
        said = word.casefold()
        return word if said in self._as_listed else self._accented.get(_skeleton(said), word)

    def __call__(self, text: str) -> str:
        """A text as it would be spelt with these words; what they do not know is left as it is.

        >>> spelling = Spelling.of(["más", "el", "不", "增大", "吗"])
        >>> spelling("mas"), spelling("EL MAS"), spelling("不增大吗？"), spelling("w11'in 0.3")
        ('más', 'EL más', '不 增大 吗？', 'w11 0.3')
        """
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
            if self._longest and _UNSPACED.search(text):
                text = self._cut(text)
        if self._accented:
            text = _WORD.sub(lambda found: _respelt(self, found[0]), text)
        if "'" in text or "’" in text:
            text = _ENDING.sub(self._ended, text)
        return text

    def joined(self, text: str) -> str:
        """A text as it is written, where it was cut."""
        return text if text.isascii() else _GAP.sub("", text)

    def _ended(self, found: re.Match[str]) -> str:
        return found[0] if found[1].casefold() in self._endings else ""

    def _cut(self, text: str) -> str:
        """A text with spaces between its words, and after its pauses."""
        paused = _PAUSE.sub(r"\g<0> ", _GAP.sub("", text))
        return _RUN.sub(lambda run: self._parted(run[0]), paused)

    def _parted(self, run: str) -> str:
        """A run of letters and signs with spaces between its words."""
        ends = [(0, 0, len(run))] * (len(run) + 1)
        for start in reversed(range(len(run))):
            ends[start] = min(
                (ends[end][0] + unknown, ends[end][1] + 1, -end)
                for end, unknown in self._ends(run, start)
            )
        parts, start, known = [""], 0, True
        while start < len(run):
            end = -ends[start][2]
            part, was_known = run[start:end], known
            known = part in self._cuts
            before = parts[-1][-1:]
            unknown = _is_unspaced(before) and _is_unspaced(part[0]) and not (known or was_known)
            apart = _is_unspaced(before) and (part[0].isalnum() or part[0] in _OPENING)
            if not unknown and (apart or (before.isalnum() and _is_unspaced(part[0]))):
                parts.append(part)
            else:
                parts[-1] += part
            start = end
        return " ".join(parts)

    def _ends(self, run: str, start: int) -> Iterator[tuple[int, int]]:
        """Where a word may end that starts at a place, and how many letters of it are unknown."""
        latin = _LATIN.match(run, start)
        yield latin.end() if latin else start + 1, int(_is_unspaced(run[start]))
        for end in range(start + 1, min(len(run), start + self._longest) + 1):
            whole = not _LATIN.fullmatch(run[end - 1 : end + 1]) or end == len(run)
            if whole and run[start:end] in self._cuts:
                yield end, 0


@lru_cache(maxsize=256)
def _respelt(spelling: Spelling, word: str) -> str:
    """The words that were typed last are asked about again and again."""
    return spelling.respelt(word)


def _is_unspaced(letter: str) -> bool:
    return _UNSPACED.match(letter) is not None


def _skeleton(word: str, umlaut: str = "") -> str:
    """A word without its accents.

    >>> _skeleton("größer"), _skeleton("größer", "e"), _skeleton("artır")
    ('grosser', 'groesser', 'artir')
    """
    letters = unicodedata.normalize("NFD", word.casefold()).replace(_DIAERESIS, umlaut)
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return bare.translate(_SKELETON)


def _words_in(listed: object) -> Iterator[str]:
    """Every word in some lists; of a pattern, what stands around its slot."""
    if isinstance(listed, str):
        yield from (part for part in _SLOT.split(listed) if part)
    elif isinstance(listed, BaseModel):
        yield from _words_in(dict(listed))
    elif isinstance(listed, Mapping):
        yield from _words_in((*listed, *listed.values()))
    elif isinstance(listed, Iterable):
        for one in listed.single_words() if isinstance(listed, WordList) else listed:
            yield from _words_in(one)


NO_SPELLING = Spelling(frozenset())
"""Texts as they are typed."""
