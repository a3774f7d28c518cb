"""Several labelled values in one message, on the new example: `H1 = 0.05, H2 = 0`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.judging import attempt, heard, mistakes_in, own_values
from bot.dialogue.moves import go_on
from bot.dialogue.reply import Moment, Reply, staying
from bot.dialogue.state import How, Record, State
from content.models import NumberStep
from engine.diagnosis import diagnose
from engine.reading import Reading
from engine.spoken import spoken
from engine.trace import Trace


def several(moment: Moment, readings: Sequence[Reading]) -> Reply:
    """Several labelled values on the new example, each judged with those before it."""
    book, place = moment.book, moment.place
    trace = book.lesson.trace(place)
    names = spoken(trace)
    steps = [step for step in place.section.step if isinstance(step, NumberStep)]
    order = {step.quantity: index for index, step in enumerate(steps)}
    state, lines, attempts = moment.state, [], []
    given = [(names.get(reading.label or "", ""), reading) for reading in readings]
    for name, reading in sorted(given, key=lambda pair: order.get(pair[0], len(order))):
        label = reading.label or ""
        if name not in order:
            lines.append(book.say("several_unknown", label=label))
            continue
        meant = _meant(trace, name, reading, state, steps)
        step = steps[order[meant]]
        before = state.records.get(step.id)
        if before is not None and before.how is not How.KEPT:
            lines.append(book.say("several_done", label=label))
            continue
        verdict = diagnose(trace, meant, reading, own_values(state, replace(place, step=step)))
        typed = reading.answer.text
        here = replace(
            moment, state=replace(state, step=step.id), intent=replace(moment.intent, text=typed)
        )
        attempts.append(attempt(here, verdict.kind, mistakes_in(verdict)))
        tries, hints = _so_far(moment.state, step.id, before)
        if verdict.is_right:
            record = Record(How.SOLVED, typed, reading.value, tries + 1, hints)
            lines.append(book.say("several_right", label=label, typed=typed))
        else:
            returned = before is not None
            record = Record(How.KEPT, typed, reading.value, tries + 1, hints, returned=returned)
            lines.append(book.say("several_doubt", label=label, typed=typed))
        state = _with_sum(state, steps, trace, meant, record).with_record(step.id, record)
    if not attempts:
        return staying(moment, *lines, state=heard(moment))
    reply = go_on(moment, state, "\n".join(lines))
    return replace(reply, attempts=tuple(attempts))


def _so_far(state: State, step: str, before: Record | None) -> tuple[int, int]:
    """The wrong tries and hints a step has had: in hand, or when it was kept."""
    tries, hints = (state.tries, state.hints) if step == state.step else (0, 0)
    return (tries + before.tries, hints + before.hints) if before else (tries, hints)


def _meant(
    trace: Trace, name: str, reading: Reading, state: State, steps: Sequence[NumberStep]
) -> str:
    """The quantity a neuron's name means: its sum, where only that is right and still open."""
    sum_ = f"{trace[name].owner}.sum"
    still_open = any(s.quantity == sum_ and s.id not in state.records for s in steps)
    if trace[name].kind != "activation" or not still_open:
        return name
    if diagnose(trace, name, reading).is_right or not diagnose(trace, sum_, reading).is_right:
        return name
    return sum_


def _with_sum(
    state: State, steps: Sequence[NumberStep], trace: Trace, name: str, record: Record
) -> State:
    """Who gives a neuron's activation is not asked for its sum, right or doubted like it."""
    if trace[name].kind != "activation":
        return state
    for step in steps:
        if step.quantity == f"{trace[name].owner}.sum" and step.id not in state.records:
            right = record.how is How.SOLVED
            value = trace[step.quantity].value if right else None
            typed = record.typed if right else ""
            return state.with_record(step.id, Record(record.how, typed, value))
    return state
