"""Models as small as may be: what two languages say alike is one object, and leftovers go."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any, TypeVar

from pydantic import BaseModel

from content.text_table import TextTable

M = TypeVar("M", bound=BaseModel)

_NOTHING: set[str] = set()
_UNUSED = {
    "__pydantic_fields_set__": _NOTHING,
    "__pydantic_extra__": None,
    "__pydantic_private__": None,
}
"""What nobody asks pydantic for."""


def shared(model: M, other: M | None = None) -> M:
    """The same model, which has all that is equal in another in common with it.

    Args:
        model: nobody else has it yet: it is changed in place.
        other: it in another language; None for none.
    """
    its = {} if other is None else other.__dict__
    said = model.__dict__
    for name, value in said.items():
        said[name] = _shared(value, its.get(name))
    if said and all(value is its.get(name, _NOTHING) for name, value in said.items()):
        assert other is not None
        return other
    return settled(model)


def settled(model: M) -> M:
    """The same model as a plain object, which takes a third of what pydantic's tables take."""
    plain = type(model).__new__(type(model))
    for name, value in {**model.__dict__, **_UNUSED}.items():
        object.__setattr__(plain, name, value)
    return plain


def _shared(value: Any, other: Any) -> Any:  # noqa: ANN401 - a field may be anything
    if isinstance(value, BaseModel):
        return shared(value, other if type(other) is type(value) else None)
    if isinstance(value, Mapping) and not isinstance(value, TextTable):
        its = other if isinstance(other, Mapping) else {}
        return {_interned(key): _shared(one, its.get(key)) for key, one in value.items()}
    if type(value) is type(other) and value == other:
        return other
    if isinstance(value, tuple):
        others = [*(other if isinstance(other, tuple) else ()), *(None for _ in value)]
        both = zip(value, others, strict=False)
        return tuple(_interned(_shared(one, also)) for one, also in both)
    if isinstance(value, frozenset):
        return frozenset(map(_interned, value)) if value else frozenset()
    return value


def _interned(word: Any) -> Any:  # noqa: ANN401 - a key may be anything
    return intern(word) if type(word) is str else word
