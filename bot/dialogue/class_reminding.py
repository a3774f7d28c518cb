"""When a class reminds a pupil: once, the day before its date, and never twice on one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from bot.dialogue.class_data import About, Attended
from bot.dialogue.class_results import is_done
from bot.dialogue.effects import Remind
from bot.dialogue.state import State
from bot.learning.reminders import today, zone_named

HOUR = time(16)
"""When somebody is reminded who has chosen no hour."""


def remind_at(about: About, state: State) -> datetime | None:
    """When a class reminds a learner; None for one without a date."""
    if about.due is None:
        return None
    hour, _, _ = state.learner.reminder.partition(" ")
    at = time.fromisoformat(hour) if hour else HOUR
    zone = zone_named(state.learner.zone) or UTC
    return datetime.combine(about.due - timedelta(days=1), at, zone).astimezone(UTC)


def with_next(state: State, classes: Iterable[About], now: datetime) -> State:
    """The state with the next time at which one of the learner's classes reminds them."""
    times = [remind_at(about, state) for about in classes]
    coming = [one.timestamp() for one in times if one is not None and one > now]
    return state.but(class_due=min(coming, default=0.0))


def soonest(state: State, practice: datetime | None) -> Remind:
    """The next reminder of any kind.

    Args:
        state: has that of the classes.
        practice: that of practice; None for none.
    """
    due = state.learner.class_due
    classes = [datetime.fromtimestamp(due, UTC)] if due else []
    return Remind(min((*classes, *([practice] if practice else [])), default=None))


def is_today(state: State, now: datetime) -> bool:
    """Whether a class is to remind the learner today, or was to earlier."""
    due, zone = state.learner.class_due, state.learner.zone
    return bool(due) and today(datetime.fromtimestamp(due, UTC), zone) <= today(now, zone)


def waiting(state: State, attended: Iterable[Attended], now: datetime) -> tuple[About, ...]:
    """The classes that have a reminder for the learner today: not done, and not over."""
    zone = state.learner.zone
    day, since = today(now, zone), today(datetime.fromtimestamp(state.learner.class_due, UTC), zone)
    found = []
    for about in (one.about for one in attended):
        at = remind_at(about, state)
        if at is None or about.due is None or not since <= today(at, zone) <= day <= about.due:
            continue
        if not is_done(about.part, state):
            found.append(about)
    return tuple(found)
