"""Checks of the words around the lessons: every key is there, every slot is one that is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import BaseModel

from content.book import Book
from content.checks import DECIMAL, known, texts
from content.errors import Problem
from content.kinds import CASES, kinds
from content.markup import markup_problem
from content.message import Takes, key_problems, message_problems, slot_problems
from content.messages import (
    COMMANDS,
    WISHES,
    Classes,
    Label,
    Own,
    Page,
    Practice,
    Sentence,
    Terminal,
    Worksheet,
)
from content.observations import OBSERVATIONS
from content.own_network_errors import WRONG_SLOTS, Wrong
from content.picture_words import LABEL_SLOTS, LABELS, Captions
from content.typed import TypedFile
from content.word_files import ChatFile, GeneratedFile, PicturesFile
from engine.functions import ACTIVATIONS, FUNCTIONS, tabled
from engine.mistakes import MISTAKES
from engine.practice import LADDER, SKILLS
from engine.reading import reasons

ON_PAPER = ("words", "command")
"""Why an answer cannot be read, where paper needs other words than the chat."""

_WRITTEN = ("piece", "formula")
"""Kinds of quantity that no made lesson asks for."""


def said_problems(
    chat: ChatFile,
    typed: TypedFile,
    generated: GeneratedFile,
    pictures: PicturesFile,
    home: str,
) -> Iterator[Problem]:
    """Everything wrong with what the code knows by name: messages, commands, plain words.

    Args:
        chat: the words of the chat.
        typed: what learners type.
        generated: those of lessons that are generated.
        pictures: those of the pictures.
        home: the language's folder, as problems name it.
    """
    own = {key: text for key, text in generated.own.items() if not key.startswith("wrong_")}
    yield from message_problems(Sentence, chat.say, f"{home}/chat.toml", "say", chat.counted)
    yield from message_problems(Label, chat.buttons, f"{home}/chat.toml", "buttons", chat.counted)
    shells = (
        (Classes, chat.classes, "classes"),
        (Page, chat.page, "page"),
        (Terminal, chat.terminal, "terminal"),
        (Worksheet, chat.worksheet, "worksheet"),
    )
    for messages, said, table in shells:
        yield from message_problems(messages, said, f"{home}/chat.toml", table, chat.counted)
    yield from key_problems(COMMANDS, chat.commands, f"{home}/chat.toml", "commands")
    yield from key_problems(WISHES, typed.intents, f"{home}/typed.toml", "intents")
    yield from message_problems(
        Practice, generated.practice, f"{home}/generated.toml", "practice", chat.counted
    )
    yield from message_problems(Own, own, f"{home}/generated.toml", "own", chat.counted)
    yield from _wrong_networks(generated, f"{home}/generated.toml")
    yield from message_problems(
        Captions, pictures.caption, f"{home}/pictures.toml", "caption", chat.counted
    )
    yield from _labels(pictures, f"{home}/pictures.toml")


def _wrong_networks(generated: GeneratedFile, file: str) -> Iterator[Problem]:
    """What is said of a learner's own network that cannot be used."""
    found = {key: text for key, text in generated.own.items() if key.startswith("wrong_")}
    yield from key_problems([f"wrong_{what}" for what in get_args(Wrong)], found, file, "own")
    for key, text in found.items():
        yield from (Problem(file, f"own.{key}", rule) for rule in slot_problems(text, WRONG_SLOTS))


def _labels(pictures: PicturesFile, file: str) -> Iterator[Problem]:
    """The words on pictures."""
    yield from key_problems(LABELS, pictures.labels, file, "labels")
    for name in [name for name in LABELS if name in pictures.labels]:
        label = pictures.labels[name]
        if isinstance(label, str) is (name == "activations"):
            wanted = "a table, not a text" if name == "activations" else "a text, not a table"
            yield Problem(file, f"labels.{name}", f"needs {wanted}")
        elif isinstance(label, str):
            rules = slot_problems(label, LABEL_SLOTS.get(name, ()))
            yield from (Problem(file, f"labels.{name}", rule) for rule in rules)


def word_problems(book: Book, files: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with the words around the lessons, each file valid in itself.

    Args:
        book: the words with the first lesson, whose answers their examples may not show.
        files: the file of each table of words: `chat`, `hints`, ….
    """
    between = [
        f"{function}{sign}"
        for function in tabled()
        for sign in ("", "_minus")
        if not sign or (known := FUNCTIONS[function].table) is None or known.both is not None
    ]
    yield from key_problems(kinds(), book.hints.kinds, files["hints"], "kinds")
    for kind in [kind for kind in kinds() if kind in book.hints.kinds]:
        said, at = book.hints.kinds[kind].case, f"kinds.{kind}.case"
        yield from key_problems(CASES.get(kind, {}), said, files["hints"], at)
    yield from key_problems(between, book.hints.between, files["hints"], "between")
    yield from key_problems(tabled(), book.hints.tables, files["hints"], "tables")
    yield from key_problems(reasons(), book.reading.problem, files["reading"], "problem")
    yield from key_problems(ON_PAPER, book.reading.paper, files["reading"], "paper")
    yield from key_problems(MISTAKES, book.mistakes.mistakes, files["mistakes"], "mistakes")
    yield from key_problems(
        [kind for kind in kinds() if kind not in _WRITTEN],
        book.generated.ask,
        files["generated"],
        "ask",
    )
    named = dict(book.labels.activations)
    yield from key_problems(ACTIVATIONS, named, files["pictures"], "labels.activations")
    yield from key_problems(SKILLS, book.generated.skills, files["generated"], "skills")
    brings = [rung.brings for rung in LADDER]
    yield from key_problems(brings, book.generated.rungs, files["generated"], "rungs")
    yield from key_problems(MISTAKES, book.generated.mistakes, files["generated"], "mistakes")
    if "other" not in book.chat.not_text:
        yield Problem(files["chat"], "not_text.other", "is missing")
    yield from _observations(book, files["observations"])
    for name, table in _tables(book).items():
        for at, rule in (*_slots(table, ""), *_tags(table), *_answers_given_away(book, name)):
            yield Problem(files[name], at.lstrip("."), rule)


def _observations(book: Book, file: str) -> Iterator[Problem]:
    found = book.observations.observation
    yield from key_problems(OBSERVATIONS, found, file, "observation")
    for key, text in found.items():
        allowed = OBSERVATIONS[key].slots if key in OBSERVATIONS else ()
        rules = slot_problems(text, allowed) if key in OBSERVATIONS else ()
        yield from (Problem(file, f"observation.{key}", rule) for rule in rules)


def _tables(book: Book) -> dict[str, BaseModel]:
    return {
        "chat": book.chat,
        "hints": book.hints,
        "glossary": book.glossary,
        "observations": book.observations,
        "reading": book.reading,
        "mistakes": book.mistakes,
        "generated": book.generated,
        "why": book.why,
        "remarks": book.remarks,
    }


def _slots(model: BaseModel, at: str) -> Iterator[tuple[str, str]]:
    """Slots that nobody fills, or that are missing, where a model says which a text takes."""
    for name, field in type(model).model_fields.items():
        value, place = getattr(model, name), f"{at}.{name}"
        for takes in [one for one in field.metadata if isinstance(one, Takes)]:
            for inside, text in texts(value, place):
                yield from ((inside, r) for r in slot_problems(text, takes.allowed, takes.needed))
        inner = {place: value}
        if isinstance(value, Mapping):
            inner = {f"{place}.{key}": one for key, one in value.items()}
        elif isinstance(value, tuple):
            inner = {f"{place}[{index}]": one for index, one in enumerate(value)}
        for inside, one in inner.items():
            if isinstance(one, BaseModel):
                yield from _slots(one, inside)


def _tags(table: BaseModel) -> Iterator[tuple[str, str]]:
    for at, text in texts(table, ""):
        if (problem := markup_problem(text)) is not None:
            yield at, problem


def _answers_given_away(book: Book, name: str) -> Iterator[tuple[str, str]]:
    """No sentence outside the lesson, such as "type a number like …", may show an answer."""
    if name == "generated":
        return  # shown with networks of their own
    trace = next(iter(book.lesson.examples.values())).trace
    for at, text in texts(_tables(book)[name], ""):
        for literal in DECIMAL.findall(text):
            quantity = known(book, literal)
            if quantity and quantity in trace:
                yield at, f"{literal} is the lesson's {quantity}: take another number"
