"""What reading knows of a language: the words that may stand in an answer, by what they do.

They are data, handed in: `content/<language>/typed.toml`. Names of functions are notation, the same
in every language, and stand in `scanner.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise

from engine.alternatives import any_of
from engine.word_set import WordSet

_DOT_TIMES = re.compile(
    r"(?:[0-9],[0-9]+\.|[0-9)] \. |[0-9)]\.(?=\())(?=[-(]*[0-9])"
    r"|\b[A-Za-z]+[0-9]+\.(?=[A-Za-z]+[0-9])"
)
"""A point that multiplies where the decimal mark is a comma: 0,7.0,3 and 7 . 3 and x2.w12."""
_APART = re.compile(r"(?<=(?<![\w.,])0)(?:\s*,\s*(?=0[0-9])|\s+,(?=[0-9]))")
"""A decimal comma with a space beside it: `0, 03`."""
_HYPHEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SIGN_BEHIND = re.compile(r"(?<![\w.,(+*/-])([0-9]+(?:[.,][0-9]+)?)-(?=\s*(?:=|$))")
_WORD = re.compile(r"[^\W\d_]+")
_OPERATIONS = ("PLUS", "MINUS", "TIMES", "OVER", "2", "3")
SHORT, ALIKE = 2, 0.8
"""Words of so few letters stand in others by chance; so alike is a word misspelt."""
_NONE: AbstractSet[str] = frozenset()


def _no_words() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """One language's words, in lower case, as its `typed.toml` lists and explains them.

    `signs` are words and phrases for a sign, each with the kind of its token (SIGN for a minus that
    never subtracts) or its power; `numbers` and `digits` are those for a number, with its digits.
    """

    signs: Mapping[str, str] = field(default_factory=_no_words)
    numbers: Mapping[str, str] = field(default_factory=_no_words)
    digits: Mapping[str, str] = field(default_factory=_no_words)
    point: AbstractSet[str] = _NONE
    not_finite: AbstractSet[str] = _NONE
    inside_names: AbstractSet[str] = _NONE
    leading: AbstractSet[str] = _NONE
    trailing: AbstractSet[str] = _NONE
    negations: AbstractSet[str] = _NONE
    takes_back: AbstractSet[str] = _NONE
    unchanged: AbstractSet[str] = _NONE
    questions: AbstractSet[str] = _NONE
    guesses: AbstractSet[str] = _NONE
    starters: AbstractSet[str] = _NONE
    hedges: AbstractSet[str] = _NONE
    no: AbstractSet[str] = _NONE
    after_no: AbstractSet[str] = _NONE
    because: AbstractSet[str] = _NONE
    turns: AbstractSet[str] = _NONE
    so: AbstractSet[str] = _NONE
    joins: AbstractSet[str] = _NONE
    then: AbstractSet[str] = _NONE
    several: AbstractSet[str] = _NONE
    comparing: AbstractSet[str] = _NONE
    comparing_behind: AbstractSet[str] = _NONE
    decimal_comma: bool = False
    """Whether the decimal mark is a comma, so that `1,252` is no thousand."""
    point_signs: AbstractSet[str] = _NONE
    """Signs that stand for the decimal mark besides point and comma: 0'26 in Spain."""
    sign_behind: bool = False
    """Whether a minus behind a number is its own, as where one writes from the right."""
    among_others: bool = False
    """Whether one number is taken among words that are not listed."""
    number_joins: AbstractSet[str] = _NONE
    fractions: Mapping[str, str] = field(default_factory=_no_words)
    """What parts of one are called, each with how many of them make one."""
    negative_behind: AbstractSet[str] = _NONE
    """What makes the number before it negative: "0.21 but with a minus"."""
    denials_follow: bool = False
    """Whether a denial stands behind what it denies: "0.882 değil 0.918"."""

    def pointed(self, text: str) -> str:
        """A text with signs as elsewhere: decimal marks, points that multiply, a minus behind."""
        text = text.replace("¿", " ").replace("¡", " ")
        for sign in self.point_signs:
            text = re.sub(rf"(?<=[0-9]){re.escape(sign)}(?=[0-9])", ".", text)
        if self.sign_behind:
            text = _SIGN_BEHIND.sub(r"-\1", text)
        if "-" in text:
            text = _HYPHEN.sub(self._hyphened, text)
        if self.decimal_comma:
            text = _APART.sub(",", text)
        if self.decimal_comma and "." in text:
            return _DOT_TIMES.sub(lambda found: found[0].replace(".", "*"), text)
        return text

    def _hyphened(self, found: re.Match[str]) -> str:
        """Words with hyphens; without them where they are a number: quarante-cinq."""
        words = found[0].split("-")
        numbers = all(map(self.says_number, (word.casefold() for word in words)))
        return " ".join(words) if numbers else found[0]

    def says_number(self, word: str) -> bool:
        """Whether a word is a number, part of one, or what joins its parts."""
        return word in self._saying_numbers

    @cached_property
    def _saying_numbers(self) -> AbstractSet[str]:
        parts = (*self.digits, *self.point, *self.number_joins, *self.fractions)
        return WordSet((*self.numbers, *parts))

    def computes(self, word: str) -> bool:
        """Whether a word stands for a number or a sign, or changes what stands beside it."""
        return word in self._computing

    @cached_property
    def _computing(self) -> AbstractSet[str]:
        signs = (word for word, kind in self.signs.items() if kind != "EQUALS")
        single = {part for word in (*signs, *self.numbers, *self.digits) for part in word.split()}
        aside = self.leading | self.trailing | self.negations
        return WordSet((single | self.takes_back | self.several) - aside)

    def _whole(self, words: Iterable[str]) -> re.Pattern[str]:
        """Any of some words, as a whole one; in Arabic "and" may be written to it."""
        glued = _any_of(one for one in self.number_joins if one.upper() == one.lower())
        return re.compile(rf"(?i)(?<!\w){glued}?{_any_of(words)}(?!\w)")

    @cached_property
    def operation(self) -> re.Pattern[str]:
        """A word for an operation."""
        return self._whole(word for word, kind in self.signs.items() if kind in _OPERATIONS)

    @cached_property
    def parts_clauses(self) -> re.Pattern[str]:
        """What parts one clause from the next: a pause, or a word that turns and denies nothing."""
        denying = self.no | self.negations
        turns = any_of(one for one in self.turns if denying.isdisjoint(one.split()))
        return re.compile(rf"(?i)[,;:.](?=\s|$)|(?<!\w){turns}(?!\w)")

    @cached_property
    def said_twice(self) -> re.Pattern[str]:
        """A word for "negative" before a number that has its minus."""
        signs = any_of(word for word, kind in self.signs.items() if kind == "SIGN")
        return re.compile(rf"(?i)(?<!\w){signs}\s*:?\s+(?=-[0-9.,])")

    @cached_property
    def result(self) -> re.Pattern[str]:
        """What says that a result follows."""
        equal = (word for word, kind in self.signs.items() if kind == "EQUALS")
        return self._whole((*equal, *self.so))

    def hints_at_sign(self, text: str, *, plainly: bool = True) -> bool:
        """Whether a word is, holds or misspells one for a minus, and none is one for a plus.

        What is denied ("no minus") and, as a misspelling, what is a word itself count for nothing.

        Args:
            text: beside a number.
            plainly: whether a word that just says minus counts too.
        """
        minus = [word for word, kind in self.signs.items() if kind in ("MINUS", "SIGN")]
        minus = [word for word in minus if len(word) > SHORT or word.upper() == word.lower()]
        said = _WORD.findall(text.casefold())
        return not any(self.signs.get(word) == "PLUS" for word in said) and any(
            any(one in word for one in minus)
            or (word not in self and get_close_matches(word, minus, 1, ALIKE))
            for before, word in pairwise(("", *said))
            if (plainly or word not in minus) and before not in self.negations
        )

    def denies(self, word: str) -> bool:
        """Whether a word denies or asks, so that it may not stand in a label."""
        return word in self.negations or word in self.questions

    def __contains__(self, word: object) -> bool:
        """Whether any list has a word."""
        lists = (getattr(self, one.name) for one in fields(self))
        return any(word in one for one in lists if not isinstance(one, bool))

    @cached_property
    def spoken_digits(self) -> Mapping[str, str]:
        """Every word for a digit where a number is dictated."""
        return {word: n for word, n in self.numbers.items() if len(n) == 1} | dict(self.digits)

    @cached_property
    def spoken(self) -> str:
        """The pattern of a number as dictation writes it: zero point oh three, 0 point 03."""
        whole = [*self.spoken_digits, *(word for word, n in self.numbers.items() if n.isdigit())]
        digit = rf"(?:[0-9]+(?![.,][0-9])|{_any_of(self.spoken_digits)})\b"
        return rf"(?i:(?:(?:[0-9]+|{_any_of(whole)}) +)?{_any_of(self.point)}(?: +{digit})+)"

    @cached_property
    def phrases(self) -> str:
        """The pattern of every sign or number of several words."""
        return rf"(?i:{_any_of(word for word in (*self.signs, *self.numbers) if ' ' in word)}\b)"

    @cached_property
    def comparison(self) -> re.Pattern[str]:
        """What makes a number beside it one that is only compared with: "more than" 0.9."""
        before, behind = _any_of(self.comparing), _any_of(self.comparing_behind)
        number = r"\s*[-+]?[.,]?[0-9]"
        return re.compile(rf"(?i)(?<!\w){before}(?={number})|(?<=[0-9])\s*{behind}(?!\w)")

    @cached_property
    def unfinished(self) -> re.Pattern[str]:
        """A word or sign at the end that more must follow: "I take 0.7 and", "0.3 + 0.7 *"."""
        joins = _any_of(self.joins - self.trailing)
        return re.compile(rf"(?i)(?:(?<!\w){joins}|[+*/×÷·])[\s.…]*$")

    @cached_property
    def takes_another(self) -> re.Pattern[str]:
        """What takes back the number before it, and lets another follow: "no, sorry"."""
        return self._whole(self.turns | self.no)

    @cached_property
    def turns_negative(self) -> re.Pattern[str]:
        """A number without a sign, and behind it what makes it negative."""
        behind = _any_of(self.negative_behind)
        number = r"(?<![\w.,+-])([0-9]+(?:[.,][0-9]+)?)"
        return re.compile(rf"(?i){number}\s*[,;]?\s*{behind}(?!\w)(?!\s*[-+(]*[0-9.,])")

    @cached_property
    def between_labelled(self) -> re.Pattern[str]:
        """What stands between two labelled values: a line end, or anything before a label."""
        equal = [word for word, kind in self.signs.items() if kind == "EQUALS"]
        label = rf"(?=\s*[^\W\d_][\w.']*\s*(?:[=:≈~]|{_any_of(equal)}\b))"
        joins = rf"{_any_of(self.joins)}\s"
        return re.compile(
            rf"[;\n](?!\s*=)|,(?:\s+{joins})?{label}|(?<=[0-9.)%\]])\s+(?:{joins})?{label}"
        )

    @cached_property
    def sign_follows(self) -> re.Pattern[str]:
        """Another sign, in characters or as a word."""
        words = [word for word, kind in self.signs.items() if kind in ("PLUS", "MINUS", "SIGN")]
        return re.compile(rf" *(?:[-+]|(?i:{_any_of(words)}\b))")


def _any_of(words: Iterable[str]) -> str:
    """The pattern of any of some words, the longest first; of none, what matches nothing."""
    found = set(words)
    return any_of(found).replace(r"\ ", " +") if found else "(?!)"


NO_WORDS = Words()
"""Digits, signs and names alone."""
