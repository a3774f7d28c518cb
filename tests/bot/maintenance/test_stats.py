"""How the course goes, in plain words for a terminal."""

from __future__ import annotations

from bot.dialogue.course_numbers import Course
from bot.maintenance.stats import worded


def test_every_number_is_told() -> None:
    """A line for each kind, the most frequent first; what there is none of is left out."""
    found = Course(
        learners=2,
        looked_at=2,
        active=1,
        finished=1,
        at_step=(("H1.sum", 1),),
        answers=3,
        verdicts=(("mistake", 2), ("correct", 1)),
        wrong_at=(("H1.sum", 2),),
    )
    assert worded(found).splitlines() == [
        "learners: 2, of them active this week: 1",
        "finished a lesson: 1",
        "blocked the bot: 0",
        "answers: 3",
        "by verdict: mistake 2, correct 1",
        "steps with most wrong answers: H1.sum 2",
        "where learners are now: H1.sum 1",
    ]


def test_a_part_is_not_passed_off_as_all() -> None:
    """Where only some learners and answers were looked at, each line says so."""
    found = Course(learners=50, looked_at=10, active=4, answers=7, answers_before=True)
    assert worded(found).splitlines() == [
        "learners: 50, of 10 looked at, active this week: 4",
        "finished a lesson: 0",
        "of 10 looked at, blocked the bot: 0",
        "answers: the last of more: 7",
    ]
