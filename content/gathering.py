"""Reads an author's files into models, and gathers every problem on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from content.errors import Problem, unknown
from content.files import text_of
from content.models import ID, ID_RULE

M = TypeVar("M", bound=BaseModel)


@dataclass
class Gathering:
    """Problems, gathered file by file, so that an author sees them all."""

    problems: list[Problem] = field(default_factory=list)

    def data(self, at: Path, name: str) -> dict[str, Any] | None:
        """A file as plain data; None where it cannot be read.

        Args:
            at: the file.
            name: how problems name it.
        """
        try:
            return tomllib.loads(text_of(at))
        except FileNotFoundError:
            self.problem(name, "file", "is missing")
        except OSError as error:
            self.problem(name, "file", str(error.strerror))
        except RecursionError:
            self.problem(name, "file", "is nested too deep")
        except UnicodeDecodeError:
            self.problem(name, "file", "is not UTF-8 text")
        except ValueError as error:  # a number of thousands of digits is one too
            self.problem(name, "TOML", str(error))
        return None

    def model(self, model: type[M], name: str, data: Mapping[str, object] | None) -> M | None:
        """Some data as a model; None where it does not fit."""
        if data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            for one in [one for one in errors if not _follows(one, errors)]:
                self.problem(name, _path(one["loc"], data), _rule(model, one))
        return None

    def file(self, model: type[M], at: Path, name: str) -> M | None:
        """A file as a model; None where it is none."""
        return self.model(model, name, self.data(at, name))

    def problem(self, file: str, place: str, rule: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(file, place, rule))


def _follows(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Whether a list is said to be too short only because what stands in it cannot be used."""
    place = error["loc"]
    inside = (one["loc"] for one in errors if one is not error)
    return error["type"] == "too_short" and any(one[: len(place)] == place for one in inside)


def _rule(model: type[BaseModel], error: ErrorDetails) -> str:
    """What is wrong, in an author's words, with what is allowed."""
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return unknown(str(error["loc"][-1]), _fields(model, error["loc"][:-1]))
    if error["type"] == "value_error":
        rule = str(error["ctx"]["error"])
        return f"{rule}, not {_short(error['input'])}" if isinstance(error["input"], str) else rule
    rule = error["msg"]
    if error["type"] == "string_pattern_mismatch" and error["ctx"]["pattern"] == ID:
        rule = ID_RULE
    return f"{rule}, not {_short(error['input'])}"


def _fields(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """The keys that a table may have, at a place of a model."""
    found: list[type[BaseModel]] = [model]
    for part in place:
        if isinstance(part, int):
            continue
        if tagged := [one for one in found if _kind(one) == part]:
            found = tagged
            continue
        fields = [field for one in found for field in _named(one, part)]
        inner = [one for field in fields for one in _models(field.annotation)]
        found = inner or found
    return list(dict.fromkeys(_key(name, field) for name, field in found[0].model_fields.items()))


def _key(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _named(model: type[BaseModel], key: str) -> list[FieldInfo]:
    return [field for name, field in model.model_fields.items() if _key(name, field) == key]


def _kind(model: type[BaseModel]) -> str:
    """The name of a member of a union of kinds."""
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else ""


def _models(annotation: object) -> list[type[BaseModel]]:
    """The models in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for part in get_args(annotation) for one in _models(part)]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _path(place: tuple[int | str, ...], data: object) -> str:
    """A pydantic place as an author reads it: `step[2].ask`, without the names of union members."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        elif isinstance(data, Mapping) and data.get("kind") == part:
            continue
        else:
            text += f".{part}" if text else part
        data = _inside(data, part)
    return text or "file"


def _inside(data: object, part: int | str) -> object:
    if isinstance(data, Mapping):
        return data.get(part, data)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return data
