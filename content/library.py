"""Every language's book, over the same lessons; each is read when somebody first needs it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from content.book import Book
from content.errors import ContentError, Problem
from content.gathering import Gathering
from content.loader import AuthorsFiles, load_words
from content.written import (
    AUTHORS,
    DEFAULT_LESSON,
    FOLDER,
    Written,
    languages,
    nearest,
    written_lessons,
)

logger = logging.getLogger(__name__)


class Library:
    """The books of all languages.

    Args:
        default: the language of those whose own is not there.
        folder: the content.
        further: folders of lessons that lie elsewhere.

    Raises:
        ContentError: the lessons that came with this, or the words of the authors or of the default
            language, cannot be used.
    """

    def __init__(
        self, default: str = AUTHORS, folder: Path = FOLDER, further: Sequence[Path] = ()
    ) -> None:
        self._files = AuthorsFiles(folder)
        author, self._written = _opened(self._files, further)
        self._author, self._books = author, {AUTHORS: author}
        self.languages = languages(folder)
        self.default = default
        self._books[default] = self._load(default)

    @classmethod
    def of(cls, book: Book) -> Library:
        """A library of one book."""
        library = object.__new__(cls)
        library._author, library._books = book, {book.language: book}
        library.languages, library.default = (book.language,), book.language
        return library

    def __getitem__(self, language: str) -> Book:
        """The book in a language; where it has none that can be used, in the default one."""
        if language not in self._books:
            self._books[language] = self._read(language)
        return self._books[language]

    def _read(self, language: str) -> Book:
        if language not in self.languages:
            return self._books[self.default]
        try:
            return self._load(language)
        except ContentError as error:
            return self._without(language, error)

    def _without(self, language: str, error: ContentError) -> Book:
        """What is spoken instead of a language that cannot be used."""
        logger.error("%s cannot be used, %s is spoken:\n%s", language, self.default, error)
        return self._books[self.default]

    def _load(self, language: str) -> Book:
        if language == AUTHORS:
            return self._author
        return load_words(language, self._written, self._files, self._author)

    def nearest(self, tag: str) -> str:
        """The language that is nearest to what a platform says of a learner.

        Args:
            tag: such as `pt`, `zh-hans` or `de-AT`; empty where nothing is known.
        """
        return nearest(tag, self.languages) or self.default


def _opened(files: AuthorsFiles, further: Sequence[Path]) -> tuple[Book, list[Written]]:
    """The authors' book, and its lessons; of those that lie elsewhere only what can be used.

    Raises:
        ContentError: there is something wrong with what came with this.
    """
    gathering = Gathering()
    written = written_lessons(files.folder, further, DEFAULT_LESSON, gathering)
    try:
        return load_words(AUTHORS, written, files, gathering=gathering), written
    except ContentError as error:
        wrong = [at for at in further if any(_is_in(one, at) for one in error.problems)]
        if not wrong or not all(any(_is_in(one, at) for at in wrong) for one in error.problems):
            raise
        for at in wrong:
            said = "; ".join(str(one) for one in error.problems if _is_in(one, at))
            logger.error("the lesson %s is left out: %s", at.name, said)
        return _opened(files, [at for at in further if at not in wrong])


def _is_in(problem: Problem, lesson: Path) -> bool:
    return problem.file.startswith(f"{lesson.name}/")
