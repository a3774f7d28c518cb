"""How the course goes, in plain words for a terminal."""

from __future__ import annotations

from bot.dialogue.course_numbers import Counted, Course


def worded(course: Course) -> str:
    """The numbers, a line for each kind."""
    some = f"of {course.looked_at} looked at, " if course.sampled else ""
    last = "the last of more: " if course.answers_before else ""
    lines = [
        f"learners: {course.learners}, {some or 'of them '}active this week: {course.active}",
        f"finished a lesson: {course.finished}",
        f"{some}blocked the bot: {course.blocked}",
        f"answers: {last}{course.answers}",
    ]
    for title, counted in (
        ("by verdict", course.verdicts),
        ("common mistakes", course.mistakes),
        ("steps with most wrong answers", course.wrong_at),
        ("where learners are now", course.at_step),
    ):
        if counted:
            lines.append(f"{title}: {_listed(counted)}")
    return "\n".join(lines)


def _listed(counted: Counted) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted)
