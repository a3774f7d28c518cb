"""Several labelled values in one message, where the learner works alone: `H1 = 0.05, H2 = 0`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.carrying import free_places, own_values, quantity_of
from bot.dialogue.effects import Attempt
from bot.dialogue.judging import (
    RUNGS,
    attempt,
    heard,
    kept_in,
    mistakes_in,
    named_mistakes,
)
from bot.dialogue.labelling import Given
from bot.dialogue.moves import go_on
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.speech import with_minus
from bot.dialogue.state import How, Record, State
from content.lesson import Lesson, Place
from content.models import NumberStep
from engine.diagnosis import Kind, Verdict, diagnose
from engine.own import leads_on
from engine.reading import Reading


def several(moment: Moment, given: Sequence[Given]) -> Reply:
    """Several values of one example, each judged with those before it, in the order of the steps.

    What is right is done, what is doubted is kept; an edit of the message is read again.
    """
    book, lesson = moment.book, moment.book.lesson
    places = free_places(moment.state, lesson, moment.place)
    order = {quantity_of(place): index for index, place in enumerate(places)}
    state, lines, attempts = moment.state, list[str](), list[Attempt]()
    done: list[str] = []
    for one in sorted(given, key=lambda one: order.get(one.quantity, len(order))):
        if one.quantity not in order:
            lines.append(book.say("several_unknown", label=one.label))
            continue
        twice = sum(other.quantity == one.quantity for other in given) > 1
        meant = _meant(moment, one, state, places, twice=twice)
        place = places[order[meant]]
        # Their H2 = −0.02 is its sum; H2 itself passes on 0.
        label = one.label if meant == one.quantity else lesson.trace(place).symbol(meant)
        before, typed = state.records.get(place.id), one.reading.answer.text
        if before is not None and before.how is not How.KEPT:
            done.append(label)
        elif before is not None and before.typed == typed:
            lines.append(book.say("several_doubt", label=label, typed=with_minus(typed)))
        else:
            record, tried, verdict = _judged(moment, state, place, one.reading)
            attempts.append(tried)
            if not one.reading.answer.is_number:  # set up, right or wrong, but not answered
                unfinished = verdict.kind is Kind.UNFINISHED
                key = "several_unfinished" if unfinished else "several_open"
                lines.append(book.say(key, label=label, typed=with_minus(typed)))
                continue
            if record.how is How.KEPT and not _leads_on(lesson, state, place, record):
                if place.id == moment.state.step:
                    state = state.but(tries=record.tries, wrong=typed)
                shown = with_minus(typed)
                lines.append(book.say("several_nowhere", label=label, typed=shown))
                continue
            state = _with_sum(state, places, place, record).with_record(place.id, record)
            after = replace(moment, state=state.but(step=moment.state.step))
            lines.append(_said(after, label, record, verdict))
    if done:
        lines.insert(0, book.say("several_done", list=", ".join(done)))
    if not attempts:
        return staying(moment, "\n".join(lines), state=heard(moment))
    here = moment.state.step
    if state.records.get(here) != moment.state.records.get(here):
        reply = go_on(moment, state, "\n".join(lines))
    else:
        reply = asking(moment, state, "\n".join(lines), opening=False)
    return replace(reply, state=_edited(moment, reply.state), attempts=tuple(attempts))


def _leads_on(lesson: Lesson, state: State, place: Place, record: Record) -> bool:
    """Whether a doubted number can be kept: whether there is anything to work from it."""
    own = own_values(state, lesson, place) | {quantity_of(place): record.value or 0.0}
    return leads_on(lesson.trace(place), own)


def _said(moment: Moment, label: str, record: Record, verdict: Verdict) -> str:
    """What is said of one value."""
    say, trace = moment.book.say, moment.book.lesson.trace(moment.place)
    typed = with_minus(record.typed)
    if verdict.kind is Kind.CARRIED_FORWARD:
        earlier = " and ".join(trace.symbol(one.id) for one in kept_in(moment, verdict))
        return say("several_carried", label=label, typed=typed, earlier=earlier)
    if verdict.kind is Kind.IMPRECISE:
        places = str(verdict.places)
        return say("several_short", label=label, typed=typed, places=places)
    if record.how is How.KEPT:
        key = "several_kept" if record.returned else "several_doubt"
        return say(key, label=label, typed=typed)
    return say("several_right", label=label, typed=typed)


def _edited(moment: Moment, state: State) -> State:
    """A state in which an edit of this message is a new try, while its numbers are asked."""
    following = moment.book.lesson.find(state.step)
    here = moment.place.section.example
    if following is None or not isinstance(following.step, NumberStep):
        return state
    again = following.section.free and following.section.example == here
    return state.but(answered=moment.intent.message) if again else state


def _judged(
    moment: Moment, state: State, place: Place, reading: Reading
) -> tuple[Record, Attempt, Verdict]:
    """One value with those before it: its record, the attempt it was, and the verdict."""
    lesson, typed = moment.book.lesson, reading.answer.text
    step, before = place.step, state.records.get(place.id)
    assert isinstance(step, NumberStep)
    verdict = diagnose(
        lesson.trace(place), step.quantity, reading, own_values(state, lesson, place)
    )
    in_hand = place.id == moment.state.step
    tries, hints = (state.tries, state.hints) if in_hand else (0, 0)
    made = (*(state.made if in_hand else ()), *named_mistakes(verdict))
    here = replace(
        moment,
        state=state.but(step=place.id, tries=tries, hints=hints),
        intent=replace(moment.intent, text=typed),
    )
    tried = attempt(here, verdict.kind, mistakes_in(verdict))
    if before is not None:
        tries, hints, made = tries + before.tries, hints + before.hints, (*before.made, *made)
    how = How.KEPT
    if verdict.is_right:
        how = How.SHOWN if in_hand and state.hints >= RUNGS else How.SOLVED
    again = how is How.KEPT and before is not None and (in_hand or before.returned)
    made = tuple(dict.fromkeys(made))
    tries += verdict.kind is not Kind.IMPRECISE
    record = Record(how, typed, reading.value, tries, hints, returned=again, made=made)
    return record, tried, verdict


def _meant(
    moment: Moment, one: Given, state: State, places: Sequence[Place], *, twice: bool
) -> str:
    """The quantity a neuron's name means: its sum, where only that is right and still open.

    Beside another name for what it passes on (`O = …, p = …`) it is the sum as well.
    """
    name, reading, lesson = one.quantity, one.reading, moment.book.lesson
    trace = lesson.trace(moment.place)
    sum_ = f"{trace[name].owner}.sum"
    open_ = [p for p in places if quantity_of(p) == sum_ and p.id not in state.records]
    if trace[name].kind != "activation" or not open_:
        return name
    if twice and one.label.casefold() == trace[name].owner.casefold():
        return sum_
    own = own_values(state, lesson, open_[0])
    if diagnose(trace, name, reading, own).is_right:
        return name
    return sum_ if diagnose(trace, sum_, reading, own).is_right else name


def _with_sum(state: State, places: Sequence[Place], place: Place, record: Record) -> State:
    """Who gives a neuron's activation is not asked for its sum, right or doubted like it."""
    owner, _, kind = quantity_of(place).rpartition(".")
    if kind != "activation":
        return state
    for other in places:
        if quantity_of(other) == f"{owner}.sum" and other.id not in state.records:
            untried = Record(record.how, tries=0)
            right = replace(untried, tries=1)
            return state.with_record(other.id, untried if record.how is How.KEPT else right)
    return state
