"""Several values in one message, where the learner works alone: `H1 = 0.05, H2 = 0`.

A value is told by its label as the lesson names it, by its formula as the table writes it
(`x1*w11 = 0.24`), or, where a table is filled in, by its place among plain numbers, one per line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.actions import Intent
from bot.dialogue.answer_context import quantity_of
from bot.dialogue.effects import Attempt
from bot.dialogue.formatting import with_minus
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps.number import Number
from bot.dialogue.steps.step import Result, mistakes_in, named_mistakes
from content.kinds import called
from content.lesson import LessonStep
from content.models import NumberStep
from engine.diagnosis import Kind, Verdict
from engine.expression import Product, Ref
from engine.reading import Reading
from engine.spoken import spoken
from engine.trace import Trace

_NUMBER, _APART = re.compile(r"[-−+]?\d*[.,]?\d+"), re.compile(r"\s*;\s*|,\s+|\s+(?![-−+])")
TIMES = r"\s*[*×·⋅∙x]\s*"
LONG = 3
"""From so many lines on, each is read by itself where they cannot be read together."""
NAMED = 4
"""So many of the values that are not asked for are named."""
LONGEST = 40
"""So many letters of a line are said back."""

_AFTER = r"(?=\s*[=:≈])"


@dataclass(frozen=True, slots=True)
class Given:
    """One value of a message."""

    quantity: str
    """Its id; empty where the label names none."""
    label: str
    """What it is called in the reply."""
    reading: Reading


def values_in(step: Number, text: str) -> list[Given]:
    """Every value that a message names, as many as can be told; none where one can't be read."""
    if not any(letter.isalpha() or letter.isspace() or letter == ";" for letter in text.strip()):
        return []
    trace, names = step.context.trace, spoken(step.context.trace)
    free = [quantity_of(place) for place in step.context.free_places]
    formulas = _with_ids(trace, text, free, step.book.heard.joins)
    found = step.book.read_several(trace, formulas, step.context.own)
    if isinstance(found, tuple):
        return [_given(trace, names.get(reading.label or "", ""), reading) for reading in found]
    return _in_order(step, text)


def line_by_line(step: Number, text: str) -> tuple[list[Given], list[str]]:
    """Every value of a long message that is one thing a line, and the lines that are none."""
    given, unread = list[Given](), list[str]()
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    for line in lines if len(lines) >= LONG else ():
        found = values_in(step, line)
        given += found
        if not found:
            unread.append(line)
    return given, unread


def _given(trace: Trace, quantity: str, reading: Reading) -> Given:
    product = quantity in trace and trace[quantity].kind == "product"
    return Given(quantity, called(trace, quantity) if product else reading.label or "", reading)


def _with_ids(trace: Trace, text: str, quantities: list[str], joins: Collection[str]) -> str:
    """The text with the id of a product where its formula stands as a label."""
    behind = "|".join([r"(?<=[\n;,])", r"(?<=\d\s)", *(rf"(?<=\b{re.escape(j)}\b)" for j in joins)])
    for name in quantities:
        match trace[name].expression:
            case Product((Ref(first), Ref(second))):
                a, b = re.escape(first), re.escape(second)
                either = rf"(?:{a}{TIMES}{b}|{b}{TIMES}{a})"
                label = rf"(?:^|{behind})[ \t]*{either}{_AFTER}"
                text = re.sub(label, f" {name}", text, flags=re.IGNORECASE)
    return text


def _in_order(step: Number, text: str) -> list[Given]:
    """Plain numbers in a row, as the gaps of a table: all of them, or those still open."""
    section = step.place.section
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and all(map(_NUMBER.fullmatch, apart := _APART.split(text.strip()))):
        lines = apart
    if not section.table or len(lines) < 2:
        return []
    numbers = [one for one in section.step if isinstance(one, NumberStep)]
    gaps = {one.quantity: one.id in step.state.records for one in numbers}
    gaps[step.model.quantity] = False
    rows = [name for name in section.table if name in gaps]
    if len(lines) != len(rows):
        rows = [name for name in rows if not gaps[name]]
    readings = [step.context.read(line) for line in lines]
    plain = [one for one in readings if isinstance(one, Reading) and one.label is None]
    if len(plain) != len(lines) or len(lines) > len(rows):
        return []
    pairs = zip(rows, plain, strict=False)
    return [Given(name, called(step.context.trace, name), reading) for name, reading in pairs]


def several(
    step: Number, intent: Intent, given: Sequence[Given], unread: Sequence[str] = ()
) -> Result:
    """Several values of one example, each judged with those before it, in the order of the steps.

    What is right is done, what is doubted is kept; an edit of the message is read again. What else
    the message has is said to be left.
    """
    book, here = step.book, step.place.id
    order = {quantity_of(place): place for place in step.context.free_places}
    known = list(order)
    state, lines, attempts, done = step.state, list[str](), list[Attempt](), list[str]()
    others = [one.label for one in given if one.quantity not in order]
    asked_for = (one for one in given if one.quantity in order)
    for one in sorted(asked_for, key=lambda one: known.index(one.quantity)):
        twice = sum(other.quantity == one.quantity for other in given) > 1
        meant = _meant(_asked(step, state, order[one.quantity]), one, twice=twice)
        place = order[meant]
        # Their H2 = −0.02 is its sum; H2 itself passes on 0.
        label = one.label if meant == one.quantity else step.context.trace.symbol(meant)
        before, typed = state.records.get(place.id), one.reading.answer.text
        slots = {"label": label, "typed": with_minus(typed)}
        if before is not None and before.outcome is not Outcome.KEPT:
            done.append(label)
            continue
        if before is not None and before.typed == typed:
            lines.append(book.say.several_doubt(**slots))
            continue
        asked = _asked(step, state, place)
        verdict = asked.context.judged(one.reading)
        record = _recorded(step, asked, one.reading, verdict)
        tried = replace(intent, text=typed)
        attempts.append(asked.attempt(tried, verdict.kind, mistakes_in(verdict)))
        if not one.reading.answer.is_number:  # set up, right or wrong, but not answered
            unfinished = verdict.kind is Kind.UNFINISHED
            lines.append(
                (book.say.several_unfinished if unfinished else book.say.several_open)(**slots)
            )
            continue
        if record.outcome is Outcome.KEPT and not asked.context.goes_on_from(one.reading.value):
            if place.id == here:
                state = state.but(tries=record.tries, wrong=typed)
            lines.append(book.say.several_nowhere(**slots))
            continue
        state = _with_sum(asked, state, record).with_record(place.id, record)
        lines.append(_said(_asked(step, state, place), record, verdict, slots))
    if done:
        lines.insert(0, book.say.several_done(list=book.numbers.joined(done)))
    if others:
        lines.append(_left(others, book.say.several_unknown, book.say.several_others))
    if unread:
        lines.append(_left(unread, book.say.several_line, book.say.several_lines))
    said = ["\n".join(lines)]
    if not attempts:
        return Result(step.after_message(intent), said)
    over = state.records.get(here) != step.state.records.get(here)
    return Result(state, said, tuple(attempts), done=over, asks=not over, editable=True)


def _left(names: Sequence[str], one: Callable[..., str], many: Callable[..., str]) -> str:
    """What is said of what was not taken: the first by name, and how many there are."""
    short = [name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names[:NAMED]]
    if len(names) == 1:
        return one(label=short[0])
    first = ", ".join(short)
    return many(list=f"{first}, …" if names[NAMED:] else first, count=str(len(names)))


def _asked(step: Number, state: State, place: LessonStep) -> Number:
    """A step of the example as it is asked in a state; what was tried at the one in hand stays."""
    assert isinstance(place.step, NumberStep)
    there = state.but(step=place.id)
    if place.id != step.place.id:
        there = there.but(tries=0, hints=0, made=())
    return Number(step.book, there, place, place.step)


def _recorded(step: Number, asked: Number, reading: Reading, verdict: Verdict) -> Record:
    """How one of several values ends its step: right, or kept although it is doubted."""
    in_hand, before = asked.place is step.place, asked.state.records.get(asked.place.id)
    outcome = Outcome.KEPT
    if verdict.is_right:
        outcome = Outcome.SHOWN if asked.given_away else Outcome.SOLVED
    record = asked.record(
        outcome,
        reading.answer.text,
        reading.value,
        tried=verdict.kind is not Kind.IMPRECISE,
        made=named_mistakes(verdict),
    )
    again = outcome is Outcome.KEPT and before is not None and (in_hand or before.returned)
    return replace(record, returned=again)


def _said(asked: Number, record: Record, verdict: Verdict, slots: dict[str, str]) -> str:
    """What is said of one value."""
    say, trace = asked.book.say, asked.context.trace
    if verdict.kind is Kind.CARRIED_FORWARD:
        carried = asked.context.carried_from(verdict)
        earlier = asked.book.listed([trace.symbol(one.id) for one in carried])
        return say.several_carried(**slots, earlier=earlier)
    if verdict.kind is Kind.IMPRECISE:
        return say.several_short(**slots, places=str(verdict.places))
    if record.outcome is Outcome.KEPT:
        return (say.several_kept if record.returned else say.several_doubt)(**slots)
    return say.several_right(**slots)


def _meant(asked: Number, one: Given, *, twice: bool) -> str:
    """The quantity a neuron's name means: its sum, where only that is right and still open.

    Beside another name for what it passes on (`O = …, p = …`) it is the sum as well.
    """
    name, context = one.quantity, asked.context
    owner, sum_ = context.trace[name].owner, f"{context.trace[name].owner}.sum"
    open_ = [p for p in context.free_places if quantity_of(p) == sum_]
    is_open = any(place.id not in asked.state.records for place in open_)
    if context.trace[name].kind != "activation" or not is_open:
        return name
    if twice and one.label.casefold() == owner.casefold():
        return sum_
    before = context.at(asked.state, open_[0])
    if before.judged(one.reading, name).is_right:
        return name
    return sum_ if before.judged(one.reading).is_right else name


def _with_sum(asked: Number, state: State, record: Record) -> State:
    """Who gives a neuron's activation is not asked for its sum, right or doubted like it."""
    owner, _, kind = asked.model.quantity.rpartition(".")
    for place in asked.context.free_places if kind == "activation" else ():
        if quantity_of(place) == f"{owner}.sum" and place.id not in state.records:
            return state.with_record(
                place.id, Record(record.outcome, tries=int(record.outcome is not Outcome.KEPT))
            )
    return state
