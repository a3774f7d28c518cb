"""The modes of the conversation: what kind of thing the learner is in front of."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What the learner is in front of; it follows from the state and the lesson (`steps.view`)."""

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
    GUESS = "guess"
    """Buttons to guess with."""
    EXPLORE = "explore"
    """A weight to move up and down."""
    WORDS = "words"
    """A text of their own is asked."""
    OFFER = "offer"
    """An optional branch to take or pass."""
    WATCH = "watch"
    """The network trains while the learner watches."""
    CONFIRM = "confirm"
    """A yes or no is awaited."""
    DONE = "done"
    """The lesson is finished."""


CHOOSING = frozenset({Mode.CHOICE, Mode.GUESS})
"""Where words may pick one of the options on the buttons."""
