"""Hours and time zones as people and their phones write them: read, or told what the zone means."""

from __future__ import annotations

from datetime import time

import pytest

from bot.dialogue.effects import Say
from bot.dialogue.events import Pressed, SentOther
from bot.learning.reminders import Reminder, zone_named
from tests.bot.dialogue.test_reminding import Chat
from tests.bot.dialogue.test_reminding_typed import asked
from tests.tutor import MACHINE

WORDS = MACHINE.book.typed.hour_words

READ = {
    "19:00, Europe/Madrid": "Europe/Madrid",
    "Europe/Madrid 19:00": "Europe/Madrid",
    "Madrid, 7 pm": "Europe/Madrid",
    "19:00 (Madrid)": "Europe/Madrid",
    "19:00 - Madrid time": "Europe/Madrid",
    "19:00 America / New_York": "America/New_York",
    "7pm in san francisco": "America/Los_Angeles",
    "Mumbai 19:00": "Asia/Kolkata",
    "19:00 ET": "America/New_York",
    "19:00 UTC +2": "UTC+2",
    "UTC + 2, 19:00": "UTC+2",
    "19:00 GMT +05:30": "UTC+5:30",
    "19:00 UTC+5.5": "UTC+5:30",
    "19:00+02:00": "UTC+2",
    "19:00 UTC–5": "UTC-5",
    "19：00 ＵＴＣ−５": "UTC-5",
    "19∶00\N{NO-BREAK SPACE}Europe/Madrid": "Europe/Madrid",
    "\ufeff１９：００\u3000Europe／Madrid": "Europe/Madrid",
    "١٩:٠٠ Europe/Madrid": "Europe/Madrid",
    "19:00 Etc/GMT+5": "Etc/GMT+5",
    "19:00 EST": "UTC-5",
    "EST 19:00": "UTC-5",
    "19:00 cest": "UTC+2",
    "19:00 CET": "UTC+1",
}


@pytest.mark.parametrize("typed", READ)
def test_an_hour_and_a_zone_are_read_in_any_order_and_any_writing(typed: str) -> None:
    """One that stays the same all year is said to; EST and its like are such, in summer too."""
    chat = Chat()
    said = chat.says(f"/remind {typed}")
    zone = READ[typed]
    assert chat.reminder == Reminder(time(19), zone)
    fixed = "/" not in zone
    assert (zone.replace("-", "−") in said and "all year" in said) is fixed


@pytest.mark.parametrize("typed", ["19：00", "19∶00", "７\u2009ｐｍ", "19:00\u200b"])
def test_phone_characters_are_the_same_hour(typed: str) -> None:
    """In the command, and typed as the answer to its question."""
    assert "At 19:00." in Chat().says(f"/remind {typed}")
    assert "At 19:00." in asked("/remind").says(typed)


def test_a_zone_typed_as_an_answer_is_read_alike() -> None:
    """The hour was given before."""
    for typed, zone in (("EST", "UTC-5"), ("UTC – 5", "UTC-5"), ("gmt +05:30", "UTC+5:30")):
        chat = asked("/remind 20:00")
        assert "all year" in chat.says(typed)
        assert chat.reminder == Reminder(time(20), zone)


def test_letters_of_several_zones_are_asked_about() -> None:
    """Never one of them silently; a button, or a city, says which."""
    chat = Chat()
    said = chat.says("/remind 19:00 IST")
    assert "IST" in said
    assert chat.reminder is None
    (asked_,) = (effect for effect in chat.turn.effects if isinstance(effect, Say))
    (india,) = (b for row in asked_.buttons for b in row if b.label == "UTC+5:30")
    chat.does(Pressed(india.data, "press"))
    assert chat.reminder == Reminder(time(19), "UTC+5:30")
    chat.says("/remind 19:00 CST")
    chat.says("Chicago")
    assert chat.reminder == Reminder(time(19), "America/Chicago")


@pytest.mark.parametrize(
    "typed",
    ["7-8 pm", "7 - 8 pm", "twice a day at 7", "every 2 days", "19:00 Nowhere", "UTC+20 19"],
)
def test_what_is_unsure_sets_nothing(typed: str) -> None:
    """It is said to be unclear, or the zone to be unknown."""
    chat = Chat()
    assert chat.says(f"/remind {typed}")
    assert chat.reminder is None


@pytest.mark.parametrize("kind", ["location", "venue"])
def test_a_place_sent_where_the_zone_is_asked_is_answered_by_what_is_needed(kind: str) -> None:
    """A longitude is no time zone, so none is guessed; the question and its buttons come again."""
    chat = asked("/remind 19:30")
    said = chat.does(SentOther(kind, 5))
    assert MACHINE.book.say.remind_place() in said
    assert "At 19:30." in said
    assert any(isinstance(e, Say) and len(e.buttons) > 1 for e in chat.turn.effects)
    assert chat.reminder is None
    chat.says("3pm")
    assert chat.reminder == Reminder(time(19, 30), "UTC+3")


def test_elsewhere_a_place_is_what_it_was() -> None:
    """Nothing was asked, or only the hour."""
    for chat in (asked(), asked("/remind")):
        assert "I cannot read" in chat.does(SentOther("location", 5))


def test_every_zone_of_the_words_is_one() -> None:
    """An author's slip would set a reminder that never comes."""
    for zone in WORDS.zones:
        assert zone_named(zone) is not None, zone
