"""Entities: the ranges, counted in UTF-16 code units, that say what is bold, code or a command.

Telegram tidies what a bot sends: blank ends are cut, and bold, italic and spoilers do not reach
into `pre` and `code`. So a spoiler around a `pre` hides nothing; that surprise is kept on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Entity = dict[str, Any]

_SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_VERBATIM = {"code", "pre"}
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_MENTION = re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}\b")
_URL = re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def units(text: str) -> int:
    """The length of `text` as Telegram counts it, in UTF-16 code units.

    >>> units("a"), units("×"), units("💡")
    (1, 1, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def cleaned(text: str) -> str:
    r"""Text as Telegram keeps it: no control characters, no marks of direction.

    >>> cleaned("a\tb\r\n\u202ec")
    'a b\nc'
    """
    return _REMOVED.sub("", _CONTROL.sub(" ", text))


def cut(text: str, start: int, end: int) -> str:
    """The piece of `text` from UTF-16 offset `start` to `end`."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * start : 2 * end].decode("utf-16-le", "replace")


def tidy(entities: Iterable[Entity]) -> list[Entity]:
    """Entities as Telegram keeps them: sorted, and nothing inside or across `pre` and `code`."""
    given = list(entities)
    fixed = [entity for entity in given if entity["type"] in _VERBATIM]
    kept = list(fixed)
    for entity in given:
        if entity["type"] in _SPLITTABLE:
            kept += _without(entity, fixed)
        elif entity["type"] not in _VERBATIM and not any(
            start_of(outer) <= start_of(entity) and end_of(entity) <= end_of(outer)
            for outer in fixed
        ):
            kept.append(entity)
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def start_of(entity: Entity) -> int:
    """Where an entity starts, in UTF-16 code units."""
    return int(entity["offset"])


def end_of(entity: Entity) -> int:
    """Where an entity ends, in UTF-16 code units."""
    return int(entity["offset"]) + int(entity["length"])


def _without(entity: Entity, holes: list[Entity]) -> Iterator[Entity]:
    at = start_of(entity)
    for hole in sorted(holes, key=start_of):
        if start_of(hole) >= end_of(entity) or end_of(hole) <= at:
            continue
        if start_of(hole) > at:
            yield {**entity, "offset": at, "length": start_of(hole) - at}
        at = max(at, end_of(hole))
    if at < end_of(entity):
        yield {**entity, "offset": at, "length": end_of(entity) - at}


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text without blank ends, as Telegram stores it; a blank inside a leading entity stays."""
    text = text.rstrip()
    first = min((start_of(entity) for entity in entities), default=units(text))
    lead = min(units(text) - units(text.lstrip()), first)
    text, size = text[lead:], units(text) - lead
    kept = [
        {
            **entity,
            "offset": start_of(entity) - lead,
            "length": min(end_of(entity) - lead, size) - start_of(entity) + lead,
        }
        for entity in entities
    ]
    return text, [entity for entity in kept if entity["length"] > 0]


def detect(text: str) -> list[Entity]:
    """The entities Telegram finds by itself in what a person types: commands, mentions, links.

    >>> detect("/start now")
    [{'type': 'bot_command', 'offset': 0, 'length': 6}]
    """
    found: list[Entity] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match[0])
            if not any(
                start_of(other) < offset + length and offset < end_of(other) for other in found
            ):
                found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=start_of)
