"""What a translation still lacks, what no longer fits, and what has changed since it was made.

The authors' texts are found by their places: `chat.toml say.kept`, `build_a_network.toml
step.h1_sum.ask`. A translation notes in `translated.toml` what each text was translated from, as a
short hash, so that a text that has changed since is told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from content.gathering import Gathering
from content.loader import FILES
from content.message import segments
from content.translation import OWN, lesson_texts
from content.typed import TypedFile
from content.written import AUTHORS, Written

NOTES = "translated.toml"
"""The file of a language with what each text was translated from."""

Texts = Mapping[str, str]
"""Texts by their place in a file."""


@dataclass(frozen=True, slots=True)
class Report:
    """How far a language is, a line of places for each file."""

    missing: Mapping[str, Texts]
    """Texts that fall back to the authors', by file."""
    slots: Sequence[str]
    """Places whose slots are not those of the authors' text, and how."""
    changed: Sequence[str]
    """Places whose text the authors have changed since."""
    alike: Mapping[str, int]
    """How many texts of each file say just what the authors' say: not translated yet, perhaps."""
    count: int
    """How many texts there are to be translated."""


def authors_texts(folder: Path, written: Sequence[Written]) -> dict[str, Texts]:
    """All that is translated, by file; what learners type is each language's own."""
    files: dict[str, Texts] = {
        f"{name}.toml": dict(_flat(_data(folder / AUTHORS / f"{name}.toml"), OWN.get(name, ())))
        for model, name in FILES.items()
        if model is not TypedFile
    }
    for one in written:
        if one.lesson is not None:
            files[f"{one.at.name}.toml"] = dict(lesson_texts(one.lesson))
    return files


def report(folder: Path, language: str, written: Sequence[Written]) -> Report:
    """How far a language is.

    Args:
        folder: the content.
        language: the folder of the language.
        written: the lessons; those that are written in this language are not translated.
    """
    home = folder / language
    others = [one for one in written if one.at.parent != home]
    authors, notes = authors_texts(folder, others), _data(home / NOTES)
    missing: dict[str, Texts] = {}
    slots, changed, alike = [], [], {}
    for file, texts in authors.items():
        its = dict(_flat(_data(home / file), ()))
        lacking = {at: text for at, text in texts.items() if at not in its}
        if lacking:
            missing[file] = lacking
        same = sum(its.get(at) == text and _has_words(text) for at, text in texts.items())
        if same:
            alike[file] = same
        for at in [at for at in texts if at in its]:
            if problem := _slots(texts[at], its[at]):
                slots.append(f"{file} {at}: {problem}")
            known = notes.get(file, {}).get(at)
            if known is not None and known != _hash(texts[at]):
                changed.append(f"{file} {at}")
    return Report(missing, slots, changed, alike, sum(map(len, authors.values())))


def note(folder: Path, language: str, written: Sequence[Written]) -> None:
    """Notes that every text of a language is translated from what the authors say now."""
    home = folder / language
    found = {}
    for file, texts in authors_texts(folder, written).items():
        its = dict(_flat(_data(home / file), ()))
        found[file] = {at: _hash(text) for at, text in texts.items() if at in its}
    (home / NOTES).write_text(tomli_w.dumps({file: its for file, its in found.items() if its}))


def _slots(author: str, own: str) -> str:
    """What is wrong with the slots of a translated text; empty for nothing."""
    try:
        wanted, found = ({slot for _, slot, _ in segments(one) if slot} for one in (author, own))
    except ValueError as error:
        return str(error)
    lost, new = sorted(wanted - found), sorted(found - wanted)
    said = [f"{word} {{{one}}}" for word, ones in (("lost", lost), ("new", new)) for one in ones]
    return ", ".join(said)


def _has_words(text: str) -> bool:
    """Whether a text has more words than a name has, outside its slots and tags."""
    said = "".join(before for before, *_ in segments(text))
    return len(_WORD.findall(_TAG.sub(" ", said))) > 1


_WORD, _TAG = re.compile(r"[^\W\d_]{3,}"), re.compile(r"<[^>]*>")


def _data(at: Path) -> dict[str, Any]:
    return (Gathering().data(at, at.name) if at.exists() else None) or {}


def _flat(data: Mapping[str, Any], own: Collection[str], at: str = "") -> Iterator[tuple[str, str]]:
    """Every text by its place, but for what a language has of its own."""
    for key, value in data.items():
        where = f"{at}.{key}".lstrip(".")
        if key in own or key in _STRUCTURE:
            continue
        if isinstance(value, Mapping):
            yield from _flat(value, own, where)
        elif isinstance(value, str):
            yield where, value


_STRUCTURE = ("finds", "at", "bare", "after", "only", "then", "terms")
"""What entries of `why.toml` and `remarks.toml` have besides words."""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
