"""JSON from Telegram, made valid once, on its way in: what is kept of it can be stored and sent.

Half characters become question marks, and what is nested deeper than anybody nests is left out. So
nothing behind this has to reckon with text that no database and no message can hold. How long to
wait, as Telegram tells it, is made a sensible number here as well.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson

DEEPEST = 64
"""How deep an update may be nested; Telegram's are a few levels deep."""
LEAST_WAIT_S, LONGEST_WAIT_S = 1.0, 600.0
"""No refusal is waited out for less or more, whatever number comes with it."""

_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]|[^]["{}]+', re.DOTALL)


def parsed(payload: bytes) -> object:
    r"""The JSON of a payload; None where it is none.

    >>> parsed(b'{"text": "half \\ud800"}'), parsed(b"<html>")
    ({'text': 'half ?'}, None)
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            text = _shallow(payload.decode("utf-8", "replace"))
            value = json.loads(
                text, parse_int=_whole, parse_float=_finite, parse_constant=lambda _name: None
            )
            return orjson.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return None


def written(update: Mapping[str, Any]) -> str:
    """An update as it is stored."""
    try:
        return orjson.dumps(update).decode()
    except TypeError:  # nested too deep to be written
        return orjson.dumps(_cut(update, DEEPEST)).decode()


def wait_s(asked: object) -> float:
    """How long to wait where Telegram asks for it, whatever stands there.

    >>> wait_s(5), wait_s("5"), wait_s(-3), wait_s(10**18), wait_s({"a": 1})
    (5.0, 5.0, 1.0, 600.0, 1.0)
    """
    if isinstance(asked, timedelta):
        asked = asked.total_seconds()
    try:
        seconds = float(asked) if isinstance(asked, int | float | str) else LEAST_WAIT_S
    except (ValueError, OverflowError):
        seconds = LEAST_WAIT_S
    return min(LONGEST_WAIT_S, max(LEAST_WAIT_S, seconds))  # of no number, the least


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) < 20 else None


def _finite(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _shallow(text: str) -> str:
    """The text of some JSON without what is nested too deep even to be read."""
    depth, kept = 0, list[str]()
    for piece in _PIECES.findall(text):
        depth += piece in ("[", "{")
        if depth <= DEEPEST:
            kept.append(piece)
        elif depth == DEEPEST + 1 and piece in ("[", "{"):
            kept.append("null")
        depth -= piece in ("]", "}")
    return "".join(kept)


def _cut(value: object, room: int) -> object:
    match value:
        case dict():
            return {key: _cut(one, room - 1) for key, one in value.items()} if room else None
        case list():
            return [_cut(one, room - 1) for one in value] if room else None
        case _:
            return value
