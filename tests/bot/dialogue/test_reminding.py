"""Reminders in the conversation: what is understood, and never more than one a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.effects import Remind, Say, Turn
from bot.dialogue.events import Event, Pressed, Reminded, Said
from bot.dialogue.reminding import chosen
from bot.dialogue.state import State
from bot.learning.reminders import Reminder, zone_named
from tests.tutor import MACHINE

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Chat:
    """One learner, and the reminder that is set for them."""

    def __init__(self) -> None:
        self.state: str | None = None
        self.now = NOON
        self.due: datetime | None = None
        self.turn = Turn(None)

    def does(self, event: Event) -> str:
        """What the bot says to an event."""
        self.turn = MACHINE.step(self.state, event, self.now)
        self.state = self.turn.state
        for effect in self.turn.effects:
            if isinstance(effect, Remind):
                self.due = effect.at
        return "\n".join(effect.html for effect in self.turn.effects if isinstance(effect, Say))

    def says(self, text: str) -> str:
        """What the bot says to a text."""
        return self.does(Said(text, 1))

    @property
    def reminder(self) -> Reminder | None:
        """What is kept."""
        return chosen(State.from_json(self.state)) if self.state else None


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("19", time(19)),
        ("19:00", time(19)),
        ("7 pm", time(19)),
        ("7pm", time(19)),
        ("7:30 PM", time(19, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("08.15", time(8, 15)),
        ("0:05", time(0, 5)),
        ("٣", time(3)),
        ("7 p.m.", time(19)),
        ("19h", time(19)),
    ],
)
def test_hours_as_people_write_them(typed: str, hour: time) -> None:
    """With a time zone behind them, they are set at once."""
    chat = Chat()
    chat.says(f"/remind {typed} Asia/Kolkata")
    assert chat.reminder == Reminder(hour, "Asia/Kolkata")


def test_america_is_not_before_noon() -> None:
    """The zone behind an hour is not read as the hour's "am"."""
    chat = Chat()
    chat.says("/remind 19:00 America/New_York")
    assert chat.reminder == Reminder(time(19), "America/New_York")


@pytest.mark.parametrize("typed", ["24:00", "25", "7:60", "13 pm", "0 am", "123456", "x7"])
def test_what_is_no_hour_is_said_to_be_none(typed: str) -> None:
    """Nothing is set, and the answer shows how."""
    chat = Chat()
    assert "/remind 19:00" in chat.says(f"/remind {typed} UTC")
    assert chat.due is None
    assert chat.reminder is None


def test_without_a_zone_the_time_there_is_asked() -> None:
    """Each button shows a time of day; the one pressed gives the zone."""
    chat = Chat()
    chat.says("/remind 7:30")
    (asked,) = (effect for effect in chat.turn.effects if isinstance(effect, Say))
    buttons = [button for row in asked.buttons for button in row]
    assert len({button.label for button in buttons}) == 24
    (ten,) = (button for button in buttons if button.label == "17:00")
    chat.does(Pressed(ten.data, "press"))
    assert chat.reminder == Reminder(time(7, 30), "UTC+5")
    assert chat.due == datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


def test_a_zone_is_kept_for_the_next_hour_and_an_hour_for_the_next_zone() -> None:
    """Nobody types it twice."""
    chat = Chat()
    chat.says("/remind 19:00 Europe/Madrid")
    chat.says("/remind 8:15")
    assert chat.reminder == Reminder(time(8, 15), "Europe/Madrid")
    chat.says("/remind America/Lima")
    assert chat.reminder == Reminder(time(8, 15), "America/Lima")


def test_it_outlives_lessons_practice_and_starting_over_but_not_forgetting() -> None:
    """It belongs to the learner, not to the place they are at."""
    chat = Chat()
    chat.says("/remind 19:00 Europe/Madrid")
    for text in ("/start", "/practice", "show", "/stop", "/restart", "yes"):
        chat.says(text)
    assert chat.reminder == Reminder(time(19), "Europe/Madrid")
    chat.says("/forget")
    chat.says("yes")
    assert chat.state is None


def test_off_ends_it() -> None:
    """Also one that was taken up just before."""
    chat = Chat()
    chat.says("/remind 19:00 Europe/Madrid")
    due = chat.due
    assert due is not None
    chat.says("/remind off")
    assert chat.due is None
    chat.now = due
    assert chat.does(Reminded(due)) == ""
    assert chat.due is None


def test_a_zone_that_is_gone_does_not_end_reminders() -> None:
    """On a computer that does not know the zone, the hour is taken in UTC, and said to be so."""
    chat = Chat()
    chat.state = State.of(MACHINE.book.lesson.id, reminder="13:00 Atlantis/Poseidonis").to_json()
    assert chat.does(Reminded(NOON)) != ""
    assert chat.due == NOON + timedelta(days=1, hours=1)
    assert "Atlantis" not in chat.says("/remind")


def test_one_that_comes_much_too_late_is_left_out() -> None:
    """The bot was down all night: nothing is said at breakfast, and the next is in the evening."""
    chat = Chat()
    chat.says("/remind 19:00 UTC+0")
    due = chat.due
    assert due is not None
    chat.now = due + timedelta(hours=12)
    assert chat.does(Reminded(due)) == ""
    assert chat.due == due + timedelta(days=1)


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
zones = st.sampled_from(["Europe/Madrid", "America/Lima", "UTC+14", "Asia/Kathmandu", "UTC-11"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(hours, zones, st.integers(0, 30)), min_size=1, max_size=12))
def test_however_often_it_is_changed_no_two_fall_on_one_day(
    wishes: list[tuple[time, str, int]],
) -> None:
    """The hour and the zone are changed again and again while time passes."""
    chat, sent = Chat(), list[tuple[datetime, str]]()
    chat.says("/remind 0:00 UTC+0")
    for hour, zone, wait in wishes:
        end = chat.now + timedelta(hours=wait)
        while chat.due is not None and chat.due <= end:
            chat.now = chat.due
            if chat.does(Reminded(chat.due)):
                reminder = chat.reminder
                assert reminder is not None
                sent.append((chat.now, reminder.zone))
        chat.now = end
        chat.says(f"/remind {hour:%H:%M} {zone}")
    for (first, _), (second, zone) in pairwise(sent):
        there = zone_named(zone)
        assert second.astimezone(there).date() > first.astimezone(there).date()
        assert second - first >= timedelta(hours=12)
