"""An hour and a time zone as people write them, and a text that answers the reminders' question.

Right after the question an hour needs no command. But a step is open too, and its answers are
numbers: only what can be nothing but a time, or a time zone, is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import time

from bot.learning.reminders import zone_name, zone_named
from content.typed import (
    HourWords,
)
from engine.reading.characters import plain

ASKED = "hour"
"""In `State.hour_asked`: the hour is asked; an hour there means that its time zone is."""

_HOUR = re.compile(
    r"(?<![\w.:+\-/])(?<!\d,)(\d{1,2})(?:([:.h])(\d{2})|h\b)?(?:\s*([ap])\.?\s?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
_AHEAD = r"(\d{1,2})(?::?([0-5]\d)|[.,](25|5|75))?"
_DISTANCE = re.compile(
    rf"(?<![\w/])(?:UTC|GMT)\s*([+-])\s*{_AHEAD}(?![\w:])|(?:(?<=\s)|(?<=:\d\d))([+-]){_AHEAD}$",
    re.IGNORECASE,
)
"""A time zone's distance from UTC; where UTC is not said, at the end behind an hour."""
_ZONE = re.compile(r"[A-Za-z]{3,}(?:[/_][A-Za-z]{2,})*/[A-Za-z_]{2,}(?:/[A-Za-z_]{2,})*")

_HALF = re.compile(r"\d\s*[ap]\.?\s?m\b|\bp\.?m\b|(?<!\bi )\ba\.?m$")
"""Before or after noon, but not "here I am"."""
_WORKING = re.compile(r"(?<!\d)0?[.,]\d|[=*×]")
"""What stands in an answer of a step, and in no time."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def hour_in(text: str) -> tuple[time | None, str]:
    """An hour, and what stands beside it: `19`, `7 pm`, `19:30, Europe/Madrid`, `UTC +2 19:30`.

    >>> hour_in("7 p.m. America/Lima"), hour_in("Lima, 19:00")
    ((datetime.time(19, 0), 'America/Lima'), (datetime.time(19, 0), 'Lima'))
    >>> hour_in("GMT +05:30 8h")
    (datetime.time(8, 0), 'UTC+5:30')
    """
    text, distance = _without_distance(text)
    found = _HOUR.search(text)
    if found is None:
        return None, ""
    hour, minute, half = int(found[1]), int(found[3] or 0), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None, ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None, ""
    beside = re.sub(r"[\s,;()]+", " ", f"{text[: found.start()]} {text[found.end() :]} {distance}")
    return time(hour, minute), re.sub(r"\s*/\s*", "/", beside).strip(" -/|")


def _without_distance(text: str) -> tuple[str, str]:
    """A text without a distance from UTC, and that distance as `zone_named` knows it."""
    found = _DISTANCE.search(text)
    rest = text[: found.start()] + text[found.end() :] if found else ""
    if found is None or not (found[0][0].isalpha() or _HOUR.match(rest.strip())):
        return text, ""
    sign, hours, minutes, part = found.groups()[:4] if found[1] else found.groups()[4:]
    minutes = {"25": "15", "5": "30", "75": "45"}.get(part or "", minutes)
    return rest, f"UTC{sign}{int(hours)}" + (f":{minutes}" if int(minutes or 0) else "")


def zone_meant(text: str, words: HourWords) -> str:
    """The zone that a name, a city, a distance from UTC or letters such as EST stand for.

    Letters that more than one zone goes by, and what no zone is called, are given back.

    >>> words = HourWords(zones={"UTC-5": ("EST",), "UTC+2": ("IST",), "UTC+1": ("IST",)})
    >>> [zone_meant(one, words) for one in ("est", "UTC + 2", "new york", "IST")]
    ['UTC-5', 'UTC+2', 'America/New_York', 'IST']
    """
    rest, distance = _without_distance(text)
    found = zones_called(text, words)
    if distance and not rest.strip():
        return distance
    return found[0] if len(found) == 1 else zone_name(text)


def zones_called(text: str, words: HourWords) -> tuple[str, ...]:
    """The zones that go by some letters, or by a city that the zones' own list lacks."""
    called = text.strip().casefold()
    return tuple(zone for zone, names in words.zones.items() if called in map(str.casefold, names))


def answer_in(text: str, asked: str, words: HourWords, *, bare: bool) -> str:
    """What a text answers to the reminders' question; empty where it may mean something else.

    Args:
        text: as typed.
        asked: what was asked, as in `State.hour_asked`.
        words: what people write around an hour.
        bare: whether a number alone is an hour, because no other number is asked.

    >>> words = HourWords(around=("at",), evening=("in the evening",))
    >>> answer_in("at 7 in the evening", ASKED, words, bare=False)
    '7 pm'
    >>> answer_in("7", ASKED, words, bare=False)
    ''
    """
    told = _told(text)
    inner = _without(told, words.aside)
    if inner.casefold() in words.off or (asked != ASKED and _is_zone(inner, words)):
        return inner
    bared = _halved(_without(inner, (*words.around, *words.days)), words)
    hour, zone = hour_in(bared)
    found = _HOUR.search(_without_distance(bared)[0])
    if hour is None or found is None or (zone and not _is_zone(zone, words)):
        return ""
    if found[2] == "." and not found[4]:
        return ""  # a decimal
    if zone and asked != ASKED and inner != told:
        return zone  # "it is 3 pm in Berlin": the hour of the reminder is another
    marked = found[4] or not found[0].strip().isdigit() or bared != inner or zone
    return f"{found[0].strip()} {zone}".strip() if marked or bare else ""


def speaks_of_time(text: str, words: HourWords) -> bool:
    """Whether a text is about a time of day or a day, though perhaps about no hour one can read.

    >>> words = HourWords(vague=("half past",))
    >>> speaks_of_time("half past seven", words), speaks_of_time("i am stuck", words)
    (True, False)
    """
    told = _told(text).casefold()
    if _WORKING.search(told):
        return False
    said = (*words.days, *words.morning, *words.evening, *words.vague)
    if _without(told, said) != told or _HALF.search(told):
        return True
    return _CLOCK.fullmatch(_without(told, (*words.aside, *words.around))) is not None


def _told(text: str) -> str:
    """A text in one line, without what politeness and punctuation put at its end."""
    return " ".join(plain(text)[0].split()).rstrip("!?…,;.")


def _without(text: str, words: Collection[str]) -> str:
    """A text without some words, wherever they stand in it."""
    if not words:
        return text
    longest = sorted(words, key=len, reverse=True)
    around = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"
    return " ".join(re.sub(around, " ", text, flags=re.IGNORECASE).split())


def _halved(text: str, words: HourWords) -> str:
    """An hour with "am" or "pm" instead of words for the half of the day, where they tell it."""
    for half, said in (("am", words.morning), ("pm", words.evening)):
        rest = _without(text, said)
        found = _HOUR.search(rest)
        if rest == text or found is None:
            continue
        if found[4] or 12 < int(found[1]) < 24:
            return rest
        if 1 <= int(found[1]) <= 11:
            end = found.end()
            return f"{rest[:end].rstrip()} {half} {rest[end:]}".strip()
    return text


def _is_zone(text: str, words: HourWords) -> bool:
    """Whether a text is a time zone or its city, or looks like a zone that nobody knows."""
    wordy = any(letter.isalpha() for letter in text)  # else it may be a number: -5
    known = zone_named(zone_meant(text, words)) is not None or zones_called(text, words)
    return bool(_ZONE.fullmatch(text)) or (wordy and bool(known))
