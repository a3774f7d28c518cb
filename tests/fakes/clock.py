"""A clock that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Stands still until it is moved; implements `bot.ports.Clock`."""

    def __init__(self) -> None:
        self._now = datetime(2025, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it shows."""
        return self._now

    def move(self, **how_far: float) -> None:
        """Moves on, or back, as `timedelta` counts."""
        self._now += timedelta(**how_far)
