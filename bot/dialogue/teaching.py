"""A class for its teachers: making one, its links, its overview and files, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.dialogue.actions import Do, button_data
from bot.dialogue.class_asking import DUE, NAME, PART, PUPILS, TEACHERS, name_in
from bot.dialogue.class_data import (
    MOST_CLASSES,
    About,
    EndClass,
    InviteTeacher,
    MakeClass,
    RemovePupil,
    RemoveTeacher,
    Taught,
    TeachClass,
)
from bot.dialogue.class_dates import PastError, date_in, example, written
from bot.dialogue.class_parts import choices
from bot.dialogue.class_telling import buttons, chosen_class, told_of
from bot.dialogue.effects import Button, ClassView, Effect, Purpose, Show, link
from bot.dialogue.formatting import paragraphs
from bot.dialogue.hearing import words_of
from bot.dialogue.joining import attending
from bot.dialogue.reply import Moment, Reply, saying, staying
from bot.learning.reminders import today
from bot.pictures.requests import Code
from content.templates import Html

IN_A_ROW = 2
LONGEST_NUMBER = 18
"""No database counts further."""


def overview(moment: Moment, rest: str = "") -> Reply:
    """The class that is named, or the only one; a list where there are several, or none."""
    found = chosen_class(moment.classroom.taught, rest)
    if found is None:
        return _list(moment, moment.book.classes.unknown() if rest else "")
    also = attending(moment) if not rest else ()
    views: tuple[Effect, ...] = (_view(moment, found, "list"),)
    if found.pupils:
        views = (_view(moment, found, "picture"), *views)
    reply = Reply(moment.state, views)
    return reply.opening(paragraphs(*also)) if also else reply


def _list(moment: Moment, *before: str) -> Reply:
    words, classroom = moment.book.classes, moment.classroom
    told = "\n".join(
        told_of(moment, words.one_of_several, one.about, pupils=str(one.pupils))
        for one in classroom.taught
    )
    own = attending(moment)
    listed = words.several(list=Html(told)) if told else "" if own else words.none()
    rows = [
        buttons(moment, (words.to_class(name=one.about.name), f"show {one.about.id}"))
        for one in classroom.taught
    ]
    rows.append(buttons(moment, (words.to_new(), "new")))
    return saying(moment.state, paragraphs(*before, *own, listed), tuple(rows))


def _view(moment: Moment, taught: Taught, what: str) -> ClassView:
    data = button_data(moment.state, Do.CLASS)
    return ClassView(taught.about.id, what, moment.book.language, data)


def new(moment: Moment, _rest: str) -> Reply:
    """A new class: its name is asked first."""
    words = moment.book.classes
    if len(moment.classroom.taught) >= MOST_CLASSES:
        return _list(moment, words.most_classes(count=str(MOST_CLASSES)))
    return _ask(moment, NAME, (), words.ask_name())


def _ask(
    moment: Moment, what: str, told: tuple[str, ...], said: str, *rows: tuple[Button, ...]
) -> Reply:
    state = moment.state.but(class_asked=what, class_told=told)
    off = buttons(moment.at(state), (moment.book.classes.to_not_now(), "no"))
    return saying(state, said, (*rows, off))


def named(moment: Moment) -> Reply:
    """The name was typed: what the class works on is asked next."""
    name = name_in(moment.intent.text)
    if not name:
        return _ask(moment, NAME, (), moment.book.classes.ask_name())
    return _ask_part(moment, name)


def _ask_part(moment: Moment, name: str) -> Reply:
    labelled = [(label, f"part {at}") for at, (_, label) in enumerate(_choices(moment))]
    made = buttons(moment, *labelled)
    rows = [made[at : at + IN_A_ROW] for at in range(0, len(made), IN_A_ROW)]
    return _ask(moment, PART, (name,), moment.book.classes.ask_part(name=name), *rows)


def _choices(moment: Moment) -> list[tuple[str, str]]:
    return list(choices(moment.main, moment.state))


def part_typed(moment: Moment) -> Reply:
    """What the class works on was typed, as it stands on its button."""
    (name,) = moment.state.pending.class_told
    typed = words_of(moment.intent.text)
    for part, label in _choices(moment):
        if typed == words_of(label):
            return _ask_due(moment, name, part)
    return _ask_part(moment, name)


def part(moment: Moment, rest: str) -> Reply:
    """What the class works on was chosen: the date is asked next."""
    asked, told, found = *_asked(moment), _choices(moment)
    if asked not in (PART, DUE) or not rest.isdecimal() or int(rest) >= len(found):
        return overview(moment)
    return _ask_due(moment, told[0], found[int(rest)][0])


def _asked(moment: Moment) -> tuple[str, tuple[str, ...]]:
    return moment.state.pending.class_asked, moment.state.pending.class_told


def _ask_due(moment: Moment, name: str, part: str, said: str = "") -> Reply:
    words = moment.book.classes
    row = buttons(moment, (words.to_no_date(), "date"))
    return _ask(moment, DUE, (name, part), said or words.ask_due(example=_example(moment)), row)


def _example(moment: Moment) -> str:
    return example(moment.book.language, _today(moment))


def _today(moment: Moment) -> date:
    return today(moment.time, moment.state.learner.zone)


def due_typed(moment: Moment) -> Reply:
    """A date was typed: one that is clear and not over makes the class."""
    name, part = moment.state.pending.class_told
    words, typed = moment.book.classes, moment.intent.text
    off = moment.book.typed.hour_words
    none = {words_of(words.to_no_date()), *off.off, *off.off_too, *moment.book.typed.intents["no"]}
    if words_of(typed) in none:
        return _made(moment, name, part, None)
    try:
        due = date_in(typed, moment.book.language, _today(moment))
    except PastError as error:
        over = written(error.day, moment.book.language)
        said = words.due_past(date=over, example=_example(moment))
        return _ask_due(moment, name, part, said)
    if due is None:
        return _ask_due(moment, name, part, words.due_unclear(example=_example(moment)))
    return _made(moment, name, part, due)


def undated(moment: Moment, _rest: str) -> Reply:
    """No date: the class is made."""
    asked, told = _asked(moment)
    if asked != DUE:
        return overview(moment)
    name, part = told
    return _made(moment, name, part, None)


def _made(moment: Moment, name: str, part: str, due: date | None) -> Reply:
    """The class is there, with its link in words, as a picture, and to share."""
    code, about = moment.classroom.fresh, About(0, name, part, due)
    state = moment.state.but(class_asked="", class_told=())
    there = moment.at(state)
    said = told_of(there, moment.book.classes.made, about, link=Html(link(PUPILS + code)))
    made = MakeClass(code, name, part, due)
    return Reply(state, (made, _linked(there, said, PUPILS + code)))


def _linked(moment: Moment, said: str, start: str) -> Show:
    rows = moment.view.linking(start), buttons(moment, (moment.book.classes.to_all(), ""))
    return Show(Code(start), said, rows)


def link_of(moment: Moment, rest: str) -> Reply:
    """The link for pupils once more."""
    return _of(moment, rest, _link)


def _link(moment: Moment, taught: Taught) -> Reply:
    start, name = PUPILS + taught.code, taught.about.name
    said = moment.book.classes.link(name=name, link=Html(link(start)))
    return Reply(moment.state, (_linked(moment, said, start),))


def _of(moment: Moment, rest: str, act: Callable[[Moment, Taught], Reply]) -> Reply:
    """What is done to a class that the learner teaches; nothing to any other."""
    found = chosen_class(moment.classroom.taught, rest)
    if found is None:
        return _list(moment, moment.book.classes.unknown() if rest else "")
    return act(moment, found)


def _first(act: Callable[[Moment, Taught], Reply]) -> Callable[[Moment, Taught], Reply]:
    """What only the first teacher of a class may do."""

    def only(moment: Moment, taught: Taught) -> Reply:
        if not taught.first:
            return staying(moment, moment.book.classes.only_owner())
        return act(moment, taught)

    return only


def file(kind: str) -> Callable[[Moment, str], Reply]:
    """What sends the class as a file: `csv` or `json`."""

    def sent(moment: Moment, taught: Taught) -> Reply:
        said = moment.book.classes.file()
        row = buttons(moment, (moment.book.classes.to_all(), f"show {taught.about.id}"))
        return saying(moment.state, said, (row,)).before(_view(moment, taught, kind))

    return lambda moment, rest: _of(moment, rest, sent)


def remove(moment: Moment, rest: str) -> Reply:
    """Which pupil is to go; or whether the one named is."""
    id_, _, pupil = rest.partition(" ")
    what = f"remove {pupil}".strip()
    return _of(moment, id_, lambda at, taught: Reply(at.state, (_view(at, taught, what),)))


def removed(moment: Moment, rest: str) -> Reply:
    """A pupil goes."""
    id_, _, pupil = rest.partition(" ")

    def gone(moment: Moment, taught: Taught) -> Reply:
        if not (pupil.isascii() and pupil.isdecimal() and len(pupil) <= LONGEST_NUMBER):
            return overview(moment, id_)
        row = buttons(moment, (moment.book.classes.to_all(), f"show {taught.about.id}"))
        said = saying(moment.state, moment.book.classes.removed(), (row,))
        return said.before(RemovePupil(taught.about.id, int(pupil)))

    return _of(moment, id_, gone)


def invite(moment: Moment, rest: str) -> Reply:
    """A link for another teacher, which works once."""
    return _of(moment, rest, _first(_invite))


def _invite(moment: Moment, taught: Taught) -> Reply:
    about, start = taught.about, TEACHERS + moment.classroom.fresh
    said = moment.book.classes.invite(name=about.name, link=Html(link(start)))
    rows = [moment.view.linking(start)]
    if len(taught.teachers) > 1:
        rows.append(buttons(moment, (moment.book.classes.to_dismiss(), f"dismiss {about.id}")))
    rows.append(buttons(moment, (moment.book.classes.to_all(), f"show {about.id}")))
    change = InviteTeacher(about.id, moment.classroom.fresh)
    return saying(moment.state, said, tuple(rows)).before(change)


def teach(moment: Moment, _rest: str) -> Reply:
    """The invitation to teach a class was taken."""
    asked, told = _asked(moment)
    opened, state = moment.classroom.opened, moment.state.but(class_asked="", class_told=())
    if opened is None or not opened.teaches or not asked:
        return staying(moment.at(state), moment.book.classes.no_link())
    row = buttons(moment.at(state), (moment.book.classes.to_all(), ""))
    said = saying(state, moment.book.classes.teaches(name=opened.about.name), (row,))
    return said.before(TeachClass(told[0]))


def dismiss(moment: Moment, rest: str) -> Reply:
    """Another teacher is taken off; which one, where that is not said."""
    id_, _, number = rest.partition(" ")

    def gone(moment: Moment, taught: Taught) -> Reply:
        words, about = moment.book.classes, taught.about
        teachers = [str(one) for one in taught.teachers]
        back = buttons(moment, (words.to_all(), f"show {about.id}"))
        if number in teachers[1:]:
            said = saying(moment.state, words.dismissed(name=about.name), (back,))
            return said.before(RemoveTeacher(about.id, int(number)))
        labelled = [
            (words.to_dismiss_one(number=str(at)), f"dismiss {about.id} {one}")
            for at, one in enumerate(teachers, 1)
        ]
        rows = (buttons(moment, *labelled[1:]), back) if labelled[1:] else (back,)
        told = words.co_teachers(count=str(len(teachers) - 1)), words.dismiss_which()
        return saying(moment.state, paragraphs(*told[: len(rows)]), rows)

    return _of(moment, id_, _first(gone))


def end(moment: Moment, rest: str) -> Reply:
    """Whether a class is to end."""

    def asked(moment: Moment, taught: Taught) -> Reply:
        words, about = moment.book.classes, taught.about
        row = buttons(
            moment, (words.to_end_now(), f"ended {about.id}"), (words.to_keep(), f"show {about.id}")
        )
        row = (replace(row[0], purpose=Purpose.ERASE), row[1])
        return saying(moment.state, words.end_ask(name=about.name), (row,))

    return _of(moment, rest, _first(asked))


def ended(moment: Moment, rest: str) -> Reply:
    """A class ends."""

    def over(moment: Moment, taught: Taught) -> Reply:
        said = moment.book.classes.ended(name=taught.about.name)
        return staying(moment, said).before(EndClass(taught.about.id))

    return _of(moment, rest, _first(over))
