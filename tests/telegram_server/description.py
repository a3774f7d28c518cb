"""What the Bot API takes, as data, and what in a call breaks it.

`bot_api.json` has every method with its parameters and every type with its fields: the types a
value may have, whether it is required, how long it may be, which values there are. Telegram passes
over what it does not know, or refuses it years later; here each is a violation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import orjson

Json: TypeAlias = dict[str, Any]

FILE = Path(__file__).with_name("bot_api.json")
API: Json = json.loads(FILE.read_text(encoding="utf-8"))
_PARSED = {"sendMessage.text", "sendPhoto.caption", "sendDocument.caption"}
"""Their length counts after parsing: `limits` counts it."""


def violations(method: str, given: Mapping[str, Any], files: Collection[str] = ()) -> list[str]:
    """What a call has that the description has not, and lacks that it demands.

    Args:
        method: the method's name.
        given: the parameters, as JSON values or as the texts of a form.
        files: the names of the parts that are files.

    >>> violations("sendMessage", {"chat_id": "1", "txt": "hi"})
    ['sendMessage.txt: unknown', 'sendMessage.text: missing']
    """
    if method not in API["methods"]:
        return [f"{method}: unknown"]
    sent = {name: value for name, value in given.items() if value is not None}
    attached = {f"attach://{name}" for name in files}
    named = {name: f"attach://{name}" for name in files if name in API["methods"][method]}
    unused = attached - set(_texts(sent)) - set(named.values())
    found = [f"{method}: {name} is attached to nothing" for name in sorted(unused)]
    return found + list(_fields(method, API["methods"][method], sent | named, form=True))


def _texts(value: object) -> Iterator[str]:
    match _parsed(value):
        case str(text):
            yield text
        case list(items):
            for item in items:
                yield from _texts(item)
        case dict(items):
            yield from _texts(list(items.values()))


def _fields(place: str, known: Json, given: Mapping[str, Any], *, form: bool) -> Iterator[str]:
    for name, value in given.items():
        if name not in known:
            yield f"{place}.{name}: unknown"
        else:
            yield from _value(f"{place}.{name}", known[name], value, form=form)
    for name, fact in known.items():
        if fact.get("required") and name not in given:
            yield f"{place}.{name}: missing"


def _value(place: str, fact: Json, value: Any, *, form: bool) -> Iterator[str]:  # noqa: ANN401 JSON
    if form and isinstance(value, str) and "String" not in fact["type"]:
        value = _parsed(value)
    kinds = sorted(fact["type"], key=lambda kind: -_shared(kind, value))
    problems = [list(_typed(place, kind, value)) for kind in kinds]
    if all(problems):
        yield from problems[0]
        return
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "values" in fact and value not in fact["values"]:
        yield f"{place}: {shown} is none of its values"
    if "length" in fact and place not in _PARSED:
        size = len(value.encode() if place.endswith("callback_data") else value)
        if not fact["length"][0] <= size <= fact["length"][1]:
            yield f"{place}: {size} long, not {fact['length']}"
    if "range" in fact and not fact["range"][0] <= value <= fact["range"][1]:
        yield f"{place}: {shown} is not within {fact['range']}"


def _shared(kind: str, value: object) -> int:
    """How many fields of an object a type knows: of several types it is most likely of that one."""
    return len(set(API["types"].get(kind, ())) & set(value)) if isinstance(value, dict) else 0


def _typed(place: str, kind: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if (inner := kind.removeprefix("Array of ")) != kind:
        if not isinstance(value, list):
            yield f"{place}: not an array"
            return
        for one in value:
            kinds = [inner] if inner.startswith("Array of ") else inner.split(" or ")
            yield from _value(f"{place}[]", {"type": kinds}, one, form=False)
    elif kind in API["types"]:
        if not isinstance(value, dict):
            yield f"{place}: not a {kind}"
        else:
            yield from _fields(kind, API["types"][kind], value, form=False)
    elif not _is(kind, value):
        yield f"{place}: not of type {kind}"


def _is(kind: str, value: object) -> bool:
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "InputFile":
            return isinstance(value, str) and value.startswith("attach://")
        case _:
            return True


def _parsed(value: object) -> object:
    """What a text of a form says; itself where it is no JSON."""
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
