"""A learner whose numbers fit another book's loss throughout: it is said, and offered.

One answer is weak evidence. So the loss, or what follows from it, must have come out in the other
way before, and the number typed now must be right there and wrong here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.answer_context import quantity_of
from bot.dialogue.generated_lessons import OwnNetwork, book_for
from bot.dialogue.parts import Confirming
from bot.dialogue.path import next_place
from bot.dialogue.state import State
from bot.dialogue.steps.number import Number
from content.book import Book
from content.generated_lessons import Exercise
from engine.diagnosis import diagnose
from engine.mistakes import RULES
from engine.network import NetworkError
from engine.reading import Reading

OF_A_BOOK = frozenset(rule.id for rule in RULES if rule.book)
"""The mistakes that are none in another book."""

RELATED = ("squared_error", "half_squared_error", "mean_squared_error")
"""The losses that books take for one another."""


def fitting(step: Number, reading: Reading) -> str:
    """The loss that fits what was typed now and what was typed before; empty for none."""
    lesson, name = step.state.lesson, step.model.quantity
    if not isinstance(lesson, OwnNetwork) or not reading.is_bare_number:
        return ""
    for loss, book in _others(step.book, lesson) if _told_before(step) else ():
        trace = next(iter(book.lesson.examples.values())).trace
        if name in trace and diagnose(trace, name, reading).is_right:
            return loss
    return ""


def _told_before(step: Number) -> bool:
    """Whether an earlier answer in this lesson was one of another book's."""
    here = (p for p in step.book.lesson.places if p.id in step.state.records)
    return any(not OF_A_BOOK.isdisjoint(step.state.records[place.id].made) for place in here)


def _others(book: Book, lesson: OwnNetwork) -> Iterator[tuple[str, Book]]:
    """The same network with each related loss, as a lesson."""
    asked = Exercise.from_data(lesson.problem)
    for loss in RELATED if asked.network.loss in RELATED else ():
        if loss != asked.network.loss:
            try:
                yield loss, book_for(book, _with(lesson, loss))
            except NetworkError:
                continue


def _with(lesson: OwnNetwork, loss: str) -> OwnNetwork:
    asked = Exercise.from_data(lesson.problem)
    return OwnNetwork.of(replace(asked, network=replace(asked.network, loss=loss)))


def offered(state: State) -> bool:
    """Whether what is awaited a yes for is there: another loss only in a network of one's own."""
    own = isinstance(state.lesson, OwnNetwork) and bool(state.pending.convention)
    return own or state.pending.confirming is not Confirming.CONVENTION


def offer(book: Book, state: State) -> str:
    """The question whether to go on with the loss that fits, as HTML."""
    assert isinstance(state.lesson, OwnNetwork)
    other = book_for(book, _with(state.lesson, state.pending.convention)).lesson
    trace = next(iter(other.examples.values())).trace
    return book.say.convention_ask(formula=trace.formula("loss"))


def switched(book: Book, state: State) -> tuple[Book, State]:
    """The lesson with another loss, where the learner is in it: what is the same there is done."""
    lesson = state.lesson
    assert isinstance(lesson, OwnNetwork)
    there = _with(lesson, state.pending.convention)
    other = book_for(book, there)
    old, new = book_for(book, lesson).lesson, other.lesson
    done = {}
    for before, after in zip(old.places, new.places, strict=False):
        record, name = state.records.get(before.id), quantity_of(after)
        same = quantity_of(before) == name
        if record is None or not same:
            break
        if name and old.trace(before)[name].value != new.trace(after)[name].value:
            break
        done[after.id] = record
    inside = state.into(there, new.places[0].id).but(records=done)
    following = next_place(inside, new)
    assert following is not None
    return other, inside.at(following.id)
