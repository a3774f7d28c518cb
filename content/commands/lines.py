"""JSON lines: strict objects in, one object per line out.

Processing stops at the first line that can't be used; what came before it has been written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from content.commands.command import Refused
from engine.network import NetworkError, shortened

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What some readers take for the end of a line, and halves of characters: written as escapes."""


class _Doubled(dict[str, object]):
    """A JSON object in which a key stands twice."""

    key = ""


def parsed(text: str) -> object:
    """JSON as Python has it, but with every key of an object just once.

    Raises:
        Refused: with the place.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column" if error.lineno > 1 else "column"
        raise Refused(f"is not JSON: {error.msg} at {place} {error.colno}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets as deep
        raise Refused(
            "is not JSON that can be read: a number too long, or nested too deep"
        ) from None
    for place, key in _doubled(data, ""):
        raise Refused(f"{place or 'the object'}: the key {shortened(key)} stands there twice")
    return data


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    doubled = _Doubled(result)
    names = [name for name, _ in pairs]
    doubled.key = next(name for name in names if names.count(name) > 1)
    return doubled


def _doubled(data: object, place: str) -> Iterator[tuple[str, str]]:
    """Every object with a key twice, by its place."""
    if isinstance(data, _Doubled):
        yield place, data.key
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _doubled(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _doubled(value, f"{place}[{index}]")


def objects(lines: BinaryIO) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each line's number, from 1, and its object; blank lines are passed over.

    Raises:
        Refused: a line is not a JSON object in UTF-8.
    """
    for number, raw in enumerate(lines, 1):
        with at_line(number):
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                raise Refused(f"is not UTF-8 text at byte {error.start + 1}") from None
            if not text:
                continue
            data = parsed(text)
            if not isinstance(data, dict):
                raise Refused(f"needs a JSON object, not {shortened(data)}")
        yield number, data


@contextmanager
def at_line(number: int) -> Iterator[None]:
    """Puts the line before what is refused, whoever refuses it."""
    try:
        yield
    except (Refused, NetworkError) as error:
        raise Refused(f"line {number}: {error}") from None
    except RecursionError:
        raise Refused(f"line {number}: is nested too deep") from None


def write(out: TextIO, data: Mapping[str, object]) -> None:
    """One object as a line, sent at once."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    print(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text), file=out, flush=True)


def text_of(data: Mapping[str, object], key: str) -> str:
    """What a line says under a key, as text; a number is taken as its text.

    Raises:
        Refused: it is left out, or something else.
    """
    value = data.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    if isinstance(value, str):
        return value
    said = f"needs a text, not {shortened(value)}" if key in data else "is left out"
    raise Refused(f"{key}: {said}")
