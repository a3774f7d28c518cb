"""What a teacher is shown of a class, as a message, a picture and a file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from bot.dialogue.class_data import About, ClassResults, Pupil, Result, StepDone
from bot.dialogue.class_results import result_of
from bot.dialogue.effects import Button, ClassFile, ClassView, Say, Show
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.pictures.data import scene_of, template_data
from bot.pictures.requests import Bars, Grid
from content.own_network import code_of, read_own
from engine.practice import SKILLS
from tests.bot.dialogue.class_people import (
    LESSON,
    NETWORK,
    PART,
    read,
)
from tests.telegram_server.accepting import accept
from tests.telegram_server.markup import parse_html
from tests.transcripts.play import Chat
from tests.tutor import MACHINE


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
