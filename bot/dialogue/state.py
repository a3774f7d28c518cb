"""Everything the dialogue remembers of one learner between two events, as plain data.

Four things, each a value of its own: what is known of the `Learner`, how far they are in each
lesson (`Progress`), what happened at the step in hand (`StepInHand`), and what the bot has just
asked beside the lesson (`Pending`). The last two start anew when the learner goes to another step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import orjson

from bot.dialogue.generated_lessons import GeneratedLesson, generated_from
from bot.dialogue.migration import brought_up_to_date
from bot.dialogue.parts import Confirming, Detour, Learner, Pending, Progress, StepInHand
from bot.dialogue.records import Outcome, Record, Records

VERSION = 2
"""Of the state's JSON; `migration` brings older ones up to it."""

T = TypeVar("T")
Part = TypeVar("Part", Learner, StepInHand, Progress, Pending)


_NOT_BEGUN, _NO_STEP = Progress(), StepInHand()
_NEW_LEARNER, _NOTHING_ASKED = Learner(), Pending()


@dataclass(frozen=True)
class State:
    """One learner's place in the conversation.

    >>> State.of("bn", "H1.sum", tries=2).but(tries=3).hand.tries
    3
    """

    current: str
    """The written lesson the learner is in, or goes back to."""
    lessons: Mapping[str, Progress] = field(default_factory=dict)
    """How far they are in each written lesson begun, by name."""
    detour: Detour | None = None
    learner: Learner = _NEW_LEARNER
    pending: Pending = _NOTHING_ASKED

    @classmethod
    def of(cls, current: str, step: str = "", **more: object) -> State:
        """A learner at a step of a written lesson, with some fields of any part given."""
        return cls(current).but(step=step, **more)

    @property
    def lesson(self) -> str | GeneratedLesson:
        """The lesson in hand: a written one's name, or a made one."""
        return self.detour.lesson if self.detour else self.current

    @cached_property
    def progress(self) -> Progress:
        """How far the learner is in the lesson in hand."""
        return self.detour.progress if self.detour else self.lessons.get(self.current, _NOT_BEGUN)

    @cached_property
    def hand(self) -> StepInHand:
        """What happened at the step in hand so far."""
        return self.progress.hand

    @cached_property
    def records(self) -> Records:
        """Every step done of the lesson in hand, by id."""
        return self.progress.records

    @property
    def finished(self) -> bool:
        """Whether any written lesson is."""
        return any(one.records and not one.hand.step for one in self.lessons.values())

    def at(self, step: str) -> State:
        """The same learner at the beginning of a step of the lesson in hand."""
        progress = _changed(self.progress, {"hand": StepInHand(step)})
        return self._with(progress, self.learner, _NOTHING_ASKED)

    def with_record(self, step: str, record: Record) -> State:
        """The same with a step of the lesson in hand recorded."""
        return self.but(records=self.records.with_record(step, record))

    def into(self, lesson: GeneratedLesson, step: str) -> State:
        """At the beginning of a made lesson; the written one waits where it is."""
        home = self.homewards()
        detour = Detour(lesson, Progress(run=self.progress.run, hand=StepInHand(step)))
        return State(home.current, home.lessons, detour, home.learner)

    def homewards(self) -> State:
        """Out of a made lesson, back to where the written one waits; there nothing is looked at."""
        home = State(self.current, self.lessons, None, self.learner)
        return home.but(looking=None) if home.hand.looking else home

    def turned_to(self, name: str) -> State:
        """In a written lesson, where it was left; the one in hand is left where it is."""
        home = self.homewards()
        lessons = {one: left for one, left in home.lessons.items() if left.begun}
        there = State(name, lessons, None, self.learner)
        return there if name in lessons else there.but(run=home.progress.run)

    def again(self, step: str) -> State:
        """At the first step of the written lesson, begun anew."""
        anew = Progress(run=self.progress.run + 1, hand=StepInHand(step))
        return State(self.current, {**self.lessons, self.current: anew}, None, self.learner)

    def count(self, outcome: Outcome) -> int:
        """How many steps of the lesson in hand ended in a way."""
        return sum(record.outcome is outcome for record in self.records.values())

    def but(self, **changes: object) -> State:
        """The same with some fields changed, of whichever part they are.

        Raises:
            TypeError: when no part has such a field.
        """
        given: dict[type, dict[str, object]] = {part: {} for part in _DEFAULTS}
        for name, value in changes.items():
            if name not in _PART:
                raise TypeError(f"a state has no {name}")
            given[_PART[name]][name] = value
        its = given[Progress]
        if isinstance(records := its.get("records"), Mapping):
            its["records"] = Records.of(records)
        if given[StepInHand]:
            its["hand"] = _changed(self.hand, given[StepInHand])
        return self._with(
            _changed(self.progress, its),
            _changed(self.learner, given[Learner]),
            _changed(self.pending, given[Pending]),
        )

    def _with(self, progress: Progress, learner: Learner, pending: Pending) -> State:
        if self.detour:
            detour = Detour(self.detour.lesson, progress)
            return State(self.current, self.lessons, detour, learner, pending)
        lessons = {**self.lessons, self.current: progress}
        if not progress.begun and progress == _NOT_BEGUN:
            del lessons[self.current]
        return State(self.current, lessons, None, learner, pending)

    def to_json(self) -> str:
        """The state as compact JSON: what is at its default is left out, a record is a list."""
        try:
            return orjson.dumps(self.to_data()).decode()
        except TypeError:  # half a character, which only the slow way writes
            return json.dumps(self.to_data(), ensure_ascii=False, separators=(",", ":"))

    def to_data(self) -> dict[str, Any]:
        """The state as plain data, with the progress in the lesson in hand flat beside its id."""
        data: dict[str, Any] = {"v": VERSION, "current": self.current}
        data["lessons"] = {name: _progress_data(one) for name, one in self.lessons.items()}
        if self.detour:
            lesson, progress = self.detour.lesson, self.detour.progress
            data["detour"] = {"lesson": lesson.to_data(), **_progress_data(progress)}
        for name, part in (("learner", self.learner), ("pending", self.pending)):
            if its := _data(part):
                data[name] = its
        return data

    @classmethod
    def from_json(cls, text: str) -> State:
        """The state that `to_json` wrote, or an older version of it.

        Keys that are not known, of a newer version, are passed over.
        """
        try:
            data = orjson.loads(text)
        except orjson.JSONDecodeError:
            data = json.loads(text)
        data = brought_up_to_date(data)
        detour = data.get("detour")
        return cls(
            data["current"],
            {name: _progress(one) for name, one in data["lessons"].items()},
            Detour(generated_from(detour["lesson"]), _progress(detour)) if detour else None,
            _read(_NEW_LEARNER, data.get("learner", {})),
            _read(_NOTHING_ASKED, data.get("pending", {})),
        )


def _plain(value: object) -> object:
    return value.packed if type(value) is Records else value  # `isinstance` is slow with a Mapping


_DEFAULTS: dict[type, dict[str, object]] = {
    type(part): {name: _plain(value) for name, value in part.__dict__.items() if name != "hand"}
    for part in (_NEW_LEARNER, _NOT_BEGUN, _NO_STEP, _NOTHING_ASKED)
}
"""Every field by its part; the step in hand lies in the progress, but is a part of its own."""

_PART = {name: part for part, names in _DEFAULTS.items() for name in names}


def _changed(part: Part, changes: Mapping[str, object]) -> Part:
    """A part with some fields changed: `dataclasses.replace` at a tenth of the cost."""
    if not changes:
        return part
    changed = object.__new__(type(part))
    changed.__dict__.update(part.__dict__, **changes)
    return changed


def _data(part: Learner | Progress | StepInHand | Pending) -> dict[str, Any]:
    """What is not at its default."""
    values, data = part.__dict__, {}
    for name, default in _DEFAULTS[type(part)].items():
        if values[name] is not default and (value := _plain(values[name])) != default:
            data[name] = value
    return data


def _read(part: Part, data: Mapping[str, Any]) -> Part:
    """The part that `_data` wrote, among other keys, from the one with its defaults."""
    known = {name: data[name] for name in _DEFAULTS[type(part)] if name in data}
    made = {name: _MADE_OF[name](value) for name, value in known.items() if name in _MADE_OF}
    return _changed(part, known | made)


def _tupled(value: object) -> object:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _maker(hint: object) -> Callable[[Any], object] | None:
    """What makes a value of such a type of its plain data; None where it is plain already."""
    hints = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kinds = [get_origin(one) or one for one in hints]
    if tuple in kinds:
        return _tupled
    special = (Enum, Records)
    return next((one for one in kinds if isinstance(one, type) and issubclass(one, special)), None)


_MADE_OF = {
    name: maker
    for part, names in _DEFAULTS.items()
    for name, hint in get_type_hints(part).items()
    if name in names and (maker := _maker(hint))
}
"""The fields that are not plain data, and what makes them of it."""


def _progress_data(progress: Progress) -> dict[str, Any]:
    return _data(progress.hand) | _data(progress)


def _progress(data: Mapping[str, Any]) -> Progress:
    return _changed(_read(_NOT_BEGUN, data), {"hand": _read(_NO_STEP, data)})


__all__ = ["VERSION", "Confirming", "Outcome", "Progress", "Record", "State"]
