"""Whether the wrong answers of a step can be told apart: from the right one, and from each other.

Every rewriting of the step's tree is worked out. Those that come to the same for all numbers like
these (a factor is exactly 0, or two rules are the same rewriting here) count as one; one that
always comes to the right value does not apply. What is left must keep its distance: the right
answer is an interval, and so is what a learner would write after each mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from engine.decimals import places_asked
from engine.diagnosis.outlook import propagated, shaken
from engine.expression import NEGLIGIBLE, Expression, Values, value_of
from engine.mistakes import OWN_FAMILY, RULES, Step
from engine.rounding import held, interval
from engine.trace import Trace

DRAWN_BY = 2
"""The version of the drawing: another one draws other problems from the same seeds.

Problems that the first one drew can still be drawn: learners are in the middle of them.
"""

LEAST_PLACES = 2
"""A wrong answer is written with two decimals at least, whatever is asked for."""

SLACK = 1e-9
"""Floats this near a distance have it."""

RIGHT = "right"
"""Stands for the right answer in a `Clash`."""


Made: TypeAlias = tuple[tuple[str, str], ...]
"""(mistake, place) of each that comes to the same; the one that gives it its name first."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one or several mistakes make of a step."""

    made: Made
    tree: Expression
    value: float


@dataclass(frozen=True, slots=True)
class Clash:
    """Two answers of one step that can't be told apart."""

    quantity: str
    first: str
    """A mistake, or `right`."""
    second: str
    gap: float
    """How far they are from each other."""


def half_width(trace: Trace, name: str, version: int = DRAWN_BY) -> float:
    """How far an answer to a step may be off and still be taken for the value that is meant.

    Half the interval of right answers, and half a unit of the last decimal asked for at least.
    """
    quantity, (low, high) = trace[name], trace.held[name]
    places = quantity.places
    if version == 1 and not quantity.exact:  # which did not ask for more where a step is tiny
        places, _ = places_asked(quantity.value, None)
        low, high = held(interval(quantity.expression, trace.held, places), places)
    return max((high - low) / 2, 0.5 * 10.0 ** -max(places, LEAST_PLACES))


def foreseen(trace: Trace, name: str, version: int = DRAWN_BY) -> tuple[Foreseen, ...]:
    """Every wrong answer that a mistake of the step's own makes, merged where always the same.

    An answer without a value (a logarithm of a negative number) is left out.
    """
    merged = _merged(trace, name, version)
    values = ((made, tree, value_of(tree, trace.values)) for made, tree in merged)
    return tuple(Foreseen(made, tree, value) for made, tree, value in values if value is not None)


@lru_cache(maxsize=64)
def _merged(trace: Trace, name: str, version: int) -> tuple[tuple[Made, Expression], ...]:
    """The wrong trees of a step that are not always right, each once, with who makes it."""
    quantity, moved = trace[name], _moved(trace)
    own = OWN_FAMILY.get(quantity.kind, "")
    new = [rule.id for rule in RULES if version == 1 and quantity.kind in rule.later]
    heeded = (rule for rule in RULES if quantity.kind in rule.kinds and rule.id not in new)
    able = sorted(heeded, key=lambda rule: rule.family != own)
    step, right = Step(trace, name), _signature(quantity.expression, moved)
    found: dict[str, tuple[list[tuple[str, str]], Expression]] = {}
    for rule in able:
        for rewriting in rule(step, quantity.expression):
            signature = _signature(rewriting.tree, moved)
            if signature not in ("", right):
                made, _ = found.setdefault(signature, ([], rewriting.tree))
                made.append((rule.id, rewriting.where))
    return tuple((tuple(dict.fromkeys(made)), tree) for made, tree in found.values())


@lru_cache(maxsize=512)
def possible(trace: Trace, name: str, version: int = DRAWN_BY) -> frozenset[str]:
    """The mistakes that there is occasion for at a step: those that change its value."""
    if trace[name].kind == "direction":
        return frozenset({"stepped_uphill"} if trace[name].value else ())
    return frozenset(mistake for made, _ in _merged(trace, name, version) for mistake, _ in made)


def clashes(trace: Trace, names: Sequence[str], version: int = DRAWN_BY) -> Iterator[Clash]:
    """Every two neighbouring answers that can't be told apart, step by step.

    Args:
        trace: the training step.
        names: the quantities asked for; directions always can.
        version: of the drawing, which says what is heeded.
    """
    for name in names:
        if trace[name].kind == "direction":
            continue
        least = 2 * half_width(trace, name, version) - SLACK
        answers = [(trace[name].value, RIGHT)]
        answers += [(wrong.value, wrong.made[0][0]) for wrong in foreseen(trace, name, version)]
        answers.sort()
        for (below, first), (above, second) in pairwise(answers):
            if above - below < least:
                yield Clash(name, first, second, above - below)


@lru_cache(maxsize=16)
def _moved(trace: Trace) -> Mapping[str, float]:
    """The same step with every given number moved a little: what still agrees always does."""
    return propagated(trace, shaken(trace.given), {}, "")


def _signature(tree: Expression, moved: Values) -> str:
    value = value_of(tree, moved)
    if value is None:
        return ""
    return "0" if abs(value) <= NEGLIGIBLE else f"{value:.9g}"
