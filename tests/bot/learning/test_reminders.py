"""Reminders: at the learner's hour, never more than one a day, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.reminders import APART, Reminder, next_due, still_welcome, today, zone_named

MADRID = Reminder(time(19, 30), "Europe/Madrid")

zones = st.sampled_from(
    ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
     "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "UTC", "UTC-3:30", "+14"]
)  # fmt: skip
hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))
reminders = st.builds(Reminder, hours, zones)
moments = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-10 12:00", "2026-03-10 18:30"),
        ("2026-03-10 18:30", "2026-03-11 18:30"),
        # Clocks go forward on 29 March 2026: the same hour there is one earlier in UTC.
        ("2026-03-28 20:00", "2026-03-29 17:30"),
        # And back on 25 October.
        ("2026-10-24 20:00", "2026-10-25 18:30"),
        ("2026-12-31 20:00", "2027-01-01 18:30"),
        ("2028-02-28 20:00", "2028-02-29 18:30"),
    ],
)
def test_the_hour_is_the_learners(now: str, due: str) -> None:
    """Half past seven in Madrid, through summer time, the turn of the year and a leap day."""
    assert next_due(MADRID, utc(now)) == utc(due)


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        # 02:30 does not exist on 29 March 2026 in Madrid: it comes as 03:30.
        (time(2, 30), "2026-03-28 12:00", "2026-03-29 01:30"),
        # 02:30 comes twice on 25 October: the first one counts, and only it.
        (time(2, 30), "2026-10-24 12:00", "2026-10-25 00:30"),
        (time(2, 30), "2026-10-25 00:30", "2026-10-26 01:30"),
    ],
)
def test_hours_that_are_skipped_or_come_twice(at: time, now: str, due: str) -> None:
    """Once that day all the same."""
    assert next_due(Reminder(at, "Europe/Madrid"), utc(now)) == utc(due)


@given(reminders, moments)
def test_a_reminder_is_at_most_a_day_or_so_away(reminder: Reminder, now: datetime) -> None:
    """Always later than now, and within 26 hours of it, clock changes included."""
    due = next_due(reminder, now)
    assert due.tzinfo is UTC
    assert timedelta() < due - now <= timedelta(hours=26)


@given(reminders, moments)
def test_one_a_day_every_day(reminder: Reminder, now: datetime) -> None:
    """A chain of ten reminders falls on ten days in a row."""
    zone = zone_named(reminder.zone)
    days, last = list[date](), None
    for _ in range(10):
        last = now = next_due(reminder, now, last)
        days.append(now.astimezone(zone).date())
    assert [(day - days[0]).days for day in days] == list(range(10))


@given(reminders, reminders, moments)
def test_a_changed_mind_brings_no_second_one(old: Reminder, new: Reminder, now: datetime) -> None:
    """Another hour or zone right after a reminder: the next is on another day, hours away."""
    last = next_due(old, now)
    due = next_due(new, last + timedelta(minutes=1), last)
    zone = zone_named(new.zone)
    assert due - last >= APART
    assert due.astimezone(zone).date() > last.astimezone(zone).date()


def test_what_comes_too_late_is_left_out() -> None:
    """After the bot was down, a reminder is sent within two hours or not at all."""
    due = utc("2026-03-10 18:30")
    assert still_welcome(due, due + timedelta(hours=2))
    assert not still_welcome(due, due + timedelta(hours=2, minutes=1))


@pytest.mark.parametrize(
    "name", ["", "Mars", "Europe", "../etc/passwd", "UTC+25", "\x00", "a/" * 99]
)
def test_no_such_zone(name: str) -> None:
    """What is no time zone is none, whatever it looks like; a reminder in it is refused."""
    assert zone_named(name) is None
    with pytest.raises(ValueError, match="no time zone"):
        next_due(Reminder(time(8), name), utc("2026-01-01 00:00"))


def test_zones_by_name_and_by_distance() -> None:
    """Names as in the tz database, or the distance from UTC."""
    assert zone_named("Asia/Tokyo") == ZoneInfo("Asia/Tokyo")
    for text in ("+5:30", "UTC+05:30", "gmt+0530"):
        zone = zone_named(text)
        assert zone is not None
        assert zone.utcoffset(None) == timedelta(hours=5, minutes=30)


def test_the_day_is_the_learners() -> None:
    """Eleven in the evening in Madrid is the next day in Tokyo."""
    now = utc("2026-12-31 22:00")
    assert today(now, "Europe/Madrid") == date(2026, 12, 31)
    assert today(now, "Asia/Tokyo") == date(2027, 1, 1)
    assert today(now, "Nowhere") == date(2026, 12, 31)


def test_times_without_a_zone_are_refused() -> None:
    """`now` has to say where it is from."""
    with pytest.raises(ValueError, match="time zone"):
        next_due(MADRID, datetime(2026, 1, 1))  # noqa: DTZ001 - on purpose
