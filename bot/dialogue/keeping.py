"""A doubted number kept, and what is said of answers that are right from it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.carrying import in_doubt, kept_values
from bot.dialogue.judging import Question, kept_in, question
from bot.dialogue.moves import go_on
from bot.dialogue.reply import Moment, Reply, staying
from bot.dialogue.speech import with_minus
from bot.dialogue.state import How, Record
from bot.dialogue.way import next_place
from content.models import DirectionStep
from engine.diagnosis import Verdict
from engine.own import leads_on, with_own
from engine.reading import Reading


def keep(moment: Moment) -> Reply:
    """The doubted number is kept, and the lesson goes on with it."""
    asked = question(moment)
    state = moment.state
    reading = (
        moment.book.read(asked.trace, asked.quantity, state.wrong, asked.own)
        if state.wrong
        else None
    )
    number = isinstance(reading, Reading) and reading.answer.is_number
    if not asked.place.section.free or not isinstance(reading, Reading) or not number:
        return staying(moment, moment.book.say("keep_where"))
    if not leads_on(asked.trace, asked.own | {asked.quantity: reading.value}):
        said = moment.book.say("leads_nowhere", typed=with_minus(reading.answer.text))
        return staying(moment, said)
    before = state.records.get(state.step)
    record = Record(
        How.KEPT,
        reading.answer.text,
        reading.value,
        state.tries + (before.tries if before else 0),
        state.hints + (before.hints if before else 0),
        returned=before is not None,
        made=tuple(dict.fromkeys((*(before.made if before else ()), *state.made))),
    )
    key, lesson = "kept_again" if before else "kept", moment.book.lesson
    if next_place(state.with_record(state.step, record), lesson) == asked.place:
        record = replace(record, last=True)
    if next_place(state.with_record(state.step, record), lesson) == asked.place:
        key, record = "kept_last", replace(record, returned=True)
    said = moment.book.say(key, typed=with_minus(record.typed))
    return go_on(moment, state.with_record(state.step, record), said)


def carried(moment: Moment, asked: Question, verdict: Verdict, typed: str) -> str:
    """What is said of an answer that is right from a number in doubt, which it names.

    What that number was to be is told only when no number of the example is open any more.
    """
    trace, book, typed = asked.trace, moment.book, with_minus(typed)
    doubted = kept_in(moment, verdict)
    names = [trace.symbol(one.id) for one in doubted]
    earlier = " and ".join(names)
    if in_doubt(moment.state, book.lesson, asked.place):
        return book.say("carried", typed=typed, earlier=earlier)
    told = [
        book.chat.say["was_to_be"].format(name=name, value=trace[one.id].text)
        for name, one in zip(names, doubted, strict=True)
    ]
    return book.say("carried_settled", typed=typed, earlier=earlier, list=", ".join(told))


def carried_direction(moment: Moment) -> str:
    """What is added to a direction that is right only from numbers the learner kept."""
    book, step, place = moment.book, moment.place.step, moment.place
    right, seen = book.lesson.trace(place), moment.speaker().trace
    if not isinstance(step, DirectionStep) or seen[step.quantity].text == right[step.quantity].text:
        return ""
    own = kept_values(moment.state, book.lesson, place)
    moved = [
        right.symbol(name)
        for name, value in own.items()
        if with_own(right, {name: value})[step.quantity].text != right[step.quantity].text
    ]
    label = book.chat.directions[right[step.quantity].text]
    earlier = " and ".join(moved or [right.symbol(name) for name in own])
    return " " + book.say("carried_direction", earlier=earlier, label=label)
