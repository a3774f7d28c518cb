"""What a database holds after everything, read from outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from bot.storage.dialects import open_engine


@dataclass(frozen=True)
class Stored:
    """A bot's database.

    Args:
        url: where it is.
    """

    url: str

    def states(self) -> dict[int, str]:
        """Every learner's state, by chat."""
        return dict(self._rows("SELECT chat, state FROM learners"))

    def attempts(self) -> Counter[int]:
        """How many answers of each chat were recorded."""
        return Counter(dict(self._rows("SELECT chat, count(*) FROM attempts GROUP BY chat")))

    def waiting(self) -> int:
        """How many updates are not handled and replies not dealt with."""
        counts = (
            "SELECT 0, (SELECT count(*) FROM inbox WHERE NOT handled)"
            " + (SELECT count(*) FROM outbox)"
        )
        return int(self._rows(counts)[0][1])

    def _rows(self, query: str) -> list[tuple[int, str]]:
        engine = open_engine(self.url)
        try:
            with engine.connect() as connection:
                return [(row[0], row[1]) for row in connection.execute(text(query))]
        finally:
            engine.dispose()
