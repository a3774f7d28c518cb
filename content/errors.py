"""What is wrong with the content, all of it at once, for its author."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend."""

    file: str
    """The file, relative to the content folder."""
    place: str
    """Where in it: `step[3].ask`, `line 12`, a key."""
    rule: str
    """What is wrong and what is allowed."""

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.rule}"


FEW = 24
"""So many keys of a table can be listed to an author."""


def unknown(key: str, allowed: Collection[str], missing: Collection[str] | None = None) -> str:
    """The rule that a key breaks which nobody knows, with what was meant and what is allowed.

    Args:
        key: the key.
        allowed: those that are known.
        missing: those of them that are not there, and may be meant; None for all.

    >>> unknown("learning_rat", ["id", "learning_rate"])
    "is not known; did you mean 'learning_rate'? allowed: id, learning_rate"
    """
    meant = get_close_matches(key, allowed if missing is None else missing, 1)
    hint = f"; did you mean {meant[0]!r}?" if meant else ""
    if len(allowed) <= FEW:
        hint += f"{'' if meant else ';'} allowed: {', '.join(allowed)}"
    return f"is not known{hint}"


class ContentError(Exception):
    """The content cannot be used; the text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
