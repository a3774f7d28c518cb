"""Numbers as a language writes them: what the tutor wrote is turned at the edge, nothing else is.

Engine and authors write `0.03`, `(0.6, 0.7)`, `max(0, z)`, `5,000` and `71%`; the minus is `−` in
every language. A decimal comma brings a semicolon between the items of a list, so that what is
shown can be typed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from babel import localedata
from babel.core import Locale, UnknownLocaleError

AUTHORS = "en"
"""The language that engine and authors write numbers in."""

_LATIN = "latn"
_FORMATTING = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
"""Marks of direction, which CLDR puts around signs, and which nobody can type."""

_LEAST_GROUPED = {"es": 5}
"""CLDR's minimumGroupingDigits, which Babel leaves out: digits from which a number is grouped."""

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Around what is kept, on its way to the edge only."""

_NUMBER = r"(?:[1-9]\d{0,2}(?:(?:,\d{3})+,\d{3}|,000)(?!\d|,\d)|\d+)(?:\.\d+)?"
"""With digits in groups where that is sure: `1,252` may be a decimal that was typed, and stays."""
_ALONE = r"(?<![\w.])"
"""Before a number that is no part of a name, such as w11 or H1.2."""
_ITEM = rf"[-−+]?(?:{_NUMBER}%?|[^\W\d_]\w{{0,3}}(?:\.\w+)*)"
_TOKEN = re.compile(
    rf"""
    (?=[\d<&:(),\n{_OPEN}])(?:
      (?P<typed>{_OPEN}[^{_CLOSE}]*{_CLOSE}?)       # what a learner typed
    | (?P<kept></?[a-zA-Z][^<>]*>                   # a tag with its attributes
      | &\#?\w+;
      | ://[^\s<]*                                  # a link
      | (?<![\w.])(?:
          \d+(?:\.\d+){{2,}}                        # a date, a version, an address
        | \d+:\d\d(?!\d) | 0\d*,\d+                 # a time; a decimal comma, shown as an example
        )
    )
    | (?P<call>(?<=[^\W\d_])\()                    # max(0, z)
    | (?P<point>\({_ITEM}(?:,[ ]{_ITEM})+\))        # (0.6, 0.7)
    | (?P<list>{_ALONE}{_NUMBER}%?(?:,[ ]?[-−+]?{_NUMBER}%?(?![\w:]|\.\d))+)
    | (?P<number>{_ALONE}{_NUMBER}%?)
    | (?P<mark>[(),\n])
    )""",
    re.VERBOSE,
)
_IN_LIST = re.compile(rf"(?P<number>{_ALONE}{_NUMBER}%?)|(?P<comma>, ?)")
_WHOLE = re.compile(rf"(?P<number>{_NUMBER}%?)")
_SEPARATED = re.compile(r"(?<![\w.])\d+\.\d|^\(.*(?<![\w.])\d")
"""What a list of numbers has that its commas cannot stay for: decimals, or brackets of its own."""

_DIGIT = re.compile(rf"[\d({_OPEN}]")

Grouping: TypeAlias = tuple[int, int]
"""How many digits the last group of a whole number has, and how many each one before it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    r"""How one language writes numbers, lists and counts; `Numbers.of` has one for every tag.

    >>> Numbers.of("de").turned("max(0, 0.03) = 0.03 after 5,000 steps, 71% right at 19:00")
    'max(0; 0,03) = 0,03 after 5.000 steps, 71\xa0% right at 19:00'
    >>> Numbers.of("en").turned("(0.6, 0.7)"), Numbers.of("ru").turned("(0.6, 0.7)")
    ('(0.6, 0.7)', '(0,6; 0,7)')
    """

    tag: str
    decimal: str = field(compare=False)
    separator: str = field(compare=False)
    """Between numbers that stand in a list."""
    right_to_left: bool = field(compare=False)
    _group: str = field(compare=False)
    _grouping: Grouping = field(compare=False)
    _percent: tuple[str, str] = field(compare=False)
    """What stands before and behind a number of percent."""
    _lists: Mapping[str, str] = field(compare=False)
    """What stands between the things of a list, by CLDR's names: 2, start, middle, end."""
    _plural: Callable[[int], str] = field(compare=False)
    as_authors: bool = field(compare=False)
    """Whether all this is as authors write it."""

    @classmethod
    def of(cls, tag: str) -> Numbers:
        """The numbers of a language.

        Args:
            tag: as in "en", "pt-BR", "zh-Hans"; one that is not known writes as authors do.
        """
        return _numbers(tag)

    def turned(self, text: str) -> str:
        """A text that an author or the engine wrote, with its numbers in this language.

        Names (w11, H1.sum), times, dates, links and tags stay. Never for what a learner typed.

        >>> Numbers.of("fr").turned("H1.sum = 0.6 × 0.4 + 0.7 × (−0.3) = 0.03.")
        'H1.sum = 0,6 × 0,4 + 0,7 × (−0,3) = 0,03.'
        """
        if self.as_authors or not _DIGIT.search(text):
            return text
        opened: list[bool] = []

        def one(found: re.Match[str]) -> str:
            written = found[0]
            match found.lastgroup:
                case "typed":
                    return written.strip(_OPEN + _CLOSE)
                case "call":
                    opened.append(True)
                case "mark":
                    return self._mark(written, opened)
                case "point" | "list" if any(opened) or _SEPARATED.search(written):
                    return _IN_LIST.sub(self._item, written)
                case "list":
                    return _WHOLE.sub(self._item, written)
                case "number":
                    return self._number(written)
            return written

        return _TOKEN.sub(one, text)

    def kept(self, text: str) -> str:
        """What a learner typed, to stand in a text that `turned` has still to turn.

        >>> german = Numbers.of("de")
        >>> german.turned(f"{german.kept('1,252')} is not 0.03 after 5,000 steps")
        '1,252 is not 0,03 after 5.000 steps'
        """
        return text if self.as_authors else f"{_OPEN}{text}{_CLOSE}"

    def _mark(self, mark: str, opened: list[bool]) -> str:
        """A bracket or comma, and whether the brackets now open are those of a function."""
        if mark == "(":
            opened.append(False)
        elif mark == "\n":
            opened.clear()
        elif mark == ")":
            del opened[-1:]
        elif any(opened):
            return self.separator.rstrip()
        return mark

    def _item(self, found: re.Match[str]) -> str:
        if found.lastgroup == "comma":
            return self.separator if self.decimal == "," else found[0]
        return self._number(found[0])

    def _number(self, written: str) -> str:
        """One number without its sign."""
        whole, point, digits = written.removesuffix("%").partition(".")
        if "," in whole:
            whole = self.count(int(whole.replace(",", "")))
        number = whole + (self.decimal + digits if point else "")
        return f"{self._percent[0]}{number}{self._percent[1]}" if written[-1] == "%" else number

    def count(self, n: int) -> str:
        r"""A whole number, with its digits in groups.

        >>> [Numbers.of(tag).count(-5000) for tag in ("en", "de", "fr", "es")]
        ['−5,000', '−5.000', '−5\u202f000', '−5000']
        """
        sign, digits = "−" if n < 0 else "", str(abs(n))
        if len(digits) < _LEAST_GROUPED.get(self.tag.partition("-")[0], 4):
            return sign + digits
        last, before = self._grouping
        groups, rest = [digits[-last:]], digits[:-last]
        while rest:
            groups.append(rest[-before:])
            rest = rest[:-before]
        return sign + self._group.join(reversed(groups))

    def written(self, n: int) -> str:
        """A count in a text that `turned` has still to turn.

        >>> [Numbers.of("de").turned(Numbers.of("de").written(n)) for n in (5000, 1252)]
        ['5.000', '1252']
        """
        sure = self.as_authors or not n % 1000 or abs(n) >= 10**6
        return (f"{n:,}" if sure else str(n)).replace("-", "−")

    def percent(self, share: float) -> str:
        r"""A share of one in whole percent.

        >>> Numbers.of("ru").percent(0.71), Numbers.of("tr").percent(1)
        ('71\xa0%', '%100')
        """
        before, behind = self._percent
        number = self.count(abs(round(share * 100)))
        return f"{'−' if number != '0' and share < 0 else ''}{before}{number}{behind}"

    def joined(self, items: Iterable[str]) -> str:
        """Numbers, or what holds some, in a list that can be typed.

        >>> Numbers.of("de").joined(["w11 0,4", "w12 −0,3"])
        'w11 0,4; w12 −0,3'
        """
        return self.separator.join(items)

    def listed(self, items: Iterable[str]) -> str:
        """Words in a list that a sentence holds.

        >>> Numbers.of("en").listed(["w11", "w12", "wO1"]), Numbers.of("de").listed(["w11", "w12"])
        ('w11, w12 and wO1', 'w11 und w12')
        """
        found, lists = list(items), self._lists
        if len(found) == 2:
            return _with(lists["2"], *found)
        said = found[0] if found else ""
        for place, item in enumerate(found[1:], 2):
            at = "end" if place == len(found) else "start" if place == 2 else "middle"
            said = _with(lists[at], said, item)
        return said

    def plural(self, n: int) -> str:
        """CLDR's category of a count: zero, one, two, few, many or other.

        >>> [Numbers.of("ru").plural(n) for n in (1, 2, 5, 21)]
        ['one', 'few', 'many', 'one']
        """
        return self._plural(n)


def _with(pattern: str, before: str, after: str) -> str:
    """Two things of a list; a word that is written to the next keeps apart from a Latin name."""
    between = pattern.removeprefix("{0}").removesuffix("{1}")
    if between[-1:].isalpha() and after[:1].isascii():
        between += " "
    if between[:1].isalpha() and before[-1:].isascii():
        between = f" {between}"
    return f"{before}{between}{after}"


def _locale(tag: str) -> Locale:
    """What CLDR knows of a language; of English as here, with no comma before "and"."""
    try:
        found = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return Locale("en", "GB") if str(found) == AUTHORS else found


@lru_cache(maxsize=256)
def _numbers(tag: str) -> Numbers:
    locale = _locale(tag)
    symbols = locale.number_symbols[_LATIN]
    signs = {
        name: symbols[name].translate(_FORMATTING) for name in ("decimal", "group", "percentSign")
    }
    decimal, group = signs["decimal"], signs["group"]
    pattern = locale.percent_formats[None]
    before, behind = (
        part.translate(_FORMATTING).replace("%", signs["percentSign"])
        for part in (pattern.prefix[0], pattern.suffix[0])
    )
    grouping = locale.decimal_formats[None].grouping
    lists = {
        at: text.translate(_FORMATTING) for at, text in locale.list_patterns["standard"].items()
    }
    plural = locale.plural_form
    from_right = locale.text_direction == "rtl"
    localedata.clear_caches()  # a language's is a megabyte
    return Numbers(
        tag,
        decimal,
        separator="; " if decimal == "," else "، " if from_right else ", ",
        right_to_left=from_right,
        _group=group,
        _grouping=grouping,
        _percent=(before, behind),
        _lists=lists,
        _plural=plural,
        as_authors=(decimal, group, grouping, before, behind) == (".", ",", (3, 3), "", "%"),
    )
