"""Reads a language folder into a `Book`, or says everything that is wrong with it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from content.book import Book
from content.checks import lesson_problems, shared_problems
from content.errors import ContentError, Problem
from content.files import text_of
from content.heard import HeardFile
from content.lesson import Example, Lesson
from content.messages import Label, Own, Practice, Sentence
from content.models import AnyStep, ExploreStep, LessonFile, Section
from content.picture_words import Captions, Labels
from content.why import RemarksFile, Why, WhyFile, why_problems
from content.word_checks import said_problems, word_problems
from content.word_files import (
    SIGNS,
    ChatFile,
    GeneratedFile,
    GlossaryFile,
    HintFile,
    MistakesFile,
    ObservationsFile,
    PicturesFile,
    ReadWordsFile,
)
from engine.network import Network, NetworkError
from engine.nudging import nudged
from engine.trace import DIRECTIONS, NAMES, Trace, trace

FOLDER = Path(__file__).parent
TABLES = (
    "chat",
    "hints",
    "glossary",
    "observations",
    "mistakes",
    "reading",
    "pictures",
    "generated",
    "why",
    "remarks",
)
"""The files of a language, besides its lessons."""

DEFAULT_LESSON = "build_a_network"
"""The folder of the lesson that a new learner begins with."""

M = TypeVar("M", bound=BaseModel)


_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages that have a folder, be it empty: its name is a tag, such as `de` or `pt-BR`."""
    tagged = (at.name for at in folder.iterdir() if _LANGUAGE_TAG.fullmatch(at.name))
    return tuple(sorted(name for name in tagged if (folder / name).is_dir()))


def lesson_folders(language: str = "en", folder: Path = FOLDER) -> dict[str, Path]:
    """Every lesson of a language: its folder by the folder's name, the first to be taken first."""
    home = folder / language
    found = [at for at in home.iterdir() if _holds_a_lesson(at)] if home.is_dir() else []
    names = sorted((at.name for at in found), key=lambda name: (name != DEFAULT_LESSON, name))
    return {name: home / name for name in names}


def folders_in(folder: Path) -> list[Path]:
    """The lesson folders in a folder of an author's own, in the order of their names."""
    return sorted(at for at in folder.iterdir() if _holds_a_lesson(at))


def _holds_a_lesson(at: Path) -> bool:
    return at.is_dir() and not at.name.startswith((".", "_"))


def load(
    language: str = "en",
    lesson: str = DEFAULT_LESSON,
    folder: Path = FOLDER,
    further: Sequence[Path] = (),
) -> Book:
    """One language's words with all its lessons, one of them in hand.

    Args:
        language: the folder of the language.
        lesson: the name of the lesson's folder that is in hand.
        folder: the content.
        further: folders of lessons that lie elsewhere.

    Raises:
        ContentError: with every problem found, one line each.
    """
    folders = lesson_folders(language, folder)
    if lesson not in {at.name for at in further}:
        folders.setdefault(lesson, folder / language / lesson)
    written = [_Written(f"{language}/{name}", at) for name, at in folders.items()]
    written += [_Written(at.name, at) for at in further]
    at_hand = next(at for at in (*further, *folders.values()) if at.name == lesson)
    return _Loading(folder, language, written).book(at_hand)


@dataclass
class _Written:
    """A lesson's folder, and what was read from it."""

    shown: str
    """The folder as problems name it."""
    at: Path
    lesson: Lesson | None = None
    files: dict[str, str] = field(default_factory=dict)
    """The file of each section by the section's id, as problems name it."""


class _Loading:
    """Gathers problems file by file, so that an author sees them all."""

    def __init__(self, folder: Path, language: str, written: Sequence[_Written]) -> None:
        self.folder, self.language, self.written = folder, language, written
        self.problems: list[Problem] = []

    def book(self, at_hand: Path) -> Book:
        home = self.language
        chat = self._file(ChatFile, f"{home}/chat.toml")
        hints = self._file(HintFile, f"{home}/hints.toml")
        glossary = self._file(GlossaryFile, f"{home}/glossary.toml")
        observations = self._file(ObservationsFile, f"{home}/observations.toml")
        mistakes = self._file(MistakesFile, f"{home}/mistakes.toml")
        reading = self._file(ReadWordsFile, f"{home}/reading.toml")
        heard = self._file(HeardFile, f"{home}/heard.toml")
        if chat:
            self._names(chat, f"{home}/chat.toml")
        for written in self.written:
            self._lesson(written, chat)
        pictures = self._file(PicturesFile, f"{home}/pictures.toml")
        generated = self._file(GeneratedFile, f"{home}/generated.toml")
        why = self._file(WhyFile, f"{home}/why.toml")
        remarks = self._file(RemarksFile, f"{home}/remarks.toml")
        if why and remarks:
            self.problems += why_problems(why, remarks, home)
        if chat and generated and pictures:
            self.problems += said_problems(chat, generated, pictures, home)
        if self.problems or not (chat and hints and glossary and observations and heard):
            raise ContentError(self.problems)
        lessons = [written.lesson for written in self.written if written.lesson]
        if not (
            mistakes and reading and pictures and generated and len(lessons) == len(self.written)
        ) or not (why and remarks):
            raise ContentError(self.problems)
        first = lessons[[written.at for written in self.written].index(at_hand)]
        book = Book(
            language=self.language,
            lesson=lessons[0],
            lessons={lesson.id: lesson for lesson in lessons},
            chat=chat,
            hints=hints,
            glossary=glossary,
            observations=observations,
            mistakes=mistakes,
            reading=reading,
            heard=heard.words(),
            pictures=pictures,
            generated=generated,
            why=why,
            remarks=remarks,
            explained=Why(why.say),
            say=Sentence(chat.say),
            buttons=Label(chat.buttons),
            labels=Labels.of(pictures.labels),
            practice=Practice(generated.practice),
            own=Own(generated.own),
            captions=Captions(pictures.caption),
        )
        found = list(word_problems(book, {name: f"{home}/{name}.toml" for name in TABLES}))
        frames = []
        for written, lesson in zip(self.written, lessons, strict=True):
            file = f"{written.shown}/lesson.toml"
            frames.append((file, lesson, written.files))
            found += lesson_problems(replace(book, lesson=lesson), file, written.files)
        found += shared_problems(frames)
        if found:
            raise ContentError(found)
        return replace(book, lesson=first)

    def _lesson(self, written: _Written, chat: ChatFile | None) -> None:
        """Reads one lesson's folder."""
        frame = self._file(LessonFile, f"{written.shown}/lesson.toml", written.at / "lesson.toml")
        names = frame.sections if frame else ()
        files = {name: f"{written.shown}/{name}.toml" for name in names}
        sections = {
            name: self._file(Section, file, written.at / f"{name}.toml")
            for name, file in files.items()
        }
        if frame and chat:
            file = f"{written.shown}/lesson.toml"
            written.lesson = self._compiled(frame, file, sections, chat)
        written.files = {section.id: files[name] for name, section in sections.items() if section}

    def _file(self, model: type[M], name: str, at: Path | None = None) -> M | None:
        try:
            return self._read(model, name, tomllib.loads(text_of(at or self.folder / name)))
        except FileNotFoundError:
            self._problem(name, "file", "is missing")
        except OSError as error:
            self._problem(name, "file", str(error.strerror))
        except RecursionError:
            self._problem(name, "file", "is nested too deep")
        except UnicodeDecodeError:
            self._problem(name, "file", "is not UTF-8 text")
        except ValueError as error:  # a number of thousands of digits is one too
            self._problem(name, "TOML", str(error))
        return None

    def _read(self, model: type[M], name: str, data: Mapping[str, object]) -> M | None:
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
        examples: dict[str, Example] = {}
        for name, example in frame.examples.items():
            if example.after is not None and example.after not in examples:
                known = ", ".join(examples) or "none"
                rule = f"no example {example.after!r} stands before it; there are: {known}"
                self._problem(file, f"examples.{name}.after", rule)
                continue
            try:
                rate, words = frame.learning_rate, {**NAMES, **chat.names}
                now = examples[example.after].trace.after() if example.after else network
                traced = trace(now, example.inputs, example.target, rate, words)
            except NetworkError as error:
                self._problem(file, f"examples.{name}", str(error))
                continue
            examples[name] = Example(example.inputs, example.target, traced)
        explored = {}
        for name, section in sections.items():
            where = f"{file.rpartition('/')[0]}/{name}.toml"
            if section and section.example not in frame.examples:
                rule = f"no example {section.example!r}; there are: {', '.join(frame.examples)}"
                self._problem(where, "example", rule)
            elif section and section.example in examples:
                traced = examples[section.example].trace
                explored[section.id] = self._explored(section, traced, where)
        return Lesson(
            frame.id,
            frame.title,
            network,
            frame.learning_rate,
            examples,
            tuple(section for section in sections.values() if section),
            frame.done,
            frame.about,
            explored,
        )

    def _explored(self, section: Section, traced: Trace, file: str) -> Trace:
        """The trace with what the section's steps nudge."""
        for step in section.step:
            if isinstance(step, ExploreStep):
                try:
                    traced = nudged(traced, step.weight, step.by)
                except KeyError:
                    self._problem(file, f"step {step.id!r}.weight", f"no weight {step.weight!r}")
                except ValueError as error:
                    self._problem(file, f"step {step.id!r}.by", str(error))
        return traced


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


_TAGS = {
    tag for kind in get_args(AnyStep) for tag in get_args(kind.model_fields["kind"].annotation)
}
"""What the kinds of steps are called, which are the names of the union's members."""


def _inside(data: object, part: int | str) -> object:
    if isinstance(data, Mapping):
        return data.get(part, data)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return data
