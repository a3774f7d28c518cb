"""A class for its teachers: its overview and files, its links, who is taken out, its end."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.class_asking import PUPILS, TEACH, TEACHERS, class_button, class_row
from bot.dialogue.class_data import (
    EndClass,
    InviteTeacher,
    RemovePupil,
    RemoveTeacher,
    Taught,
    TeachClass,
)
from bot.dialogue.class_telling import chosen_class, told_of
from bot.dialogue.effects import ClassView, Effect, Purpose, Show, link
from bot.dialogue.formatting import paragraphs
from bot.dialogue.joining import attending
from bot.dialogue.reply import Moment, Reply, saying, staying
from bot.pictures.requests import Code
from content.templates import Html

IN_A_ROW = 2
LONGEST_NUMBER = 18
"""No database counts further."""


def overview(moment: Moment, rest: str = "") -> Reply:
    """The class that is named, or the only one; a list where there are several, or none."""
    found = chosen_class(moment.classroom.taught, rest)
    if found is None:
        return listed(moment, moment.book.classes.unknown() if rest else "")
    also = attending(moment) if not rest else ()
    views: tuple[Effect, ...] = (_view(moment, found, "list"),)
    if found.pupils:
        views = (_view(moment, found, "picture"), *views)
    reply = Reply(moment.state, views)
    return reply.opening(paragraphs(*also)) if also else reply


def listed(moment: Moment, *before: str) -> Reply:
    """All classes with a button each, and one for a new class, after other texts."""
    words, classroom = moment.book.classes, moment.classroom
    told = "\n".join(
        told_of(moment, words.one_of_several, one.about, pupils=str(one.pupils))
        for one in classroom.taught
    )
    own = attending(moment)
    listed = words.several(list=Html(told)) if told else "" if own else words.none()
    rows = [
        class_row((words.to_class(name=one.about.name), f"show {one.about.id}"))
        for one in classroom.taught
    ]
    rows.append(class_row((words.to_new(), "new")))
    return saying(moment.state, paragraphs(*before, *own, listed), tuple(rows))


def _view(moment: Moment, taught: Taught, what: str) -> ClassView:
    return ClassView(taught.about.id, what, moment.book.language)


def linked(moment: Moment, said: str, start: str) -> Show:
    """A link as a picture for a camera, under what is said of it, to copy and to share."""
    rows = moment.view.linking(start), class_row((moment.book.classes.to_all(), ""))
    return Show(Code(start), said, rows)


def link_of(moment: Moment, rest: str) -> Reply:
    """The link for pupils once more."""
    return of(moment, rest, _link)


def _link(moment: Moment, taught: Taught) -> Reply:
    start, name = PUPILS + taught.code, taught.about.name
    said = moment.book.classes.link(name=name, link=Html(link(start)))
    return Reply(moment.state, (linked(moment, said, start),))


def of(moment: Moment, rest: str, act: Callable[[Moment, Taught], Reply]) -> Reply:
    """What is done to a class that the learner teaches; nothing to any other."""
    found = chosen_class(moment.classroom.taught, rest)
    if found is None:
        return listed(moment, moment.book.classes.unknown() if rest else "")
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
        row = class_row((moment.book.classes.to_all(), f"show {taught.about.id}"))
        return saying(moment.state, said, (row,)).before(_view(moment, taught, kind))

    return lambda moment, rest: of(moment, rest, sent)


def remove(moment: Moment, rest: str) -> Reply:
    """Which pupil is to go; or whether the one named is."""
    id_, _, pupil = rest.partition(" ")
    what = f"remove {pupil}".strip()
    return of(moment, id_, lambda at, taught: Reply(at.state, (_view(at, taught, what),)))


def removed(moment: Moment, rest: str) -> Reply:
    """A pupil goes."""
    id_, _, pupil = rest.partition(" ")

    def gone(moment: Moment, taught: Taught) -> Reply:
        if not (pupil.isascii() and pupil.isdecimal() and len(pupil) <= LONGEST_NUMBER):
            return overview(moment, id_)
        words, at = moment.book.classes, taught.about.id
        row = class_row((words.to_relink(), f"relink {at}"), (words.to_all(), f"show {at}"))
        said = saying(moment.state, words.removed(), (row,))
        return said.before(RemovePupil(taught.about.id, int(pupil)))

    return of(moment, id_, gone)


def invite(moment: Moment, rest: str) -> Reply:
    """A link for another teacher, which works once."""
    return of(moment, rest, _first(_invite))


def _invite(moment: Moment, taught: Taught) -> Reply:
    about, start = taught.about, TEACHERS + moment.classroom.fresh
    said = moment.book.classes.invite(name=about.name, link=Html(link(start)))
    rows = [moment.view.linking(start)]
    if len(taught.teachers) > 1:
        rows.append(class_row((moment.book.classes.to_dismiss(), f"dismiss {about.id}")))
    rows.append(class_row((moment.book.classes.to_all(), f"show {about.id}")))
    change = InviteTeacher(about.id, moment.classroom.fresh)
    return saying(moment.state, said, tuple(rows)).before(change)


def teach(moment: Moment, _rest: str) -> Reply:
    """The invitation to teach a class was taken."""
    pending, opened = moment.state.pending, moment.classroom.opened
    state = moment.state.but(class_asked="", class_told=())
    if opened is None or not opened.teaches or pending.class_asked != TEACH:
        return staying(moment.at(state), moment.book.classes.no_link())
    row = class_row((moment.book.classes.to_all(), ""))
    said = saying(state, moment.book.classes.teaches(name=opened.about.name), (row,))
    return said.before(TeachClass(pending.class_told[0]))


def dismiss(moment: Moment, rest: str) -> Reply:
    """Another teacher is taken off; which one, where that is not said."""
    id_, _, number = rest.partition(" ")

    def gone(moment: Moment, taught: Taught) -> Reply:
        words, about = moment.book.classes, taught.about
        teachers = [str(one) for one in taught.teachers]
        back = class_row((words.to_all(), f"show {about.id}"))
        if number in teachers[1:]:
            said = saying(moment.state, words.dismissed(name=about.name), (back,))
            return said.before(RemoveTeacher(about.id, int(number)))
        labelled = [
            (words.to_dismiss_one(number=str(at)), f"dismiss {about.id} {one}")
            for at, one in enumerate(teachers, 1)
        ]
        rows = (class_row(*labelled[1:]), back) if labelled[1:] else (back,)
        told = words.co_teachers(count=str(len(teachers) - 1)), words.dismiss_which()
        return saying(moment.state, paragraphs(*told[: len(rows)]), rows)

    return of(moment, id_, _first(gone))


def end(moment: Moment, rest: str) -> Reply:
    """Whether a class is to end."""

    def asked(moment: Moment, taught: Taught) -> Reply:
        words, about = moment.book.classes, taught.about
        over = class_button(words.to_end_now(), f"ended {about.id}", Purpose.ERASE)
        row = over, class_button(words.to_keep(), f"show {about.id}")
        return saying(moment.state, words.end_ask(name=about.name), (row,))

    return of(moment, rest, _first(asked))


def ended(moment: Moment, rest: str) -> Reply:
    """A class ends."""

    def over(moment: Moment, taught: Taught) -> Reply:
        said = moment.book.classes.ended(name=taught.about.name)
        return staying(moment, said).before(EndClass(taught.about.id))

    return of(moment, rest, _first(over))
