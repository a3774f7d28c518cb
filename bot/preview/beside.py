"""What stands beside a step: its hints, and its likeliest wrong answers with their replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from bot.dialogue.effects import Say, Show
from bot.dialogue.events import Said
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.dialogue.steps import Step, step_at
from bot.dialogue.steps.choice import RightOption
from bot.dialogue.steps.number import Number
from bot.preview.ahead import at_step
from content.book import Book
from content.markup import plain
from engine.decimals import number_text
from engine.mistakes import BY_ID
from engine.practice import foreseen
from engine.practice.distinguishable import LEAST_PLACES

LIKELIEST = 10
"""So many wrong answers of a number are shown."""

SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer, and what a learner reads who gives it."""

    typed: str
    made: tuple[str, ...]
    """The mistakes that make it; none at a choice."""
    said: str
    """HTML."""


def hints(book: Book, step: str) -> list[str]:
    """The ladder of hints of a step, as HTML."""
    state = at_step(book, State(book.lesson.id), step)
    return list(step_at(book, state, book.lesson[step]).hints())


def wrong_answers(book: Book, machine: Machine, step: str) -> list[Wrong]:
    """The likeliest wrong answers of a step, the likeliest first.

    Args:
        book: with the lesson in hand.
        machine: the conversation about it.
        step: the step's id.
    """
    state = at_step(book, State(book.lesson.id), step)
    met = step_at(book, state, book.lesson[step])
    return [Wrong(typed, made, _said(machine, state, typed)) for typed, made in _wrong(met)]


def _wrong(step: Step[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What may be typed at a step, with the mistakes that lead to it."""
    if isinstance(step, RightOption):
        right = step.right_options()
        for option in step.options():
            if option not in right:
                yield plain(unescape(step.label(option))), ()
    if isinstance(step, Number):
        yield from likeliest(step)


def likeliest(step: Number) -> list[tuple[str, tuple[str, ...]]]:
    """The wrong numbers that are likeliest at a step, as they are typed, with their mistakes."""
    name, trace = step.model.quantity, step.trace
    places = max(trace[name].places, LEAST_PLACES)
    found: dict[str, tuple[str, ...]] = {}
    wrong = foreseen(trace, name)
    common = {one: max(BY_ID[mistake].common for mistake, _ in one.made) for one in wrong}
    for one in sorted(wrong, key=lambda one: -common[one]):
        typed = number_text(one.value, places, exact=True)
        if typed != number_text(trace[name].value, places, exact=True):
            made = tuple(dict.fromkeys(mistake for mistake, _ in one.made))
            found[typed] = tuple(dict.fromkeys((*found.get(typed, ()), *made)))
    return list(found.items())[:LIKELIEST]


def _said(machine: Machine, state: State, typed: str) -> str:
    turn = machine.step(state.to_json(), Said(text=typed, message=1), SOME_TIME)
    texts = [
        effect.html if isinstance(effect, Say) else effect.caption
        for effect in turn.effects
        if isinstance(effect, Say | Show)
    ]
    return "\n\n".join(texts)
