"""Flood control's promises."""

from __future__ import annotations

from bot.runtime.flood import BURST, HELD, Admission, FloodGate
from tests.fakes.clock import FakeClock

ANN, BEN = 1, 2


def test_a_flood_is_spoken_of_once_and_then_ignored() -> None:
    """And nobody else notices."""
    gate, clock = FloodGate(), FakeClock()
    found = [gate.admit(ANN, clock.now()) for _ in range(BURST + 50)]
    assert found == [Admission.ANSWER] * BURST + [Admission.SPEAK] + [Admission.IGNORE] * 49
    assert gate.admit(BEN, clock.now()) is Admission.ANSWER


def test_a_person_who_types_fast_never_meets_it() -> None:
    """A message a second, for an hour."""
    gate, clock = FloodGate(), FakeClock()
    for _ in range(3600):
        assert gate.admit(ANN, clock.now()) is Admission.ANSWER
        clock.move(seconds=1)


def test_after_a_pause_the_learner_is_heard_again_and_may_be_told_again() -> None:
    """While the flood goes on, at the pace at which room comes back, nothing more is said."""
    gate, clock = FloodGate(), FakeClock()
    for _ in range(BURST + 2):
        gate.admit(ANN, clock.now())
    clock.move(seconds=1)
    assert gate.admit(ANN, clock.now()) is Admission.ANSWER
    assert gate.admit(ANN, clock.now()) is Admission.IGNORE
    clock.move(minutes=2)
    found = [gate.admit(ANN, clock.now()) for _ in range(BURST + 1)]
    assert found[-1] is Admission.SPEAK


def test_a_clock_set_back_shuts_nobody_out() -> None:
    """Even by years."""
    gate, clock = FloodGate(), FakeClock()
    gate.admit(ANN, clock.now())
    clock.move(days=-4000)
    assert gate.admit(ANN, clock.now()) is Admission.ANSWER


def test_only_so_many_chats_are_remembered() -> None:
    """Memory does not grow with the number of learners."""
    gate, clock = FloodGate(), FakeClock()
    for _ in range(BURST):
        gate.admit(ANN, clock.now())
    for chat in range(10, HELD + 10):
        gate.admit(chat, clock.now())
    assert gate.admit(ANN, clock.now()) is Admission.ANSWER


def test_what_is_given_back_counts_for_nothing() -> None:
    """And never makes more room than there was."""
    gate, clock = FloodGate(), FakeClock()
    for _ in range(3 * BURST):
        assert gate.admit(ANN, clock.now()) is Admission.ANSWER
        gate.give_back(ANN)
    gate.give_back(ANN)
    gate.give_back(BEN)
    found = [gate.admit(ANN, clock.now()) for _ in range(BURST + 1)]
    assert found == [Admission.ANSWER] * BURST + [Admission.SPEAK]
