"""The SQL about classes. Who asks decides what is found and what changes, never what they name.

A class, a pupil or another teacher that somebody may not touch is passed over without a word, as if
it were not there: numbers come from buttons, and what a button carries is its sender's word.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.dialogue.class_data import (
    About,
    AskClasses,
    Attended,
    ChangeClass,
    ClassChange,
    ClassResults,
    Classroom,
    EndClass,
    InviteTeacher,
    JoinClass,
    LeaveClass,
    MakeClass,
    Opened,
    Pupil,
    RemovePupil,
    RemoveTeacher,
    RenewLink,
    Taught,
    TeachClass,
)
from bot.dialogue.class_results import Answered, recorded_as, result_of
from bot.ports import Done
from bot.storage.calls import one
from bot.storage.claims import Claims
from bot.storage.dialects import insert_new
from bot.storage.rows import milliseconds
from bot.storage.schema import attempts, classes, learners, pupils, teachers

IN_HAND = 100
"""So many answers are read without a pause."""

_ABOUT = (classes.c.id, classes.c.name, classes.c.part, classes.c.due)


@one
def classroom(connection: Connection, claims: Claims, chat: int, asked: AskClasses) -> Classroom:
    """See `bot.ports.Store`."""
    mine = _of_bot(select(*_ABOUT, classes.c.code, teachers.c.id.label("me")), claims.bot)
    teaching = mine.join(teachers, teachers.c.class_id == classes.c.id)
    taught = connection.execute(
        teaching.where(teachers.c.chat == chat).order_by(teachers.c.id)
    ).all()
    ids = [row.id for row in taught]
    counted, sharing = _counted(connection, ids), _teachers(connection, ids)
    theirs = _of_bot(select(*_ABOUT, pupils.c.nickname), claims.bot)
    attending = theirs.join(pupils, pupils.c.class_id == classes.c.id)
    attended = connection.execute(attending.where(pupils.c.chat == chat).order_by(pupils.c.id))
    return Classroom(
        tuple(
            Taught(_about(row), row.code, counted.get(row.id, 0), tuple(sharing[row.id]), row.me)
            for row in taught
        ),
        tuple(Attended(_about(row), row.nickname) for row in attended),
        _opened(connection, claims.bot, asked.code) if asked.code else None,
    )


def _of_bot(statement: Select[Any], bot: int) -> Select[Any]:
    return statement.select_from(classes).where(classes.c.bot == bot)


def _about(row: Row[Any]) -> About:
    return About(row.id, row.name, row.part, date.fromisoformat(row.due) if row.due else None)


def _counted(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """How many pupils classes have."""
    c = pupils.c.class_id
    found = select(c, func.count()).where(c.in_(ids)).group_by(c)
    return {row[0]: row[1] for row in connection.execute(found)} if ids else {}


def _teachers(connection: Connection, ids: Collection[int]) -> dict[int, list[int]]:
    """Who teaches classes, by number, in the order in which they came."""
    c = teachers.c
    found: dict[int, list[int]] = defaultdict(list)
    if ids:
        rows = connection.execute(
            select(c.class_id, c.id).where(c.class_id.in_(ids)).order_by(c.id)
        )
        for class_, number in rows:
            found[class_].append(number)
    return found


def _opened(connection: Connection, bot: int, code: str) -> Opened | None:
    for column, teaches in ((classes.c.code, False), (classes.c.teacher_code, True)):
        row = connection.execute(_of_bot(select(*_ABOUT), bot).where(column == code)).first()
        if row is not None:
            return Opened(_about(row), _counted(connection, [row.id]).get(row.id, 0), teaches)
    return None


def class_results(connection: Connection, bot: int, chat: int, class_: int) -> ClassResults | None:
    """How far each pupil of a class is; None for whoever does not teach it.

    Args:
        connection: reads one moment's state.
        bot: the bot's own id.
        chat: who asks.
        class_: the class that they name.
    """
    asked = select(*_ABOUT, _is_first(chat, class_).label("first"))
    its = _of_bot(asked, bot).where(classes.c.id == class_)
    row = connection.execute(its.where(_teaches(chat, class_))).first()
    if row is None:
        return None
    about = _about(row)
    c, state = pupils.c, learners.c.state
    joined = select(c.id, c.chat, c.nickname, state).outerjoin(learners, learners.c.chat == c.chat)
    found = connection.execute(joined.where(c.class_id == class_)).all()
    answers = _answers(connection, about.part, [one.chat for one in found])
    shown = list[Pupil]()
    for pupil in found:
        result = result_of(about.part, pupil.state, answers[pupil.chat])
        shown.append(Pupil(pupil.id, pupil.nickname, result))
        time.sleep(0)  # turns go first: this thread holds the interpreter for one pupil at most
    ordered = tuple(sorted(shown, key=lambda p: (p.nickname.casefold(), p.id)))
    return ClassResults(about, ordered, bool(row.first))


def _answers(connection: Connection, part: str, chats: Sequence[int]) -> dict[int, list[Answered]]:
    """The answers of some chats to a part, where those are needed."""
    found: dict[int, list[Answered]] = defaultdict(list)
    if (recorded := recorded_as(part)) is None or not chats:
        return found
    c = attempts.c
    asked = select(c.chat, c.step, c.verdict, c.mistakes, c.hints, c.tries).where(
        c.chat.in_(chats), c.lesson.startswith(recorded, autoescape=True)
    )
    rows = connection.execute(asked.order_by(c.chat, c.at_ms, c.id))
    for some in rows.partitions(IN_HAND):
        for chat, *answer in some:
            found[chat].append(Answered(*answer))
        time.sleep(0)
    return found


def _teaches(chat: int, class_: int) -> ColumnElement[bool]:
    """Whether somebody teaches a class."""
    c = teachers.c
    return select(c.id).where(c.class_id == class_, c.chat == chat).exists()


def _is_first(chat: int, class_: int) -> ColumnElement[bool]:
    """Whether somebody is a class's first teacher."""
    c = teachers.c
    first = select(func.min(c.id)).where(c.class_id == class_).scalar_subquery()
    return select(c.id).where(c.id == first, c.chat == chat).exists()


def change(connection: Connection, bot: int, turns: Iterable[Done]) -> None:
    """Does to classes what turns ask for, each only where its chat may."""
    for done in turns:
        for asked in done.classes:
            _change(connection, bot, done, asked)


def _change(connection: Connection, bot: int, done: Done, asked: ClassChange) -> None:
    chat, run = done.chat, connection.execute
    match asked:
        case MakeClass(code, name, part, due):
            made = {"bot": bot, "name": name, "part": part, "due": due and due.isoformat()}
            row = insert(classes).values(**made, code=code, created_ms=milliseconds(done.at))
            _add_teacher(connection, run(row.returning(classes.c.id)).scalar_one(), done)
        case JoinClass(code, nickname):
            if (class_ := _by_code(connection, bot, code)) is not None:
                joined = {"class_id": class_, "chat": chat, "nickname": nickname}
                added = insert_new(connection, pupils)
                run(added.values(**joined, joined_ms=milliseconds(done.at)))
        case LeaveClass(class_):
            run(delete(pupils).where(pupils.c.class_id == class_, pupils.c.chat == chat))
        case ChangeClass(class_, name, part, due):
            new = {"name": name, "part": part, "due": due.isoformat() if due else None}
            run(_taught(bot, chat, class_).values(**new))
        case RenewLink(class_, code):
            run(_taught(bot, chat, class_).values(code=code))
        case InviteTeacher(class_, code):
            mine = classes.c.id == class_, classes.c.bot == bot, _is_first(chat, class_)
            run(update(classes).where(*mine).values(teacher_code=code))
        case TeachClass(code):
            its = select(classes.c.id).where(classes.c.teacher_code == code, classes.c.bot == bot)
            class_ = run(its).scalar()
            used = update(classes).where(classes.c.teacher_code == code, classes.c.bot == bot)
            if class_ is not None and run(used.values(teacher_code=None)).rowcount:
                _add_teacher(connection, class_, done)
        case RemovePupil(class_, pupil):
            theirs = pupils.c.class_id == class_, pupils.c.id == pupil, _teaches(chat, class_)
            run(delete(pupils).where(*theirs))
        case RemoveTeacher(class_, teacher):
            if run(select(_is_first(chat, class_))).scalar():
                c = teachers.c
                others = c.class_id == class_, c.id == teacher, c.chat != chat
                run(delete(teachers).where(*others))
        case EndClass(class_):
            if run(select(_is_first(chat, class_))).scalar():
                _end(connection, [class_])


def _taught(bot: int, chat: int, class_: int) -> Update:
    """A change of a class by somebody who teaches it."""
    return update(classes).where(
        classes.c.id == class_, classes.c.bot == bot, _teaches(chat, class_)
    )


def _add_teacher(connection: Connection, class_: int, done: Done) -> None:
    row = {"class_id": class_, "chat": done.chat, "since_ms": milliseconds(done.at)}
    connection.execute(insert_new(connection, teachers).values(**row))


def _by_code(connection: Connection, bot: int, code: str) -> int | None:
    its = select(classes.c.id).where(classes.c.code == code, classes.c.bot == bot)
    found: int | None = connection.execute(its).scalar()
    return found


def _end(connection: Connection, ids: Collection[int]) -> None:
    for table, column in ((pupils, pupils.c.class_id), (teachers, teachers.c.class_id)):
        connection.execute(delete(table).where(column.in_(ids)))
    connection.execute(delete(classes).where(classes.c.id.in_(ids)))


def forget(connection: Connection, chats: Collection[int]) -> None:
    """Takes some chats out of every class; one that is left without a teacher ends."""
    c = teachers.c
    taught = set(connection.execute(select(c.class_id).where(c.chat.in_(chats))).scalars())
    connection.execute(delete(pupils).where(pupils.c.chat.in_(chats)))
    if not taught:
        return
    connection.execute(delete(teachers).where(c.chat.in_(chats)))
    left = set(connection.execute(select(c.class_id).where(c.class_id.in_(taught))).scalars())
    if taught - left:
        _end(connection, taught - left)


def exported(connection: Connection, bot: int, chat: int) -> dict[str, list[dict[str, Any]]]:
    """What is stored of a chat in classes, and nothing of anybody else's."""
    taught = _of_bot(select(*_ABOUT, classes.c.code, teachers.c.since_ms), bot)
    attended = _of_bot(select(*_ABOUT, pupils.c.nickname, pupils.c.joined_ms), bot)
    teaching = taught.join(teachers, teachers.c.class_id == classes.c.id)
    attending = attended.join(pupils, pupils.c.class_id == classes.c.id)
    return {
        "classes_taught": _dicts(connection, teaching.where(teachers.c.chat == chat)),
        "classes_attended": _dicts(connection, attending.where(pupils.c.chat == chat)),
    }


def _dicts(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement).mappings()]
