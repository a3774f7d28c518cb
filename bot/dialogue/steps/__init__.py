"""The kinds of steps, each in a file of its own: how one is asked, answered, helped and shown.

A new kind is a file here, its model in `content.models`, its mode in `modes`, and its rows in
`table`.
"""

from __future__ import annotations

from typing import Any, get_args

from bot.dialogue.buttons import View
from bot.dialogue.state import State
from bot.dialogue.steps.card import Card
from bot.dialogue.steps.choice import Choice
from bot.dialogue.steps.direction import Direction
from bot.dialogue.steps.explore import Explore
from bot.dialogue.steps.guess import Guess
from bot.dialogue.steps.number import Number
from bot.dialogue.steps.offer import Offer
from bot.dialogue.steps.step import Result, Step
from bot.dialogue.steps.watch import Watch
from bot.dialogue.steps.words import OwnWords
from content import models
from content.book import Book
from content.lesson import LessonStep

KINDS: dict[type, type[Step[Any]]] = {
    models.Card: Card,
    models.NumberStep: Number,
    models.ChoiceStep: Choice,
    models.GuessStep: Guess,
    models.DirectionStep: Direction,
    models.ExploreStep: Explore,
    models.OfferStep: Offer,
    models.WatchStep: Watch,
    models.WordsStep: OwnWords,
}
"""By the model of the lesson's step."""

if missing := [model.__name__ for model in get_args(models.AnyStep) if model not in KINDS]:
    raise TypeError(f"no kind of step in KINDS for {', '.join(missing)}")


def view_of(book: Book, state: State) -> View:
    """What a learner sees in a state: the step in hand, or what there is outside of all steps."""
    place = book.lesson.find(state.hand.step)
    return View(book, state) if place is None else step_at(book, state, place)


def step_at(book: Book, state: State, place: LessonStep) -> Step[Any]:
    """A step of the lesson as it stands for a learner, who may be at another one."""
    return KINDS[type(place.step)](book, state, place, place.step)


__all__ = ["KINDS", "Result", "Step", "step_at", "view_of"]
