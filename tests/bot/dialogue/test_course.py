"""What the owner is told of the course, and what a learner is told of their data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.course_numbers import Course
from bot.dialogue.effects import Export, Report, Say, Show
from bot.dialogue.events import Pressed, Said
from bot.dialogue.state import State
from bot.pictures.requests import Bars
from tests.telegram_server.markup import parse_html
from tests.tutor import MACHINE

LESSON = MACHINE.book.lesson
AT = State.of(LESSON.id, LESSON.places[1].id)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKED = Report(LESSON.id)


def test_the_owner_s_question_is_looked_up() -> None:
    """One effect, with the buttons of the step in hand, and the owner stays where they are."""
    turn = MACHINE.step(AT.to_json(), Said("/stats", 1, owner=True), NOW)
    (asked,) = turn.effects
    assert isinstance(asked, Report)
    assert asked.lesson == LESSON.id
    assert asked.buttons
    assert turn.state == AT.to_json()


def test_the_owner_reads_it_in_their_own_language() -> None:
    """The words and the numbers are those of the owner's language, not of the bot's."""
    german = AT.but(language="de")
    (asked,) = MACHINE.step(german.to_json(), Said("/stats", 1, owner=True), NOW).effects
    assert isinstance(asked, Report)
    said = MACHINE.report(asked, Course(4321, 4321, 55, 66, 2, (), 9876, False, (), (), ()))
    assert isinstance(said, Say)
    book = MACHINE.library["de"]
    assert said.html.startswith(book.say.stats(total="4321"))


@pytest.mark.parametrize("state", [None, AT.to_json()], ids=["new", "at a step"])
def test_anyone_else_gets_the_answer_of_an_unknown_command(state: str | None) -> None:
    """Word for word, so that nobody learns that there is such a command."""
    unknown = MACHINE.step(state, Said("/nonsense", 1), NOW)
    assert MACHINE.step(state, Said("/stats", 1), NOW) == unknown


def test_a_forged_press_shows_nothing() -> None:
    """What a button carries is the client's word: it cannot ask for the numbers."""
    turn = MACHINE.step(AT.to_json(), Pressed(f"{AT.progress.run}.{AT.hand.step}.stats", "c"), NOW)
    assert not any(isinstance(effect, Report) for effect in turn.effects)


def test_the_command_is_in_no_menu() -> None:
    """The menu is everybody's; /export is in it."""
    names = [name for name, _ in MACHINE.profile().commands]
    assert "stats" not in names
    assert "export" in names


def test_all_numbers_are_said_and_drawn() -> None:
    """Every bar is in the caption by the names that learners know, and none is an id."""
    steps = ((LESSON.places[1].id, 31), (LESSON.places[2].id, 17))
    mistakes = (("dropped_sign", 1205), ("slip", 7))
    course = Course(4321, 4321, 55, 66, 2, steps, 9876, False, (), steps[:1], mistakes)
    show = MACHINE.report(ASKED, course)
    assert isinstance(show, Show)
    assert isinstance(show.picture, Bars)
    text = parse_html(show.caption)[0]
    for number in ("4,321", "55", "66", "2", "9,876", "31", "17", "1,205", "7"):
        assert number in text
    for group in show.picture.groups:
        assert group.heading in text
        for name, count in group.bars:
            assert f"{name} {count:,}" in text
    assert LESSON.places[1].id not in text
    assert "a minus dropped 1,205" in text
    assert "Of " not in text


def test_a_part_is_not_passed_off_as_all() -> None:
    """Where there are too many to look at them all, it says how many were."""
    said = MACHINE.report(ASKED, Course(1_000_000, 9_990, 55, answers=100_000, answers_before=True))
    assert isinstance(said, Say)
    assert "Of 9,990 of them" in said.html
    assert "the last 100,000" in said.html


def test_it_fits_under_a_picture_however_much_there_is() -> None:
    """At most 1,024 characters."""
    many = tuple((f"a-step-of-another-lesson-{i:04}<&>" * 3, 10**9 + i) for i in range(40))
    show = MACHINE.report(ASKED, Course(10**9, 10**4, 1, 1, 1, many, 10**5, True, many, many, many))
    assert isinstance(show, Show)
    assert len(parse_html(show.caption)[0]) <= 1024


def test_before_anybody_came_there_are_words_only() -> None:
    """No learner, no answer, and the buttons to go on."""
    (asked,) = MACHINE.step(None, Said("/stats", 1, owner=True), NOW).effects
    assert isinstance(asked, Report)
    said = MACHINE.report(asked, Course())
    assert isinstance(said, Say)
    assert said.buttons == asked.buttons
    assert "Learners: 0" in said.html


def test_one_s_own_data_is_asked_for_and_spoken_of() -> None:
    """A file first, then where to read on, with the buttons of the step in hand."""
    turn = MACHINE.step(AT.to_json(), Said("/export", 1), NOW)
    export, said = turn.effects
    assert isinstance(export, Export)
    assert isinstance(said, Say)
    assert said.buttons
    assert turn.state == AT.to_json()


def test_privacy_names_both_ways() -> None:
    """To get one's data, and to erase it."""
    (said,) = MACHINE.step(None, Said("/privacy", 1), NOW).effects
    assert isinstance(said, Say)
    assert "/export" in said.html
    assert "/forget" in said.html
