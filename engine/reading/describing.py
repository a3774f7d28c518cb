"""What was read, written the way the tutor writes: − for minus, × for times, no code characters."""

from __future__ import annotations

from engine.expression import Number
from engine.reading.characters import written_out
from engine.reading.results import Reading, Written
from engine.rendering import formula, full


def describe(reading: Reading) -> str:
    """What was read, for an echo; of work never what it comes to.

    >>> from engine.reading import read
    >>> describe(read("56%")), describe(read("3 1/2")), describe(read("-0.5^2"))
    ('0.56', '3.5 (3 + 1/2)', '−(0.5²)')
    """
    *before, last = (" = ".join(map(_side, line)) for line in reading.lines)
    if len(reading.chain) == 1:
        last = _alone(reading.answer)
    label = "" if reading.label is None else f"{written_out(reading.label)} = "
    return "; ".join([*before, label + last])


def _side(side: Written) -> str:
    return formula(side.named or side.expression)


def _alone(side: Written) -> str:
    """One side: of a number its value, and in brackets how it was read, where that differs."""
    if not side.is_number:
        return _side(side)
    written = full(side.value, ".10g")
    return written if isinstance(side.expression, Number) else f"{written} ({_side(side)})"
