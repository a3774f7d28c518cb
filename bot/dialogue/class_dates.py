"""A day as people write it, and as it is written for them, in their language."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_month_names

FARTHEST = timedelta(days=2 * 366)
"""No date is farther ahead: such a year is mistyped."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})(?:\.(?: ?(\d{4}))?)?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


class PastError(ValueError):
    """A day that is over.

    Args:
        day: which.
    """

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


def date_in(text: str, language: str, today: date) -> date | None:
    """The day that a text names; without a year the next one. None where it is not sure which.

    Two numbers with a slash are a day and a month in one country, a month and a day in the next.

    Raises:
        PastError: it is over.

    >>> today = date(2026, 11, 30)
    >>> [str(date_in(one, "en", today)) for one in ("2026-12-10", "10 Dec", "December 10", "10.1.")]
    ['2026-12-10', '2026-12-10', '2026-12-10', '2027-01-10']
    >>> date_in("10/12", "en", today), date_in("soon", "en", today), date_in("31.2.", "en", today)
    (None, None, None)
    """
    found = _parts(" ".join(text.split()).strip(" ,;!?"), language)
    if found is None:
        return None
    year, month, day = found
    try:
        if year is not None:
            meant = date(year, month, day)
            if meant < today:
                raise PastError(meant)
            return meant if meant - today <= FARTHEST else None
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except PastError:
        raise
    except ValueError:
        return None


def _parts(text: str, language: str) -> tuple[int | None, int, int] | None:
    """Year, month and day."""
    if iso := _ISO.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if dotted := _DOTTED.fullmatch(text):
        return int(dotted[3]) if dotted[3] else None, int(dotted[2]), int(dotted[1])
    months, rest = _months(text, language)
    years = _YEAR.findall(rest)
    days = _DAY.findall(_YEAR.sub(" ", rest))
    if len(months) != 1 or len(days) != 1 or len(years) > 1:
        return None
    return int(years[0]) if years else None, months.pop(), int(days[0])


def _months(text: str, language: str) -> tuple[set[int], str]:
    """The months that are named, in a language or in English, and the text without their names."""
    told, found = text.casefold(), set[int]()
    for name, month in sorted(_names(language), key=lambda one: -len(one[0])):
        if name in told:
            told = told.replace(name, " ")
            found.add(month)
    for word in _WORD.findall(told):
        meant = {month for name, month in _names(language) if name.startswith(word)}
        if len(word) >= 3 and len(meant) == 1:
            told = told.replace(word, " ")
            found |= meant
    return found, told


@cache
def _names(language: str) -> frozenset[tuple[str, int]]:
    """Each month's names in full and in short."""
    return frozenset(
        (name.casefold().rstrip("."), month)
        for locale in (_locale(language), Locale("en"))
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for month, name in get_month_names(width, context, locale).items()
        if len(name) >= 3 or not name.isascii()
    )


def written(day: date, language: str) -> str:
    """A day in words.

    >>> written(date(2026, 12, 10), "en"), written(date(2026, 12, 10), "de")
    ('December 10, 2026', '10. Dezember 2026')
    """
    return format_date(day, "long", locale=_locale(language))


def example(language: str, today: date) -> str:
    """A day in two weeks, as it may be typed.

    >>> example("en", date(2026, 11, 26))
    'December 10'
    """
    return format_skeleton("MMMMd", today + timedelta(days=14), locale=_locale(language))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
