"""How each step went: a record for each, kept as it is stored until it is asked for.

A turn looks at a few of a learner's records and adds one; the others go from one state's JSON to
the next as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class Outcome(StrEnum):
    """How a step ended."""

    SOLVED = "solved"
    SHOWN = "shown"
    KEPT = "kept"
    """A number the tutor doubts, kept by the learner; it counts until it is returned to."""
    READ = "read"
    """A card."""
    TAKEN = "taken"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Record:
    """How one step went."""

    outcome: Outcome
    typed: str = ""
    value: float | None = None
    tries: int = 1
    hints: int = 0
    returned: bool = False
    """Whether a kept number has been asked again."""
    made: tuple[str, ...] = ()
    """The mistakes that were named at this step."""
    last: bool = False
    """Whether a kept number is returned to at the very end: nothing before that was open."""


class Records(Mapping[str, Record]):
    """Every step done, by id.

    Args:
        packed: each record as a list of its fields, without the defaults at its end.
    """

    def __init__(self, packed: Mapping[str, list[Any]]) -> None:
        self.packed = packed
        self._unpacked: dict[str, Record] = {}

    @classmethod
    def of(cls, records: Mapping[str, Record]) -> Records:
        """These records; they themselves where they are packed already."""
        if isinstance(records, Records):
            return records
        return cls({step: _packed(record) for step, record in records.items()})

    def __getitem__(self, step: str) -> Record:
        found = self._unpacked.get(step)
        if found is None:
            found = self._unpacked[step] = _unpacked(self.packed[step])
        return found

    def __contains__(self, step: object) -> bool:
        return step in self.packed

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)

    def __repr__(self) -> str:
        return f"Records({self.packed})"

    def with_record(self, step: str, record: Record) -> Records:
        """The same with one more, or one in place of another."""
        return Records({**self.packed, step: _packed(record)})

    @property
    def taken(self) -> frozenset[str]:
        """The offers that were taken."""
        return self._ended[Outcome.TAKEN]

    @property
    def kept(self) -> frozenset[str]:
        """The steps whose number the tutor doubts."""
        return self._ended[Outcome.KEPT]

    @property
    def unreturned(self) -> frozenset[str]:
        """Those of them that are still to be returned to."""
        kept = self.kept
        return frozenset(step for step in kept if not self[step].returned) if kept else kept

    @cached_property
    def _ended(self) -> Mapping[str, frozenset[str]]:
        """The steps that ended in one of the rarer ways."""
        ended: dict[str, list[str]] = {Outcome.TAKEN: [], Outcome.KEPT: []}
        for step, packed in self.packed.items():
            if packed[0] in ended:
                ended[packed[0]].append(step)
        return {outcome: frozenset(steps) for outcome, steps in ended.items()}


def _packed(record: Record) -> list[Any]:
    values = [
        record.outcome,
        record.typed,
        record.value,
        record.tries,
        record.hints,
        record.returned,
        list(record.made),
        record.last,
    ]
    while values[-1] == _DEFAULTS[len(values) - 1]:
        values.pop()
    return values


_DEFAULTS: tuple[object, ...] = ("never", "", None, 1, 0, False, [], False)

_MADE = 5
"""Where the mistakes stand behind a packed record's `outcome`."""


def _unpacked(packed: list[Any]) -> Record:
    outcome, *others = packed
    if len(others) > _MADE:
        others[_MADE] = tuple(others[_MADE])
    return Record(Outcome(outcome), *others)
