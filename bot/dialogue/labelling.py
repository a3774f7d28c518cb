"""Which values of an example one message gives: by label, by formula, or one per line.

`H1 = 0.05, H2 = 0` names its values as the lesson does; `x1*w11 = 0.24` names one as the table
writes it; where a table is filled in, plain numbers, one per line, go into its gaps in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.carrying import free_places, quantity_of
from bot.dialogue.judging import Question
from bot.dialogue.reply import Moment
from content.kinds import called
from content.models import NumberStep
from engine.expression import Product, Ref
from engine.reading import Reading
from engine.spoken import spoken
from engine.trace import Trace

TIMES = r"\s*[*×·⋅∙x]\s*"
_BEFORE, _AFTER = r"(?:^|(?<=[\n;,])|(?<=\band\b)|(?<=\d\s))[ \t]*", r"(?=\s*[=:≈])"


@dataclass(frozen=True, slots=True)
class Given:
    """One value of a message."""

    quantity: str
    """Its id; empty where the label names none."""
    label: str
    """What it is called in the reply."""
    reading: Reading


def values_in(moment: Moment, asked: Question) -> list[Given]:
    """Every value that a message names, as many as can be told; none where one can't be read."""
    if not any(letter.isalpha() or letter == "\n" for letter in moment.intent.text):
        return []
    places = free_places(moment.state, moment.book.lesson, asked.place)
    steps = [quantity_of(place) for place in places]
    trace, names = asked.trace, spoken(asked.trace)
    text = _with_ids(trace, moment.intent.text, steps)
    found = moment.book.read_several(trace, text, asked.own)
    if isinstance(found, tuple):
        return [_given(trace, names.get(reading.label or "", ""), reading) for reading in found]
    return _in_order(moment, asked)


def _given(trace: Trace, quantity: str, reading: Reading) -> Given:
    product = quantity in trace and trace[quantity].kind == "product"
    return Given(quantity, called(trace, quantity) if product else reading.label or "", reading)


def _with_ids(trace: Trace, text: str, quantities: list[str]) -> str:
    """The text with the id of a product where its formula stands as a label."""
    for name in quantities:
        match trace[name].expression:
            case Product((Ref(first), Ref(second))):
                a, b = re.escape(first), re.escape(second)
                either = rf"(?:{a}{TIMES}{b}|{b}{TIMES}{a})"
                text = re.sub(rf"{_BEFORE}{either}{_AFTER}", f" {name}", text, flags=re.IGNORECASE)
    return text


def _in_order(moment: Moment, asked: Question) -> list[Given]:
    """Plain numbers, one per line, as the gaps of a table: all of them, or those still open."""
    section = asked.place.section
    lines = [line for line in moment.intent.text.splitlines() if line.strip()]
    if not section.table or len(lines) < 2:
        return []
    numbers = [step for step in section.step if isinstance(step, NumberStep)]
    gaps = {step.quantity: step.id in moment.state.records for step in numbers}
    gaps[asked.quantity] = False
    rows = [name for name in section.table if name in gaps]
    if len(lines) != len(rows):
        rows = [name for name in rows if not gaps[name]]
    readings = [moment.book.read(asked.trace, asked.quantity, line, asked.own) for line in lines]
    plain = [one for one in readings if isinstance(one, Reading) and one.label is None]
    if len(plain) != len(lines) or len(lines) > len(rows):
        return []
    pairs = zip(rows, plain, strict=False)
    return [Given(name, called(asked.trace, name), reading) for name, reading in pairs]
