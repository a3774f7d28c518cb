"""When a class reminds its pupils, and when it does not."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from tests.bot.dialogue.class_people import (
    LESSON,
    class_of,
    join,
    people,
    read,
)
from tests.transcripts.play import Chat


def later(chat: Chat, days: int) -> list[str]:
    """What is said of the class in so many days."""
    return [line for line in chat.does(f"({days} days later)") if "from your class" in line]


def test_one_reminder_comes_the_day_before() -> None:
    """At four in the afternoon, and never again."""
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher)
    join(pupil)
    assert len(later(pupil, 14)) == 0
    said = pupil.does("(2 days later)")
    assert "(at 16:00 UTC)" in said
    assert len([line for line in said if "from your class" in line]) == 1
    assert later(pupil, 30) == []
    assert later(teacher, 30) == []


def test_who_is_done_is_not_reminded() -> None:
    """Nor who has left, was removed, or is in a class that has ended."""
    for ends in ("done", "left", "removed", "ended"):
        teacher, pupil = people("Ng", "Ann")
        class_of(teacher)
        join(pupil)
        if ends == "done":
            assert pupil.state is not None
            records = {place.id: Record(Outcome.SOLVED) for place in LESSON.places}
            pupil.state = State.from_json(pupil.state).but(step="", records=records).to_json()
        elif ends == "left":
            read(pupil, "/class leave")
        elif ends == "removed":
            read(teacher, "/class", "[➖ Remove a pupil]", "[Ann]", "[Remove]")
        else:
            read(teacher, "/class", "[End the class]", "[End it]")
        assert later(pupil, 30) == [], ends


def test_with_a_reminder_of_practice_there_is_still_one_a_day() -> None:
    """The class's comes in its place, at its hour, and practice goes on the next day."""
    teacher, pupil = people("Ng", "Ann")
    read(pupil, "/start", "/remind 19:00 UTC")
    class_of(teacher)
    join(pupil)
    said = pupil.does("(20 days later)")
    assert sum("from your class" in line for line in said) == 1
    assert sum("(at 19:00 UTC)" in line for line in said) == 20
    assert sum("(at " in line for line in said) == 20


def test_practice_s_hour_chosen_after_joining_makes_no_second_one() -> None:
    """On the day on which the class reminds, the first reminder is the class's."""
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher)
    join(pupil)
    read(pupil, "/remind 8:00 UTC")
    said = pupil.does("(20 days later)")
    assert sum("from your class" in line for line in said) == 1
    assert sum("(at " in line for line in said) <= 20
    texts = "\n".join(said).split("(at ")
    days = Counter("from your class" in one for one in texts)
    assert days[True] == 1


def test_two_classes_due_on_one_day_are_one_message() -> None:
    """Never more than one a day."""
    teacher, pupil = people("Ng", "Ann")
    for name in ("Year 10", "Year 11"):
        read(teacher, "/class new", name, LESSON.title, "10 Dec")
        join(pupil)
    said = pupil.does("(30 days later)")
    assert sum("(at " in line for line in said) == 1
    assert sum("from your class" in line for line in said) == 2


def test_a_class_that_is_due_tomorrow_is_joined_without_a_reminder_at_once() -> None:
    """Whoever has just read the date need not be told of it in a minute."""
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher, "25 Nov")
    join(pupil)
    assert len(later(pupil, 30)) == 1
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher, "24 Nov")
    join(pupil)
    assert later(pupil, 30) == []


def test_reminders_are_at_the_learner_s_hour_and_zone() -> None:
    """Where they chose one: the day before, there."""
    teacher, pupil = people("Ng", "Ann")
    read(pupil, "/start", "/remind 19:00 UTC+5")
    class_of(teacher)
    join(pupil)
    assert pupil.state is not None
    due = State.from_json(pupil.state).learner.class_due
    assert datetime.fromtimestamp(due, UTC) == datetime(2026, 12, 9, 14, tzinfo=UTC)
    assert pupil.remind is not None
    assert pupil.remind - pupil.now < timedelta(days=1)
