"""What a teacher changes of a class: its name, what it works on, its date, its link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.dialogue.class_asking import PUPILS, REDATE, RENAME, REWORK, class_row, name_in
from bot.dialogue.class_data import ChangeClass, RenewLink, Taught
from bot.dialogue.class_making import ask, due_meant, due_row, example_of, part_meant, part_rows
from bot.dialogue.class_telling import told_of
from bot.dialogue.effects import link
from bot.dialogue.reply import Moment, Reply, saying
from bot.dialogue.teaching import linked, of
from content.templates import Html


def change(moment: Moment, rest: str) -> Reply:
    """What of a class shall change."""

    def asked(moment: Moment, taught: Taught) -> Reply:
        words, id_ = moment.book.classes, taught.about.id
        rows = (
            class_row((words.to_rename(), f"rename {id_}"), (words.to_rework(), f"rework {id_}")),
            class_row((words.to_redate(), f"redate {id_}"), (words.to_relink(), f"relink {id_}")),
            class_row((words.to_keep(), f"show {id_}")),
        )
        return saying(moment.state, told_of(moment, words.overview, taught.about), rows)

    return of(moment, rest, asked)


def rename(moment: Moment, rest: str) -> Reply:
    """Another name: it is asked."""
    return of(moment, rest, _ask_name)


def _ask_name(moment: Moment, taught: Taught) -> Reply:
    return ask(moment, RENAME, (str(taught.about.id),), moment.book.classes.ask_name())


def renamed(moment: Moment) -> Reply:
    """The name was typed."""
    if name := name_in(moment.intent.text):
        return _changed(moment, name=name)
    return of(moment, _told(moment), _ask_name)


def rework(moment: Moment, rest: str) -> Reply:
    """Something else to work on: what is asked."""
    return of(moment, rest, _ask_part)


def _ask_part(moment: Moment, taught: Taught) -> Reply:
    said = moment.book.classes.ask_part(name=taught.about.name)
    return ask(moment, REWORK, (str(taught.about.id),), said, *part_rows(moment))


def reworked(moment: Moment, chosen: str = "") -> Reply:
    """What it works on was typed, or tapped: `chosen` is its place among the buttons."""
    if part := part_meant(moment, chosen):
        return _changed(moment, part=part)
    return of(moment, _told(moment), _ask_part)


def redate(moment: Moment, rest: str) -> Reply:
    """Another date: it is asked."""

    def asked(moment: Moment, taught: Taught) -> Reply:
        said = moment.book.classes.ask_due(example=example_of(moment))
        return ask(moment, REDATE, (str(taught.about.id),), said, due_row(moment))

    return of(moment, rest, asked)


def redated(moment: Moment) -> Reply:
    """A date was typed, or that there is none."""
    meant = due_meant(moment)
    if isinstance(meant, Html):
        return ask(moment, REDATE, moment.state.pending.class_told, meant, due_row(moment))
    return _changed(moment, due=meant)


def undated(moment: Moment) -> Reply:
    """No date any more."""
    return _changed(moment, due=None)


def _told(moment: Moment) -> str:
    """The number of the class whose change was asked for; of none that there is, else."""
    return next(iter(moment.state.pending.class_told), "0")


def _changed(moment: Moment, **new: str | date | None) -> Reply:
    id_, there = _told(moment), moment.at(moment.state.but(class_asked="", class_told=()))

    def done(moment: Moment, taught: Taught) -> Reply:
        about = replace(taught.about, **new)  # type: ignore[arg-type] # fields of it
        row = class_row((moment.book.classes.to_all(), f"show {about.id}"))
        said = saying(moment.state, told_of(moment, moment.book.classes.changed, about), (row,))
        return said.before(ChangeClass(about.id, about.name, about.part, about.due))

    return of(there, id_, done)


def relink(moment: Moment, rest: str) -> Reply:
    """Another link, in the place of the one there was."""

    def renewed(moment: Moment, taught: Taught) -> Reply:
        code, words = moment.classroom.fresh, moment.book.classes
        said = words.renewed(name=taught.about.name, link=Html(link(PUPILS + code)))
        made = RenewLink(taught.about.id, code)
        return Reply(moment.state, (made, linked(moment, said, PUPILS + code)))

    return of(moment, rest, renewed)
