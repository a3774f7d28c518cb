"""What is typed right after the reminders' question: a time, a place, or an answer of the step."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.dialogue.state import State
from bot.learning.reminders import Reminder
from tests.bot.dialogue.test_reminding import Chat
from tests.tutor import MACHINE


def asked(*texts: str, step: str = "h1_sum") -> Chat:
    """A learner at a step who was asked something about reminders."""
    chat = Chat()
    chat.state = State.of("bn", step).to_json()
    for text in texts:
        chat.says(text)
    return chat


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
    chat = asked("/remind 6:00 Europe/Madrid", "reminder")
    chat.says(typed)
    assert chat.reminder == Reminder(hour, "Europe/Madrid")


def test_who_answers_the_question_is_asked_what_time_it_is_there() -> None:
    """That, too, can be typed: to the nearest whole hour, or half hour where minutes were given."""
    for there, zone in (("5pm", "UTC+5"), ("17:32", "UTC+5:30"), ("4:30 am", "UTC-7:30")):
        chat = asked("/remind")
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
    chat = asked("/remind 20:00")
    chat.says(typed)
    assert chat.reminder == Reminder(time(20), "Europe/Madrid")


def test_a_zone_nobody_knows_may_be_corrected_at_once() -> None:
    """The question stays open, and the hour is not typed again."""
    chat = asked("/remind 20:00")
    assert "Europe/Madird" in chat.says("Europe/Madird")
    chat.says("Europe/Madrid")
    assert chat.reminder == Reminder(time(20), "Europe/Madrid")


def test_off_answers_the_question_too() -> None:
    """Without the command."""
    chat = asked("/remind 6:00 Europe/Madrid", "/remind")
    assert "No more reminders" in chat.says("off")
    assert chat.reminder is None


@pytest.mark.parametrize("typed", ["19", "0.03", "08.15", "at 0.03", "-5", "0.24 - 0.21 = 0.03"])
def test_what_may_be_a_number_answers_the_step(typed: str) -> None:
    """Also right after the question: only what can be nothing but a time is taken for one."""
    after, other = asked(), asked()
    after.says("/remind")
    after.says("/remind 19:00")
    assert after.says(typed) == other.says(typed)
    assert after.turn.attempts == other.turn.attempts != ()
    assert after.reminder is None


def test_a_bare_hour_is_one_where_no_number_is_asked() -> None:
    """Before the lesson begins, at a card and after the end there is nothing else it could be."""
    for state in (None, State.of("bn", "what").to_json()):
        chat = Chat()
        chat.state = state
        chat.says("/remind")
        chat.says("19")
        chat.says("17")
        assert chat.reminder == Reminder(time(19), "UTC+5")


@pytest.mark.parametrize("between", ["/where", "0.05", "hint", "thanks"])
def test_the_question_is_open_for_one_message_only(between: str) -> None:
    """Once something else was said, a time is an answer of the step again."""
    after, other = asked(), asked()
    after.says("/remind")
    after.says(between)
    other.says(between)
    assert after.says("7pm") == other.says("7pm")
    assert after.reminder is None


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
    chat = asked("/remind 6:00 Europe/Madrid", "reminder")
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
    chat = asked("/remind", step=step)
    for _ in range(2):
        assert MACHINE.book.say.remind_unclear() in chat.says(typed)
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
    after, other = asked(), asked()
    after.says("/remind")
    after.says("/remind 19:00")
    assert after.says(typed) == other.says(typed)
    assert after.reminder is None


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
    chat = asked("/remind 19:30")
    chat.says(typed)
    assert chat.reminder == Reminder(time(19, 30), zone)
    assert chat.turn.attempts == ()


def test_an_unclear_time_there_is_asked_for_once_more() -> None:
    """With the same buttons; the hour is kept."""
    chat = asked("/remind 19:30")
    said = chat.says("half past three")
    assert MACHINE.book.say.remind_zone_unclear() in said
    assert chat.turn.attempts == ()
    chat.says("3pm")
    assert chat.reminder == Reminder(time(19, 30), "UTC+3")


def test_a_city_goes_for_its_zone_behind_an_hour() -> None:
    """In the command, too; one that nobody knows is still said to be unknown."""
    for typed in ("/remind 7pm Berlin", "/remind at 7 pm in berlin", "19 Berlin"):
        chat = asked("/remind")
        chat.says(typed)
        assert chat.reminder == Reminder(time(19), "Europe/Berlin")
    assert "Bielefeld" in Chat().says("/remind 7pm Bielefeld")


def test_a_bare_hour_is_one_at_a_choice_whose_options_do_not_hold_it() -> None:
    """Where "To 0" and "To 1" are offered, a 1 is the option."""
    for step in ("lean", "nudge_wo2"):
        chat = asked("/remind", step=step)
        assert "At 19:00." in chat.says("19")
    for step, typed in (("lean", "1"), ("nudge_wo2", "0")):
        chat = asked("/remind", step=step)
        chat.says(typed)
        assert chat.turn.attempts != ()
