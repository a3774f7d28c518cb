"""The rows of the table: each leads only where it says, from whatever state it is met in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bot.dialogue.actions import Do, Intent
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.modes import Mode
from bot.dialogue.reply import Moment, Reply
from bot.dialogue.state import Confirming, Outcome, Record, State
from bot.dialogue.steps import view_of
from bot.dialogue.steps.number import Number
from bot.dialogue.table import IN_EVERY_MODE, ROWS, UNCONFIRMED, Row, row_for
from content.models import NumberStep
from engine.practice import FULL_TRACE
from tests.bot.dialogue.test_every_event import NOW, right_answer
from tests.tutor import MACHINE

LESSON = MACHINE.book.lesson
SETS = (practice_set(FULL_TRACE, 4, "rows", 1), practice_set("direction", 2, "rows", 2))


def walks() -> Iterator[State]:
    """A state at every step of the lesson and of two sets: all before it solved, or kept."""
    home = State(LESSON.id)
    for start in (home, *(home.into(set_, "") for set_ in SETS)):
        lesson = book_for(MACHINE.book, start.lesson).lesson
        for how in (Outcome.SOLVED, Outcome.KEPT):
            records: dict[str, Record] = {}
            for place in lesson.places:
                yield start.but(step=place.id, records=dict(records))
                if not isinstance(place.step, NumberStep):
                    taken = Outcome.TAKEN if how is Outcome.KEPT else Outcome.PASSED
                    records[place.id] = Record(taken if place.number is None else Outcome.SOLVED)
                elif place.section.free:
                    records[place.id] = Record(how, "0.7", 0.7, returned=place.part % 2 == 0)
                else:
                    records[place.id] = Record(Outcome.SHOWN)
            yield start.but(step="", records=dict(records))
    yield State(LESSON.id)


def variants(state: State) -> Iterator[State]:
    """The same step with nothing tried, a wrong answer, a hint or all of them, in pieces, asked."""
    yield state
    yield state.but(wrong="0.7", tries=3, hints=1, answered=5)
    yield state.but(hints=9, looking=next(iter(state.records), None))
    yield state.but(piece=0)
    yield state.but(piece=1, wrong="0.7")
    yield from (state.but(confirming=which) for which in Confirming)


@cache
def states() -> dict[Mode, list[State]]:
    """Generated states by the mode they are in."""
    found: dict[Mode, list[State]] = {mode: [] for mode in Mode}
    for walked in walks():
        for state in variants(walked):
            view = view_of(book_for(MACHINE.book, state.lesson), state)
            if state.hand.piece is None or isinstance(view, Number):
                found[view.mode].append(state)
    return found


def texts(state: State, do: Do) -> list[str]:
    """What may come with an intent: the right answer, wrong ones, several, an option, a lesson."""
    if do is Do.LESSONS:
        return ["", *MACHINE.book.lessons]
    if do is Do.NETWORK:
        return ["", "x=2; O sigmoid 0.5; target 1"]
    if do is Do.PRACTICE:
        return ["", "full"]
    if do is Do.REMINDED:
        return [NOW.isoformat()]
    if do is Do.ANSWER:
        several = "p = 0.7, H1 = 0.7, loss = 0.2\nw11.gradient = 1"
        return [right_answer(state.but(confirming=None)), "0.7", "ok?", several]
    if do is Do.PICK:
        book = book_for(MACHINE.book, state.lesson)
        place = book.lesson.find(state.hand.step)
        options = getattr(getattr(place, "step", None), "options", ())
        return ["increase", "decrease", "no change", *(option.id for option in options)]
    return [str(state.pending.confirming or "")]


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: f"{row.mode}-{row.do}")
def test_a_row_leads_only_where_it_says(row: Row) -> None:
    """From every generated state in its mode, a row's handler stays or goes where it may."""
    for state, text, reply in replies(row, 60):
        assert reply.effects or reply.notice, (state, text)


ELSEWHERE = [
    row_for(mode, do)
    for do in IN_EVERY_MODE
    for mode in Mode
    if (mode, do) not in ROWS and not (mode is Mode.CONFIRM and do in UNCONFIRMED)
]


@pytest.mark.parametrize("row", ELSEWHERE, ids=lambda row: f"{row.mode}-{row.do}")
def test_what_is_answered_anywhere_leads_only_where_it_says(row: Row) -> None:
    """So it is with what has no row of its own: practice, lessons, a network, stop, …."""
    assert len(list(replies(row, 12))) > 0


def replies(row: Row, most: int) -> Iterator[tuple[State, str, Reply]]:
    """What a row replies in its mode, each found to stay or to go where the row may lead."""
    met = states()[row.mode]
    assert met
    for state in met[:: max(1, len(met) // most)]:
        book = book_for(MACHINE.book, state.lesson)
        for text in texts(state, row.do):
            intent = Intent(row.do, text, 7)
            reply = row.handler(
                Moment(state, intent, book, NOW.timestamp(), MACHINE.book, MACHINE.library)
            )
            after = reply.state
            now_in = view_of(book_for(MACHINE.book, after.lesson), after).mode
            assert now_in in row.leads | {row.mode}, (state, text)
            yield state, text, reply
