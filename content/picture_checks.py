"""Checks of `pictures.toml`: every word on and under the pictures is there, with its own slots.

Its texts are filled without views and stand for themselves: they are no HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from string import Formatter

from content.errors import Problem
from content.models import PicturesFile
from content.slots import CAPTIONS, LABELS
from engine.functions import ACTIVATIONS


def picture_problems(pictures: PicturesFile, file: str) -> Iterator[Problem]:
    """Everything wrong with the words of the pictures.

    Args:
        pictures: the words.
        file: their file, as problems name it.
    """
    labels = dict(pictures.labels)
    activations = labels.pop("activations", {})
    if isinstance(activations, str):
        yield Problem(file, "labels.activations", "needs a table, not a text")
    else:
        yield from _table(activations, dict.fromkeys(ACTIVATIONS, ()), file, "labels.activations")
    yield from _table(labels, LABELS, file, "labels")
    yield from _table(pictures.caption, CAPTIONS, file, "caption")


def _table(
    found: Mapping[str, object], wanted: Mapping[str, Collection[str]], file: str, table: str
) -> Iterator[Problem]:
    """A table must have exactly the keys that the pictures ask for, and only their slots."""
    unknown = sorted(set(found) - set(wanted))
    for key in unknown:
        rule = f"is not known; allowed: {', '.join(wanted)}"
        yield Problem(file, f"{table}.{key}", rule)
    for key in sorted(set(wanted) - set(found)):
        meant = get_close_matches(key, unknown, 1)
        also = f"; {meant[0]!r}, which is there, is not asked for" if meant else ""
        yield Problem(file, f"{table}.{key}", f"is missing{also}")
    for key in [key for key in found if key in wanted]:
        if (problem := _wrong(found[key], wanted[key])) is not None:
            yield Problem(file, f"{table}.{key}", problem)


def _wrong(text: object, slots: Collection[str]) -> str | None:
    """What is wrong with one text; None if nothing is."""
    if not isinstance(text, str):
        return "needs a text, not a table"
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        return str(error)
    for _, name, view, conversion in parts:
        if name not in slots:
            return f"no slot is called {name!r}; allowed: {', '.join(slots) or 'none'}"
        if view or conversion:
            return f"{name!r} has no views here; write {{{name}}}"
    return None
