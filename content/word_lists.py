"""Lists of words and phrases that learners type, each held as one text until it is gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, ClassVar, overload

from pydantic import GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

_END = "\0"
"""Stands around each: nobody types it."""


class WordList(Sequence[str]):
    """Some words, which nobody changes: thousands of small objects would be much memory.

    Args:
        words: one after the other.

    >>> said = WordList(["up", "it rises"])
    >>> len(said), said[1], "up" in said, "rises" in said, [*said]
    (2, 'it rises', True, False, ['up', 'it rises'])
    """

    __slots__ = ("_text",)
    word: ClassVar[Any] = str
    """What each one must be."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._text = _END + "".join(f"{word}{_END}" for word in words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._text[1:-1].split(_END) if len(self._text) > 1 else ())

    def __len__(self) -> int:
        return self._text.count(_END) - 1

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and _END not in word and f"{_END}{word}{_END}" in self._text

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordList) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({[*self]})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Any list that TOML can have."""
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.tuple_schema([handler(cls.word)], variadic_item_index=0),
            serialization=core_schema.plain_serializer_function_ser_schema(tuple),
        )


class PhraseList(WordList):
    """Phrases in lower case."""

    __slots__ = ()
    word = Annotated[str, StringConstraints(pattern=r"^[^A-Z\n]+$")]
