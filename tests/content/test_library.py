"""The books of all languages over the same lessons, and what is left out of them."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from content.errors import ContentError
from content.library import Library
from content.written import FOLDER, folders_in


def content(tmp_path: Path, *languages: str) -> Path:
    """A copy of the content with some of its languages."""
    for language in languages:
        shutil.copytree(FOLDER / language, tmp_path / "content" / language)
    return tmp_path / "content"


def test_one_bad_lesson_of_an_author_s_own_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One clear line in the log, and the bot has all the others."""
    folder = content(tmp_path, "en")
    own = tmp_path / "lessons"
    for name in ("good", "bad"):
        shutil.move(folder / "en" / ("greenhouse" if name == "good" else "perceptron"), own / name)
    frame = own / "bad" / "lesson.toml"
    frame.write_text(frame.read_text("utf-8").replace("learning_rate", "learning_rat", 1), "utf-8")
    with caplog.at_level(logging.ERROR):
        library = Library(folder=folder, further=folders_in(own))
    assert [*library["en"].lessons] == ["bn", "three_classes", "greenhouse"]
    (line,) = caplog.messages
    assert line.startswith("the lesson bad is left out: bad/lesson.toml: learning_rat")
    assert "did you mean 'learning_rate'?" in line


def test_a_folder_that_is_a_lesson_itself_is_taken(tmp_path: Path) -> None:
    """LESSONS_FOLDER may be the folder of lessons or of one."""
    own = tmp_path / "greenhouse"
    shutil.copytree(FOLDER / "en" / "greenhouse", own)
    assert folders_in(own) == [own]


def test_what_came_with_this_is_not_left_out(tmp_path: Path) -> None:
    """A mistake in it stops the bot, as ever."""
    folder = content(tmp_path, "en")
    (folder / "en" / "chat.toml").write_text("", "utf-8")
    with pytest.raises(ContentError):
        Library(folder=folder)


def test_a_language_that_cannot_be_used_is_not_spoken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its learners are spoken to in the bot's own language, and the log says why."""
    folder = content(tmp_path, "en", "de")
    (folder / "de" / "reading.toml").write_text('[echo]\nreading = "Zo."\n', "utf-8")
    with caplog.at_level(logging.ERROR):
        assert Library(folder=folder)["de"].language == "en"
    assert "de/reading.toml: echo.reading: the slot {reading} is missing" in caplog.text


def test_a_translation_changes_words_alone() -> None:
    """Steps, numbers, conditions and ids are the author's in every language."""
    library = Library()
    english = library["en"]
    for language in library.languages:
        book = library[language]
        for name, lesson in book.lessons.items():
            author = english.lessons[name]
            assert [p.id for p in lesson.places] == [p.id for p in author.places]
            for place in lesson.places:
                own, its = author[place.id], lesson.trace(place)
                assert its.values == author.trace(own).values
                for option, other in zip(
                    getattr(place.step, "options", ()),
                    getattr(own.step, "options", ()),
                    strict=True,
                ):
                    assert option.id == other.id
                    assert getattr(option, "right_if", 0) == getattr(other, "right_if", 0)
