"""An hour as people write it, and a text that answers the reminders' question.

Right after the question an hour needs no command. But a step is open too, and its answers are
numbers: only what can be nothing but a time, or a time zone, is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import time

from bot.learning.reminders import zone_named

ASKED = "hour"
"""In `State.hour_asked`: the hour is asked; an hour there means that its time zone is."""

_HOUR = re.compile(
    r"(\d{1,2})(?:([:.h])(\d{2})|h\b)?(?:\s*([ap])\.?\s?m\b\.?)?(?![\d:])", re.IGNORECASE
)
_ZONE = re.compile(r"[A-Za-z]{3,}(?:[/_][A-Za-z]{2,})*/[A-Za-z_]{2,}(?:/[A-Za-z_]{2,})*")


def hour_in(text: str) -> tuple[time | None, str]:
    """An hour and what follows it: `19`, `7 pm`, `19:30 Europe/Madrid`.

    >>> hour_in("7 p.m. America/Lima")
    (datetime.time(19, 0), 'America/Lima')
    """
    found = _HOUR.match(text)
    if found is None:
        return None, ""
    hour, minute, half = int(found[1]), int(found[3] or 0), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None, ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None, ""
    return time(hour, minute), text[found.end() :].strip()


def answer_in(text: str, asked: str, words: Collection[str], *, bare: bool) -> str:
    """What a text answers to the reminders' question; empty where it may mean something else.

    Args:
        text: as typed.
        asked: what was asked, as in `State.hour_asked`.
        words: what people write around an hour, and around nothing else.
        bare: whether a number alone is an hour, because no other number is asked.

    >>> answer_in("at 7pm please", ASKED, ["at"], bare=False)
    '7pm'
    >>> answer_in("7", ASKED, ["at"], bare=False)
    ''
    """
    told = " ".join(text.split()).rstrip("!…,;").removesuffix(" please")
    if told.casefold() == "off" or (asked != ASKED and _is_zone(told)):
        return told
    around = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    plain = " ".join((around.sub(" ", told) if words else told).split())
    hour, zone = hour_in(plain)
    found = _HOUR.match(plain)
    if hour is None or found is None or (zone and not _is_zone(zone)):
        return ""
    if found[2] == "." and not found[4]:
        return ""  # a decimal
    marked = found[4] or not found[0].strip().isdigit() or plain != told
    return plain if marked or bare else ""


def _is_zone(text: str) -> bool:
    """Whether a text is a time zone, or looks like one that nobody knows."""
    wordy = any(letter.isalpha() for letter in text)  # else it may be a number: -5
    return bool(_ZONE.fullmatch(text)) or (wordy and zone_named(text) is not None)
