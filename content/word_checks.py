"""Checks of the words around the lessons: every key is there, every slot is one that is filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from content import said
from content.book import Book, table_key
from content.checks import DECIMAL, known, texts
from content.errors import Problem
from content.feedback import SAID
from content.kinds import kinds
from content.markup import markup_problem
from content.models import MadeFile, MistakesFile
from content.picture_checks import picture_problems
from content.readings import READINGS
from content.slots import SLOTS as NAMED
from content.templates import slot_names
from engine.diagnosis.slots import SLOTS
from engine.functions import tabled
from engine.mistakes import MISTAKES
from engine.practice import SKILLS
from engine.reading import reasons


def word_problems(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with the words around the lessons, each file valid in itself.

    Args:
        book: the words with the first lesson, whose answers their examples may not show.
        files: the file of each table of words: `chat`, `hints`, ….
    """
    yield from _keys(book.hints.kinds, kinds(), files["hints"], "kinds")
    between = [f"{function}{sign}" for function in tabled() for sign in ("", "_minus")]
    yield from _keys(book.hints.between, between, files["hints"], "between")
    yield from _keys(book.reading.problem, reasons(), files["reading"], "problem")
    yield from _mistakes(book.mistakes, files["mistakes"])
    yield from _made(book.made, files["made"])
    yield from picture_problems(book.pictures, files["pictures"])
    yield from _unsaid(book, files)
    yield from _tags(book, files)
    yield from _misspelt(book, files)
    yield from _answers_given_away(book, files)
    for reading in sorted(set(READINGS) ^ set(book.readings.reading)):
        rule = "has no sentence" if reading in READINGS else "is not a reading the engine knows"
        yield Problem(files["readings"], f"reading.{reading}", rule)


def _made(made: MadeFile, file: str) -> Iterator[Problem]:
    asked = [kind for kind in kinds() if kind != "piece"]
    yield from _keys(made.ask, asked, file, "ask")
    yield from _keys(made.skills, SKILLS, file, "skills")
    yield from _keys(made.mistakes, MISTAKES, file, "mistakes")


def _unsaid(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Sentences and buttons that the code asks for by their keys, and nobody wrote."""
    tables: tuple[tuple[str, str, Collection[str], Collection[str]], ...] = (
        ("chat", "say", book.chat.say, (*said.SAY, *map(table_key, tabled()))),
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
    for table, (file, found) in tables.items():
        for at, text in texts(found, ""):
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
        for at, text in texts(table, ""):
            if (problem := markup_problem(text)) is not None:
                yield Problem(files[name], at.lstrip("."), problem)


def _answers_given_away(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """No sentence outside the lesson, such as "type a number like …", may show an answer."""
    for file, table in _tables(book).items():
        if file == "made":
            continue  # shown with networks of their own
        for at, text in texts(table, ""):
            for literal in DECIMAL.findall(text):
                name = known(book, literal)
                if name and name in next(iter(book.lesson.examples.values())).trace:
                    rule = f"{literal} is the lesson's {name}: take another number"
                    yield Problem(files[file], at.lstrip("."), rule)


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
        allowed = (*SLOTS, "first", "second") if place in ("say.pair", "say.set_up") else SLOTS
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
