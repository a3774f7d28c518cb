"""The trace sheet: what one learner did, line by line, as data for `bot.pictures`.

What was typed stands as it was typed, tidied only in its signs, where all that it says is equal is
equal to the digits written. Where just a number was typed, or the working has a slip, the formula
stands before the number if that comes to it. A sign says where the tutor showed a step, or computes
another number; how many tries a step took is on no keepsake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import groupby, pairwise

from bot.dialogue.carrying import in_doubt, seen
from bot.dialogue.effects import Show
from bot.dialogue.pictures import drawing, with_words
from bot.dialogue.speech import Speaker
from bot.dialogue.state import How, Record
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Sheet, Working
from content.kinds import called
from content.lesson import Place
from content.models import ChoiceStep, DirectionStep, NumberStep
from content.picture_words import Labels
from engine.decimals import short_text
from engine.reading import Reading, Unreadable, Written
from engine.reading.characters import plain
from engine.rounding import within
from engine.spoken import spoken
from engine.steps import target_names
from engine.trace import Trace

LONGEST = 400
"""Letters of one line that go to the page; nobody's working is longer."""
MOST_LINES = 12
"""Lines of one step that go to the page."""

_EQUAL = re.compile("[=≈]")
_HALF_SIDE = re.compile("(?<=[=≈])[^=≈]*$")
_SIGNS = (("**", "^"), ("->", "→"), ("*", "×"), ("-", "−"))


def sheets(speaker: Speaker) -> tuple[Show, ...]:
    """The learner's own trace on one page, as a picture and to print; none of an empty page."""
    book = speaker.book
    workings = tuple(_sections(speaker))
    if not any(one.lines for one in workings):
        return ()
    last = _last_place(speaker)
    title = book.chat.say["sheet_title"]
    page = Sheet(drawing(speaker, last), workings, title, _legend(book.labels, workings))
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
            yield Working(book.labels.directions, moved, listed=True)
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
                yield Working(_heading(speaker, place, record), lines)
            elif isinstance(place.step, ChoiceStep):
                line = _picked(speaker, place, record)
                yield Working(book.about(place), (line,))


def _heading(speaker: Speaker, place: Place, record: Record) -> str:
    about = speaker.book.about(place)
    return f"{about} {SHOWN_SIGN}" if record.how is How.SHOWN else about


def _picked(speaker: Speaker, place: Place, record: Record) -> str:
    """A choice: what was picked, or shown to be right."""
    there = Speaker(speaker.book, speaker.state.at(place.id))
    shown = record.how is How.SHOWN or record.typed not in there.options()
    label = unescape(there.label(there.right_option() if shown else record.typed))
    if isinstance(place.step, DirectionStep):
        right = speaker.book.lesson.trace(place)[place.step.quantity]
        label = f"{right.owner}: {label}"
        if not shown and record.typed != right.text:
            word = speaker.book.chat.directions[right.text]
            label = f"{label} {_instead(speaker, place, word)}"
    return f"{label} {SHOWN_SIGN}" if shown else label


def _row(speaker: Speaker, place: Place, record: Record) -> tuple[str, ...]:
    """A gap of a table: the symbol, and what was put there; "=" only before what it is equal to."""
    assert isinstance(place.step, NumberStep)
    lesson, name = speaker.book.lesson, place.step.quantity
    trace = lesson.trace(place)
    symbol, right = called(trace, name), trace[name]
    if record.how is How.SHOWN:
        text = seen(speaker.state, lesson, place)[name].text
        return (f"{symbol}{' =' if text == right.text else ':'} {text} {SHOWN_SIGN}",)
    if not record.typed:
        return ()
    reading = speaker.book.read(trace, name, record.typed)
    answer = _answer(reading, record)
    if _is_own(trace, name, record):
        return (f"{symbol}: {answer} {_instead(speaker, place, right.text)}",)
    equal = isinstance(reading, Reading) and _agree(reading.answer, right.value)
    return (f"{symbol}{' =' if equal else ':'} {answer}",)


def _lines(speaker: Speaker, place: Place, record: Record) -> tuple[str, ...]:
    """What was typed at a step, or shown there; nothing where neither was."""
    assert isinstance(place.step, NumberStep)
    lesson, name = speaker.book.lesson, place.step.quantity
    trace, theirs = lesson.trace(place), seen(speaker.state, lesson, place)
    read = partial(speaker.book.read, trace, name)
    typed, reading = tidied(record.typed), read(record.typed)
    if not typed:
        return tuple(theirs.working(name)) if record.how is How.SHOWN else ()
    if isinstance(reading, Reading) and reading.is_bare_number and reading.value != record.value:
        return ()  # not asked: what the neuron passes on was given at once
    if not _is_sound(trace, record.typed, reading):
        answer = _answer(reading, record)
        line = f"{theirs.substituted(name)} = {answer}"
        typed = (line if _is_sound(trace, line, read(line)) else answer,)
    if not _is_own(trace, name, record):
        return typed
    typed = (*typed[:-1], f"{typed[-1]} {OWN_SIGN}")
    if in_doubt(speaker.state, lesson, place):
        return typed
    return (*typed, f"{trace.substituted(name)} = {trace[name].text}")


def _answer(reading: Reading | Unreadable, record: Record) -> str:
    """The number that was typed, without its working."""
    if isinstance(reading, Reading):
        return tidied(reading.answer.text)[-1]
    return short_text(record.value or 0.0)[0]


def _is_sound(trace: Trace, typed: str, reading: Reading | Unreadable) -> bool:
    """Whether all that a text says is equal is so, to the digits written, the label included."""
    equal = len(_EQUAL.findall(plain(typed)[0]))
    if isinstance(reading, Unreadable):
        return not equal
    if reading.is_bare_number:
        return False
    named = spoken(trace).get(reading.label or "")
    if named is not None and not _agree(reading.chain[0], trace.values[named]):
        return False
    sides = sum(len(line) - 1 for line in reading.lines) + (reading.label is not None)
    pairs = [pair for line in reading.lines for pair in pairwise(line)]
    return equal <= sides and all(
        _agree(left, right.value, right.decimals) for left, right in pairs
    )


def _agree(side: Written, value: float, decimals: int | None = None) -> bool:
    """Whether one side is equal to a value, to the digits that either is written with."""
    written = [places for places in (side.decimals, decimals) if places]
    slack = 0.5 * 10.0 ** -min(written) if written else 0.0
    return abs(side.value - value) <= slack + 1e-9 * max(1.0, abs(value))


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
    for typed_as, sign in (*_SIGNS, (SHOWN_SIGN, ""), (OWN_SIGN, "")):
        typed = typed.replace(typed_as, sign)
    lines = [re.sub(r"\s+", " ", line).strip() for line in typed.splitlines()]
    short = [line if len(line) <= LONGEST else _cut(line) for line in lines if line]
    return tuple(short if len(short) <= MOST_LINES else [*short[: MOST_LINES - 1], "…"])


def _cut(line: str) -> str:
    """The beginning of a long line, which says of nothing half written that it is equal."""
    return _HALF_SIDE.sub("", line[: LONGEST - 1]) + "…"
