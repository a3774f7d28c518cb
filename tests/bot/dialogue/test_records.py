"""Records as they go from one state to the next."""

from __future__ import annotations

from bot.dialogue.records import Outcome, Record, Records
from bot.dialogue.state import State

MIXED = {
    "read": Record(Outcome.READ),
    "taken": Record(Outcome.TAKEN),
    "kept": Record(Outcome.KEPT, "0,3", 0.3, tries=2, made=("slip",)),
    "back": Record(Outcome.KEPT, "0.4", 0.4, returned=True),
}


def test_records_are_the_same_packed_and_unpacked() -> None:
    """Packed records equal, step by step and as a whole, the records they were made of."""
    packed = Records.of(MIXED)
    assert packed == MIXED
    assert [packed[step] for step in packed] == list(MIXED.values())
    assert len(packed) == len(MIXED)
    assert "read" in packed
    assert "other" not in packed


def test_a_record_comes_in_anothers_place() -> None:
    """A step recorded again has its new record; those who hold the old records keep them."""
    old = Records.of(MIXED)
    new = old.with_record("kept", Record(Outcome.SOLVED, "0.03", 0.03))
    assert new["kept"].outcome is Outcome.SOLVED
    assert old["kept"] == MIXED["kept"]
    assert list(new) == list(old)


def test_the_rarer_ends_are_found() -> None:
    """Offers taken, numbers kept, and those of them still to be returned to."""
    state = State.of("a-lesson", records=MIXED)
    assert state.records.taken == {"taken"}
    assert state.records.kept == {"kept", "back"}
    assert state.records.unreturned == {"kept"}


def test_a_states_json_does_not_depend_on_what_was_looked_at() -> None:
    """Looking at records changes nothing of what is stored."""
    text = State.of("a-lesson", records=MIXED).to_json()
    state = State.from_json(text)
    assert state.records["kept"] == MIXED["kept"]
    assert state.to_json() == text
