"""The trace sheet: what one learner did, line by line, as data for `bot.pictures`.

What was typed stands as it was typed, tidied only in its signs. Where just a number was typed, the
formula stands before it; where the tutor showed a step, or computes another number, a sign says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import groupby

from bot.dialogue.carrying import in_doubt, seen
from bot.dialogue.effects import Show
from bot.dialogue.pictures import drawing, labels, with_words
from bot.dialogue.speech import Speaker
from bot.dialogue.state import How, Record
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Labels, Sheet, Working
from content.kinds import called
from content.lesson import Place
from content.models import ChoiceStep, DirectionStep, NumberStep
from engine.decimals import short_text
from engine.reading import Reading
from engine.rounding import within
from engine.steps import target_names
from engine.trace import Trace

LONGEST = 400
"""Letters of one line that go to the page; nobody's working is longer."""
MOST_LINES = 12
"""Lines of one step that go to the page."""

_SIGNS = (("**", "^"), ("->", "→"), ("*", "×"), ("-", "−"))


def sheets(speaker: Speaker) -> tuple[Show, ...]:
    """The learner's own trace on one page, as a picture and to print; none of an empty page."""
    book = speaker.book
    workings = tuple(_sections(speaker))
    if not any(one.lines for one in workings):
        return ()
    last = _last_place(speaker)
    title = book.chat.say["sheet_title"]
    page = Sheet(drawing(speaker, last), workings, title, _legend(labels(book), workings))
    picture = with_words(speaker, page, book.say("sheet_caption"))
    return (picture, Show(replace(page, format="pdf"), book.say("sheet_pdf")))


def _last_place(speaker: Speaker) -> Place:
    """The last place of the example that most was done on: its diagram stands on the sheet."""
    places, records = speaker.book.lesson.places, speaker.state.records
    counts = dict.fromkeys(speaker.book.lesson.examples, 0)
    for place in places:
        counts[place.section.example] += place.id in records
    most = max(counts, key=lambda example: counts[example])
    return [place for place in places if place.section.example == most][-1]


def _legend(words: Labels, workings: tuple[Working, ...]) -> str:
    """What the signs on the page mean, for those that stand on it."""
    texts = [text for one in workings for text in (one.heading, *one.lines)]
    signs = ((SHOWN_SIGN, words.shown), (OWN_SIGN, words.own))
    used = [f"{sign} {word}" for sign, word in signs if any(sign in text for text in texts)]
    return "    ".join(used)


def _sections(speaker: Speaker) -> Iterator[Working]:
    """The steps done, section by section, each under its title."""
    book, example = speaker.book, ""
    for _, group in groupby(book.lesson.places, lambda place: place.part):
        places = list(group)
        found = list(_steps(speaker, places))
        if not found:
            continue
        section = places[0].section
        title = section.title
        computed = any(isinstance(place.step, NumberStep) for place in places)
        if computed and section.example != example:
            example = section.example
            title = f"{title}: {_given(book.lesson.examples[example].trace)}"
        if not section.table:
            yield Working(title, ())
        yield from found


def _given(trace: Trace) -> str:
    names = (*trace.network.inputs, *target_names(trace.network))
    given = (f"{name} = {short_text(trace.given[name])[0]}" for name in names)
    return ", ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in given)


def _steps(speaker: Speaker, places: list[Place]) -> Iterator[Working]:
    """The workings of one section; directions that follow one another are one block."""
    records, book = speaker.state.records, speaker.book
    done = [place for place in places if place.id in records]
    for kind, group in groupby(done, lambda place: type(place.step)):
        if kind is DirectionStep:
            moved = tuple(_picked(speaker, place, records[place.id]) for place in group)
            yield Working(labels(book).directions, moved, listed=True)
            continue
        if kind is NumberStep and places[0].section.table:
            rows = tuple(
                line for place in group for line in _row(speaker, place, records[place.id])
            )
            if rows:
                yield Working(places[0].section.title, rows, listed=True)
            continue
        for place in group:
            record = records[place.id]
            if isinstance(place.step, NumberStep) and (lines := _lines(speaker, place, record)):
                yield Working(_heading(speaker, place, record), lines, _how(speaker, record))
            elif isinstance(place.step, ChoiceStep):
                line = _picked(speaker, place, record)
                yield Working(book.about(place), (line,), _how(speaker, record))


def _heading(speaker: Speaker, place: Place, record: Record) -> str:
    about = speaker.book.about(place)
    return f"{about} {SHOWN_SIGN}" if record.how is How.SHOWN else about


def _how(speaker: Speaker, record: Record) -> str:
    """How hard it was, where it was not right at once: `try 3, hints 1`."""
    if record.how is How.SHOWN:
        return ""
    words, said = labels(speaker.book), []
    if record.tries > 1:
        said.append(words.tried.format(count=record.tries))
    if record.hints:
        said.append(words.hinted.format(count=record.hints))
    return ", ".join(said)


def _picked(speaker: Speaker, place: Place, record: Record) -> str:
    """A choice: what was picked, or shown to be right."""
    there = Speaker(speaker.book, speaker.state.at(place.id))
    shown = record.how is How.SHOWN or record.typed not in there.options()
    label = unescape(there.label(there.right_option() if shown else record.typed))
    if isinstance(place.step, DirectionStep):
        right = speaker.book.lesson.trace(place)[place.step.quantity]
        label = f"{right.owner}: {label}"
        if said := _how(speaker, record):
            label = f"{label} ({said})"
        if not shown and record.typed != right.text:
            word = speaker.book.chat.directions[right.text]
            label = f"{label} {_instead(speaker, place, word)}"
    return f"{label} {SHOWN_SIGN}" if shown else label


def _row(speaker: Speaker, place: Place, record: Record) -> tuple[str, ...]:
    """A gap of a table: the symbol, and what was put there."""
    assert isinstance(place.step, NumberStep)
    lesson, name = speaker.book.lesson, place.step.quantity
    trace = lesson.trace(place)
    symbol = called(trace, name)
    if record.how is How.SHOWN:
        return (f"{symbol} = {seen(speaker.state, lesson, place)[name].text} {SHOWN_SIGN}",)
    sign = f" {_instead(speaker, place, trace[name].text)}" if _is_own(trace, name, record) else ""
    typed = tidied(record.typed)
    return tuple(f"{symbol} = {line.lstrip('=≈ ')}{sign}" for line in typed[-1:])


def _lines(speaker: Speaker, place: Place, record: Record) -> tuple[str, ...]:
    """What was typed at a step, or shown there; nothing where neither was."""
    assert isinstance(place.step, NumberStep)
    lesson, name = speaker.book.lesson, place.step.quantity
    trace, theirs = lesson.trace(place), seen(speaker.state, lesson, place)
    typed = tidied(record.typed)
    if not typed:
        return tuple(theirs.working(name)) if record.how is How.SHOWN else ()
    reading = speaker.book.read(trace, name, record.typed)
    bare = isinstance(reading, Reading) and reading.is_bare_number
    if bare and isinstance(reading, Reading) and reading.value != record.value:
        return ()  # not asked: what the neuron passes on was given at once
    quantity = trace[name]
    if bare:
        typed = (f"{theirs.substituted(name)} = {typed[-1]}",)
    if _is_own(trace, name, record):
        return (*typed[:-1], f"{typed[-1]} {_instead(speaker, place, quantity.text)}")
    return typed


def _is_own(trace: Trace, name: str, record: Record) -> bool:
    """Whether a number on record is another than the tutor's."""
    held = trace.held[name]
    return record.value is not None and not within(record.value, held, trace[name].places)


def _instead(speaker: Speaker, place: Place, text: str) -> str:
    """The sign of a number of the learner's own; the tutor's only once nothing is in doubt."""
    doubted = in_doubt(speaker.state, speaker.book.lesson, place)
    return OWN_SIGN if doubted else f"{OWN_SIGN} {text}"


def tidied(typed: str) -> tuple[str, ...]:
    """What was typed, line by line, with the signs of arithmetic and no needless space."""
    for plain, sign in (*_SIGNS, (SHOWN_SIGN, ""), (OWN_SIGN, "")):
        typed = typed.replace(plain, sign)
    lines = [re.sub(r"\s+", " ", line).strip() for line in typed.splitlines()]
    short = [line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in lines if line]
    return tuple(short if len(short) <= MOST_LINES else [*short[: MOST_LINES - 1], "…"])
