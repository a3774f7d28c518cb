"""Cross-checks of a lesson: every slot fills, every id exists, no number is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from pydantic import BaseModel

from content import said
from content.book import Book
from content.errors import Problem
from content.feedback import SAID
from content.kinds import KINDS
from content.lesson import Lesson, Place
from content.markup import markup_problem
from content.models import (
    Card,
    ChoiceStep,
    DirectionStep,
    MadeFile,
    MistakesFile,
    NumberStep,
    OfferStep,
)
from content.readings import READINGS
from content.slots import SLOTS as NAMED
from content.templates import Slots, TemplateError, fill, outside, slot_names
from engine.diagnosis.slots import SLOTS
from engine.lookup import LINES
from engine.mistakes import MISTAKES
from engine.practice import SKILLS
from engine.reading import reasons

LONGEST = 1500
"""A message longer than this, filled in, is a wall of text on a phone."""

COUNTS = ("steps", "first_try", "later", "with_hints", "shown", "hints", "doubted")
"""What a lesson's closing message may count."""

_DECIMAL = re.compile(r"(?<![\w.,])[−-]?\d+[.,]\d+(?![\w.,]\d)")
_TAG = re.compile(r"<[^>]*>")


def lesson_problems(book: Book, frame: str, sections: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with a lesson that only shows when its parts are held together.

    Args:
        book: the words with the lesson in hand, each file valid in itself.
        frame: the lesson's `lesson.toml`.
        sections: the file of each section, by the section's id.
    """
    trace = next(iter(book.lesson.examples.values())).trace
    for at, text, filled in (
        ("about", book.lesson.about, ("steps",)),
        ("done", book.lesson.done, COUNTS),
    ):
        slots = Slots(trace, book.words, dict.fromkeys(filled, "0"))
        yield from (Problem(frame, at, rule) for rule in _text(book, slots, text))
    seen: Counter[str] = Counter()
    for place in book.lesson.places:
        file = sections[place.section.id]
        where = f"step {place.id!r}"
        seen[place.id] += 1
        if seen[place.id] == 2:
            yield Problem(file, where, "this id is used twice in the lesson")
        yield from (Problem(file, f"{where}{at}", rule) for at, rule in _step(book, place))
    for section in book.lesson.sections:
        trace = book.lesson.examples[section.example].trace
        for name in section.table:
            if name not in trace.values:
                yield Problem(sections[section.id], "table", f"nothing is called {name!r}")


def shared_problems(
    lessons: Iterable[tuple[str, Lesson, Mapping[str, str]]],
) -> Iterator[Problem]:
    """Ids that two lessons share: buttons and records would mix them up.

    Args:
        lessons: each lesson with its `lesson.toml` and the file of each of its sections.
    """
    ids: dict[str, str] = {}
    steps: dict[str, str] = {}
    for frame, lesson, sections in lessons:
        if lesson.id in ids:
            yield Problem(frame, "id", f"{lesson.id!r} is the id of {ids[lesson.id]} too")
        ids.setdefault(lesson.id, frame)
        for place in lesson.places:
            if (other := steps.setdefault(place.id, frame)) != frame:
                rule = f"this id is used in {other} too; ids belong to one lesson"
                yield Problem(sections[place.section.id], f"step {place.id!r}", rule)


def word_problems(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with the words around the lessons, each file valid in itself.

    Args:
        book: the words with the first lesson, whose answers their examples may not show.
        files: the file of each table of words: `chat`, `hints`, ….
    """
    yield from _keys(book.hints.kinds, KINDS, files["hints"], "kinds")
    between = [f"{function}{sign}" for function in LINES for sign in ("", "_minus")]
    yield from _keys(book.hints.between, between, files["hints"], "between")
    yield from _keys(book.reading.problem, reasons(), files["reading"], "problem")
    yield from _mistakes(book.mistakes, files["mistakes"])
    yield from _made(book.made, files["made"])
    yield from _unsaid(book, files)
    yield from _tags(book, files)
    yield from _misspelt(book, files)
    yield from _answers_given_away(book, files)
    for reading in sorted(set(READINGS) ^ set(book.readings.reading)):
        rule = "has no sentence" if reading in READINGS else "is not a reading the engine knows"
        yield Problem(files["readings"], f"reading.{reading}", rule)


def _made(made: MadeFile, file: str) -> Iterator[Problem]:
    asked = [kind for kind in KINDS if kind != "piece"]
    yield from _keys(made.ask, asked, file, "ask")
    yield from _keys(made.skills, SKILLS, file, "skills")
    yield from _keys(made.mistakes, MISTAKES, file, "mistakes")


def _unsaid(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Sentences and buttons that the code asks for by their keys, and nobody wrote."""
    tables: tuple[tuple[str, str, Collection[str], Collection[str]], ...] = (
        ("chat", "say", book.chat.say, said.SAY),
        ("chat", "buttons", book.chat.buttons, said.BUTTONS),
        ("chat", "kinds", book.chat.kinds, said.KINDS),
        ("made", "practice", book.made.practice, said.PRACTICE),
        ("made", "own", book.made.own, said.OWN),
    )
    for file, table, found, wanted in tables:
        for key in sorted(set(wanted) - set(found)):
            meant = get_close_matches(key, sorted(set(found) - set(wanted)), 1)
            rule = f"is missing; {meant[0]!r}, which is there, is not asked for" if meant else ""
            yield Problem(files[file], f"{table}.{key}", rule or "is missing")


def _tables(book: Book) -> dict[str, BaseModel]:
    return {
        "chat": book.chat,
        "hints": book.hints,
        "glossary": book.glossary,
        "readings": book.readings,
        "reading": book.reading,
        "mistakes": book.mistakes,
        "made": book.made,
    }


def _misspelt(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Slots that nobody fills, in sentences outside the lesson's steps."""
    tables: dict[str, tuple[str, object]] = {
        "chat": (files["chat"], book.chat.say),
        "hints": (files["hints"], book.hints),
        "readings": (files["readings"], book.readings.reading),
        "practice": (files["made"], book.made.practice),
    }
    for table, (file, texts) in tables.items():
        for at, text in _texts(texts, ""):
            try:
                unknown = sorted({*slot_names(text)} - NAMED[table])
            except ValueError as error:
                yield Problem(file, at.lstrip("."), str(error))
                continue
            if unknown:
                allowed = ", ".join(sorted(NAMED[table]))
                rule = f"no slot is called {unknown[0]!r}; allowed: {allowed}"
                yield Problem(file, at.lstrip("."), rule)


def _tags(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    for name, table in _tables(book).items():
        for at, text in _texts(table, ""):
            if (problem := markup_problem(text)) is not None:
                yield Problem(files[name], at.lstrip("."), problem)


def _answers_given_away(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """No sentence outside the lesson, such as "type a number like …", may show an answer."""
    for name, table in _tables(book).items():
        if name == "made":
            continue  # shown with networks of their own
        for at, text in _texts(table, ""):
            for literal in _DECIMAL.findall(text):
                known = _known(book, literal)
                if known and known in next(iter(book.lesson.examples.values())).trace:
                    rule = f"{literal} is the lesson's {known}: take another number"
                    yield Problem(files[name], at.lstrip("."), rule)


def _keys(
    found: Collection[str], wanted: Collection[str], file: str, table: str
) -> Iterator[Problem]:
    """A table must have exactly the keys that the engine knows."""
    for key in sorted(set(wanted) ^ set(found)):
        unknown = f"is not known; allowed: {', '.join(wanted)}"
        yield Problem(file, f"{table}.{key}", "is missing" if key in wanted else unknown)


def _mistakes(words: MistakesFile, file: str) -> Iterator[Problem]:
    yield from _keys(words.mistakes, MISTAKES, file, "mistakes")
    yield from _keys(words.say, SAID, file, "say")
    texts = {f"say.{key}": text for key, text in words.say.items()}
    for mistake, sentences in words.mistakes.items():
        texts |= {f"mistakes.{mistake}.{key}": text for key, text in sentences}
    for place, text in texts.items():
        allowed = (*SLOTS, "first", "second") if place == "say.pair" else SLOTS
        try:
            unknown = [name for name in slot_names(text) if name not in allowed]
        except ValueError as error:
            yield Problem(file, place, str(error))
            continue
        if unknown:
            rule = f"no slot is called {unknown[0]!r}; allowed: {', '.join(allowed)}"
            yield Problem(file, place, rule)
        if (problem := markup_problem(text)) is not None:
            yield Problem(file, place, problem)


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
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{at}.{key}")
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
    return _shown(book).get(literal.replace("-", "−").replace(",", "."))


@lru_cache(maxsize=2)
def _shown(book: Book) -> dict[str, str]:
    """Every number of the lesson's examples as a learner sees it, and the first id that has it."""
    found: dict[str, str] = {}
    for example in book.lesson.examples.values():
        slots = Slots(example.trace, book.words)
        for name in example.trace.values:
            for view in ("", "fine"):
                found.setdefault(slots.text(name, view), name)
    return found
