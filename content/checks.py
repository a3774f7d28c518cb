"""Cross-checks of a lesson: every slot fills, every id exists, no number is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from content.book import Book
from content.errors import Problem
from content.kinds import KINDS
from content.lesson import Place
from content.markup import markup_problem
from content.models import Card, ChoiceStep, DirectionStep, NumberStep, OfferStep
from content.readings import READINGS
from content.templates import Slots, TemplateError, fill, outside

LONGEST = 1500
"""A message longer than this, filled in, is a wall of text on a phone."""

_DECIMAL = re.compile(r"(?<![\w.,])[−-]?\d+[.,]\d+(?![\w.,]\d)")
_TAG = re.compile(r"<[^>]*>")


def problems(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with a book that only shows when its parts are held together.

    Args:
        book: the content, each file valid in itself.
        files: the file of each section, by the section's id; and of `lesson`, `hints`, ….
    """
    seen: Counter[str] = Counter()
    for place in book.lesson.places:
        file = files[place.section.id]
        where = f"step {place.id!r}"
        seen[place.id] += 1
        if seen[place.id] == 2:
            yield Problem(file, where, "this id is used twice in the lesson")
        yield from (Problem(file, f"{where}{at}", rule) for at, rule in _step(book, place))
    for section in book.lesson.sections:
        trace = book.lesson.examples[section.example].trace
        for name in section.table:
            if name not in trace.values:
                yield Problem(files[section.id], "table", f"nothing is called {name!r}")
    yield from _kinds(book, files["hints"])
    for reading in sorted(set(READINGS) ^ set(book.readings.reading)):
        rule = "has no sentence" if reading in READINGS else "is not a reading the engine knows"
        yield Problem(files["readings"], f"reading.{reading}", rule)


def _kinds(book: Book, file: str) -> Iterator[Problem]:
    for kind in sorted(set(KINDS) ^ set(book.hints.kinds)):
        rule = (
            "is missing"
            if kind in KINDS
            else f"is not a kind of quantity; allowed: {', '.join(KINDS)}"
        )
        yield Problem(file, f"kinds.{kind}", rule)


def _step(book: Book, place: Place) -> Iterator[tuple[str, str]]:
    """(place within the step, rule) for everything wrong with one step."""
    trace = book.lesson.trace(place)
    step = place.step
    if isinstance(step, NumberStep | DirectionStep):
        if step.quantity not in trace:
            yield ".quantity", f"{step.quantity!r} is not a quantity of this network"
            return
        if isinstance(step, DirectionStep) != (trace[step.quantity].kind == "direction"):
            yield ".kind", f"{step.quantity!r} does not go with kind = {step.kind!r}"
    if isinstance(step, Card):
        for reading in step.readings:
            if reading not in READINGS:
                yield ".readings", f"{reading!r} is not a reading; allowed: {', '.join(READINGS)}"
    if isinstance(step, OfferStep) and not any(
        other.branch == step.opens for other in book.lesson.places
    ):
        yield ".opens", f"no step has branch = {step.opens!r}"
    if isinstance(step, ChoiceStep):
        try:
            book.lesson.right_option(place, book.words)
        except TemplateError as error:
            yield ".options", str(error)
        if doubled := [o for o, n in Counter(o.id for o in step.options).items() if n > 1]:
            yield ".options", f"the option id {doubled[0]!r} is used twice"
    extra = {"steps": "0"} if isinstance(step, OfferStep) else {}
    for at, text in _texts(step, ""):
        yield from ((at, rule) for rule in _text(book, Slots(trace, book.words, extra), text))


_PLAIN = ("kind", "id", "quantity", "branch", "opens", "right_if", "readings", "sigmoid_table")


def _texts(value: object, at: str) -> Iterator[tuple[str, str]]:
    """Every text of a step with its place in it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{at}[{index}]")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _PLAIN:
                yield from _texts(getattr(value, name), f"{at}.{name.rstrip('_')}")


def _text(book: Book, slots: Slots, text: str) -> Iterator[str]:
    try:
        filled = fill(text, slots)
        typed = _TAG.sub(" ", outside(text))
    except (TemplateError, ValueError) as error:
        yield str(error)
        return
    for literal in _DECIMAL.findall(typed):
        if name := _known(book, literal):
            yield f"{literal} is typed; the engine knows it: write {{{name}}}"
    if (problem := markup_problem(filled)) is not None:
        yield problem
    if len(filled) > LONGEST:
        yield f"is {len(filled)} characters long; at most {LONGEST}"


def _known(book: Book, literal: str) -> str | None:
    """The id whose value an author typed, in any example of the lesson."""
    plain = literal.replace("-", "−").replace(",", ".")
    for example in book.lesson.examples.values():
        slots = Slots(example.trace, book.words)
        for name in example.trace.values:
            if plain in (slots.text(name, ""), slots.text(name, "fine")):
                return name
    return None
