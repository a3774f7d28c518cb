"""Reads a language's words and the lessons into a `Book`, or says at once all that is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from content.book import Book
from content.checks import lesson_problems, shared_problems
from content.counting import Counting
from content.errors import ContentError
from content.gathering import Gathering, M
from content.messages import Label, Own, Practice, Sentence
from content.numbers import Numbers
from content.picture_words import Captions, Labels
from content.translation import OWN, LessonWords, Translation, overlaid, translatable
from content.typed import TypedFile, understood
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
from content.written import AUTHORS, DEFAULT_LESSON, FOLDER, Written, written_lessons
from engine.trace import DIRECTIONS, NAMES

FILES: Mapping[type[BaseModel], str] = {
    ChatFile: "chat",
    HintFile: "hints",
    GlossaryFile: "glossary",
    ObservationsFile: "observations",
    MistakesFile: "mistakes",
    ReadWordsFile: "reading",
    PicturesFile: "pictures",
    GeneratedFile: "generated",
    WhyFile: "why",
    RemarksFile: "remarks",
    TypedFile: "typed",
}
"""The files of a language, besides its lessons."""


def load(
    language: str = AUTHORS,
    lesson: str = DEFAULT_LESSON,
    folder: Path = FOLDER,
    further: Sequence[Path] = (),
) -> Book:
    """One language's words with all the lessons, one of them in hand.

    Args:
        language: the folder of the language.
        lesson: the name of the lesson's folder that is in hand.
        folder: the content.
        further: folders of lessons that lie elsewhere.

    Raises:
        ContentError: with every problem found, one line each.
    """
    gathering = Gathering()
    written = written_lessons(folder, further, lesson, gathering)
    author = None
    if language != AUTHORS:
        author = load_words(AUTHORS, written, folder, gathering=gathering)
    book = load_words(language, written, folder, author, gathering)
    at_hand = next(one.lesson for one in reversed(written) if one.at.name == lesson)
    assert at_hand is not None
    return book.with_lesson(at_hand.id)


def load_words(
    language: str,
    written: Sequence[Written],
    folder: Path = FOLDER,
    author: Book | None = None,
    gathering: Gathering | None = None,
) -> Book:
    """One language's words with lessons that are read already, the first of them in hand.

    Args:
        language: the folder of the language.
        written: the lessons.
        folder: the content.
        author: the book in the authors' language, where this is another.
        gathering: has the problems found so far.

    Raises:
        ContentError: with every problem found, one line each.
    """
    return _Loading(folder, language, written, author, gathering or Gathering()).book()


class _Loading:
    """Reads one language."""

    def __init__(
        self,
        folder: Path,
        language: str,
        written: Sequence[Written],
        author: Book | None,
        gathering: Gathering,
    ) -> None:
        self.folder, self.language, self.written = folder, language, written
        self.author, self.gathering = author, gathering

    def book(self) -> Book:
        chat = self._words(ChatFile)
        hints, glossary = self._words(HintFile), self._words(GlossaryFile)
        observations, mistakes = self._words(ObservationsFile), self._words(MistakesFile)
        reading, pictures = self._words(ReadWordsFile), self._words(PicturesFile)
        generated, typed = self._words(GeneratedFile), self._words(TypedFile)
        why, remarks = self._words(WhyFile), self._words(RemarksFile)
        home, problems = self.language, self.gathering.problems
        if chat and typed:
            self._names(chat, typed)
        if why:
            problems += why_problems(why, home, translated=home != AUTHORS)
        if chat and typed and generated and pictures:
            problems += said_problems(chat, typed, generated, pictures, home)
        first = next((one.lesson for one in self.written), None)
        if problems or not (chat and hints and glossary and observations and typed and first):
            raise ContentError(problems)
        if not (mistakes and reading and pictures and generated and why and remarks):
            raise ContentError(problems)
        counted = Counting(chat.counted, Numbers.of(home))
        book = Book(
            language=home,
            numbers=counted.numbers,
            author=self.author,
            lesson=first,
            lessons={},
            chat=chat,
            hints=hints,
            glossary=glossary,
            observations=observations,
            mistakes=mistakes,
            reading=reading,
            typed=typed,
            pictures=pictures,
            generated=generated,
            why=why,
            remarks=remarks,
            explained=Why(why.say, counted),
            counted=counted,
            say=Sentence(chat.say, counted),
            buttons=Label(chat.buttons, counted),
            labels=Labels.of(pictures.labels, counted),
            practice=Practice(generated.practice, counted),
            own=Own(generated.own, counted),
            captions=Captions(pictures.caption, counted),
        )
        said = []
        for one in self.written:
            assert one.lesson is not None
            complain = partial(self.gathering.problem, self._file_of(one))
            words = self._lesson_words(one) or LessonWords()
            said.append(Translation(words, book.names, complain).of(one.lesson))
        book = replace(book, lesson=said[0], lessons={lesson.id: lesson for lesson in said})
        problems += word_problems(book, {name: f"{home}/{name}.toml" for name in FILES.values()})
        frames = []
        for one, lesson in zip(self.written, said, strict=True):
            at_home = self._is_home(one)
            frame = one.frame if at_home else self._file_of(one)
            files = one.files if at_home else dict.fromkeys(one.files, frame)
            frames.append((frame, lesson, files))
            problems += lesson_problems(replace(book, lesson=lesson), frame, files)
        problems += shared_problems(frames)
        if problems:
            raise ContentError(problems)
        return book

    def _is_home(self, written: Written) -> bool:
        """Whether a lesson was written in this language, or has no translation here."""
        at = self.folder / self._file_of(written)
        return written.at.parent == self.folder / self.language or not at.exists()

    def _file_of(self, written: Written) -> str:
        return f"{self.language}/{written.at.name}.toml"

    def _lesson_words(self, written: Written) -> LessonWords | None:
        if self._is_home(written):
            return LessonWords()
        file = self._file_of(written)
        return self.gathering.file(LessonWords, self.folder / file, file)

    def _words(self, model: type[M]) -> M | None:
        """A file of shared words: the authors', with this language's laid over it."""
        name = f"{FILES[model]}.toml"
        file, author = f"{self.language}/{name}", self.folder / AUTHORS / name
        if self.language == AUTHORS:
            return self.gathering.file(model, author, file)
        base = self.gathering.data(author, f"{AUTHORS}/{name}")
        at = self.folder / file
        own = self.gathering.data(at, file) if at.exists() else {}
        if base is None or own is None:
            return None
        if model is TypedFile:
            return self.gathering.model(model, file, understood(own, base))
        complain = partial(self.gathering.problem, file)
        kept = OWN.get(FILES[model], frozenset())
        words = overlaid(translatable(base, FILES[model]), own, kept, complain)
        return self.gathering.model(model, file, words)

    def _names(self, chat: ChatFile, typed: TypedFile) -> None:
        """The tables whose keys the engine and the dialogue know."""
        tables: dict[str, tuple[Collection[str], Collection[str]]] = {
            "chat.toml names": (NAMES, chat.names),
            "chat.toml directions": (DIRECTIONS.values(), chat.directions),
            "typed.toml direction_words": (DIRECTIONS.values(), typed.direction_words),
            "chat.toml signs": (SIGNS, chat.signs),
        }
        for where, (wanted, found) in tables.items():
            file, _, table = where.partition(" ")
            allowed = ", ".join(wanted)
            for key in sorted(set(wanted) ^ set(found)):
                rule = "is missing" if key in wanted else f"is unknown; allowed: {allowed}"
                self.gathering.problem(f"{self.language}/{file}", f"{table}.{key}", rule)
