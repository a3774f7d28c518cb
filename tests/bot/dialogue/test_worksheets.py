"""`/worksheet`: one sheet to print and its key, as two files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.dialogue.effects import Say, Show
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.pictures.painter import ThreadPainter
from bot.pictures.requests import Worksheet, filename
from bot.storage.codec import dump, load
from content.library import Library
from content.paper.key import keys
from content.paper.sheet import sheets
from content.paper.variants import of_lesson, of_skill
from tests.lesson import BOOK

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MACHINE = Machine(Library.of(BOOK))


def asked(
    text: str, state: State | None = None, at: datetime = NOW
) -> tuple[dict[str, Any], dict[str, Any], list[Show]]:
    """What stands on the sheet and on the key, and how they are shown."""
    state = state or State.of(BOOK.lesson.id, "h1_sum")
    turn = MACHINE.step(state.to_json(), Said(text, 1), at)
    *shown, said = turn.effects
    assert isinstance(said, Say)
    assert said.buttons
    shows = [one for one in shown if isinstance(one, Show)]
    pictures = [one.picture for one in shows]
    assert all(isinstance(one, Worksheet) for one in pictures)
    sheet, key = (json.loads(one.data) for one in pictures if isinstance(one, Worksheet))
    return sheet, key, shows


def test_a_sheet_by_its_number_is_the_one_that_is_printed() -> None:
    """`/worksheet 7` has the numbers of `python -m content worksheet --first 7`, and its key."""
    sheet, key, shows = asked("/worksheet 7")
    variant = of_lesson(BOOK.lesson).variant(7)
    assert sheet == sheets(BOOK, [variant], "a4")
    assert key == keys(BOOK, [variant], "a4")
    assert [filename(one.picture) for one in shows] == ["worksheet-7.pdf", "answer-key-7.pdf"]
    assert "7" in shows[0].caption


def test_without_a_number_it_is_fresh() -> None:
    """A second later the numbers are others; what stands in the caption gives them again."""
    first, _, shows = asked("/worksheet")
    later, _, _ = asked("/worksheet", at=NOW + timedelta(seconds=1))
    assert first != later
    number = filename(shows[0].picture).removeprefix("worksheet-").removesuffix(".pdf")
    assert f"/worksheet {number}" in shows[0].caption
    assert asked(f"/worksheet {number}")[0] == first


@pytest.mark.parametrize("words", ["weighted sums", "weighted_sum"])
def test_a_skill_may_be_named(words: str) -> None:
    """In words or by its id: short problems on it."""
    sheet, _, _ = asked(f"/worksheet {words}")
    assert sheet["sheets"][0]["title"] == of_skill(BOOK, "weighted_sum", 1).title
    assert len(sheet["sheets"][0]["problems"]) == 4


def test_in_a_made_lesson_it_is_about_that() -> None:
    """In practice on its skill; on a network of one's own about that network."""
    set_ = practice_set("weighted_sum", 2, "a seed", 1)
    first = book_for(BOOK, set_).lesson.places[0].id
    sheet, _, _ = asked("/worksheet 5", State.of(BOOK.lesson.id, "h1_sum").into(set_, first))
    assert sheet == sheets(BOOK, [of_skill(BOOK, "weighted_sum", 2).variant(5)], "a4")
    own = MACHINE.step(
        State.of(BOOK.lesson.id, "h1_sum").to_json(),
        Said("/network x=0.5\nh tanh 0.4\no sigmoid 0.3\ntarget 1\nrate 0.1", 1),
        NOW,
    )
    assert own.state is not None
    sheet, _, _ = asked("/worksheet 3", State.from_json(own.state))
    given = sheet["sheets"][0]["problems"][0]["rows"]
    assert [row["title"] for row in given] == ["example", "tanh", "sigmoid"]


async def test_both_files_are_drawn_and_outlive_a_restart() -> None:
    """What waits in the outbox is read back as it was, and becomes a PDF."""
    painter = ThreadPainter()
    for show in asked("/worksheet 7")[2]:
        again = load(dump(show))
        assert isinstance(again, Show)
        assert again.picture == show.picture
        assert (await painter.paint(again.picture)).startswith(b"%PDF")
    await painter.close()


def test_a_large_network_is_left_to_the_command_line() -> None:
    """Nobody waits while hundreds of numbers are drawn; the reply says what there is instead."""
    rows = "\n".join(f"h{i} tanh 0.1 0.2 0.3 0.4" for i in range(4))
    text = f"x1=0.5 x2=0.6 x3=0.7 x4=0.8\n{rows}\no sigmoid 0.1 0.2 0.3 0.4\ntarget 1\nrate 0.1"
    own = MACHINE.step(
        State.of(BOOK.lesson.id, "h1_sum").to_json(), Said(f"/network {text}", 1), NOW
    )
    assert own.state is not None
    (said,) = MACHINE.step(own.state, Said("/worksheet", 2), NOW).effects
    assert isinstance(said, Say)
    assert said.html.startswith(BOOK.say.worksheet_large())


def test_what_the_caption_says_gives_the_same_sheet() -> None:
    """Also of a skill: its name stands behind the number."""
    sheet, _, shows = asked("/worksheet weighted sums")
    again = re.search(r"<code>(.*?)</code>", shows[0].caption)
    assert again is not None
    assert asked(again[1])[0] == sheet


@pytest.mark.parametrize("words", ["/worksheet puzzles", "/worksheet 0", "/worksheet -5"])
def test_what_is_no_sheet_is_told(words: str) -> None:
    """No sheet on something else comes in its place."""
    turn = MACHINE.step(State.of(BOOK.lesson.id, "h1_sum").to_json(), Said(words, 1), NOW)
    assert not any(isinstance(effect, Show) for effect in turn.effects)
    assert any("weighted sums" in one.html.lower() for one in turn.effects if isinstance(one, Say))
