"""Flood control: who sends far more than a person types is told so once, and then not heard.

Each chat has room for a burst, which fills up again while it is quiet. What does not fit is not
stored, so a flood costs no more than reading it. Only chats that sent something lately are held.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from enum import Enum, auto

BURST = 60
"""How many updates of one chat may come at once."""
PER_S = 1.0
"""How many more each second; twice as fast as anybody answers."""
AGAIN = BURST // 2
"""How much room there has to be before a new flood is spoken of again."""
HELD = 10_000
"""How many chats are remembered."""


class Admission(Enum):
    """What to do with an update."""

    ANSWER = auto()
    SPEAK = auto()
    """Say once that it is too much."""
    IGNORE = auto()


class FloodGate:
    """Decides about updates, chat by chat."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[int, tuple[float, float, bool]] = OrderedDict()
        """(room, at, told) by chat, the one heard last at the end."""

    def admit(self, chat: int, at: datetime) -> Admission:
        """Decides about one update; a clock that is set back gives and takes nothing."""
        now = at.timestamp()
        room, before, told = self._rooms.pop(chat, (float(BURST), now, False))
        room = min(float(BURST), room + PER_S * max(0.0, now - before))
        told = told and room < AGAIN
        admission = Admission.ANSWER
        if room >= 1:
            room -= 1
        else:
            admission, told = (Admission.IGNORE if told else Admission.SPEAK), True
        self._rooms[chat] = (room, now, told)
        if len(self._rooms) > HELD:
            self._rooms.popitem(last=False)
        return admission

    def give_back(self, chat: int) -> None:
        """Takes back the admission of an update that could not be stored: it will come again."""
        if chat in self._rooms:
            room, at, told = self._rooms[chat]
            self._rooms[chat] = (min(float(BURST), room + 1), at, told)
