"""Which answer the machine finds for a text at a step: an entry, a remark, or what else it is."""

from __future__ import annotations

from html import unescape

from bot.dialogue.actions import Do
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.intents import intent_of
from bot.dialogue.reply import Moment
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps import view_of
from bot.dialogue.why import found
from content.lesson import LessonStep
from tests.bot.dialogue.learner import LESSON, MACHINE
from tests.bot.dialogue.test_every_event import NOW

FIRST = next(iter(LESSON.examples))
"""The example that the lesson begins with."""


def answered(state: State, text: str) -> str:
    """`why_square`, `none`, `which`; `remark angry`, `term relu`; or what the text is taken for."""
    book = book_for(MACHINE.book, state.lesson)
    intent = intent_of(Said(text, 1), view_of(book, state))
    if intent.do in (Do.REMARK, Do.TERM):
        return f"{intent.do} {intent.text}"
    if intent.do is not Do.QUESTION:
        return str(intent.do)
    entries = found(Moment(state, intent, book, NOW.timestamp(), book, MACHINE.library))
    return entries[0] if len(entries) == 1 else "which" if entries else "none"


def having_done(place: LessonStep) -> State:
    """A learner at a step who did all that comes before it, in its branch too."""
    records = {}
    for before in LESSON.places[: LESSON.places.index(place)]:
        if before.branch in (None, place.branch):
            opens = place.branch is not None and getattr(before.step, "opens", "") == place.branch
            done = Outcome.SOLVED if before.number else Outcome.READ
            records[before.id] = Record(Outcome.TAKEN if opens else done)
    return State.of(LESSON.id, place.id, records=records)


def place_at(where: str) -> LessonStep:
    """The first step that asks for a quantity, or the first of a kind after that step.

    `H1.sum`, `new H1.sum` of another example, `choice H1.sum`, `choice new H1.sum`; or a step's own
    id. Where the lesson does not ask for that quantity, it is another one of its kind.
    """
    if where in LESSON:
        return LESSON[where]
    *kind, quantity = where.split()
    example = next((word for word in kind if word in LESSON.examples), FIRST)
    asks = {
        place: str(getattr(place.step, "quantity", ""))
        for place in LESSON.places
        if place.section.example == example
    }
    asked = [place for place, name in asks.items() if name == quantity]
    alike = quantity.rpartition(".")[2]
    asked += [place for place, name in asks.items() if name.rpartition(".")[2] == alike]
    kinds = [word for word in kind if word not in LESSON.examples]
    if not kinds:
        return asked[0]
    after = LESSON.places[LESSON.places.index(asked[0]) + 1 :]
    return next(place for place in after if place.step.kind in kinds)


def at(where: str) -> State:
    """A learner at such a step."""
    return having_done(place_at(where))


def filled(where: str, text: str) -> str:
    """A text with the numbers of the step's example for what stands in braces."""
    return unescape(MACHINE.book.fill(text, LESSON.trace(place_at(where))))
