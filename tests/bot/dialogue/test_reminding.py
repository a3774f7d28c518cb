"""Reminders in the conversation: what is understood, and never more than one a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.effects import Remind, Say, Turn
from bot.dialogue.events import Event, Pressed, Reminded, Said
from bot.dialogue.machine import Machine
from bot.dialogue.reminding import chosen
from bot.dialogue.state import State
from bot.learning.reminders import Reminder, zone_named
from content.loader import load

MACHINE = Machine(load())
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
    chat.state = State(MACHINE.book.lesson.id, reminder="13:00 Atlantis/Poseidonis").to_json()
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


AT_STEP = State("bn", "h1_sum").to_json()


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("7pm", time(19)),
        ("7 pm please", time(19)),
        ("At 7 p.m.", time(19)),
        ("19:00", time(19)),
        ("7:30pm", time(19, 30)),
        ("19h30", time(19, 30)),
        ("7 o’clock", time(7)),
        ("20:15 every day", time(20, 15)),
    ],
)
def test_a_time_typed_right_after_the_question_is_its_answer(typed: str, hour: time) -> None:
    """It needs no command, to the minute; the zone is the one of the last reminder."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 6:00 Europe/Madrid")
    chat.says("remind me")
    chat.says(typed)
    assert chat.reminder == Reminder(hour, "Europe/Madrid")


def test_who_answers_the_question_is_asked_what_time_it_is_there() -> None:
    """That, too, can be typed: to the nearest whole hour, or half hour where minutes were given."""
    for there, zone in (("5pm", "UTC+5"), ("17:32", "UTC+5:30"), ("4:30 am", "UTC-7:30")):
        chat = Chat()
        chat.state = AT_STEP
        chat.says("/remind")
        assert "At 19:30." in chat.says("7:30pm")
        chat.says(there)
        assert chat.reminder == Reminder(time(19, 30), zone), there
        assert chat.turn.attempts == ()
    chat = Chat()
    chat.now += timedelta(minutes=30)
    chat.says("/remind 19:30")
    chat.says("18:00")
    assert chat.reminder == Reminder(time(19, 30), "UTC+5:30")


@pytest.mark.parametrize("typed", ["Europe/Madrid", "20:00 Europe/Madrid"])
def test_a_zone_typed_after_the_question_is_its_answer(typed: str) -> None:
    """By its name alone, or behind another hour."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 20:00")
    chat.says(typed)
    assert chat.reminder == Reminder(time(20), "Europe/Madrid")


def test_a_zone_nobody_knows_may_be_corrected_at_once() -> None:
    """The question stays open, and the hour is not typed again."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 20:00")
    assert "Europe/Madird" in chat.says("Europe/Madird")
    chat.says("Europe/Madrid")
    assert chat.reminder == Reminder(time(20), "Europe/Madrid")


def test_off_answers_the_question_too() -> None:
    """Without the command."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 6:00 Europe/Madrid")
    chat.says("/remind")
    assert "No more reminders" in chat.says("off")
    assert chat.reminder is None


@pytest.mark.parametrize("typed", ["19", "0.03", "08.15", "at 0.03", "-5", "0.24 - 0.21 = 0.03"])
def test_what_may_be_a_number_answers_the_step(typed: str) -> None:
    """Also right after the question: only what can be nothing but a time is taken for one."""
    asked, not_asked = Chat(), Chat()
    asked.state = not_asked.state = AT_STEP
    asked.says("/remind")
    asked.says("/remind 19:00")
    assert asked.says(typed) == not_asked.says(typed)
    assert asked.turn.attempts == not_asked.turn.attempts != ()
    assert asked.reminder is None


def test_a_bare_hour_is_one_where_no_number_is_asked() -> None:
    """Before the lesson begins, at a card and after the end there is nothing else it could be."""
    for state in (None, State("bn", "what").to_json()):
        chat = Chat()
        chat.state = state
        chat.says("/remind")
        chat.says("19")
        chat.says("17")
        assert chat.reminder == Reminder(time(19), "UTC+5")


@pytest.mark.parametrize("between", ["/where", "0.05", "hint", "thanks"])
def test_the_question_is_open_for_one_message_only(between: str) -> None:
    """Once something else was said, a time is an answer of the step again."""
    asked, not_asked = Chat(), Chat()
    asked.state = not_asked.state = AT_STEP
    asked.says("/remind")
    asked.says(between)
    not_asked.says(between)
    assert asked.says("7pm") == not_asked.says("7pm")
    assert asked.reminder is None


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("at 8 tomorrow", time(8)),
        ("7 in the evening", time(19)),
        ("tonight at 8", time(20)),
        ("tomorrow morning at 7:30", time(7, 30)),
        ("it's 7pm", time(19)),
        ("7pm?", time(19)),
    ],
)
def test_an_hour_in_plain_words_is_read_where_it_is_sure(typed: str, hour: time) -> None:
    """A day is no part of it, and the half of the day may stand in words."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 6:00 Europe/Madrid")
    chat.says("remind me")
    chat.says(typed)
    assert chat.reminder == Reminder(hour, "Europe/Madrid")


@pytest.mark.parametrize("step", ["h1_sum", "nudge_wo2", "what"])
@pytest.mark.parametrize(
    "typed",
    [
        *("half past seven", "in the evening", "Tonight!", "on Mondays at 8", "seven pm"),
        *("25:00", "at 7:60", "13 pm", "12 in the evening", "can it be tomorrow?"),
    ],
)
def test_what_speaks_of_time_is_no_answer_of_the_step(step: str, typed: str) -> None:
    """It is said to be unclear, as often as need be, and the hour may then be typed."""
    chat = Chat()
    chat.state = State("bn", step).to_json()
    chat.says("/remind")
    for _ in range(2):
        assert MACHINE.book.say("remind_unclear") in chat.says(typed)
        assert chat.turn.attempts == ()
    assert "At 19:00." in chat.says("7pm")


@pytest.mark.parametrize(
    "typed",
    [
        *("i am stuck", "good evening", "hint", "it's 3", "H1 = 0.03", "0.03 today"),
        *("0,6*0,4 - 0,21 = 0,03 tonight", "here I am"),
    ],
)
def test_what_does_not_speak_of_time_means_what_it_always_does(typed: str) -> None:
    """A greeting, a cry for help and an answer are none the less heard."""
    asked, not_asked = Chat(), Chat()
    asked.state = not_asked.state = AT_STEP
    asked.says("/remind")
    asked.says("/remind 19:00")
    assert asked.says(typed) == not_asked.says(typed)
    assert asked.reminder is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("my time is 3pm", "UTC+3"),
        ("it's 3pm", "UTC+3"),
        ("It is 3 pm here.", "UTC+3"),
        ("3pm here", "UTC+3"),
        ("my time zone is Europe/Berlin", "Europe/Berlin"),
        ("I'm in Europe/Berlin", "Europe/Berlin"),
        ("I’m in Berlin.", "Europe/Berlin"),
        ("it's 1pm in Berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("london", "Europe/London"),
        ("New York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
    ],
)
def test_the_time_and_the_place_there_are_read_in_a_sentence(typed: str, zone: str) -> None:
    """As people answer, and a city by its name alone; the hour asked for stays."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 19:30")
    chat.says(typed)
    assert chat.reminder == Reminder(time(19, 30), zone)
    assert chat.turn.attempts == ()


def test_an_unclear_time_there_is_asked_for_once_more() -> None:
    """With the same buttons; the hour is kept."""
    chat = Chat()
    chat.state = AT_STEP
    chat.says("/remind 19:30")
    said = chat.says("half past three")
    assert MACHINE.book.say("remind_zone_unclear") in said
    assert chat.turn.attempts == ()
    chat.says("3pm")
    assert chat.reminder == Reminder(time(19, 30), "UTC+3")


def test_a_city_goes_for_its_zone_behind_an_hour() -> None:
    """In the command, too; one that nobody knows is still said to be unknown."""
    for typed in ("/remind 7pm Berlin", "/remind at 7 pm in berlin", "19 Berlin"):
        chat = Chat()
        chat.state = AT_STEP
        chat.says("/remind")
        chat.says(typed)
        assert chat.reminder == Reminder(time(19), "Europe/Berlin")
    assert "Bielefeld" in Chat().says("/remind 7pm Bielefeld")


def test_a_bare_hour_is_one_at_a_choice_whose_options_do_not_hold_it() -> None:
    """Where "To 0" and "To 1" are offered, a 1 is the option."""
    for step in ("lean", "nudge_wo2"):
        chat = Chat()
        chat.state = State("bn", step).to_json()
        chat.says("/remind")
        assert "At 19:00." in chat.says("19")
    for step, typed in (("lean", "1"), ("nudge_wo2", "0")):
        chat = Chat()
        chat.state = State("bn", step).to_json()
        chat.says("/remind")
        chat.says(typed)
        assert chat.turn.attempts != ()


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
