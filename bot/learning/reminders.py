"""When one learner's next reminder is due: at their hour, where they are, at most once a day.

A reminder is a row with the time it is due; whoever claims it puts in the time of the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

APART = timedelta(hours=12)
"""Two reminders are never nearer than this, also when the hour or the zone is changed."""

WELCOME = timedelta(hours=2)
"""A reminder later than this, after the bot was down, is left out."""

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z]+(?:[/_+\-][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a learner chose."""

    at: time
    """The hour (and minute) there."""
    zone: str
    """A name that `zone_named` knows."""


def zone_named(name: str) -> tzinfo | None:
    """A time zone by its name or its distance from UTC; None if there is none.

    >>> zone_named("Europe/Madrid"), zone_named("Nowhere")
    (zoneinfo.ZoneInfo(key='Europe/Madrid'), None)
    >>> str(zone_named("UTC+5:30"))
    'UTC+05:30'
    """
    text = name.strip()
    if found := _OFFSET.fullmatch(text):
        sign, hours, minutes = found.groups()
        distance = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if distance > timedelta(hours=14):
            return None
        return timezone(distance if sign == "+" else -distance)
    if not _NAME.fullmatch(text):
        return None
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_name(text: str) -> str:
    """The name of a zone that its name or its city, however written, stands for; else the text.

    >>> zone_name("new york"), zone_name("europe/berlin"), zone_name("UTC+2")
    ('America/New_York', 'Europe/Berlin', 'UTC+2')
    """
    return _places().get(_place(text), text)


@cache
def _places() -> dict[str, str]:
    """Every place's zone, by its full name, and by its city where no other is called so.

    Source: `zone.tab` of the time zone database, which lists no outdated names.
    """
    table = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8")
    names = [line.split("\t")[2].strip() for line in table.splitlines() if line[:1].isalpha()]
    cities = {name: _place(name.rpartition("/")[2]) for name in names}
    often = Counter(cities.values())
    places = {city: name for name, city in cities.items() if often[city] == 1}
    return places | {_place(name): name for name in names}


def _place(text: str) -> str:
    """A place as it is compared: lower case, no accents, one sign between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\s_-]+", "_", letters.strip())


def next_due(reminder: Reminder, now: datetime, last: datetime | None = None) -> datetime:
    """When the next reminder is due, in UTC; always later than `now`.

    An hour that is skipped when clocks go forward comes an hour later that day; one that comes
    twice counts the first time.

    Args:
        reminder: hour and zone.
        now: the time, with a time zone.
        last: when the last one was sent; None if never.

    Raises:
        ValueError: there is no such zone, or a time without one.
    """
    zone = zone_named(reminder.zone)
    if zone is None:
        raise ValueError(f"no time zone {reminder.zone!r}")
    if now.tzinfo is None or (last is not None and last.tzinfo is None):
        raise ValueError("times need a time zone")
    day = now.astimezone(zone).date() - timedelta(days=1)
    while True:
        due = _at(day, reminder.at, zone)
        if due > now and (last is None or _far_enough(due, last, zone)):
            return due
        day += timedelta(days=1)


def _at(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at.replace(fold=0, tzinfo=None), zone).astimezone(UTC)


def _far_enough(due: datetime, last: datetime, zone: tzinfo) -> bool:
    another_day = due.astimezone(zone).date() > last.astimezone(zone).date()
    return another_day and due - last >= APART


def still_welcome(due: datetime, now: datetime) -> bool:
    """Whether a reminder that is due may still be sent, or is better left out."""
    return now - due <= WELCOME


def today(now: datetime, zone: str) -> date:
    """The day where a learner is; in UTC if the zone is unknown."""
    return now.astimezone(zone_named(zone) or UTC).date()
