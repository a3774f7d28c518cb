"""Reads a language's words and the lessons into a `Book`, or says at once all that is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from content.book import Book
from content.checks import lesson_problems, shared_problems
from content.counting import Counting
from content.errors import ContentError
from content.gathering import Gathering, M
from content.messages import Classes, Label, Own, Practice, Sentence
from content.numbers import Numbers
from content.packing import packed, unpacked
from content.picture_words import Captions, Labels
from content.sharing import shared
from content.spelling import NO_SPELLING, Spelling
from content.translation import (
    OWN,
    Lessons,
    LessonWords,
    Translation,
    Worded,
    overlaid,
    translatable,
)
from content.typed import TypedFile, as_compared, understood
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


class AuthorsFiles:
    """The shared words as the authors wrote them, which every translation is laid over.

    They are read once, and kept packed: read anew they would take half of a language's time.

    Args:
        folder: the content.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._packed: dict[str, bytes] = {}

    def data(self, name: str, gathering: Gathering) -> dict[str, Any] | None:
        """A file; None where it cannot be read."""
        found = gathering.data(self.folder / AUTHORS / f"{name}.toml", f"{AUTHORS}/{name}.toml")
        if found is not None:
            self._packed[name] = packed(translatable(found, name))
        return found

    def translatable(self, name: str, gathering: Gathering) -> dict[str, Any] | None:
        """A file without what each language has of its own, likewise."""
        if name not in self._packed and self.data(name, gathering) is None:
            return None
        found: dict[str, Any] = unpacked(self._packed[name])
        return found


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
    gathering, files = Gathering(), AuthorsFiles(folder)
    written = written_lessons(folder, further, lesson, gathering)
    book = load_words(AUTHORS, written, files, gathering=gathering)
    if language != AUTHORS:
        book = load_words(language, written, files, book, gathering)
    called = [one for one in written if one.at.name == lesson]
    at_hand = next((one for one in called if one.at in further), called[-1]).lesson
    assert at_hand is not None
    return book.with_lesson(at_hand.id)


def each_loaded(
    languages: Iterable[str], folder: Path = FOLDER
) -> Iterator[tuple[str, Book | ContentError]]:
    """Each language with its words, or with all that is wrong; what they share is read once.

    Args:
        languages: the folders of the languages.
        folder: the content.

    Yields:
        A language, with what `load` gives or raises.
    """
    files, gathering = AuthorsFiles(folder), Gathering()
    written = written_lessons(folder, (), DEFAULT_LESSON, gathering)
    try:
        author = load_words(AUTHORS, written, files, gathering=gathering)
    except ContentError as error:  # every language is laid over it
        yield from ((language, error) for language in languages)
        return
    for language in languages:
        try:
            home = language == AUTHORS
            yield language, author if home else load_words(language, written, files, author)
        except ContentError as error:
            yield language, error


def load_words(
    language: str,
    written: Sequence[Written],
    files: AuthorsFiles,
    author: Book | None = None,
    gathering: Gathering | None = None,
) -> Book:
    """One language's words with lessons that are read already, the first of them in hand.

    Args:
        language: the folder of the language.
        written: the lessons.
        files: the content.
        author: the book in the authors' language, where this is another.
        gathering: has the problems found so far.

    Raises:
        ContentError: with every problem found, one line each.
    """
    loading = Loading(language, written, files, author, gathering)
    for _ in loading:
        pass
    return loading.book


def _spelling(book: Book) -> Spelling:
    """The spelling of what is typed; only words that stand inside a text cut it."""
    inside = [words for name, words in book.typed if name not in ("intents", "term_questions")]
    glossaries = (book.glossary.term, *(lesson.glossary for lesson in book.lessons.values()))
    terms = [term.words for glossary in glossaries for term in glossary.values()]
    why, typed, remarks = book.why, book.typed, book.remarks
    asked = [(entry.asked, entry.here) for entry in why.entry.values()]
    around = (why.small, why.asking, why.closed, why.referring, why.same, remarks.small)
    said = [remark.said for remark in remarks.remark.values()]
    steps = [place.step for lesson in book.lessons.values() for place in lesson.places]
    options = [(o.label, o.also) for one in steps for o in getattr(one, "options", ())]
    whole = (typed.intents, typed.term_questions, asked, around, said, options)
    return Spelling.of(inside, terms, further=whole)


class Loading:
    """Reads one language, bit by bit, so that others can be served between: `load_words`."""

    book: Book

    def __init__(
        self,
        language: str,
        written: Sequence[Written],
        files: AuthorsFiles,
        author: Book | None = None,
        gathering: Gathering | None = None,
    ) -> None:
        self.folder, self.files, self.language, self.written = (
            files.folder,
            files,
            language,
            written,
        )
        self.author, self.gathering = author, gathering or Gathering()

    def __iter__(self) -> Iterator[None]:
        """Reads; `book` is there in the end.

        Raises:
            ContentError: with every problem found, one line each.
        """
        chat = self._words(ChatFile)
        hints, glossary = self._words(HintFile), self._words(GlossaryFile)
        yield
        observations, mistakes = self._words(ObservationsFile), self._words(MistakesFile)
        yield
        reading, pictures = self._words(ReadWordsFile), self._words(PicturesFile)
        generated = self._words(GeneratedFile)
        yield
        typed = self._words(TypedFile)
        yield
        why = self._words(WhyFile)
        yield
        remarks = self._words(RemarksFile)
        home, problems = self.language, self.gathering.problems
        if chat and typed:
            self._names(chat, typed)
        if why:
            problems += why_problems(why, home, translated=home != AUTHORS)
        yield
        if chat and typed and generated and pictures:
            problems += said_problems(chat, typed, generated, pictures, home)
        yield
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
            spelling=NO_SPELLING,
            pictures=pictures,
            generated=generated,
            why=why,
            remarks=remarks,
            explained=Why(why.say, counted),
            counted=counted,
            say=Sentence(chat.say, counted),
            classes=Classes(chat.classes, counted),
            buttons=Label(chat.buttons, counted),
            labels=Labels.of(pictures.labels, counted),
            practice=Practice(generated.practice, counted),
            own=Own(generated.own, counted),
            captions=Captions(pictures.caption, counted),
        )
        worded = [self._worded(one, book.names) for one in self.written]
        book = replace(book, lesson=worded[0].lesson, lessons=Lessons(worded))
        book = replace(book, spelling=_spelling(book))
        yield
        problems += word_problems(book, {name: f"{home}/{name}.toml" for name in FILES.values()})
        yield
        frames = []
        for one, lesson in zip(self.written, (its.lesson for its in worded), strict=True):
            at_home = self._is_home(one)
            frame = one.frame if at_home else self._file_of(one)
            files = one.files if at_home else dict.fromkeys(one.files, frame)
            frames.append((frame, lesson, files))
            problems += lesson_problems(replace(book, lesson=lesson), frame, files)
            yield
        problems += shared_problems(frames)
        if problems:
            raise ContentError(problems)
        for its in worded[1:]:
            its.let_go()
        self.book = book

    def _is_home(self, written: Written) -> bool:
        """Whether a lesson was written in this language, or has no translation here."""
        at = self.folder / self._file_of(written)
        return written.at.parent == self.folder / self.language or not at.exists()

    def _file_of(self, written: Written) -> str:
        return f"{self.language}/{written.at.name}.toml"

    def _worded(self, written: Written, names: Mapping[str, str]) -> Worded:
        """A lesson with its words, which are held against it."""
        assert written.lesson is not None
        complain = partial(self.gathering.problem, self._file_of(written))
        words = self._lesson_words(written) or LessonWords()
        return Worded(written.lesson, Translation(words, names, complain))

    def _lesson_words(self, written: Written) -> LessonWords | None:
        if self._is_home(written):
            return LessonWords()
        file = self._file_of(written)
        return self.gathering.file(LessonWords, self.folder / file, file)

    def _words(self, model: type[M]) -> M | None:
        """A file of shared words: the authors', with this language's laid over it."""
        name = FILES[model]
        read = self._authors(model) if self.language == AUTHORS else self._overlaid(model)
        return read and shared(read, self.author and getattr(self.author, name))

    def _authors(self, model: type[M]) -> M | None:
        name = FILES[model]
        data = self.files.data(name, self.gathering)
        return self.gathering.model(model, f"{AUTHORS}/{name}.toml", data)

    def _overlaid(self, model: type[M]) -> M | None:
        name = FILES[model]
        file = f"{self.language}/{name}.toml"
        base, at = self.files.translatable(name, self.gathering), self.folder / file
        own = self.gathering.data(at, file) if at.exists() else {}
        if base is None or own is None:
            return None
        if model is TypedFile:
            heard = understood(as_compared(own), base)
            return self.gathering.model(model, file, heard)
        complain = partial(self.gathering.problem, file)
        words = overlaid(base, own, OWN.get(name, frozenset()), complain)
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
