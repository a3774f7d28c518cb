"""Counting what happens, for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.dialogue.effects import Attempt


class Meter(Protocol):
    """Counts what happens, for whoever runs the bot. It is told no names, chats or answers."""

    def received(self, how: str) -> None:
        """An update came in: `new`, `repeated`, `ignored` or `refused`."""
        ...

    def turn(self, attempts: Sequence[Attempt], seconds: float) -> None:
        """A turn was stored, so many seconds after its update was taken up."""
        ...

    def reply(self, seconds: float) -> None:
        """A turn's replies were dealt with, so many seconds after its update was taken up."""
        ...

    def call(self, method: str, outcome: str, seconds: float) -> None:
        """The platform was called."""
        ...

    def drawing(self, outcome: str, seconds: float) -> None:
        """A picture was drawn or was not."""
        ...


class NoMeter:
    """Counts nothing; implements `Meter`."""

    def received(self, how: str) -> None:
        """See `Meter`."""

    def turn(self, attempts: Sequence[Attempt], seconds: float) -> None:
        """See `Meter`."""

    def reply(self, seconds: float) -> None:
        """See `Meter`."""

    def call(self, method: str, outcome: str, seconds: float) -> None:
        """See `Meter`."""

    def drawing(self, outcome: str, seconds: float) -> None:
        """See `Meter`."""
