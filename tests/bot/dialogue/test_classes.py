"""What teachers and pupils are asked and told, without a store behind it."""

from __future__ import annotations

import random

import pytest

from bot.dialogue.classes import WORDS
from bot.dialogue.effects import LINKS
from tests.bot.dialogue.class_people import (
    LESSON,
    NETWORK,
    class_of,
    join,
    people,
    read,
)


@pytest.mark.parametrize("name", ["7", "...", "x" * 41, "0.03"])
def test_a_name_needs_a_letter_and_is_not_too_long(name: str) -> None:
    """Else it is asked for again, or taken for what it looks like."""
    (teacher,) = people("Ng")
    read(teacher, "/class new", name)
    assert "ready" not in read(teacher, LESSON.title, "no date")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("2026-12-10", "December 10, 2026"),
        ("10 Dec", "December 10, 2026"),
        ("10.12.", "December 10, 2026"),
        ("Dec 10th", "December 10, 2026"),
        ("3 January", "January 3, 2027"),
        ("no date", "with no date"),
        ("no", "with no date"),
        ("[No date]", "with no date"),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed: str, made: str) -> None:
    """With a year or without; or none at all."""
    (teacher,) = people("Ng")
    read(teacher, "/class new", "Year 10", LESSON.title)
    assert made in read(teacher, typed)


@pytest.mark.parametrize("typed", ["10/12", "soon", "31 Feb", "next week", "12", "10 Dec 3026"])
def test_a_date_that_is_not_clear_is_asked_again(typed: str) -> None:
    """Nobody gets a class until a day they did not mean."""
    (teacher,) = people("Ng")
    read(teacher, "/class new", "Year 10", LESSON.title)
    assert "ready" not in read(teacher, typed)
    if not typed.isdecimal():  # a number alone may be an answer to a step
        assert "December 10, 2026" in read(teacher, "10 Dec")


def test_a_date_that_is_over_is_said_to_be() -> None:
    """And asked again."""
    (teacher,) = people("Ng")
    assert "is over" in read(teacher, "/class new", "Year 10", LESSON.title, "1 Nov 2026")
    assert "December 1, 2026" in read(teacher, "1 Dec")


def test_what_was_asked_lapses_where_something_else_is_done() -> None:
    """A hint or a command in between: the next text is no name of a class."""
    (teacher,) = people("Ng")
    read(teacher, "/start", "/class new", "/where")
    assert "What do they work on" not in read(teacher, "Year 10")
    read(teacher, "/class new", "[Not now]")
    assert "What do they work on" not in read(teacher, "Year 10")


def test_a_pupil_is_told_what_is_seen_before_anything_is() -> None:
    """Until the nickname is typed nobody sees them; "not now" leaves it so."""
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher)
    told = read(pupil, "(opens the link)")
    assert "nickname" in told
    assert "Not what you type" in told
    assert "Nobody has joined" in read(teacher, "/class")
    read(pupil, "[Not now]", "Ann")
    assert "Nobody has joined" in read(teacher, "/class")
    join(pupil)
    assert "Ann" in read(teacher, "/class")


def test_a_number_at_a_step_is_an_answer_though_a_nickname_was_asked() -> None:
    """A learner who goes on with the lesson is not called 0.03."""
    teacher, pupil = people("Ng", "Ann")
    class_of(teacher)
    read(pupil, "/start", "[Start computing]", "(opens the link)")
    assert "0.03" in read(pupil, "0.03")
    assert "Nobody has joined" in read(teacher, "/class")


def test_who_joined_begins_with_what_the_class_works_on() -> None:
    """A lesson, a network that the teacher brought, or a skill."""
    teacher, pupil = people("Ng", "Ann")
    read(teacher, "/network", NETWORK, "/stop")
    for part, begun in (
        (LESSON.title, LESSON.title),
        ("2 inputs · 1 ReLU · 1 sigmoid", "x1"),
        ("Products with signs", "1"),
    ):
        class_of(teacher, part=part)
        join(pupil)
        assert begun in read(pupil, "[Begin]")


def test_several_classes_have_a_button_each() -> None:
    """For their teacher to look at, and for their pupil to leave."""
    teacher, pupil = people("Ng", "Ann")
    for name in ("Year 10", "Year 11"):
        read(teacher, "/class new", name, LESSON.title, "no date")
        join(pupil)
    assert "[👥 Year 10]" in read(teacher, "/class")
    assert "Year 11" in read(teacher, "[👥 Year 11]")
    assert "[Leave Year 10]" in read(pupil, "/class leave")
    assert "You have left Year 10" in read(pupil, "[Leave Year 10]")
    assert "You have left Year 11" in read(pupil, "/class leave")
    assert "You are in no class" in read(pupil, "/class leave")


ANYTHING = (
    *("/class", "/class new", "Year 10", "10 Dec", "10/12", "no", "yes", "Ann", "0.03", "/start"),
    *("(opens the link)", "/class leave", "/class join", "/forget", "/restart", "hint"),
    *("(1 day later)", "/network", NETWORK, LESSON.title, "Weighted sums", "/stop", "/where"),
)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_anybody_does_is_answered(seed: int) -> None:
    """Their own buttons, others' buttons, the command with any number; Telegram takes it."""
    chance, everybody = random.Random(seed), people("Ng", "Marx", "Ann", "Ben")
    for number in range(120):
        one = chance.choice(everybody)
        one.now = max(other.now for other in everybody)
        of = chance.choice((one, *everybody))
        shown = [button for button in of.buttons if button.purpose not in LINKS]
        if shown and chance.random() < 0.6:
            answer = one.presses(chance.choice(shown[-12:]).data, f"press{number}")
        elif chance.random() < 0.2:
            named = chance.choice(["", "1", "2", "3 4", "x"])
            answer = one.does(f"/class {chance.choice([*WORDS])} {named}")
        else:
            answer = one.does(chance.choice(ANYTHING))
        assert answer != ["(silent)"]
