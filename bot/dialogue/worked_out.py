"""Answers that are worked out: where a number comes from, why it is negative, what went wrong.

They speak of what the learner has met (`on_screen`), and give formulas, never values, of what is
still to be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.dialogue.formatting import paragraphs, with_minus
from bot.dialogue.modes import Mode
from bot.dialogue.on_screen import NUMBER, Met, may_show_working, met
from bot.dialogue.reply import Moment
from bot.dialogue.steps.choice import Choice
from bot.dialogue.steps.direction import Direction
from bot.dialogue.steps.explore import Explore
from bot.dialogue.steps.number import Number
from content.kinds import kind_of
from content.markup import plain
from content.models import AnyStep, NumberStep
from engine.decimals import short_text
from engine.reading import Reading
from engine.spoken import spoken
from engine.trace import Quantity, Trace

MOST_NAMED = 2
"""A number that is more things than these is said to be the first of them."""
_WORD = re.compile(r"\w+")


def likely_kinds(moment: Moment) -> frozenset[str]:
    """The kinds of the step in hand: of the quantity it asks for, and of the step itself."""
    if not moment.at_step:
        return frozenset()
    model = moment.place.step
    kinds: set[str] = {model.kind}
    if isinstance(model, NumberStep):
        trace = moment.step.trace
        kinds.add(kind_of(trace, trace[model.quantity]))
    return frozenset(kinds)


def kinds_around(moment: Moment) -> frozenset[str]:
    """What the step in hand is about besides: the quantities on which a choice turns, its part.

    `watch` in the part where training is watched, `another` at another than the first example,
    `extra` in a branch.
    """
    if not moment.at_step:
        return frozenset()
    place, trace, lesson = moment.place, moment.step.trace, moment.book.lesson
    kinds = {kind_of(trace, trace[id_]) for id_ in _turns_on(place.step) if id_ in trace}
    if any(other.step.kind == "watch" for other in lesson.places if other.section == place.section):
        kinds.add("watch")
    if place.section.example != lesson.places[0].section.example:
        kinds.add("another")
    if place.branch is not None:
        kinds.add("extra")
    return frozenset(kinds)


def has_met(moment: Moment, kinds: Collection[str]) -> bool:
    """Whether the learner has reached a step of the lesson that asks for one of some kinds."""
    lesson, known = moment.book.lesson, moment.state.records
    here = moment.state.hand.step if moment.at_step else ""
    asked = [
        (lesson.trace(place), place.step.quantity)
        for place in lesson.places
        if isinstance(place.step, NumberStep) and (place.id in known or place.id == here)
    ]
    return any(kind_of(trace, trace[name]) in kinds for trace, name in asked)


def _turns_on(step: AnyStep) -> Iterator[str]:
    """The quantities in the conditions of a choice or a guess."""
    for option in getattr(step, "options", ()):
        for conditions in (option.true_if, getattr(option, "right_if", ())):
            if conditions != "never":
                yield from (name for left, _, right in conditions for name in (left, right))


def named(moment: Moment, name: str) -> str:
    """What a name of the network stands for, as HTML: a value only where it is given."""
    if not is_open(moment):
        return ""
    trace = moment.step.trace
    known = {one.casefold(): id_ for one, id_ in spoken(trace).items()}.get(name.casefold())
    if known is None:
        return ""
    symbol = trace.symbol(known)
    if known in trace.given:
        return moment.book.say.value(name=symbol, value=short_text(trace.given[known])[0])
    return moment.book.say.formula(name=symbol, formula=trace.formula(known))


def found_before(moment: Moment, name: str) -> str:
    """Where a numbered name's quantity was found, as HTML; empty where it was not.

    A name without a digit may be a word: "what is loss" asks for its meaning.
    """
    if not is_open(moment) or not any(map(str.isdigit, name)):
        return ""
    trace, among = moment.step.trace, met(moment.step.context)
    id_ = {one.casefold(): id_ for one, id_ in spoken(trace).items()}.get(name.casefold())
    return next((_said(moment, one, among) for one in among if one.id == id_ and one.place), "")


def numbers_named(moment: Moment, text: str) -> dict[str, str]:
    """What the numbers of a question are called in others: "is 0.4 good?" asks of a loss, say."""
    if not is_open(moment) or not any(map(str.isdigit, text)):
        return {}
    among = met(moment.step.context)
    found = {}
    for typed in NUMBER.findall(plain(text)):
        one = next((m for m in among if m.id in m.trace and m.is_written(typed)), None)
        if one is not None and (name := _spoken_of(one)):
            found[typed] = name
    return found


def _spoken_of(one: Met) -> str:
    outputs = {f"{neuron.name}.activation" for neuron in one.trace.network.outputs}
    if one.id in outputs:
        return "prediction"
    return {"loss": "loss", "gradient": "gradient", "delta": "blame"}.get(
        one.trace[one.id].kind, ""
    )


def number(moment: Moment, text: str) -> str:
    """Where the numbers in a question come from, as HTML."""
    typed = list(dict.fromkeys(NUMBER.findall(plain(text))))
    if not typed or not is_open(moment):
        return how(moment, text)
    among = met(moment.step.context)
    return paragraphs(*(_source(moment, one, among) for one in typed[:MOST_NAMED]))


def _source(moment: Moment, typed: str, among: list[Met]) -> str:
    book = moment.book
    found = [one for one in among if one.is_written(typed)]
    if not found:
        wrong = moment.state.hand.wrong
        if wrong and wrong.strip() == typed:
            return mistake(moment)
        view = moment.view
        if isinstance(view, Explore) and with_minus(typed) in view.moved():
            value = short_text(view.at)[0]
            return book.explained.explored(
                number=with_minus(typed), weight=view.model.weight, value=value
            )
        return book.explained.unknown(number=with_minus(typed))
    said = [_said(moment, one, among) for one in found]
    return "\n".join(list(dict.fromkeys(said))[:MOST_NAMED])


def _said(moment: Moment, one: Met, among: list[Met]) -> str:
    """Where one number comes from."""
    say, trace, name = moment.book.explained, one.trace, one.trace.symbol(one.id)
    if one.kept:
        return say.kept(number=one.text, name=name)
    if one.id not in trace:
        return _given(moment, one, name)
    if trace[one.id].kind == "nudged":
        weight = trace[one.id].owner
        before = one.id.startswith(f"{weight}.unnudged")
        value = short_text(trace.given[weight])[0] if before else trace[f"{weight}.nudged"].text
        return say.explored(number=one.text, weight=weight, value=value)
    formula = trace.formula(one.id)
    if not may_show_working(one, among):
        return say.found(number=one.text, name=name, formula=formula)
    working = " ".join(trace.working(one.id))
    if one.part_of:
        return say.part(number=one.text, name=trace.symbol(one.part_of), working=working)
    said = say.worked(number=one.text, name=name, formula=formula, working=working)
    if one.place is not None and one.place.number and one.place.branch is None:
        return said + "\n" + say.found_at(step=str(one.place.number))
    return said


def _given(moment: Moment, one: Met, name: str) -> str:
    say, network = moment.book.explained, one.trace.network
    if one.id in network.inputs:
        return say.given_input(number=one.text, name=name)
    if one.id == "learning_rate":
        return say.given_rate(number=one.text, name=name)
    if one.id.partition(".")[0] == "target":
        return say.given_target(number=one.text, name=name)
    if any(one.id in dict(neuron.weights) for neuron in network.neurons()):
        return say.given_weight(number=one.text, name=name)
    return say.given_bias(number=one.text, name=name)


def sign(moment: Moment, text: str) -> str:
    """Why a number is negative: the one that is named, or else the last one found."""
    if not is_open(moment):
        return moment.book.say.question_elsewhere()
    among = met(moment.step.context)
    meant = next(_meant(moment, text, among), None)
    if meant is None:
        return moment.book.explained.no_number()
    book, trace, name = moment.book, meant.trace, meant.trace.symbol(meant.id)
    if meant.value >= 0:
        return book.explained.other_sign(name=name, number=meant.text)
    slots = {"name": name, "number": meant.text}
    if meant.id not in trace:
        return book.fill(book.why.signs["given"], trace, {**slots, "formula": "", "working": ""})
    kind = trace[meant.id].kind
    if kind == "delta" and trace.network.delta == "error":
        kind = "error"
    shown = may_show_working(meant, among)
    working = " ".join(trace.working(meant.id)) if shown else trace.formula(meant.id)
    slots |= {"formula": trace.formula(meant.id), "working": working}
    return book.fill(book.why.signs.get(kind, book.why.signs["other"]), trace, slots)


def _meant(moment: Moment, text: str, among: list[Met]) -> Iterator[Met]:
    """The numbers that a question about a sign may mean, the likeliest first."""
    trace, words = moment.step.trace, set(_WORD.findall(text.casefold()))
    for typed in NUMBER.findall(plain(text)):
        yield from (one for one in among if one.is_written(typed))
    names = {name.casefold(): id_ for name, id_ in spoken(trace).items()}
    ids = [q.id for q in _called(moment, words)] + [names[w] for w in words if w in names]
    for id_ in ids:
        yield from (one for one in among if one.id == id_ and one.trace is trace)
    kinds = [one for one in among if one.id in one.trace]
    yield from (one for one in kinds if _kind_word(moment, one.trace, one.trace[one.id]) in words)
    yield from (one for one in kinds if one.value < 0 and one.here)
    found = [one for one in kinds if one.place is not None]
    yield from (one for one in found[:1] if one.value < 0)
    yield from (one for one in among if one.id in moment.step.question() and one.value < 0)


def _called(moment: Moment, words: set[str]) -> Iterator[Quantity]:
    """The quantities of the step's trace whose owner and kind are both among some words.

    Where no owner is named, it is the one that the step is about.
    """
    trace, asked = moment.step.trace, getattr(moment.place.step, "quantity", "")
    here = trace[asked].owner if asked else ""
    kinds = [quantity for quantity in trace if _kind_word(moment, trace, quantity) in words]
    yield from (quantity for quantity in kinds if quantity.owner.casefold() in words)
    yield from (quantity for quantity in kinds if quantity.owner == here)


def _kind_word(moment: Moment, trace: Trace, quantity: Quantity) -> str:
    """The last word of what a kind of quantity is called; empty where nobody speaks of it."""
    words = moment.book.hints.kinds.get(kind_of(trace, quantity))
    return words.name.casefold().rpartition(" ")[2] if words else ""


def mistake(moment: Moment) -> str:
    """What the last wrong answer at the step in hand is the result of."""
    wrong = moment.state.hand.wrong
    if is_open(moment) and wrong:
        step = moment.step
        if isinstance(step, Choice | Direction) and wrong in step.options():
            return step.reason(wrong)
        if isinstance(step, Number) and isinstance(reading := step.context.read(wrong), Reading):
            verdict = step.context.tellable(step.context.judged(reading))
            return moment.book.feedback(verdict, step.context.trace, step.context.seen)
    return moment.book.explained.no_mistake()


def how(moment: Moment, text: str) -> str:
    """How a quantity that is named is worked out, or else the step in hand: its first hint."""
    if not is_open(moment):
        return moment.book.say.question_elsewhere()
    trace, words = moment.step.trace, set(_WORD.findall(text.casefold()))
    names = {name.casefold(): id_ for name, id_ in spoken(trace).items()}
    ids = [q.id for q in _called(moment, words)] + [names[w] for w in words if w in names]
    if id_ := next((one for one in ids if one in trace), ""):
        name, formula = trace.symbol(id_), trace.formula(id_)
        return moment.book.say.formula(name=name, formula=formula)
    hints = moment.step.hints()
    return hints[0] if hints else moment.book.say.question_elsewhere()


def is_open(moment: Moment) -> bool:
    """Whether a step is in hand, and not a question for yes or no."""
    return moment.at_step and moment.mode is not Mode.CONFIRM
