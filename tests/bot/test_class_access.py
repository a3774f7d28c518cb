"""Nobody sees or changes a class that is none of theirs, whatever they send: here they try."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.dialogue.class_data import (
    ChangeClass,
    ClassChange,
    EndClass,
    InviteTeacher,
    JoinClass,
    LeaveClass,
    RemovePupil,
    RemoveTeacher,
    RenewLink,
    TeachClass,
)
from bot.dialogue.classes import WORDS
from bot.dialogue.effects import ClassView
from bot.dialogue.events import Said
from bot.ports import Outgoing
from bot.runtime.turns import CODE_BYTES
from bot.storage import SqlStore
from bot.storage.dialects import open_engine
from bot.storage.schema import classes, outbox, pupils, teachers
from tests.bot.school import CODE, School
from tests.bot.storage.test_store import file, file_store, postgres, store, turn, url

__all__ = ["file", "file_store", "postgres", "store", "url"]

NG, MARX, EVE, ANN, CEM, BEN = 101, 102, 103, 201, 202, 203
"""Two teachers with a class each, somebody with none, two pupils of hers, and one of his."""
SECRETS = ("Annabella", "Cornelius", "Year 10")
"""What is told of Ms Ng's class, and may be told to nobody but her and hers."""


@asynccontextmanager
async def at_school(store: SqlStore) -> AsyncIterator[School]:
    """Ms Ng's class with Ann and Cem in it, and Mr Marx's with Ben."""
    school = School(store)
    theirs = await school.makes_class(NG, "Year 10")
    others = await school.makes_class(MARX, "Year 11")
    await school.joins(ANN, theirs, "Annabella")
    await school.joins(CEM, theirs, "Cornelius")
    await school.joins(BEN, others, "Benedict")
    yield school
    await school.runtime.stop()


def rows(url: str) -> list[list[tuple[object, ...]]]:
    """All that is stored of classes."""
    engine = open_engine(url)
    with engine.begin() as connection:
        found = [
            [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in (classes, teachers, pupils)
        ]
    engine.dispose()
    return found


def tells(read: str) -> list[str]:
    """The secrets in what somebody read."""
    return [secret for secret in SECRETS if secret in read]


async def all_buttons_of(school: School) -> list[str]:
    """What every button carries that Ms Ng has of her class, opened down to the last question."""
    await school.says(NG, "/class")
    for label in ("Link", "CSV", "Remove a pupil", "Annabella", "Another teacher", "End the class"):
        await school.taps(NG, label)
    return list(dict.fromkeys(button.data for button in school.buttons(NG)))


@pytest.mark.parametrize("who", [EVE, MARX, ANN, BEN], ids=["nobody", "teacher", "pupil", "other"])
async def test_a_teacher_s_buttons_show_and_do_nothing_for_others(
    store: SqlStore, url: str, who: int
) -> None:
    """Every one of them, replayed by somebody else: no pupil is named, and no row changes."""
    async with at_school(store) as school:
        replayed = await all_buttons_of(school)
        assert {data.split(".")[3].split(" ")[0] for data in replayed if ".class." in data} >= {
            *("csv", "json", "link", "remove", "removed", "invite", "end", "ended", "show", "new")
        }
        before, since = rows(url), school.now
        for data in replayed:
            await school.presses(who, data)
            await school.presses(who, "2" + data)
        own = ["Annabella", "Year 10"] if who == ANN else []  # a pupil knows that much
        assert tells(school.read_by(who, since)) == own
        assert rows(url) == before


@pytest.mark.parametrize("who", [EVE, MARX, BEN], ids=["nobody", "teacher", "pupil of another"])
async def test_numbers_that_are_guessed_lead_nowhere(store: SqlStore, url: str, who: int) -> None:
    """Classes are numbered in a row, and each may be named behind every word of the command."""
    async with at_school(store) as school:
        before = rows(url)
        own = [row[0] for row in before[1] if row[2] == who]
        for word in WORDS:
            for number in (*range(1, 5), -1, 10**18, "1 1", "1 2", "2 2", "01", "1 OR 1=1"):
                if str(number).split(" ")[0] not in map(str, own) and word not in ("new", "leave"):
                    await school.says(who, f"/class {word} {number}")
        assert tells(school.read_by(who)) == []
        kept = rows(url)
        assert [row for row in kept[2] if row[2] == ANN] == [r for r in before[2] if r[2] == ANN]
        assert kept[0][0] == before[0][0]
        assert kept[1][0] == before[1][0]


async def test_links_that_are_forged_open_nothing(store: SqlStore, url: str) -> None:
    """A right code with a letter changed, cut short or lengthened; words; another's prefix."""
    async with at_school(store) as school:
        code = CODE.findall(school.read_by(NG))[0].removeprefix("class_")
        other = "0" if code[7] != "0" else "1"
        forged = (
            *(code[:7] + other + code[8:], code[:-1], code + "0", code[::-1], "0" * 32, "", "%"),
            *("' OR ''='", code[:16] + "%", "_" * 32, "\0" * 32, code[:31] + "g", "a" * 5000),
        )
        before = rows(url)
        for one in forged:
            for opening in ("/start class_", "/start teach_", "/class join "):
                read = await school.says(EVE, f"{opening}{one}")
                assert tells(read) == [], one
                await school.says(EVE, "Eve")
        assert rows(url) == before


async def test_the_pupils_link_makes_nobody_a_teacher(store: SqlStore, url: str) -> None:
    """Not with the other link's opening, and not by tapping what teachers tap."""
    async with at_school(store) as school:
        start = CODE.findall(school.read_by(NG))[0]
        before = rows(url)
        await school.says(EVE, f"/start {start.replace('class_', 'teach_')}")
        await school.presses(EVE, "1..class.teach")
        await school.says(EVE, "/class teach", f"/class teach {start}")
        assert rows(url)[1] == before[1]
        assert "Annabella" not in school.read_by(EVE)


async def test_codes_cannot_be_guessed(store: SqlStore) -> None:
    """128 bits from the system's own chance, all different; two hundred guesses open nothing."""
    async with at_school(store) as school:
        for number in range(20):
            await school.makes_class(EVE, f"Class {number}")
        codes = {one.partition("_")[2] for one in CODE.findall(school.read_by(EVE))}
        assert len(codes) == 20
        assert all(len(bytes.fromhex(code)) == CODE_BYTES >= 16 for code in codes)
        bits = "".join(f"{int(code, 16):0128b}" for code in codes)
        assert 0.4 < bits.count("1") / len(bits) < 0.6
        guess = random.Random(1)
        for _ in range(200):
            read = await school.says(BEN, f"/start class_{guess.getrandbits(128):032x}")
            assert "That link is not valid any more" in read


async def test_a_pupil_who_was_removed_is_seen_no_more(store: SqlStore, url: str) -> None:
    """Not in the list, not in the files, not stored; and they are told of no class."""
    async with at_school(store) as school:
        await school.says(NG, "/class")
        for label in ("Remove a pupil", "Annabella", "Remove"):
            await school.taps(NG, label)
        for said in ("/class", "/class csv", "/class json"):
            read = await school.says(NG, said)
            assert "Annabella" not in read
            assert "Cornelius" in read
        assert "Annabella" not in str(rows(url))
        assert tells(await school.says(ANN, "/class")) == []


async def test_an_old_button_to_remove_does_not_mean_somebody_else(store: SqlStore) -> None:
    """Numbers are used once: whoever joins later is not whom the button named."""
    async with at_school(store) as school:
        await school.says(NG, "/class")
        await school.taps(NG, "Remove a pupil")
        await school.taps(NG, "Annabella")
        (remove,) = (one.data for one in school.buttons(NG) if one.label == "Remove")
        await school.says(ANN, "/class leave")
        await school.says(BEN, "/class leave")
        await school.joins(BEN, CODE.findall(school.read_by(NG))[0], "Bertram")
        await school.presses(NG, remove)
        assert "Bertram" in await school.says(NG, "/class")


async def test_a_pupil_who_left_is_seen_no_more(store: SqlStore, url: str) -> None:
    """From the next look on; and their own progress stays theirs."""
    async with at_school(store) as school:
        await school.taps(ANN, "Begin")
        assert "Annabella" in await school.says(NG, "/class")
        await school.says(ANN, "/class leave")
        for said in ("/class", "/class csv", "/class json"):
            read = await school.says(NG, said)
            assert "Annabella" not in read
            assert "Cornelius" in read
        assert "Annabella" not in str(rows(url))
        assert "You are in" in await school.says(ANN, "/where")


async def test_a_learner_who_is_forgotten_is_in_no_class(store: SqlStore, url: str) -> None:
    """/forget erases the nickname, and nobody can ask for it any more."""
    async with at_school(store) as school:
        await school.says(ANN, "/forget", "yes")
        for said in ("/class", "/class csv", "/class json"):
            read = await school.says(NG, said)
            assert "Annabella" not in read
            assert "Cornelius" in read
        assert "Annabella" not in str(rows(url))
        assert not any(ANN in row for table in rows(url) for row in table)


async def test_a_forgotten_pupil_leaves_no_byte(file_store: SqlStore, file: Path) -> None:
    """Their nickname is in no file any more, not even in SQLite's write-ahead log."""
    async with at_school(file_store) as school:
        await school.says(NG, "/class")
        assert any(b"Annabella" in path.read_bytes() for path in file.parent.iterdir())
        await school.says(ANN, "/forget", "yes")
        await file_store.scrub()
        assert not any(b"Annabella" in path.read_bytes() for path in file.parent.iterdir())


async def test_a_teacher_who_is_forgotten_takes_the_class_along(store: SqlStore, url: str) -> None:
    """A class without a teacher goes, its pupils' nicknames with it, and its link is dead."""
    async with at_school(store) as school:
        start = CODE.findall(school.read_by(NG))[0]
        await school.says(NG, "/forget", "yes")
        assert [row[2] for row in rows(url)[0]] == ["Year 11"]
        assert "Annabella" not in str(rows(url))
        assert "That link is not valid any more" in await school.says(EVE, f"/start {start}")
        assert tells(await school.says(NG, "/class")) == []


async def co_taught(school: School) -> str:
    """Has Eve teach Ms Ng's class too; what her link carried."""
    await school.says(NG, "/class")
    start: str = CODE.findall(await school.taps(NG, "Another teacher"))[-1]
    await school.says(EVE, f"/start {start}")
    await school.taps(EVE, "Teach this class")
    return start


async def test_another_teacher_sees_the_class_and_cannot_end_it(store: SqlStore, url: str) -> None:
    """Nor take off the first one, nor bring in others; and the link worked once."""
    async with at_school(store) as school:
        start = await co_taught(school)
        assert "Annabella" in await school.says(EVE, "/class")
        before = rows(url)
        await school.says(EVE, "/class invite", "/class end", "/class ended", "/class dismiss")
        for number in (row[0] for row in before[1]):
            await school.says(EVE, f"/class dismiss {before[0][0][0]} {number}")
        await school.says(EVE, f"/class ended {before[0][0][0]}")
        assert rows(url) == before
        read = await school.says(MARX, f"/start {start}")
        assert "That link is not valid any more" in read
        assert tells(read) == []


async def test_a_teacher_who_was_taken_off_sees_nothing(store: SqlStore, url: str) -> None:
    """Not with the buttons they still have, and not with a reply that was on its way."""
    async with at_school(store) as school:
        await co_taught(school)
        await school.says(EVE, "/class")
        kept = [button.data for button in school.buttons(EVE)]
        await school.taps(NG, "Another teacher")
        await school.taps(NG, "Remove a teacher")
        await school.taps(NG, "Teacher 2")
        before, since = rows(url), school.now
        class_ = before[0][0][0]
        assert isinstance(class_, int)
        for data in kept:
            await school.presses(EVE, data)
        await school.says(EVE, "/class", "/class csv", "/class remove")
        assert tells(school.read_by(EVE, since)) == []
        assert [row for row in rows(url)[2] if row[2] == ANN] == [
            row for row in before[2] if row[2] == ANN
        ]
        assert await store.class_results(EVE, class_) is None


async def test_the_store_does_nothing_for_whoever_may_not(store: SqlStore, url: str) -> None:
    """Whatever a turn asks for, should the dialogue ever let it: rows stay as they are."""
    async with at_school(store) as school:
        await co_taught(school)
        before = rows(url)
        (class_, *_, code, _, _), pupil = before[0][0], before[2][0][0]
        assert isinstance(class_, int)
        assert isinstance(pupil, int)
        first = before[1][0][0]
        assert isinstance(first, int)
        asked: tuple[ClassChange, ...] = (
            *(RemovePupil(class_, pupil), RemoveTeacher(class_, first), EndClass(class_)),
            *(InviteTeacher(class_, "ff" * 16), LeaveClass(class_), TeachClass(str(code))),
            *(TeachClass(""), JoinClass("", "Eve"), JoinClass("ff" * 16, "Eve")),
            *(ChangeClass(class_, "Eve’s", "lesson_bn", None), RenewLink(class_, "ff" * 16)),
        )
        others = asked[1:4], asked[:]
        for number, (who, changes) in enumerate(zip((EVE, MARX), others, strict=True), 9000):
            saved = await store.load(who)
            done = turn(number, saved.version, who, classes=changes, attempts=(), outgoing=())
            await store.commit(done)
        assert rows(url) == before


async def test_a_reply_that_waits_holds_no_name(url: str) -> None:
    """The outbox keeps that a class is to be shown; whom it has is looked up after a restart."""
    view = ClassView(1, "list", "en")
    async with SqlStore(url, bot=7) as first:
        async with at_school(first):
            saved = await first.load(NG)
        waiting = Outgoing(9000, 0, NG, view)
        done = turn(9000, saved.version, NG, attempts=(), outgoing=(waiting,))
        await first.commit(done)
        engine = open_engine(url)
        with engine.begin() as connection:
            kept = str(connection.execute(select(outbox)).all())
        engine.dispose()
        assert "class" in kept
        assert tells(kept) == []
    async with SqlStore(url, bot=7) as second:
        left = await second.take_over()
    assert [one.effect for one in left.replies] == [view]


async def test_a_view_is_looked_up_for_whom_it_goes_to(store: SqlStore, url: str) -> None:
    """The right to see is asked when it is sent: what a reply says it is about does not matter."""
    async with at_school(store):
        number = rows(url)[0][0][0]
        assert isinstance(number, int)
        assert ClassView(number, "list", "en").id == number
        assert (await store.class_results(NG, number)) is not None
        for who in (MARX, EVE, ANN, BEN, -NG, 0):
            assert await store.class_results(who, number) is None


async def test_the_first_teacher_forgotten_hands_the_class_on(store: SqlStore, url: str) -> None:
    """Whoever came next may end it then, and nobody is left locked out."""
    async with at_school(store) as school:
        await co_taught(school)
        await school.says(NG, "/forget", "yes")
        assert "Annabella" in await school.says(EVE, "/class")
        await school.taps(EVE, "End the class")
        await school.taps(EVE, "End it")
        assert [row[2] for row in rows(url)[0]] == ["Year 11"]


async def test_pupils_are_told_of_no_other_pupil(store: SqlStore) -> None:
    """Whatever of their class they ask for."""
    async with at_school(store) as school:
        start = CODE.findall(school.read_by(NG))[0]
        await school.says(BEN, "/class leave")
        await school.joins(BEN, start, "Bertram")
        await school.says(BEN, *(f"/class {word}" for word in WORDS), "/export", "/class join")
        assert "Annabella" not in school.read_by(BEN)


async def test_another_bot_on_the_same_database_knows_none_of_it(url: str) -> None:
    """Links lead to one bot: its classes are not the other's."""
    async with SqlStore(url, bot=7) as first, at_school(first) as school:
        start = CODE.findall(school.read_by(NG))[0]
        number = rows(url)[0][0][0]
        async with SqlStore(url, bot=8) as second:
            other = School(second)
            assert tells(await other.says(NG, "/class")) == []
            assert tells(await other.says(EVE, f"/start {start}")) == []
            assert isinstance(number, int)
            assert await second.class_results(NG, number) is None
            await other.runtime.stop()


async def test_an_edited_or_forwarded_code_is_only_a_text(store: SqlStore, url: str) -> None:
    """A message changed into a link's command later joins nothing without a nickname."""
    async with at_school(store) as school:
        before = rows(url)
        start = CODE.findall(school.read_by(NG))[0]
        await school.does(EVE, Said(f"/start {start}", 1, edited=True))
        assert rows(url) == before
