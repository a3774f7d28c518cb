"""Answers: a number or working typed, an option picked."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.buttons import MISSES_BEFORE_PIECES
from bot.dialogue.effects import Attempt
from bot.dialogue.judging import (
    RUNGS,
    Question,
    attempt,
    discreet,
    heard,
    mistakes_in,
    named_mistakes,
    question,
)
from bot.dialogue.keeping import carried, carried_direction
from bot.dialogue.labelling import Given, values_in
from bot.dialogue.moves import go_on
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.several import several
from bot.dialogue.speech import with_minus
from bot.dialogue.state import How, Record
from bot.dialogue.way import on_the_way
from content.markup import plain
from content.models import DirectionStep, NumberStep
from engine.decimals import number_text
from engine.diagnosis import Kind, Verdict, diagnose, diagnose_direction, slots
from engine.reading import Reading, Unreadable
from engine.scaffold import pieces, with_pieces
from engine.spoken import spoken
from engine.trace import Quantity

LEAST_COPIED = 12
"""Characters, spaces aside, from which on a part of the question is one copied."""

LONG_NUMBER = 8
"""A right number with more decimals is confirmed in the tutor's own, shorter form."""


def answer(moment: Moment) -> Reply:
    """A number, or working, at a number step; where the learner works alone also several values."""
    asked = question(moment)
    text = moment.intent.text
    free = asked.place.section.free
    found = values_in(moment, asked) if free else []
    if len(found) > 1:
        return several(moment, found)
    reading = moment.book.read(asked.trace, asked.quantity, text, asked.own)
    if isinstance(reading, Unreadable):
        found_here = moment.book.read_several(asked.trace, text, asked.own)
        if not free and isinstance(found_here, tuple) and len(found_here) > 1:
            return _unread(moment, "several_where")
        if _is_copied(moment):
            reply = _unread(moment, "copied")
            return replace(reply, attempts=(attempt(moment, Kind.UNFINISHED, ()),))
        return _unreadable(moment, reading)
    verdict = diagnose(asked.trace, asked.quantity, reading, asked.own)
    if not verdict.is_right and (named := _named(asked, reading)):
        if not free:
            return _elsewhere(moment, asked, reading, named)
        return several(moment, found or [Given(named, reading.label or "", reading)])
    if reading.label is None and found and found[0].quantity not in ("", asked.quantity):
        return several(moment, found)  # by its formula: `x2*w22 = 0.56`
    if _said_before(moment, asked, reading):
        return _same_again(moment)
    return _judged(moment, asked, reading, verdict)


def _is_copied(moment: Moment) -> bool:
    """Whether what was typed is the question itself, or a good part of it."""
    asked, typed = (
        "".join(plain(text).split()) for text in (moment.speaker().ask(), moment.intent.text)
    )
    return len(typed) >= LEAST_COPIED and typed in asked


def _said_before(moment: Moment, asked: Question, reading: Reading) -> bool:
    """Whether it is the last wrong answer again: the same text, or the same plain number."""
    wrong = moment.state.wrong
    if not wrong or wrong == moment.intent.text.strip():
        return bool(wrong)
    before = moment.book.read(asked.trace, asked.quantity, wrong, asked.own)
    both = reading.is_bare_number and isinstance(before, Reading) and before.is_bare_number
    return both and isinstance(before, Reading) and before.value == reading.value


def _named(asked: Question, reading: Reading) -> str | None:
    """The quantity that an answer's label names, where it is not the one asked.

    The name of a neuron goes for its sum too, unless the value is right for what it passes on.
    """
    trace = asked.trace
    named = spoken(trace).get(reading.label or "")
    if named is None or named not in trace or named == asked.quantity:
        return None
    if trace[named].owner != trace[asked.quantity].owner:
        return named
    return named if diagnose(trace, named, reading, asked.own).is_right else None


def _elsewhere(moment: Moment, asked: Question, reading: Reading, named: str) -> Reply:
    trace, say = asked.trace, moment.book.say
    symbol = trace.symbol(asked.quantity)
    if trace[named].owner == trace[asked.quantity].owner:
        typed = reading.answer.text
        said = say("label_kind", typed=typed, other=trace.symbol(named), symbol=symbol)
    else:
        key = "label_elsewhere" if _has_a_step(moment, named) else "label_unasked"
        said = say(key, symbol=symbol, label=reading.label or "")
    return staying(moment, said, state=heard(moment))


def _has_a_step(moment: Moment, quantity: str) -> bool:
    """Whether a quantity of this example is asked on the learner's way."""
    return any(
        getattr(place.step, "quantity", "") == quantity
        and place.section.example == moment.place.section.example
        for place in on_the_way(moment.state, moment.book.lesson)
    )


def answer_at_card(moment: Moment) -> Reply:
    """Values sent at a card before free numbers are taken; a number at another card is not."""
    place = moment.place
    number = next((s for s in place.section.step if isinstance(s, NumberStep)), None)
    if not place.section.free or number is None:
        return staying(moment, moment.book.say("number_at_card"))
    read_card = moment.state.with_record(place.id, Record(How.READ))
    ahead = replace(moment, state=read_card.at(number.id))
    reply = answer(ahead)
    judged = any(one.verdict is not Kind.UNREADABLE for one in reply.attempts)
    return reply if judged else staying(moment, moment.book.say("number_at_card"))


def _unread(moment: Moment, key: str) -> Reply:
    return staying(moment, moment.book.say(key), state=heard(moment))


def _unreadable(moment: Moment, unreadable: Unreadable) -> Reply:
    reply = staying(moment, moment.book.problem(unreadable), state=heard(moment))
    return replace(reply, attempts=(attempt(moment, Kind.UNREADABLE, ()),))


def _same_again(moment: Moment) -> Reply:
    said = moment.book.say("same_again", typed=with_minus(moment.intent.text.strip()))
    free = moment.place.section.free
    return staying(moment, said, state=heard(moment), keep=free)


def _judged(moment: Moment, asked: Question, reading: Reading, verdict: Verdict) -> Reply:
    book, state, place = moment.book, moment.state, asked.place
    attempts = (attempt(moment, verdict.kind, mistakes_in(verdict)),)
    if verdict.is_right:
        record = _solved(moment, reading.value)
        confirmed = _confirmation(moment, asked, reading, verdict)
        ahead = state.with_record(place.id, record)
        reply = go_on(moment, ahead, confirmed)
        return replace(reply, attempts=attempts)
    missed = verdict.kind not in (Kind.IMPRECISE, Kind.UNFINISHED)
    after = heard(moment).but(
        tries=state.tries + missed,
        wrong=moment.intent.text.strip() if missed else state.wrong,
        made=(*state.made, *named_mistakes(verdict)),
    )
    moment = replace(moment, state=after)
    said = [_echo(moment, reading), _feedback(moment, asked, verdict)]
    newly = missed and after.tries == MISSES_BEFORE_PIECES
    if newly and state.piece is None:
        if moment.speaker().may_break_up():
            said.append(book.fill(book.hints.offer_pieces, asked.trace))
        elif not state.hints:
            said.append(book.say("offer_hint"))
    doubted = place.section.free and missed and verdict.written is None
    reply = staying(moment, "\n".join(filter(None, said)), keep=doubted)
    return replace(reply, attempts=attempts)


def _feedback(moment: Moment, asked: Question, verdict: Verdict) -> str:
    """What is said of an answer that is not right; a step still to come is not named."""
    verdict = discreet(asked, verdict)
    best = verdict.candidates[0].mistakes[0] if verdict.candidates else None
    if best is None or best.id != "other_quantity" or verdict.typed is None:
        return moment.book.feedback(verdict, asked.trace, asked.seen)
    done = {
        getattr(place.step, "quantity", "")
        for place in moment.book.lesson.places
        if place.id in moment.state.records
    }
    if best.where in done:
        return moment.book.feedback(verdict, asked.trace)
    texts = slots(verdict, asked.trace)
    return moment.book.say("other_step", typed=texts["typed"], formula=texts["formula"])


def _solved(moment: Moment, value: float) -> Record:
    """The record of a step now right; a hint that gave it away makes it shown."""
    state = moment.state
    kept = state.records.get(state.step)
    tries = state.tries + 1 + (kept.tries if kept else 0)
    gave_away = state.hints >= RUNGS
    how = How.SHOWN if gave_away else How.SOLVED
    typed = moment.intent.text.strip()
    hints = state.hints + (kept.hints if kept else 0)
    made = dict.fromkeys((*state.made, *(kept.made if kept else ())))
    return Record(how, typed, value, tries, hints, made=tuple(made))


def _echo(moment: Moment, reading: Reading) -> str:
    return "" if reading.literal else moment.book.echo(reading)


def _confirmation(moment: Moment, asked: Question, reading: Reading, verdict: Verdict) -> str:
    """What is said of a right answer: the value, the working, and what the step has to add."""
    book, step = moment.book, asked.place.step
    assert isinstance(step, NumberStep)
    texts = [_echo(moment, reading)]
    if verdict.kind is Kind.CARRIED_FORWARD:
        texts.append(carried(moment, asked, verdict, reading.answer.text))
    else:
        quantity = asked.trace[asked.quantity]
        texts.append(_as_confirmed(moment, reading, quantity))
        if asked.seen[asked.quantity].text == quantity.text:  # else it would show a number in doubt
            texts.append(book.working(asked.seen, asked.quantity))
        if verdict.slip is not None:
            texts.append(book.feedback(verdict, asked.trace))
    if step.right:
        texts.append(book.fill(step.right, asked.seen))
    return "\n".join(filter(None, texts))


def _as_confirmed(moment: Moment, reading: Reading, quantity: Quantity) -> str:
    """The value confirmed: the tutor's, and the learner's own where rounding made it another."""
    say = moment.book.say
    if reading.decimals is None or reading.decimals > LONG_NUMBER:
        return say("right", value=quantity.text)
    typed = number_text(reading.value, reading.decimals)
    if typed.rstrip("0").rstrip(".") == quantity.text.rstrip("0").rstrip("."):
        return say("right", value=quantity.text)
    if reading.decimals > quantity.places:
        return say("right", value=typed)
    return say("right_too", typed=typed, value=quantity.text)


def answer_piece(moment: Moment) -> Reply:
    """A number at a piece of a broken-up step; the whole answer is taken as well."""
    asked = question(moment)
    index = moment.state.piece
    parts = pieces(asked.seen, asked.quantity)
    if index is None or index >= len(parts):
        return answer(moment)
    reading = moment.book.read(asked.trace, asked.quantity, moment.intent.text, asked.own)
    if isinstance(reading, Unreadable):
        return _unreadable(moment, reading)
    whole = diagnose(asked.trace, asked.quantity, reading, asked.own)
    trace = with_pieces(asked.trace, asked.quantity)
    verdict = diagnose(trace, parts[index].id, reading, asked.own)
    attempts = (attempt(moment, verdict.kind, mistakes_in(verdict), parts[index].id),)
    if verdict.kind is Kind.UNEXPLAINED and whole.kind is Kind.UNFINISHED:
        verdict, trace = whole, asked.trace
    if verdict.is_right:
        said = moment.book.say("right", value=parts[index].text)
        ahead = heard(moment).but(piece=index + 1, wrong="", answered=None)
        return replace(asking(moment, ahead, said, opening=False), attempts=attempts)
    if whole.is_right:
        return _judged(moment, asked, reading, whole)
    wrong = moment.book.feedback(verdict, trace)
    reply = staying(moment, _echo(moment, reading), wrong, state=heard(moment))
    return replace(reply, attempts=attempts)


def pick(moment: Moment) -> Reply:
    """An option of a choice."""
    speaker, state, book = moment.speaker(), moment.state, moment.book
    option = moment.intent.text
    if option not in speaker.options():
        return staying(moment, book.say("use_buttons"))
    right = option == speaker.right_option()
    attempts = (_picked(moment, option, right=right),)
    if right:
        record = Record(How.SOLVED, option, None, state.tries + 1, state.hints)
        said = speaker.confirmed(option)
        said = f"{said} {speaker.reason(option)}{carried_direction(moment)}"
        reply = go_on(moment, state.with_record(state.step, record), said)
        return replace(reply, attempts=attempts)
    again = option == state.wrong
    after = heard(moment).but(tries=state.tries + (not again), wrong=option)
    said = book.say("wrong_choice", reply=speaker.reason(option))
    return replace(staying(moment, said, state=after), attempts=attempts)


def _picked(moment: Moment, option: str, *, right: bool) -> Attempt:
    """The record of an option; a direction the wrong way round is a mistake with a name."""
    step = moment.place.step
    if isinstance(step, DirectionStep):
        verdict = diagnose_direction(moment.speaker().trace, step.quantity, option)
        return attempt(moment, verdict.kind, mistakes_in(verdict))
    return attempt(moment, Kind.CORRECT if right else Kind.UNEXPLAINED, ())
