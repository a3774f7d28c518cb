"""A learner put at any step of a lesson, as if all before it were done without a mistake."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from content.book import Book
from content.lesson import LessonStep
from content.models import ChoiceStep, DirectionStep, GuessStep, NumberStep, OfferStep


def at_step(book: Book, state: State, step: str) -> State:
    """A state at the beginning of a step of the book's lesson.

    Args:
        book: with the lesson in hand.
        state: of whoever is put there.
        step: the step's id.
    """
    lesson = book.lesson
    there, branch = state.turned_to(lesson.id), lesson[step].branch
    done = {}
    for place in lesson.places:
        if place.id == step:
            break
        if place.branch in (None, branch):
            record = _done(book, place, branch)
            slipped = branch is not None and getattr(place.step, "if_slipped", None) == branch
            done[place.id] = replace(record, tries=2) if slipped else record
    return there.but(records=done).at(step)


def _done(book: Book, place: LessonStep, branch: str | None) -> Record:
    step, trace = place.step, book.lesson.trace(place)
    match step:
        case NumberStep(quantity=name):
            return Record(Outcome.SOLVED, trace[name].text, trace[name].value)
        case DirectionStep(quantity=name):
            return Record(Outcome.SOLVED, trace[name].text)
        case ChoiceStep():
            return Record(Outcome.SOLVED, book.lesson.right_options(place, book.words)[0].id)
        case GuessStep():
            return Record(Outcome.READ, step.options[0].id)
        case OfferStep():
            taken = step.opens == branch
            return Record(Outcome.TAKEN if taken else Outcome.PASSED)
        case _:
            return Record(Outcome.READ)
