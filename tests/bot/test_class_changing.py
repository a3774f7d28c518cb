"""A teacher changes a class while pupils are in it, on every store."""

from __future__ import annotations

from bot.storage import SqlStore
from content.loader import load
from content.written import languages
from tests.bot.school import CODE, School
from tests.bot.storage.test_store import file, file_store, postgres, store, url
from tests.tutor import MACHINE

__all__ = ["file", "file_store", "postgres", "store", "url"]

NG, MARX, ANN, EVE = 101, 102, 201, 202
WORDS = MACHINE.book.classes


async def taught(store: SqlStore) -> tuple[School, str]:
    """Ms Ng's class with Ann in it, its overview shown, and its link."""
    school = School(store)
    start = await school.makes_class(NG, "Year 10")
    await school.joins(ANN, start, "Annabella")
    await school.says(NG, "/class")
    return school, start


async def test_name_part_and_date_are_changed_by_buttons(store: SqlStore) -> None:
    """Each is asked for, said back, and read by the pupil from then on; she stays in."""
    school, _ = await taught(store)
    await school.taps(NG, WORDS.to_change())
    await school.taps(NG, WORDS.to_rename())
    assert "Year 11" in await school.says(NG, "Year 11")
    await school.says(NG, "/class change")
    await school.taps(NG, WORDS.to_redate())
    assert "9999" not in await school.says(NG, "10/12")  # asked again: which is the month?
    await school.says(NG, "2026-12-24")
    await school.says(NG, "/class change")
    await school.taps(NG, WORDS.to_rework())
    other = MACHINE.book.lessons["perceptron"].title
    await school.taps(NG, other)
    for who in (NG, ANN):
        read = await school.says(who, "/class")
        assert "Year 11" in read
        assert "Year 10" not in read
        assert other in read
        assert "December 24" in read
    assert "Annabella" in await school.says(NG, "/class")
    await school.says(NG, "/class redate")
    await school.taps(NG, WORDS.to_no_date())
    assert "December" not in await school.says(ANN, "/class")
    await school.runtime.stop()


async def test_an_old_link_no_longer_joins(store: SqlStore) -> None:
    """Neither at first nor where only the nickname was still to come; the new one does."""
    school, old = await taught(store)
    await school.says(EVE, f"/start {old}")
    await school.says(NG, "/class change")
    new = CODE.findall(await school.taps(NG, WORDS.to_relink()))[-1]
    assert new != old
    assert WORDS.no_link() in await school.says(EVE, "Evelyn")
    assert WORDS.no_link() in await school.says(EVE, f"/start {old}")
    assert "Evelyn" not in await school.says(NG, "/class")
    assert "Evelyn" in await school.joins(EVE, new, "Evelyn")
    read = await school.says(NG, "/class")
    assert "Evelyn" in read
    assert "Annabella" in read
    await school.runtime.stop()


async def test_who_was_taken_out_is_kept_out_by_a_new_link(store: SqlStore) -> None:
    """The button for it stands under what is said of who was taken out."""
    school, old = await taught(store)
    await school.taps(NG, WORDS.to_remove())
    await school.taps(NG, "Annabella")
    assert WORDS.removed() in await school.taps(NG, WORDS.to_remove_now())
    await school.taps(NG, WORDS.to_relink())
    assert WORDS.no_link() in await school.says(ANN, f"/start {old}")
    assert "Annabella" not in await school.says(NG, "/class")
    await school.runtime.stop()


async def test_another_teacher_changes_it_too_and_nobody_else(store: SqlStore) -> None:
    """Who teaches a class may; a pupil, and whoever has the number, changes nothing."""
    school, old = await taught(store)
    for who in (ANN, EVE):
        for word in ("change 1", "rename 1", "rework 1", "redate 1", "relink 1"):
            read = await school.says(who, f"/class {word}")
            assert "Year 10" not in read.replace("in <b>Year 10</b> as", "")
            assert not CODE.findall(read)
    assert {*CODE.findall(await school.says(NG, "/class link"))} == {old}
    invited = CODE.findall(await school.says(NG, "/class invite"))[-1]
    await school.says(MARX, f"/start {invited}")
    await school.taps(MARX, WORDS.to_teach())
    await school.says(MARX, "/class rename", "Year 12")
    assert "Year 12" in await school.says(NG, "/class")
    await school.runtime.stop()


def test_an_invitation_says_that_earlier_work_is_seen() -> None:
    """In each language it has a sentence more than what is never seen, before it is joined."""
    english = load("en").classes.seen()
    assert "before you joined is seen too" in english
    for language in languages():
        first, *_ = load(language).classes.seen().split("\n")
        marks = sum(first.count(mark) for mark in ".。।")
        assert marks == 2, language
