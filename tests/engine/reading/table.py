"""What is typed and what is read, one row per line of `table.jsonl`.

A row says what it is `about`, what was `typed`, and whatever of the reading it promises: `value`,
`decimals`, `echo` (empty where the text needs none), `label`, `sides`, `starts`, `tree`; for
`several` values their labels with them; or the `reason` why it is refused, and the `place`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, TypeAlias

from engine import reading
from tests.lesson import BOOK

Row: TypeAlias = Mapping[str, Any]
Names: TypeAlias = Mapping[str, float | None]

WORDS = BOOK.heard
"""The words of the English lesson."""

NAMES = {"x1": 0.6, "x2": 0.7, "w11": 0.4, "w12": -0.3, "H1": 0.03, "p": 0.5627, "target": 1.0}
"""Names a learner may use in a row that does not say which, with values."""

_NAMES: Mapping[str, Names] = {
    "lesson": NAMES,
    "none": {},
    "several": {"H1": 0.05, "H2": 0.0, "O": 0.03, "sum(H1)": 0.05, "sum(H2)": -0.02},
}
_FILE = resources.files(__package__).joinpath("table.jsonl").read_text("utf-8")

ROWS: list[Row] = [json.loads(line) for line in _FILE.split("\n") if line]
READ = [row for row in ROWS if "reason" not in row and "several" not in row]
REFUSED = [row for row in ROWS if "reason" in row and "several" not in row]
SEVERAL = [row for row in ROWS if "several" in row]


def names_of(row: Row) -> Names:
    """The names that a row may use."""
    return _NAMES[row.get("names", "lesson")]


def read(text: str, names: Names | None = None) -> reading.Reading | reading.Unreadable:
    """A reading with English words."""
    return reading.read(text, names or {}, WORDS)


def read_several(
    text: str, names: Names | None = None
) -> tuple[reading.Reading, ...] | reading.Unreadable:
    """A reading of several values with English words."""
    return reading.read_several(text, names or {}, WORDS)
