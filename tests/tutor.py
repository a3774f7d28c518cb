"""One tutor for all tests that only talk to it: a process reads each language's words once."""

from __future__ import annotations

from bot.dialogue.machine import Machine
from tests.lesson import LIBRARY

__all__ = ["LIBRARY", "MACHINE"]

MACHINE = Machine(LIBRARY)
