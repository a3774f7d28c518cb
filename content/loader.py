"""Reads a language folder into a `Book`, or says everything that is wrong with it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from content.book import Book
from content.checks import problems
from content.errors import ContentError, Problem
from content.lesson import Example, Lesson
from content.models import (
    SIGNS,
    ChatFile,
    GlossaryFile,
    HintFile,
    LessonFile,
    MadeFile,
    MistakesFile,
    PicturesFile,
    ReadingsFile,
    ReadWordsFile,
    Section,
)
from engine.network import Network, NetworkError
from engine.trace import DIRECTIONS, NAMES, trace

FOLDER = Path(__file__).parent
TABLES = ("chat", "hints", "glossary", "readings", "mistakes", "reading", "made")
"""The files of a language, besides its lessons."""

DEFAULT_LESSON = "build_a_network"

M = TypeVar("M", bound=BaseModel)


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages that have a folder."""
    return tuple(sorted(chat.parent.name for chat in folder.glob("*/chat.toml")))


def load(language: str = "en", lesson: str = DEFAULT_LESSON, folder: Path = FOLDER) -> Book:
    """One language's words with one lesson.

    Raises:
        ContentError: with every problem found, one line each.
    """
    return _Loading(folder, language, lesson).book()


class _Loading:
    """Gathers problems file by file, so that an author sees them all."""

    def __init__(self, folder: Path, language: str, lesson: str) -> None:
        self.folder, self.language, self.lesson = folder, language, lesson
        self.problems: list[Problem] = []

    def book(self) -> Book:
        home = self.language
        chat = self._file(ChatFile, f"{home}/chat.toml")
        hints = self._file(HintFile, f"{home}/hints.toml")
        glossary = self._file(GlossaryFile, f"{home}/glossary.toml")
        readings = self._file(ReadingsFile, f"{home}/readings.toml")
        mistakes = self._file(MistakesFile, f"{home}/mistakes.toml")
        reading = self._file(ReadWordsFile, f"{home}/reading.toml")
        frame = self._file(LessonFile, f"{home}/{self.lesson}/lesson.toml")
        names = frame.sections if frame else ()
        files = {name: f"{home}/{self.lesson}/{name}.toml" for name in names}
        sections = {name: self._file(Section, file) for name, file in files.items()}
        lesson = None
        if frame and chat:
            self._names(chat, f"{home}/chat.toml")
            lesson = self._compiled(frame, f"{home}/{self.lesson}/lesson.toml", sections, chat)
        pictures = self._file(PicturesFile, f"{home}/pictures.toml")
        made = self._file(MadeFile, f"{home}/made.toml")
        if self.problems or not (chat and hints and glossary and readings):
            raise ContentError(self.problems)
        if not (mistakes and reading and pictures and made and lesson):
            raise ContentError(self.problems)
        book = Book(
            language=self.language,
            lesson=lesson,
            chat=chat,
            hints=hints,
            glossary=glossary,
            readings=readings,
            mistakes=mistakes,
            reading=reading,
            pictures=pictures,
            made=made,
        )
        places = {section.id: files[name] for name, section in sections.items() if section}
        tables = {name: f"{home}/{name}.toml" for name in TABLES}
        if found := list(problems(book, places, tables)):
            raise ContentError(found)
        return book

    def _file(self, model: type[M], name: str) -> M | None:
        try:
            data = tomllib.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._problem(name, "file", "is missing")
        except UnicodeDecodeError:
            self._problem(name, "file", "is not UTF-8 text")
        except tomllib.TOMLDecodeError as error:
            self._problem(name, "TOML", str(error))
        else:
            try:
                return model.model_validate(data)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    rule = one["msg"]
                    if one["type"] not in ("missing", "extra_forbidden"):
                        rule += f", not {_short(one['input'])}"
                    self._problem(name, _path(one["loc"], data), rule)
        return None

    def _problem(self, file: str, place: str, rule: str) -> None:
        self.problems.append(Problem(file, place, rule))

    def _names(self, chat: ChatFile, file: str) -> None:
        """The tables whose keys the engine and the dialogue know."""
        tables: dict[str, tuple[Collection[str], Collection[str]]] = {
            "names": (NAMES, chat.names),
            "directions": (DIRECTIONS.values(), chat.directions),
            "direction_words": (DIRECTIONS.values(), chat.direction_words),
            "signs": (SIGNS, chat.signs),
        }
        for table, (wanted, found) in tables.items():
            allowed = ", ".join(wanted)
            for key in sorted(set(wanted) ^ set(found)):
                rule = "is missing" if key in wanted else f"is unknown; allowed: {allowed}"
                self._problem(file, f"{table}.{key}", rule)

    def _compiled(
        self,
        frame: LessonFile,
        file: str,
        sections: Mapping[str, Section | None],
        chat: ChatFile,
    ) -> Lesson | None:
        try:
            network = Network.from_data(frame.network)
        except NetworkError as error:
            self._problem(file, "network", str(error))
            return None
        examples = {}
        for name, example in frame.examples.items():
            try:
                rate, words = frame.learning_rate, {**NAMES, **chat.names}
                traced = trace(network, example.inputs, example.target, rate, words)
            except NetworkError as error:
                self._problem(file, f"examples.{name}", str(error))
                continue
            examples[name] = Example(example.inputs, example.target, traced)
        for name, section in sections.items():
            if section and section.example not in frame.examples:
                self._problem(
                    f"{file.rpartition('/')[0]}/{name}.toml",
                    "example",
                    f"no example {section.example!r}; there are: {', '.join(frame.examples)}",
                )
        return Lesson(
            frame.id,
            frame.title,
            network,
            frame.learning_rate,
            examples,
            tuple(section for section in sections.values() if section),
            frame.done,
        )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _path(place: tuple[int | str, ...], data: object) -> str:
    """A pydantic place as an author reads it: `step[2].ask`, without the names of union members."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        elif isinstance(data, Mapping) and part not in data and len(place) > 1 and part in _TAGS:
            continue
        else:
            text += f".{part}" if text else part
        data = _inside(data, part)
    return text or "file"


_TAGS = ("card", "number", "choice", "direction", "offer", "watch")


def _inside(data: object, part: int | str) -> object:
    if isinstance(data, Mapping):
        return data.get(part, data)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return data
