"""Which sentence a learner reads: the template it was made from, and what was filled in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parents[2] / "content" / "en" / "mistakes.toml"

_TAG = re.compile(r"</?[a-z][^<>]*>")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence, taken apart."""

    key: str
    """A mistake's id, or the key in `say`."""
    slots: dict[str, str]
    parts: tuple[Sentence, ...] = ()
    """The two clauses of a sentence about two mistakes."""


@cache
def templates() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The sentences of verdicts, and those of mistakes."""
    table = tomllib.loads(WORDS.read_text("utf-8"))
    return table["say"], table["mistakes"]


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pieces, seen, at = [], set(), 0
    plain = _TAG.sub("", template)
    for slot in _SLOT.finditer(plain):
        pieces.append(re.escape(plain[at : slot.start()]))
        name = slot.group(1)
        pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.add(name)
        at = slot.end()
    pieces.append(re.escape(plain[at:]))
    return re.compile("".join(pieces), re.DOTALL)


def _match(template: str, text: str) -> dict[str, str] | None:
    found = _pattern(template).fullmatch(text)
    return found.groupdict() if found else None


def taken_apart(text: str, mistakes: tuple[str, ...]) -> Sentence | None:
    """The sentence with its key; None where no template makes it.

    Args:
        text: what the learner reads, without tags.
        mistakes: the ids of the verdict's mistakes; where there are some, their texts come first.
    """
    say, table = templates()
    extra = say.get("slip_decimal_point", "")
    if extra and text.endswith(f" {extra}"):
        text = text.removesuffix(f" {extra}")
        inner = taken_apart(text, mistakes)
        return inner and Sentence(inner.key, {**inner.slots, "decimal_point": "yes"}, inner.parts)
    keys = [id_ for id_ in mistakes if id_ in table] + [id_ for id_ in table if id_ not in mistakes]
    if len(mistakes) == 1:
        for id_ in keys[:1]:
            for kind in ("text", "plain"):
                if (slots := _match(table[id_][kind], text)) is not None:
                    return Sentence(id_, slots)
    for key, template in sorted(say.items(), key=lambda item: -len(_SLOT.sub("", item[1]))):
        if (slots := _match(template, text)) is not None:
            return Sentence(key, slots, _clauses(slots, mistakes))
    for id_ in keys:
        for kind in ("text", "plain"):
            if (slots := _match(table[id_][kind], text)) is not None:
                return Sentence(id_, slots)
    return None


def _clauses(slots: dict[str, str], mistakes: tuple[str, ...]) -> tuple[Sentence, ...]:
    _, table = templates()
    found = []
    for id_, clause in zip(mistakes, (slots.get("first"), slots.get("second")), strict=False):
        if clause and (inner := _match(table[id_]["short"], clause)) is not None:
            found.append(Sentence(id_, inner))
    return tuple(found)
