"""The trace sheet: what one learner did, line by line, as data for `bot.pictures`.

What was typed stands as it was typed, tidied only in its signs, where all that it says is equal is
equal to the digits written. Where just a number was typed, or the working has a slip, the formula
stands before the number if that comes to it. A sign says where the tutor showed a step, or computes
another number; how many tries a step took is on no keepsake. What the tutor wrote has its numbers
turned here, because nobody can tell it from what was typed later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import groupby, pairwise
from typing import Any

from bot.dialogue.answer_context import quantity_of
from bot.dialogue.effects import Show
from bot.dialogue.pictures import finished, with_words
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps import Step, step_at
from bot.dialogue.steps.choice import Choice, RightOption
from bot.dialogue.steps.direction import Direction
from bot.dialogue.steps.number import Number
from bot.dialogue.steps.words import OwnWords
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Sheet, Working
from bot.pictures.sheet import pages
from content.book import Book
from content.kinds import called
from content.picture_words import Labels
from engine.decimals import short_text
from engine.reading import Reading, Unreadable, Written
from engine.reading.characters import plain
from engine.spoken import spoken
from engine.steps import example_prefixes, target_names
from engine.tolerances import NOISE
from engine.trace import Trace

LONGEST_LINE = 400
"""Letters of one line that go to the page; nobody's working is longer."""
MOST_LINES = 12
"""Lines of one step that go to the page."""

_EQUAL = re.compile("[=≈]")
_HALF_SIDE = re.compile("(?<=[=≈])[^=≈]*$")
_SIGNS = (("**", "^"), ("->", "→"), ("*", "×"), ("-", "−"))


def sheets(book: Book, state: State) -> tuple[Show, ...]:
    """The learner's own trace, in pictures for a phone and to print; none of an empty page."""
    workings = tuple(_sections(book, state))
    if not any(one.lines for one in workings):
        return ()
    title = book.say.sheet_title()
    sheet = Sheet(finished(book, state), workings, title, _legend(book.labels, workings))
    parts = list(pages(sheet))
    shown = [
        with_words(book, part, book.say.sheet_caption(page=str(number), count=str(len(parts))))
        for number, part in enumerate(parts, 1)
    ]
    return (*shown, Show(replace(sheet, format="pdf"), book.say.sheet_pdf()))


def _legend(words: Labels, workings: tuple[Working, ...]) -> str:
    """What the signs on the page mean, for those that stand on it."""
    texts = [text for one in workings for text in (one.heading, *one.lines)]
    signs = ((SHOWN_SIGN, words.shown), (OWN_SIGN, words.own))
    used = [f"{sign} {word}" for sign, word in signs if any(sign in text for text in texts)]
    return "    ".join(used)


def _sections(book: Book, state: State) -> Iterator[Working]:
    """The steps done, section by section, each under its title."""
    example = ""
    for _, group in groupby(book.lesson.places, lambda place: place.part):
        places = list(group)
        done = [step_at(book, state, place) for place in places if place.id in state.records]
        if not (found := list(_steps(book, done))):
            continue
        section = places[0].section
        title = section.title
        if section.example != example and any(map(quantity_of, places)):
            example = section.example
            given = _given(book, book.lesson.examples[example].trace)
            title = book.labels.said("headed", title=title, list=given)
        if not section.table:
            yield Working(title, ())
        yield from found


def _given(book: Book, trace: Trace) -> str:
    known = (*trace.network.inputs, *target_names(trace.network))
    names = [f"{prefix}{name}" for prefix in example_prefixes(trace.examples) for name in known]
    given = (f"{trace.symbol(name)} = {short_text(trace.given[name])[0]}" for name in names)
    return book.numbers.joined(one.replace(" ", "\N{NO-BREAK SPACE}") for one in given)


def _steps(book: Book, done: Sequence[Step[Any]]) -> Iterator[Working]:
    """The workings of one section; directions that follow one another are one block."""
    for _, group in groupby(done, type):
        steps = list(group)
        numbers = [step for step in steps if isinstance(step, Number)]
        directions = [step for step in steps if isinstance(step, Direction)]
        if directions:
            yield Working(book.labels.directions, tuple(map(_picked, directions)), listed=True)
        section = steps[0].place.section
        if section.table and (rows := tuple(row for step in numbers for row in _row(step))):
            yield Working(section.title, rows, listed=True)
        for number in numbers if not section.table else ():
            if lines := _lines(number):
                yield Working(_heading(number), lines)
        for step in steps:
            if isinstance(step, Choice):
                yield Working(book.about(step.place), (_picked(step),))
            if isinstance(step, OwnWords) and step.written:
                yield Working(book.about(step.place), (step.written,))


def _record(step: Step[Any]) -> Record:
    return step.state.records[step.place.id]


def _heading(step: Step[Any]) -> str:
    about = step.book.about(step.place)
    return f"{about} {SHOWN_SIGN}" if _record(step).outcome is Outcome.SHOWN else about


def _picked(step: RightOption[Any]) -> str:
    """A choice: what was picked, or shown to be right."""
    record = _record(step)
    shown = record.outcome is Outcome.SHOWN or record.typed not in step.options()
    turned = step.book.numbers.turned
    label = turned(unescape(step.label(step.right_options()[0] if shown else record.typed)))
    if isinstance(step, Direction):
        right = step.context.trace[step.model.quantity]
        label = step.book.labels.said("headed", title=right.owner, list=label)
        if not shown and record.typed != right.text:
            label = f"{label} {_instead(step, turned(step.label(right.text)))}"
    return f"{label} {SHOWN_SIGN}" if shown else label


def _row(step: Number) -> tuple[str, ...]:
    """A gap of a table: the symbol, and what was put there; "=" only before what it is equal to."""
    record, trace, name = _record(step), step.context.trace, step.model.quantity
    symbol, right, turned = called(trace, name), trace[name], step.book.numbers.turned
    if record.outcome is Outcome.SHOWN:
        text = step.trace[name].text
        return (f"{symbol}{' =' if text == right.text else ':'} {turned(text)} {SHOWN_SIGN}",)
    if not record.typed:
        return ()
    reading = step.book.read(trace, name, record.typed)
    answer = _answer(step, reading, record)
    if step.context.is_own(name, record.value):
        return (f"{symbol}: {answer} {_instead(step, turned(right.text))}",)
    equal = isinstance(reading, Reading) and _agree(reading.answer, right.value)
    return (f"{symbol}{' =' if equal else ':'} {answer}",)


def _lines(step: Number) -> tuple[str, ...]:
    """What was typed at a step, or shown there; nothing where neither was."""
    record, trace, name = _record(step), step.context.trace, step.model.quantity
    read, turned = partial(step.book.read, trace, name), step.book.numbers.turned
    typed, reading = tidied(record.typed), read(record.typed)
    if not typed:
        shown = record.outcome is Outcome.SHOWN
        return tuple(map(turned, step.trace.working(name))) if shown else ()
    if isinstance(reading, Reading) and reading.is_bare_number and reading.value != record.value:
        return ()  # not asked: what the neuron passes on was given at once
    if not _is_sound(trace, record.typed, reading):
        answer = _answer(step, reading, record)
        line = f"{turned(step.trace.substituted(name))} = {answer}"
        typed = (line if _is_sound(trace, line, read(line)) else answer,)
    if not step.context.is_own(name, record.value):
        return typed
    typed = (*typed[:-1], f"{typed[-1]} {OWN_SIGN}")
    if step.context.in_doubt:
        return typed
    return (*typed, turned(f"{trace.substituted(name)} = {trace[name].text}"))


def _answer(step: Number, reading: Reading | Unreadable, record: Record) -> str:
    """The number that was typed, without its working."""
    if isinstance(reading, Reading):
        return tidied(reading.answer.text)[-1]
    return step.book.numbers.turned(short_text(record.value or 0.0)[0])


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
    return abs(side.value - value) <= slack + NOISE * max(1.0, abs(value))


def _instead(step: Step[Any], text: str) -> str:
    """The sign of a number of the learner's own; the tutor's only once nothing is in doubt."""
    return OWN_SIGN if step.context.in_doubt else f"{OWN_SIGN} {text}"


def tidied(typed: str) -> tuple[str, ...]:
    """What was typed, line by line, with the signs of arithmetic and no needless space."""
    for typed_as, sign in (*_SIGNS, (SHOWN_SIGN, ""), (OWN_SIGN, "")):
        typed = typed.replace(typed_as, sign)
    lines = [re.sub(r"\s+", " ", line).strip() for line in typed.splitlines()]
    short = [line if len(line) <= LONGEST_LINE else _cut(line) for line in lines if line]
    return tuple(short if len(short) <= MOST_LINES else [*short[: MOST_LINES - 1], "…"])


def _cut(line: str) -> str:
    """The beginning of a long line, which says of nothing half written that it is equal."""
    return _HALF_SIDE.sub("", line[: LONGEST_LINE - 1]) + "…"
