"""Tests of the state's JSON."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.state import Confirming, How, Record, State

RECORDS = {
    "a": Record(How.SOLVED, "0.03", 0.03),
    "b": Record(How.SOLVED, "1", 1.0, tries=2, hints=1, returned=True, made=("dropped_sign", "x")),
    "c": Record(How.SOLVED, "1", 1, tries=2, hints=1, returned=True, made=("dropped_sign", "x")),
    "d": Record(How.SHOWN),
}


@pytest.mark.parametrize("typed", ["0.03", "", "−0,3 ≈ ½", "😀", "half a character \ud800"])
def test_a_state_comes_back_as_it_was(typed: str) -> None:
    """What was written is read again, whatever the learner typed."""
    state = State(
        "one-step",
        "d",
        tries=3,
        wrong=typed,
        made=("slip",),
        answered=7,
        confirming=Confirming.FORGET,
        records=RECORDS | {"e": Record(How.KEPT, typed, 0.3)},
    )
    back = State.from_json(state.to_json())
    assert back == state
    assert isinstance(back.records["a"].how, How)


def test_records_that_only_look_alike_stay_apart() -> None:
    """A whole number stays one, and a decimal stays one, however alike the records are."""
    back = State.from_json(State("one-step", records=RECORDS).to_json())
    assert [type(back.records[step].value) for step in "abc"] == [float, float, int]


def test_a_state_of_before_is_read() -> None:
    """Keys that nobody knows any more are passed over, and so is how the JSON is laid out."""
    old = {"v": 1, "lesson": "one-step", "gone": True, "records": {"a": ["solved", "2", 2.0]}}
    back = State.from_json(json.dumps(old, indent=1))
    assert back == State("one-step", records={"a": Record(How.SOLVED, "2", 2.0)})
