"""Whether the wrong answers of a step can be told apart: from the right one, and from each other.

Every rewriting of the step's tree is worked out. Those that come to the same for all numbers like
these (a factor is exactly 0, or two rules are the same rewriting here) count as one; one that
always comes to the right value does not apply. What is left must keep its distance: the right
answer is an interval, and so is what a learner would write after each mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from engine.diagnosis.predictions import nine_digits, propagated, shaken
from engine.expression import Expression, Values, value_of
from engine.keeping import kept
from engine.mistakes import OWN_FAMILY, RULES, Step
from engine.tolerances import NOISE
from engine.trace import Trace

LEAST_PLACES = 2
"""A wrong answer is written with two decimals at least, whatever is asked for."""

RIGHT = "right"
"""Stands for the right answer in a `Clash`."""


Made: TypeAlias = tuple[tuple[str, str], ...]
"""(mistake, place) of each that comes to the same; the one that gives it its name first."""

PassedOver: TypeAlias = frozenset[tuple[str, str]]
"""Mistakes that need not be told apart: (mistake, kind of quantity)."""


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


def half_width(trace: Trace, name: str) -> float:
    """How far an answer to a step may be off and still be taken for the value that is meant.

    Half the interval of right answers, and half a unit of the last decimal asked for at least.
    """
    low, high = trace.held[name]
    return max((high - low) / 2, 0.5 * 10.0 ** -max(trace[name].places, LEAST_PLACES))


@dataclass(frozen=True, slots=True)
class Standard:
    """What a practice problem is held to when it is drawn."""

    half_width: Callable[[Trace, str], float] = half_width
    """How far an answer may be off: two answers must be further apart than both may be."""
    passed_over: PassedOver = frozenset()


STANDARD = Standard()
"""What every new problem is held to."""


def foreseen(
    trace: Trace, name: str, passed_over: PassedOver = frozenset()
) -> tuple[Foreseen, ...]:
    """Every wrong answer that a mistake of the step's own makes, merged where always the same.

    An answer without a value (a logarithm of a negative number) is left out.
    """
    merged = _merged(trace, name, passed_over)
    values = ((made, tree, value_of(tree, trace.values)) for made, tree in merged)
    return tuple(Foreseen(made, tree, value) for made, tree, value in values if value is not None)


@lru_cache(maxsize=64)
def _merged(
    trace: Trace, name: str, passed_over: PassedOver
) -> tuple[tuple[Made, Expression], ...]:
    """The wrong trees of a step that are not always right, each once, with who makes it."""
    quantity, moved = trace[name], _moved(trace)
    own = OWN_FAMILY.get(quantity.kind, "")
    here = (rule for rule in RULES if quantity.kind in rule.kinds)
    heeded = (rule for rule in here if (rule.id, quantity.kind) not in passed_over)
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


@kept
def possible(trace: Trace, name: str, passed_over: PassedOver = frozenset()) -> frozenset[str]:
    """The mistakes that there is occasion for at a step: those that change its value."""
    if trace[name].kind == "direction":
        wrong = (rule.id for rule in RULES if "direction" in rule.kinds)
        return frozenset(wrong if trace[name].value else ())
    return frozenset(
        mistake for made, _ in _merged(trace, name, passed_over) for mistake, _ in made
    )


def clashes(trace: Trace, names: Sequence[str], standard: Standard = STANDARD) -> Iterator[Clash]:
    """Every two neighbouring answers that can't be told apart, step by step.

    Args:
        trace: the training step.
        names: the quantities asked for; directions always can.
        standard: how far apart they must be, and which mistakes count.
    """
    for name in names:
        if trace[name].kind == "direction":
            continue
        least = 2 * standard.half_width(trace, name) - NOISE
        answers = [(trace[name].value, RIGHT)]
        wrong = foreseen(trace, name, standard.passed_over)
        answers += [(one.value, one.made[0][0]) for one in wrong]
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
    return "" if value is None else nine_digits(value)
