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
    return ask(moment, NAME, (), words.ask_name())


def ask(
    moment: Moment, what: str, told: tuple[str, ...], said: str, *rows: tuple[Button, ...]
) -> Reply:
    """Asks for a part of a class, and keeps what was told of it before."""
    state = moment.state.but(class_asked=what, class_told=told)
    off = class_row((moment.book.classes.to_not_now(), "no"))
    return saying(state, said, (*rows, off))


def named(moment: Moment) -> Reply:
    """The name was typed: what the class works on is asked next."""
    name = name_in(moment.intent.text)
    if not name:
        return ask(moment, NAME, (), moment.book.classes.ask_name())
    return _ask_part(moment, name)


def _ask_part(moment: Moment, name: str) -> Reply:
    said = moment.book.classes.ask_part(name=name)
    return ask(moment, PART, (name,), said, *part_rows(moment))


def part_rows(moment: Moment) -> list[tuple[Button, ...]]:
    """What a class may work on, on buttons."""
    labelled = [(label, f"part {at}") for at, (_, label) in enumerate(_choices(moment))]
    made = class_row(*labelled)
    return [made[at : at + IN_A_ROW] for at in range(0, len(made), IN_A_ROW)]


def _choices(moment: Moment) -> list[tuple[str, str]]:
    return list(choices(moment.main, moment.state))


def part_meant(moment: Moment, chosen: str = "") -> str:
    """What was chosen to work on; empty for nothing that there is.

    Args:
        moment: has what was typed, as it stands on its button.
        chosen: the button's place instead, where it was tapped.
    """
    found = _choices(moment)
    if chosen:
        there = chosen.isdecimal() and int(chosen) < len(found)
        return found[int(chosen)][0] if there else ""
    typed = words_of(moment.intent.text)
    return next((part for part, label in found if typed == words_of(label)), "")


def part_typed(moment: Moment) -> Reply:
    """What the class works on was typed."""
    (name,) = moment.state.pending.class_told
    part = part_meant(moment)
    return _ask_due(moment, name, part) if part else _ask_part(moment, name)


def part(moment: Moment, rest: str) -> Reply:
    """What the class works on was chosen: the date is asked next."""
    (asked, told), found = _asked(moment), part_meant(moment, rest) if rest else ""
    if asked not in (PART, DUE) or not found:
        return overview(moment)
    return _ask_due(moment, told[0], found)


def _asked(moment: Moment) -> tuple[str, tuple[str, ...]]:
    return moment.state.pending.class_asked, moment.state.pending.class_told


def _ask_due(moment: Moment, name: str, part: str, said: str = "") -> Reply:
    said = said or moment.book.classes.ask_due(example=example_of(moment))
    return ask(moment, DUE, (name, part), said, due_row(moment))


def due_row(moment: Moment) -> tuple[Button, ...]:
    """The button for no date."""
    return class_row((moment.book.classes.to_no_date(), "date"))


def example_of(moment: Moment) -> str:
    """A date as somebody may type it."""
    return example(moment.book.language, _today(moment))


def _today(moment: Moment) -> date:
    return today(moment.time, moment.state.learner.zone)


def due_typed(moment: Moment) -> Reply:
    """A date was typed: one that is clear and not over makes the class."""
    name, part = moment.state.pending.class_told
    meant = due_meant(moment)
    if isinstance(meant, Html):
        return _ask_due(moment, name, part, meant)
    return _made(moment, name, part, meant)


def due_meant(moment: Moment) -> date | Html | None:
    """The date that was typed; None for none; what is said where it is not clear, or over."""
    words, typed = moment.book.classes, moment.intent.text
    off = moment.book.typed.hour_words
    none = {words_of(words.to_no_date()), *off.off, *off.off_too, *moment.book.typed.intents["no"]}
    if words_of(typed) in none:
        return None
    try:
        due = date_in(typed, moment.book.language, _today(moment))
    except PastError as error:
        over = written(error.day, moment.book.language)
        return words.due_past(date=over, example=example_of(moment))
    return due or words.due_unclear(example=example_of(moment))


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
