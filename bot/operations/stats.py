"""How the course goes: learners, completions, where they get stuck, which mistakes are common."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection, func, select

from bot.storage.rows import milliseconds
from bot.storage.schema import attempts, learners

MOST = 8


@dataclass
class Stats:
    """The numbers; no learner can be told from them."""

    learners: int = 0
    active: int = 0
    """Within the last week."""
    finished: int = 0
    blocked: int = 0
    at_step: Counter[str] = field(default_factory=Counter)
    """Where those who are under way are."""
    verdicts: Counter[str] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)
    wrong_at: Counter[str] = field(default_factory=Counter)
    """Wrong answers by step."""

    def __str__(self) -> str:
        lines = [
            f"learners: {self.learners}, of them active this week: {self.active}",
            f"finished the lesson: {self.finished}; blocked the bot: {self.blocked}",
            f"answers: {sum(self.verdicts.values())}",
        ]
        for title, counted in (
            ("by verdict", self.verdicts),
            ("common mistakes", self.mistakes),
            ("steps with most wrong answers", self.wrong_at),
            ("where learners are now", self.at_step),
        ):
            if counted:
                said = ", ".join(f"{name} {count}" for name, count in counted.most_common(MOST))
                lines.append(f"{title}: {said}")
        return "\n".join(lines)


def stats(connection: Connection, now: datetime) -> Stats:
    """Counts, row by row, without holding the rows."""
    found = Stats()
    week = milliseconds(now - timedelta(days=7))
    rows = select(learners.c.state, learners.c.blocked, learners.c.updated_ms)
    for state, blocked, updated_ms in connection.execute(rows.where(learners.c.chat > 0)):
        found.learners += 1
        found.active += updated_ms >= week
        found.blocked += bool(blocked)
        data = orjson.loads(state or "{}")
        if step := data.get("step"):
            found.at_step[step] += 1
        elif data.get("records"):
            found.finished += 1
    c = attempts.c
    judged = select(c.step, c.verdict, c.mistakes, func.count()).group_by(
        c.step, c.verdict, c.mistakes
    )
    for step, verdict, mistakes, count in connection.execute(judged):
        found.verdicts[verdict] += count
        for mistake in orjson.loads(mistakes)[:1]:
            found.mistakes[mistake] += count
        if verdict in {"mistake", "ambiguous", "unexplained"}:
            found.wrong_at[step] += count
    return found
