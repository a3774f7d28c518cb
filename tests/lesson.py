"""The lesson's numbers as its learners type them, worked out from the content: none stands here.

A text may hold `{H1.sum}`, the right value of a quantity, `{w12}`, a number that is given, and
`{H1.sum!dropped_sign}`, what a quantity comes to with a mistake; else what content writes
there, as `{O.sum × 0.1}`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from content.library import Library
from engine.decimals import short_text
from engine.expression import evaluate
from engine.mistakes import BY_ID, Step
from engine.trace import Trace

LIBRARY = Library()
BOOK = LIBRARY["en"]
WORKED, NEW = (BOOK.lesson.examples[name].trace for name in ("worked", "new"))


def typed(text: str, trace: Trace = WORKED, own: Mapping[str, float] | None = None) -> str:
    """A text with the numbers of an example for what stands in braces.

    Args:
        text: what is typed.
        trace: the example.
        own: earlier numbers that the learner has and the example has not; all others follow.
    """
    values = {**trace.given, **(own or {})}
    for quantity in trace:
        values.setdefault(quantity.id, evaluate(quantity.expression, values))

    def number(slot: re.Match[str]) -> str:
        name, _, mistake = slot[1].partition("!")
        if mistake:
            step = Step(trace, name)
            made = next(iter(BY_ID[mistake](step, step.quantity.expression)))
            return _short(evaluate(made.tree, values))
        if name not in values:
            return BOOK.fill(slot[0], trace).replace("−", "-")
        right = name in trace and math.isclose(values[name], trace[name].value, abs_tol=1e-12)
        return trace[name].text.replace("−", "-") if right else _short(values[name])

    return re.sub(r"\{([^{}]+)\}", number, text)


def _short(value: float) -> str:
    return short_text(value, 5)[0].replace("−", "-")
