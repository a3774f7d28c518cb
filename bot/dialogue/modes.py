"""The modes of the conversation: what kind of thing the learner is in front of."""

from __future__ import annotations

from enum import StrEnum

from bot.dialogue.state import State
from content.lesson import Lesson, Place
from content.models import Card, NumberStep, OfferStep, WatchStep


class Mode(StrEnum):
    """What the learner is in front of; it follows from the state and the lesson."""

    NEW = "new"
    """Not begun."""
    CARD = "card"
    """Something to read."""
    NUMBER = "number"
    """A quantity is asked."""
    PIECE = "piece"
    """A piece of a broken-up quantity is asked."""
    CHOICE = "choice"
    """Buttons to choose from."""
    OFFER = "offer"
    """An optional branch to take or pass."""
    WATCH = "watch"
    """The network trains while the learner watches."""
    CONFIRM = "confirm"
    """A yes or no is awaited."""
    DONE = "done"
    """The lesson is finished."""


def place_of(state: State, lesson: Lesson) -> Place | None:
    """The step in hand, if there is one."""
    return lesson.find(state.step)


def mode_of(state: State, lesson: Lesson) -> Mode:
    """The mode a state is in."""
    if state.pending.confirming is not None:
        return Mode.CONFIRM
    place = place_of(state, lesson)
    if place is None:
        return Mode.DONE if state.records else Mode.NEW
    match place.step:
        case Card():
            return Mode.CARD
        case OfferStep():
            return Mode.OFFER
        case WatchStep():
            return Mode.WATCH
        case NumberStep():
            return Mode.NUMBER if state.piece is None else Mode.PIECE
        case _:
            return Mode.CHOICE
