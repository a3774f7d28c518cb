"""Lists of words and phrases that learners type, each held as one text until it is gone through.

An entry may be a template for many phrases (`phrase_templates`). The text is held as UTF-8: where
one letter is not Latin, Python would take two bytes for each. Templates are looked into by their
pattern alone, and packed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Annotated, Any, ClassVar, overload
from zlib import compress, decompress

from pydantic import AfterValidator, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from content.phrase_templates import pattern_of, said_by, whole, words_of

_END = "\0"
"""Stands around each: nobody types it."""


class WordList(Sequence[str]):
    """Some words, which nobody changes: thousands of small objects would be much memory.

    Args:
        words: one after the other; templates stand for all their phrases.

    >>> said = WordList(["up", "it [only] rises"])
    >>> len(said), said[1], "up" in said, "it rises" in said, "rises" in said, [*said]
    (3, 'it only rises', True, True, False, ['up', 'it only rises', 'it rises'])
    """

    __slots__ = ("_anywhere", "_is_templated", "_text")
    word: ClassVar[Any] = Annotated[str, AfterValidator(whole)]
    """What each one must be."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        text = (_END + "".join(f"{word}{_END}" for word in words)).encode()
        self._is_templated = b"(" in text or b"[" in text
        self._text = compress(text) if self._is_templated else text
        self._anywhere: re.Pattern[str] | None = None

    @property
    def templates(self) -> list[str]:
        """The words and templates as they were given."""
        text = decompress(self._text) if self._is_templated else self._text
        return text[1:-1].decode().split(_END) if len(text) > 1 else []

    @property
    def pattern(self) -> str:
        """The pattern of any of the words, as a group; of none, what matches nothing."""
        return pattern_of(self.templates)

    @property
    def anywhere(self) -> re.Pattern[str]:
        """The pattern of any of the words as a whole one."""
        if self._anywhere is None:
            self._anywhere = re.compile(rf"(?<!\w){self.pattern}(?!\w)")
        return self._anywhere

    def __iter__(self) -> Iterator[str]:
        return (word for template in self.templates for word in said_by(template))

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._is_templated else self._text.count(_END.encode()) - 1

    def __bool__(self) -> bool:
        return len(self._text) > 1

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or _END in word:
            return False
        if self._is_templated:
            return self.anywhere.fullmatch(word) is not None
        return f"{_END}{word}{_END}".encode(errors="replace") in self._text

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice) or at < 0:
            return tuple(self)[at]
        for word in islice(self, at, None):
            return word
        raise IndexError(at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordList) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def single_words(self) -> Iterator[str]:
        """The words in the phrases, each by itself."""
        return (word for template in self.templates for word in words_of(template))

    def turned(self, turn: Callable[[str], str]) -> WordList:
        """The words, each turned; this list where each is as it was."""
        turned = WordList(map(turn, self.templates))
        return self if turned == self else turned

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.templates})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Any list that TOML can have, or a text of single words."""
        words = core_schema.tuple_schema([handler(cls.word)], variadic_item_index=0)
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.no_info_before_validator_function(_single, words),
            serialization=core_schema.plain_serializer_function_ser_schema(tuple),
        )


def _single(given: object) -> object:
    """What is given, a text as its words."""
    return given.split() if isinstance(given, str) else given


class PhraseList(WordList):
    """Phrases in lower case."""

    __slots__ = ()
    word = Annotated[str, StringConstraints(pattern=r"^[^A-Z\n]+$"), AfterValidator(whole)]


class Meanings(Mapping[str, str]):
    """What each of some words stands for, held as one text in which a word is looked up by halving.

    Args:
        meant: the words, each with what it stands for.

    >>> meant = Meanings({"mas": "más", "grosse": "größe"})
    >>> meant["mas"], meant.get("grosser"), [*meant]
    ('más', None, ['grosse', 'mas'])
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, meant: Mapping[str, str]) -> None:
        both = [f"{word}{_END}{meaning}" for word, meaning in sorted(meant.items())]
        self._text = "".join(both)
        self._starts = array("I", accumulate(map(len, both), initial=0))

    def __getitem__(self, word: str) -> str:
        at = bisect_left(range(len(self)), word, key=self._word)
        found, _, meaning = self._both(at)
        if found != word:
            raise KeyError(word)
        return meaning

    def __iter__(self) -> Iterator[str]:
        return map(self._word, range(len(self)))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _word(self, at: int) -> str:
        return self._both(at)[0]

    def _both(self, at: int) -> tuple[str, str, str]:
        return self._text[slice(*self._starts[at : at + 2])].partition(_END)
