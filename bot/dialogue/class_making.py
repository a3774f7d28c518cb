"""A new class: its name, what it works on, its date; and its link, once it is there."""

from __future__ import annotations

from datetime import date

from bot.dialogue.class_asking import DUE, NAME, PART, PUPILS, class_row, name_in
from bot.dialogue.class_data import MOST_CLASSES, About, MakeClass
from bot.dialogue.class_dates import PastError, date_in, example, written
from bot.dialogue.class_parts import choices
from bot.dialogue.class_telling import told_of
from bot.dialogue.effects import Button, link
from bot.dialogue.hearing import words_of
from bot.dialogue.reply import Moment, Reply, saying
from bot.dialogue.teaching import linked, listed, overview
from bot.learning.reminders import today
from content.templates import Html

IN_A_ROW = 2


def new(moment: Moment, _rest: str) -> Reply:
    """A new class: its name is asked first."""
    words = moment.book.classes
    if len(moment.classroom.taught) >= MOST_CLASSES:
        return listed(moment, words.most_classes(count=str(MOST_CLASSES)))
    return _ask(moment, NAME, (), words.ask_name())


def _ask(
    moment: Moment, what: str, told: tuple[str, ...], said: str, *rows: tuple[Button, ...]
) -> Reply:
    state = moment.state.but(class_asked=what, class_told=told)
    off = class_row((moment.book.classes.to_not_now(), "no"))
    return saying(state, said, (*rows, off))


def named(moment: Moment) -> Reply:
    """The name was typed: what the class works on is asked next."""
    name = name_in(moment.intent.text)
    if not name:
        return _ask(moment, NAME, (), moment.book.classes.ask_name())
    return _ask_part(moment, name)


def _ask_part(moment: Moment, name: str) -> Reply:
    labelled = [(label, f"part {at}") for at, (_, label) in enumerate(_choices(moment))]
    made = class_row(*labelled)
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
    row = class_row((words.to_no_date(), "date"))
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
    return Reply(state, (made, linked(there, said, PUPILS + code)))
