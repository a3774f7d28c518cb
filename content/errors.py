"""What is wrong with the content, all of it at once, for its author."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


class ContentError(Exception):
    """The content cannot be used; the text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
