"""Where one learner is: everything the dialogue remembers between two events, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

import orjson

from bot.dialogue.records import How, Record, Records

VERSION = 1
"""Of the state's JSON. A reader of an older one fills in what is missing."""


class Confirming(StrEnum):
    """What a yes or no is awaited for."""

    RESTART = "restart"
    FORGET = "forget"


@dataclass(frozen=True)
class State:
    """One learner's place in the lesson.

    Everything about the step in hand (tries, hints, …) starts anew with `at`.
    """

    lesson: str
    step: str = ""
    """The step in hand; empty before the lesson begins and after it ends."""
    run: int = 1
    """Which time through the lesson this is: buttons of an earlier run are stale."""
    tries: int = 0
    """Wrong answers so far at this step, not counting repeats."""
    hints: int = 0
    """Rungs of the hint ladder seen at this step."""
    hinted_at: float = 0.0
    """When the last hint was given, in seconds since 1970."""
    pointed: str = ""
    """The wrong answer whose mistake the last hint pointed at."""
    slowed: bool = False
    """Whether the learner was just asked to try before the next hint."""
    wrong: str = ""
    """The last wrong answer at this step, as typed."""
    made: tuple[str, ...] = ()
    """The mistakes named at this step so far."""
    pressed: tuple[str, ...] = ()
    """The presses that would do nothing new if they came again: `intents.Intent.press` each."""
    answered: int | None = None
    """The learner's message last judged at this step: editing it is a new try."""
    piece: int | None = None
    """Which piece of a broken-up step is asked, from 0."""
    trained: int = 0
    """How many steps the network has been trained for at this step."""
    looking: str | None = None
    """The earlier step being looked at."""
    confirming: Confirming | None = None
    parked: str = ""
    """The state of the written lesson, as JSON, while a made one is taken."""
    knowledge: str = ""
    """What practice says of the learner's skills: `bot.learning.records.Practised` as JSON."""
    drawn: int = 0
    """How many practice sets were drawn for the learner: part of the next one's seed."""
    reminder: str = ""
    """When the learner wants to be reminded of practice: the hour there, and the time zone."""
    reminded: float = 0.0
    """When the last reminder was sent, in seconds since 1970."""
    hour_asked: str = ""
    """What the last message asked of a reminder: `hour`, or the zone of the hour that is here."""
    awaiting: bool = False
    """Whether the next message may be a network of the learner's own."""
    shelved: Mapping[str, State] = field(default_factory=dict)
    """The other written lessons begun, each where it was left, by the lesson's id."""
    cut: int | None = None
    """The learner's last message, where it was a part of a text too long for one."""
    group: bool = False
    """Not a learner but a group, which has had its one pointer."""
    records: Mapping[str, Record] = field(default_factory=dict)
    """Every step done, by id."""

    def at(self, step: str) -> State:
        """The same learner at the beginning of a step."""
        return _FRESH.but(
            lesson=self.lesson,
            step=step,
            run=self.run,
            parked=self.parked,
            records=self.records,
            **{name: getattr(self, name) for name in _OF_LEARNER},
        )

    def of_learner(self, other: State) -> State:
        """The same place, with what `other` knows of the learner whatever the lesson."""
        return self.but(**{name: getattr(other, name) for name in _OF_LEARNER})

    def with_record(self, step: str, record: Record) -> State:
        """The same with a step recorded."""
        return self.but(records=Records.of(self.records).with_record(step, record))

    def but(self, **changes: object) -> State:
        """The same place with some fields changed.

        It is `dataclasses.replace` at a tenth of the cost: every turn makes several states.

        Raises:
            TypeError: when there is no such field.

        >>> State("bn", "H1.sum", tries=2).but(tries=3).tries
        3
        """
        if not changes.keys() <= _FIELDS:
            raise TypeError(f"a state has no {', '.join(changes.keys() - _FIELDS)}")
        changed = object.__new__(State)
        changed.__dict__.update(self.__dict__, **changes)
        return changed

    @property
    def written(self) -> str:
        """The written lesson it is in, or that waits while a made one is taken."""
        lesson: str = _loaded(self.parked)["lesson"] if self.parked else self.lesson
        return lesson

    @property
    def zone(self) -> str:
        """The learner's time zone where they said which it is, else UTC."""
        return self.reminder.partition(" ")[2] or "UTC"

    @property
    def taken(self) -> frozenset[str]:
        """The offers that were taken."""
        return Records.of(self.records).taken

    @property
    def kept(self) -> frozenset[str]:
        """The steps whose number the tutor doubts and the learner kept."""
        return Records.of(self.records).kept

    @property
    def unreturned(self) -> frozenset[str]:
        """Those of them that are still to be returned to."""
        return Records.of(self.records).unreturned

    def count(self, how: How) -> int:
        """How many steps ended in a way."""
        return sum(record.how is how for record in self.records.values())

    def to_json(self) -> str:
        """The state as compact JSON: what is at its default is left out, a record is a list."""
        data = {"v": VERSION} | _data(self)
        try:
            return orjson.dumps(data).decode()
        except TypeError:  # half a character, which only the slow way writes
            return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> State:
        """The state that `to_json` wrote; unknown keys, of a newer version, are passed over."""
        return cls._of(_loaded(text))

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> State:
        known = {name: data[name] for name in _PLAIN if name in data}
        for name in ("made", "pressed"):
            known[name] = tuple(known.get(name, ()))
        if known.get("confirming"):
            known["confirming"] = Confirming(known["confirming"])
        records = Records(data.get("records", {}))
        shelved = {lesson: cls._of(left) for lesson, left in data.get("shelved", {}).items()}
        return _FRESH.but(**known, records=records, shelved=shelved)


def _loaded(text: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = orjson.loads(text)
    except orjson.JSONDecodeError:
        data = json.loads(text)
    return data


_FIELDS = frozenset(f.name for f in fields(State))
_FRESH = State("")

_OF_LEARNER = ("knowledge", "drawn", "reminder", "reminded", "shelved")
"""What belongs to the learner whatever the lesson."""

_PLAIN = tuple(f.name for f in fields(State) if f.name not in ("records", "shelved"))
_DEFAULTS = {"lesson": None, **{f.name: f.default for f in fields(State) if f.name in _PLAIN[1:]}}


def _data(state: State) -> dict[str, object]:
    values = state.__dict__
    data = {n: values[n] for n in _PLAIN if values[n] != _DEFAULTS[n]}
    if state.shelved:
        data["shelved"] = {lesson: _data(left) for lesson, left in state.shelved.items()}
    data["records"] = Records.of(state.records).packed
    return data


__all__ = ["VERSION", "Confirming", "How", "Record", "State"]
