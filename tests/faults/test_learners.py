"""Learners who are in a hurry, but not in such a hurry that the bot stops listening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.runtime.flood import BURST, Admission, FloodGate
from tests.faults.learners import class_of
from tests.tutor import MACHINE


def test_a_learner_who_is_answered_at_once_is_never_told_that_it_is_too_much() -> None:
    """They go on as soon as they have their breath back, for two minutes."""
    (learner,), gate = class_of(1, MACHINE), FloodGate()
    now, did = datetime(2026, 11, 24, tzinfo=UTC), 0
    for _ in range(2400):
        now += timedelta(seconds=0.05)
        if not learner.rests(now):
            learner.breath -= 1
            did += 1
            assert gate.admit(learner.chat, now) is Admission.ANSWER
    assert did > 2 * BURST
