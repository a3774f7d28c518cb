"""What teachers and pupils are asked, told and reminded of, without a store behind it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogue.class_data import About, ClassResults, Pupil, Result, StepDone
from bot.dialogue.class_results import result_of
from bot.dialogue.effects import Button, ClassFile, ClassView, Say, Show
from bot.dialogue.machine import Machine
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.pictures.data import scene_of, template_data
from bot.pictures.requests import Bars, Grid
from content.library import Library
from content.own_network import code_of, read_own
from engine.practice import SKILLS
from tests.telegram_server.accepting import accept
from tests.telegram_server.markup import parse_html
from tests.transcripts.play import Chat, School

MACHINE = Machine(Library())
LESSON = MACHINE.book.lesson
PART = f"lesson_{LESSON.id}"
NETWORK = "x1=0.5 x2=0.4\nH1 relu 0.4 -0.3\nO sigmoid 0.6\ntarget 0"


def people(*names: str, language: str = "") -> list[Chat]:
    """Chats that share their classes."""
    school = School()
    for number, name in enumerate(names):
        chat = Chat(MACHINE, language, school=school, number=number)
        school.chats[name] = chat
    return list(school.chats.values())


def read(chat: Chat, *lines: str) -> str:
    """What somebody reads in answer to the last of what they do."""
    return "\n".join([chat.does(line) for line in lines][-1])


def class_of(teacher: Chat, due: str = "10 Dec", part: str = LESSON.title) -> None:
    """Has a teacher make a class."""
    read(teacher, "/class new", "Year 10", part, due)


def join(pupil: Chat, name: str = "Ann") -> str:
    """What a pupil reads who joins."""
    return read(pupil, "(opens the link)", name)


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


def pupils(count: int, name: str = "Pupil") -> tuple[Pupil, ...]:
    """Pupils all over the lesson, with every mistake they can make there."""
    found = []
    for number in range(count):
        at = LESSON.places[number % len(LESSON.places)]
        before = [place.id for place in LESSON.places if place.id != at.id][: number % 30]
        steps = tuple(StepDone(step, number % 3 == 0, number % 3 == 1) for step in before)
        made = tuple((step, "dropped_sign") for step in before)
        result = Result(bool(before), number % 7 == 6, at.id, steps, made, 0.5, 7, 3)
        found.append(Pupil(number, f"{name} {number}", result))
    return tuple(found)


ABOUT = About(1, "Year 10", PART, date(2026, 12, 10))
VIEW = ClassView(1, "list", "en")


@pytest.mark.parametrize("language", MACHINE.languages)
@pytest.mark.parametrize("part", [PART, "skill_weighted_sum", f"net_{code_of(read_own(NETWORK))}"])
def test_the_largest_class_fits_its_messages(language: str, part: str) -> None:
    """As Telegram takes them, in every language, with the longest nicknames; what fits is said."""
    about = replace(ABOUT, name="W" * 40, part=part)
    found = ClassResults(about, pupils(200, "M" * 36))
    for what in ("list", "picture", "remove", "remove 3"):
        view = MACHINE.class_view(replace(VIEW, what=what, language=language), found)
        assert isinstance(view, Say | Show)
        accept(view)
        if isinstance(view, Show):
            assert template_data(view.picture)


@pytest.mark.parametrize("language", MACHINE.languages)
def test_names_stand_as_they_were_typed(language: str) -> None:
    """No language turns the numbers in them, wherever they are told: message, picture, button."""
    about = replace(ABOUT, name="Year 1.5")
    found = ClassResults(about, (Pupil(1, "Ann 0.25", Result(True, steps=(StepDone("h1_sum"),))),))
    for what in ("list", "picture", "remove", "remove 1", "csv", "json"):
        view = MACHINE.class_view(replace(VIEW, what=what, language=language), found)
        told = repr(view)
        if isinstance(view, Show):
            told += repr(scene_of(view.picture).data()) if isinstance(view.picture, Grid) else ""
        elif isinstance(view, ClassFile):
            told = view.content.decode("utf-8-sig") + view.caption
        assert "0,25" not in told
        assert "1,5" not in told.replace("Year 1.5", "")
        assert "Ann 0.25" in told or what == "json"
        if isinstance(view, Say | ClassFile):
            assert not {"\ue000", "\ue001"} & {*told}


def test_the_list_says_all_of_each_pupil_and_what_goes_wrong() -> None:
    """Done, at a step or not begun; first tries; shown; the mistakes in words, with counts."""
    step = LESSON.places[4].id
    done = Result(True, True, "", (StepDone(step, first=True),), ((step, "dropped_sign"),))
    under = Result(True, False, step, (), ((step, "dropped_sign"), (step, "slip")))
    found = ClassResults(
        ABOUT,
        (
            *(Pupil(1, "Ann", done), Pupil(2, "Ben <b>", under), Pupil(3, "Cem", Result())),
            Pupil(4, "Dee", replace(under, mistakes=())),
        ),
    )
    said = MACHINE.class_view(VIEW, found)
    assert isinstance(said, Say)
    text = parse_html(said.html)[0]
    total = LESSON.total()
    assert f"Ann: done; right at the first try: 1 of {total}, shown: 0" in text
    assert f"Ben <b>: at step 4 · H2 · weighted sum; right at the first try: 0 of {total}" in text
    assert "Cem: not begun" in text
    assert "Where most are: step 4 · H2 · weighted sum, 2 pupils" in text
    assert "step 4 · H2 · weighted sum: a minus dropped (2)" in text
    assert "4 pupils, done: 1" in text


def test_a_class_of_a_lesson_is_drawn_by_part_and_one_of_a_skill_by_how_well_it_is_known() -> None:
    """A cell for each pupil and part; a bar for each pupil."""
    show = MACHINE.class_view(replace(VIEW, what="picture"), ClassResults(ABOUT, pupils(3)))
    assert isinstance(show, Show)
    assert isinstance(show.picture, Grid)
    assert {len(cells) for _, cells in show.picture.pupils} == {len(show.picture.parts)}
    skill = replace(ABOUT, part=f"skill_{SKILLS[0]}")
    show = MACHINE.class_view(replace(VIEW, what="picture"), ClassResults(skill, pupils(3)))
    assert isinstance(show, Show)
    assert isinstance(show.picture, Bars)


def test_files_have_everybody_and_no_formula() -> None:
    """A nickname that a spreadsheet would compute is only a text there."""
    odd = Pupil(9, '=HYPERLINK("x")', Result())
    found = ClassResults(ABOUT, (*pupils(200), odd))
    table = MACHINE.class_view(replace(VIEW, what="csv"), found)
    assert isinstance(table, ClassFile)
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == 202
    assert len({len(row) for row in rows}) == 1
    assert rows[-1][0] == "'" + odd.nickname
    data = MACHINE.class_view(replace(VIEW, what="json"), found)
    assert isinstance(data, ClassFile)
    read_back = json.loads(data.content)
    assert [one["pupil"] for one in read_back["pupils"]] == [one.nickname for one in found.pupils]
    assert read_back["due"] == "2026-12-10"


def test_a_class_that_is_none_of_theirs_is_told_of_with_nothing() -> None:
    """The same words for one that is not there and one that is another's."""
    said = MACHINE.class_view(replace(VIEW, what="csv"), None)
    assert said == Say(MACHINE.book.classes.unknown())


def test_a_lesson_finished_once_stays_done() -> None:
    """Beginning it again takes nothing from a pupil."""
    records = {place.id: Record(Outcome.SOLVED) for place in LESSON.places}
    done = State.of(LESSON.id, "", records=records)
    assert result_of(PART, done.to_json()).done
    chat = Chat(MACHINE, state=done.to_json())
    read(chat, "/where", "/restart", "[Yes]")
    assert chat.state is not None
    again = result_of(PART, chat.state)
    assert again.done
    assert again.at


def test_a_state_that_nobody_can_read_is_somebody_who_has_not_begun() -> None:
    """One broken row keeps no teacher from the others."""
    for stored in (None, "", "{", "[]", '{"v":2}', "null"):
        assert result_of(PART, stored) == Result()


def test_no_button_of_a_class_is_too_long() -> None:
    """64 bytes, with the longest ids there are."""
    about = replace(ABOUT, id=10**18)
    found = ClassResults(about, (Pupil(10**18, "Ann", Result()),))
    for what in ("list", "remove", f"remove {10**18}"):
        view = MACHINE.class_view(replace(VIEW, what=what), found)
        assert isinstance(view, Say)
        for button in (one for row in view.buttons for one in row):
            assert isinstance(button, Button)
            assert len(button.data.encode()) <= 64


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
