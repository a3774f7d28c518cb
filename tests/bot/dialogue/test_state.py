"""Tests of the state's JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from enum import EnumType
from typing import get_args, get_origin, get_type_hints

import pytest

from bot.dialogue.generated_lessons import OwnNetwork, practice_set
from bot.dialogue.parts import Learner, Pending, Progress, StepInHand
from bot.dialogue.state import Confirming, Outcome, Record, State
from content.own_network import read_own

RECORDS = {
    "a": Record(Outcome.SOLVED, "0.03", 0.03),
    "b": Record(
        Outcome.SOLVED, "1", 1.0, tries=2, hints=1, returned=True, made=("dropped_sign", "x")
    ),
    "c": Record(
        Outcome.SOLVED, "1", 1, tries=2, hints=1, returned=True, made=("dropped_sign", "x")
    ),
    "d": Record(Outcome.SHOWN),
}


@pytest.mark.parametrize("typed", ["0.03", "", "−0,3 ≈ ½", "😀", "half a character \ud800"])
def test_a_state_comes_back_as_it_was(typed: str) -> None:
    """What was written is read again, whatever the learner typed."""
    state = State.of(
        "one-step",
        "d",
        tries=3,
        wrong=typed,
        made=("slip",),
        answered=7,
        confirming=Confirming.FORGET,
        records=RECORDS | {"e": Record(Outcome.KEPT, typed, 0.3)},
    )
    back = State.from_json(state.to_json())
    assert back == state
    assert isinstance(back.records["a"].outcome, Outcome)


def test_records_that_only_look_alike_stay_apart() -> None:
    """A whole number stays one, and a decimal stays one, however alike the records are."""
    back = State.from_json(State.of("one-step", records=RECORDS).to_json())
    assert [type(back.records[step].value) for step in "abc"] == [float, float, int]


def test_keys_that_nobody_knows_are_passed_over() -> None:
    """Those of a newer version, and so is how the JSON is laid out."""
    progress = {"new": True, "records": {"a": ["solved", "2", 2.0]}}
    data = {"v": 2, "current": "one-step", "new": True, "lessons": {"one-step": progress}}
    back = State.from_json(json.dumps(data | {"learner": {"new": 1}}, indent=1))
    assert back == State.of("one-step", records={"a": Record(Outcome.SOLVED, "2", 2.0)})


def test_a_made_lesson_comes_back_as_it_was_drawn() -> None:
    """With its numbers, beside the written lesson that waits and the learner's own things."""
    home = State.of("one-step", "d", tries=2, records=RECORDS, reminder="07:00 UTC", drawn=3)
    for lesson in (
        practice_set("loss", 2, "a seed", 3),
        OwnNetwork.of(read_own("x=2\nO1 sigmoid 0.5 bias 1\nO2 tanh 1\ntarget 1 0\ntrain biases")),
    ):
        inside = home.into(lesson, "p3_1").but(hints=1)
        back = State.from_json(inside.to_json())
        assert back == inside
        assert back.homewards() == home


def test_what_belongs_to_a_step_starts_anew_at_the_next() -> None:
    """So does what the bot asked beside the lesson; the learner and the records stay."""
    state = State.of("one-step", "a", records=RECORDS, reminder="07:00 UTC")
    there = state.but(tries=2, wrong="1", confirming=Confirming.FORGET, cut=7)
    assert there.at("a") == state


def test_a_field_that_no_part_has_is_refused() -> None:
    """A misspelt change is the programmer's mistake."""
    with pytest.raises(TypeError, match="no trys"):
        State("one-step").but(trys=1)


FIELDS = [
    (part, field.name)
    for part in (Learner, Progress, StepInHand, Pending)
    for field in fields(part)
    if field.name not in ("hand", "records")
]

VALUES: dict[object, object] = {str: "x", int: 7, float: 0.5, bool: True}


def another(hint: object) -> object:
    """A value of a type, unlike any default."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    if get_origin(hint) is tuple:
        return tuple(another(kind) for kind in kinds if kind is not ...) * 2
    if get_origin(hint) is Mapping:
        return {"x": 7}
    kind = kinds[0] if kinds else hint
    return list(kind)[-1] if isinstance(kind, EnumType) else VALUES[kind]


@pytest.mark.parametrize(("part", "name"), FIELDS)
def test_every_field_of_every_part_is_changed_and_kept(part: type, name: str) -> None:
    """Whichever it is, also one added later: by its name, and as the value that it was."""
    changed = another(get_type_hints(part)[name])
    before = State.of("one-step", "a")
    there = before.but(**{name: changed})
    back = State.from_json(there.to_json())
    assert back == there != before
    parts = (back.learner, back.progress, back.hand, back.pending)
    found = getattr(next(one for one in parts if isinstance(one, part)), name)
    assert (found, type(found)) == (changed, type(changed))


def test_an_inner_list_comes_back_as_it_was() -> None:
    """What practice says of a learner may hold lists."""
    state = State.of("one-step", "a", knowledge={"days": [1, [2]]}, pressed=("1.c.", "2.d."))
    assert State.from_json(state.to_json()) == state
