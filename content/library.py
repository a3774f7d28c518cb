"""Every language's book, over the same lessons; each is read when somebody first needs it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from content.book import Book
from content.errors import ContentError
from content.gathering import Gathering
from content.loader import load_words
from content.written import AUTHORS, DEFAULT_LESSON, FOLDER, languages, written_lessons

logger = logging.getLogger(__name__)


class Library:
    """The books of all languages.

    Args:
        default: the language of those whose own is not there.
        folder: the content.
        further: folders of lessons that lie elsewhere.

    Raises:
        ContentError: the lessons, or the words of the authors or of the default language, cannot be
            used.
    """

    def __init__(
        self, default: str = AUTHORS, folder: Path = FOLDER, further: Sequence[Path] = ()
    ) -> None:
        gathering = Gathering()
        self._folder = folder
        self._written = written_lessons(folder, further, DEFAULT_LESSON, gathering)
        author = load_words(AUTHORS, self._written, folder, gathering=gathering)
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
            logger.error("%s cannot be used, %s is spoken:\n%s", language, self.default, error)
            return self._books[self.default]

    def _load(self, language: str) -> Book:
        if language == AUTHORS:
            return self._author
        return load_words(language, self._written, self._folder, self._author)

    def nearest(self, tag: str) -> str:
        """The language that is nearest to what a platform says of a learner.

        Args:
            tag: such as `pt`, `zh-hans` or `de-AT`; empty where nothing is known.
        """
        known = {one.casefold().replace("_", "-"): one for one in reversed(self.languages)}
        wanted = tag.casefold().replace("_", "-")
        primary = {one.partition("-")[0]: spoken for one, spoken in known.items()}
        return known.get(wanted) or primary.get(wanted.partition("-")[0]) or self.default
