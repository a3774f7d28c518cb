"""One answer at a number step: read, judged, recorded, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import conventions
from bot.dialogue.actions import Intent
from bot.dialogue.formatting import with_minus
from bot.dialogue.parts import Confirming
from bot.dialogue.path import next_place, path
from bot.dialogue.several_answers import Given, line_by_line, several, values_in
from bot.dialogue.state import Outcome
from bot.dialogue.steps.card import Card
from bot.dialogue.steps.number import MISSES_BEFORE_PIECES, Number
from bot.dialogue.steps.step import Result, mistakes_in, named_mistakes
from content.feedback import place_to_look
from content.markup import plain
from content.models import NumberStep
from engine.decimals import number_text
from engine.diagnosis import Kind, Verdict, diagnose, slots
from engine.expression import value_of
from engine.mistakes import ELSEWHERE
from engine.reading import Reading, Unreadable
from engine.scaffold import with_pieces
from engine.spoken import spoken
from engine.tolerances import NOISE
from engine.trace import Quantity

LEAST_COPIED = 12
"""Characters, spaces aside, from which on a part of the question is one copied."""

LONG_NUMBER = 8
"""A right number with more decimals is confirmed in the tutor's own, shorter form."""


def answer(step: Number, intent: Intent) -> Result:
    """A number, or working; where the learner works alone also several values."""
    free, context = step.place.section.free, step.context
    given = values_in(step, intent.text) if free else []
    if len(given) > 1:
        return several(step, intent, given)
    reading = context.read(intent.text)
    if isinstance(reading, Unreadable):
        return _unreadable(step, intent, reading)
    verdict = context.judged(reading)
    if not verdict.is_right and (named := _named(step, reading)):
        if not free:
            return _elsewhere(step, intent, reading, named)
        return several(step, intent, given or [Given(named, reading.label or "", reading)])
    if reading.label is None and given and given[0].quantity not in ("", step.model.quantity):
        return several(step, intent, given)  # by its formula: `x2*w22 = 0.56`
    if not verdict.is_right and (part := _asked_part(step, reading)):
        said = step.book.say.part_right(typed=with_minus(reading.answer.text), part=part)
        return Result(step.after_message(intent), [said], keep=free)
    if not verdict.is_right and (loss := conventions.fitting(step, reading)):
        asked = step.after_message(intent).but(confirming=Confirming.CONVENTION, convention=loss)
        return Result(asked, [conventions.offer(step.book, asked)])
    if _said_before(step, intent, reading):
        said = step.book.say.same_again(typed=with_minus(intent.text.strip()))
        return Result(step.after_message(intent), [said], keep=free)
    return _judged(step, intent, reading, verdict)


def _unreadable(step: Number, intent: Intent, unreadable: Unreadable) -> Result:
    """Why a text is no answer: it is several, or the question itself, or can't be read."""
    heard, say = step.after_message(intent), step.book.say
    found = values_in(step, intent.text)
    given, unread = (found, []) if len(found) > 1 else line_by_line(step, intent.text)
    if step.place.section.free and len(given) > 1:
        return several(step, intent, given, unread)
    if len(given) > 1:
        return _one_of(step, intent, given)
    if _is_copied(step, intent.text):
        return Result(heard, [say.copied()], (step.attempt(intent, Kind.UNFINISHED),))
    said = step.book.problem(unreadable)
    return Result(heard, [said], (step.attempt(intent, Kind.UNREADABLE),))


def _one_of(step: Number, intent: Intent, given: Sequence[Given]) -> Result:
    """Several values where one is asked: that one, where it is among them."""
    say, trace, asked = step.book.say, step.context.trace, step.model.quantity
    owner = f"{trace[asked].owner}.activation" if trace[asked].kind == "sum" else asked
    mine = [one for name in (asked, owner) for one in given if one.quantity == name]
    if not mine or not mine[0].reading.answer.is_number:
        return Result(step.after_message(intent), [say.several_where()])
    reading = mine[0].reading
    said = say.several_one(symbol=trace.symbol(asked), typed=with_minus(reading.answer.text))
    alone = replace(intent, text=reading.answer.text)
    if _said_before(step, alone, reading):
        again = say.same_again(typed=with_minus(alone.text))
        return Result(step.after_message(intent), [said, again])
    result = _judged(step, alone, reading, step.context.judged(reading))
    return replace(result, said=[said, *result.said])


def _is_copied(step: Number, text: str) -> bool:
    """Whether what was typed is the question itself, or a good part of it."""
    asked, typed = ("".join(plain(one).split()) for one in (step.ask(), text))
    return len(typed) >= LEAST_COPIED and typed in asked


def _asked_part(step: Number, reading: Reading) -> str:
    """The part of the step that the last reply asked for, where a plain number is right for it."""
    before = step.context.read(step.state.hand.wrong) if step.state.hand.wrong else None
    if not reading.is_bare_number or not isinstance(before, Reading):
        return ""
    context, trace = step.context, step.context.trace
    verdict = context.tellable(context.judged(before))
    found = place_to_look(verdict, trace)
    look = verdict.candidates[0].mistakes[0].look if found else None
    if found is None or look is None or look == trace[step.model.quantity].expression:
        return ""
    value = value_of(look, context.seen.values)
    return found[1] if value is not None and abs(value - reading.value) <= NOISE else ""


def _said_before(step: Number, intent: Intent, reading: Reading) -> bool:
    """Whether it is the last wrong answer again: the same text, or the same plain number."""
    wrong = step.state.hand.wrong
    if not wrong or wrong == intent.text.strip():
        return bool(wrong)
    before = step.context.read(wrong) if reading.is_bare_number else None
    return isinstance(before, Reading) and before.is_bare_number and before.value == reading.value


def _named(step: Number, reading: Reading) -> str | None:
    """The quantity that an answer's label names, where it is not the one asked.

    The name of a neuron goes for its sum too, unless the value is right for what it passes on.
    """
    trace, asked = step.context.trace, step.model.quantity
    named = spoken(trace).get(reading.label or "")
    if named is None or named not in trace or named == asked:
        return None
    if trace[named].owner != trace[asked].owner:
        return named
    return named if step.context.judged(reading, named).is_right else None


def _elsewhere(step: Number, intent: Intent, reading: Reading, named: str) -> Result:
    """What is said of a value for another quantity than the one asked."""
    trace, say = step.context.trace, step.book.say
    symbol = trace.symbol(step.model.quantity)
    if trace[named].owner == trace[step.model.quantity].owner:
        typed = reading.answer.text
        said = say.label_kind(typed=typed, other=trace.symbol(named), symbol=symbol)
    else:
        message = say.label_elsewhere if _has_a_step(step, named) else say.label_unasked
        said = message(symbol=symbol, label=reading.label or "")
    return Result(step.after_message(intent), [said])


def _has_a_step(step: Number, quantity: str) -> bool:
    """Whether a quantity of this example is asked on the learner's path."""
    return any(
        getattr(place.step, "quantity", "") == quantity
        and place.section.example == step.place.section.example
        for place in path(step.state, step.book.lesson)
    )


def answer_at_card(card: Card, intent: Intent) -> Result:
    """Values sent at a card before free numbers are taken; a number at another card is not."""
    section, said = card.place.section, [card.book.say.number_at_card()]
    place = next((p for p in card.book.lesson.places if p.section is section and p.number), None)
    if not section.free or place is None or not isinstance(place.step, NumberStep):
        return Result(card.state, said)
    ahead = card.read_on(intent).state.at(place.id)
    result = answer(Number(card.book, ahead, place, place.step), intent)
    judged = any(one.verdict is not Kind.UNREADABLE for one in result.attempts)
    return result if judged else Result(card.state, said)


def _judged(step: Number, intent: Intent, reading: Reading, verdict: Verdict) -> Result:
    """An answer recorded, and what it leads to."""
    book, state = step.book, step.state
    attempts = (step.attempt(intent, verdict.kind, mistakes_in(verdict)),)
    if verdict.is_right:
        outcome = Outcome.SHOWN if step.given_away else Outcome.SOLVED
        record = step.record(outcome, intent.text.strip(), reading.value)
        done = state.with_record(step.place.id, record)
        return Result(done, [_confirmation(step, reading, verdict)], attempts, done=True)
    missed = verdict.kind not in (Kind.IMPRECISE, Kind.UNFINISHED)
    after = step.after_message(intent).but(
        tries=state.hand.tries + missed,
        wrong=intent.text.strip() if missed else state.hand.wrong,
        made=(*state.hand.made, *named_mistakes(verdict)),
    )
    said = [echo(step, reading), _feedback(step, verdict)]
    if missed and after.hand.tries == MISSES_BEFORE_PIECES and state.hand.piece is None:
        if replace(step, state=after).may_break_up:
            said.append(book.fill(book.hints.offer_pieces, step.context.trace))
        elif not state.hand.hints:
            said.append(book.say.offer_hint())
    doubted = step.place.section.free and missed and verdict.written is None
    return Result(after, ["\n".join(filter(None, said))], attempts, keep=doubted)


def _feedback(step: Number, verdict: Verdict) -> str:
    """What is said of an answer that is not right; a step still to come is not named."""
    context, book = step.context, step.book
    verdict = context.tellable(verdict)
    best = verdict.candidates[0].mistakes[0] if verdict.candidates else None
    if best is None or best.id != ELSEWHERE.id or verdict.typed is None:
        return book.feedback(verdict, context.trace, context.seen)
    done = {
        getattr(place.step, "quantity", "")
        for place in book.lesson.places
        if place.id in step.state.records
    }
    if best.where in done:
        return book.feedback(verdict, context.trace)
    texts = slots(verdict, context.trace)
    return book.say.other_step(typed=texts["typed"], formula=texts["formula"])


def echo(step: Number, reading: Reading) -> str:
    """What was read, said back where it was not written plainly."""
    return "" if reading.literal else step.book.echo(reading)


def _confirmation(step: Number, reading: Reading, verdict: Verdict) -> str:
    """What is said of a right answer: the value, the working, and what the step has to add."""
    book, context, name = step.book, step.context, step.model.quantity
    texts = [echo(step, reading)]
    if verdict.kind is Kind.CARRIED_FORWARD:
        texts.append(_carried(step, verdict, with_minus(reading.answer.text)))
    else:
        quantity = context.trace[name]
        texts.append(_as_confirmed(step, reading, quantity))
        if context.seen[name].text == quantity.text:  # else it would show a number in doubt
            texts.append(book.working(context.seen, name))
        if verdict.slip is not None:
            texts.append(book.feedback(verdict, context.trace))
    if step.model.right:
        texts.append(book.fill(step.model.right, context.seen))
    return "\n".join(filter(None, texts))


def _carried(step: Number, verdict: Verdict, typed: str) -> str:
    """What is said of an answer that is right from a number in doubt, which it names.

    What that number should have been is told only when no number of the example is open any more.
    """
    trace, book, doubted = step.context.trace, step.book, step.context.carried_from(verdict)
    earlier = book.listed([trace.symbol(one.id) for one in doubted])
    if step.context.in_doubt:
        return book.say.carried(typed=typed, earlier=earlier)
    told = [
        book.say.was_to_be(name=trace.symbol(one.id), value=trace[one.id].text) for one in doubted
    ]
    return book.say.carried_settled(typed=typed, earlier=earlier, list=book.numbers.joined(told))


def _as_confirmed(step: Number, reading: Reading, quantity: Quantity) -> str:
    """The value confirmed: the tutor's, and the learner's own where rounding made it another."""
    say = step.book.say
    if reading.decimals is None or reading.decimals > LONG_NUMBER:
        return say.right(value=quantity.text)
    typed = number_text(reading.value, reading.decimals)
    if typed.rstrip("0").rstrip(".") == quantity.text.rstrip("0").rstrip("."):
        return say.right(value=quantity.text)
    if reading.decimals > quantity.places:
        return say.right(value=typed)
    return say.right_too(typed=typed, value=quantity.text)


def answer_piece(step: Number, intent: Intent) -> Result:
    """A number at a piece of a broken-up step; the whole answer is taken as well."""
    context, piece, state = step.context, step.piece, step.state
    if piece is None or state.hand.piece is None:
        return answer(step, intent)
    reading = context.read(intent.text)
    if isinstance(reading, Unreadable):
        return _unreadable(step, intent, reading)
    whole = context.judged(reading)
    trace = with_pieces(context.trace, step.model.quantity)
    verdict = diagnose(trace, piece.id, reading, context.own)
    attempts = (step.attempt(intent, verdict.kind, mistakes_in(verdict), piece.id),)
    if verdict.kind is Kind.UNEXPLAINED and whole.kind is Kind.UNFINISHED:
        verdict, trace = whole, context.trace
    if verdict.is_right:
        said = step.book.say.right(value=piece.text)
        ahead = step.after_message(intent).but(piece=state.hand.piece + 1, wrong="", answered=None)
        return Result(ahead, [said], attempts, asks=True)
    if whole.is_right:
        return _judged(step, intent, reading, whole)
    wrong = step.book.feedback(verdict, trace)
    return Result(step.after_message(intent), [echo(step, reading), wrong], attempts)


def keep(step: Number, _: Intent) -> Result:
    """The doubted number is kept, and the lesson goes on with it."""
    state, book, lesson = step.state, step.book, step.book.lesson
    reading = step.context.read(state.hand.wrong) if state.hand.wrong else None
    number = isinstance(reading, Reading) and reading.answer.is_number
    if not step.place.section.free or not isinstance(reading, Reading) or not number:
        return Result(state, [book.say.keep_where()])
    typed = with_minus(reading.answer.text)
    if not step.context.goes_on_from(reading.value):
        return Result(state, [book.say.leads_nowhere(typed=typed)])
    again = step.place.id in state.records
    message = book.say.kept_again if again else book.say.kept
    record = step.record(Outcome.KEPT, reading.answer.text, reading.value, tried=False)
    record = replace(record, returned=again)
    if next_place(state.with_record(step.place.id, record), lesson) == step.place:
        record = replace(record, last=True)
    if next_place(state.with_record(step.place.id, record), lesson) == step.place:
        message, record = book.say.kept_last, replace(record, returned=True)
    done = state.with_record(step.place.id, record)
    return Result(done, [message(typed=typed)], done=True)
