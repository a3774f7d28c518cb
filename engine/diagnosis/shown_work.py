"""Shown work as evidence: which computation it sets up, and the first equality that does not hold.

Equalities hold when the right side is the left one rounded as it is written. Two lines are no
equality, unless the one is all the work and the other the answer; nor is a plain number followed by
something longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.decimals import ROUNDED_PLACES
from engine.diagnosis.structure import (
    Form,
    alike,
    close,
    is_worked,
    numbered,
    precision,
    unrounded,
)
from engine.diagnosis.variants import Variants
from engine.diagnosis.verdict import Slip
from engine.expression import (
    Difference,
    Expression,
    Number,
    Ref,
    Sum,
    Values,
    children,
    evaluate,
    rebuilt,
    refs,
    walk,
)
from engine.functions import Interval
from engine.mistakes import Step
from engine.reading import Reading, Written
from engine.rounding import interval
from engine.tolerances import NOISE


@dataclass(frozen=True)
class Side:
    """One side of an equals sign, or a part of one."""

    tree: Expression
    """Numbers only."""
    value: float
    told: Expression
    """As the learner wrote it, with the names they used."""
    room: float = 0.0
    """How far off what equals it may be: its names may stand for rounded values."""
    decimals: int | None = None
    """How many it was written with, if it is one number."""
    opens_line: bool = False
    """Whether a line or a statement of its own begins with it."""

    @cached_property
    def worked(self) -> bool:
        """Whether it is only a number."""
        return is_worked(self.tree)

    @cached_property
    def form(self) -> Form:
        """What comparing it needs."""
        return Form(self.tree)

    @cached_property
    def terms(self) -> tuple[tuple[int, Side], ...]:
        """The terms that plus and minus signs join, each with its sign."""
        return tuple(_terms(self.tree, self.told, 1))


def _terms(tree: Expression, told: Expression, sign: int) -> Iterator[tuple[int, Side]]:
    match tree, told:
        case (Sum(), Sum()) | (Difference(), Difference()):
            last = -sign if isinstance(tree, Difference) else sign
            both = list(zip(children(tree), children(told), strict=True))
            yield from _terms(*both[0], sign)
            for part in both[1:]:
                yield from _terms(*part, last)
        case _:
            yield sign, Side(tree, evaluate(tree, {}), told)


@dataclass(frozen=True)
class Work:
    """The shown work of one answer."""

    sides: tuple[Side, ...]

    @property
    def setups(self) -> Iterator[Side]:
        """The sides that say how something is computed."""
        return (side for side in self.sides if not side.worked)

    def equalities(self) -> Iterator[tuple[Side, Side]]:
        """What the learner claims to be equal, in order; one line says nothing about the next."""
        one_result = len(self.sides) == 2 and not self.sides[0].worked
        for left, right in zip(self.sides, self.sides[1:], strict=False):
            if right.opens_line and not one_result:
                continue
            anew = left.worked and not right.worked and not close(left.value, right.value)
            if not anew and not _runs_on(left, right):
                yield left, right


def _runs_on(left: Side, right: Side) -> bool:
    """Whether a line goes on from its result: `0.6 × 0.4 = 0.24 + 0.7 × 0.3 = 0.45`.

    The first equals sign means its number only; nobody is told that 0.24 is not 0.45.
    """
    if left.worked or right.worked:
        return False
    first = _leftmost(right.tree)
    new = first != _leftmost(left.tree)
    return new and is_worked(first) and close(evaluate(first, {}), left.value)


def _leftmost(tree: Expression) -> Expression:
    while not is_worked(tree) and children(tree):
        tree = children(tree)[0]
    return tree


def work_of(reading: Reading, values: Values, held: Mapping[str, Interval]) -> Work:
    """The work shown in a reading; a name without a value is taken for the value it was read as."""
    sides = []
    for place, written in enumerate(reading.chain):
        try:
            tree = numbered(written.expression, values)
        except KeyError:
            tree = Number(written.value)
        told = written.named or written.expression
        room = _room(written, held)
        opens = place in reading.starts
        sides.append(Side(tree, written.value, told, room, written.decimals, opens))
    return Work(tuple(sides))


def _room(written: Written, held: Mapping[str, Interval]) -> float:
    named = refs(written.expression)
    if not named or any(name not in held for name in named):
        return 0.0
    low, high = interval(written.expression, held, ROUNDED_PLACES)
    return max(abs(low - written.value), abs(high - written.value))


@dataclass(frozen=True, slots=True)
class Found:
    """What shown work is of the foreseen variants and their parts."""

    setups: tuple[frozenset[Form], ...]
    """For each set-up shown."""
    last: frozenset[Form]
    """For those of the last line."""


def found(work: Work, variants: Variants) -> Found:
    """The foreseen variants, and parts of them, that the shown work sets up."""
    forms = {
        id(side): frozenset(f for f in variants.near(side.value) if belongs(side, f))
        for side in work.setups
    }
    last = (forms[id(side)] for side in _last_line(work) if not side.worked)
    return Found(tuple(forms[id(side)] for side in work.setups), frozenset().union(*last))


def belongs(side: Side, part: Form) -> bool:
    """Whether a side is a part of a computation, as it stands or partly worked out."""
    near = abs(side.value - part.value) <= 0.02 + 0.03 * abs(part.value)
    return near and alike(side.form, part)


def _last_line(work: Work) -> Sequence[Side]:
    start = 0
    for i, (left, right) in enumerate(zip(work.sides, work.sides[1:], strict=False)):
        if left.worked and not right.worked:
            start = i + 1
    return work.sides[start:]


def first_slip(work: Work, step: Step, foreseen: Sequence[Variants]) -> Slip | None:
    """The first claimed equality that does not hold, narrowed to one operation where it can be."""
    equalities = list(work.equalities())
    for index, (left, right) in enumerate(equalities):
        if not _holds(left, right):
            mine, theirs = _narrowed(left, right)
            if mine is not left and _holds(mine, theirs):  # what was rounded weighs more outside
                continue
            where = _place(mine.tree, step, foreseen)
            last = index == len(equalities) - 1
            return Slip(mine.tree, mine.told, theirs.told, mine.value, theirs.value, where, last)
    return None


def _holds(left: Side, right: Side) -> bool:
    if right.worked:
        gap = precision(right.value)
        if right.decimals is not None:  # 0.040 is written more finely than 0.04
            gap = min(gap, 0.51 * 10.0 ** -max(2, right.decimals))
        gap += left.room
        if right.value == 0 and abs(left.value) > 1e-9:
            return abs(left.value) <= 0.0005
        return abs(left.value - right.value) <= gap
    if left.value == right.value:
        return True
    # Numbers of the right side that are new were rounded.
    before = {node.value for node in walk(left.tree) if isinstance(node, Number)}
    low, high = unrounded(right.tree, before)
    room = left.room + right.room + NOISE
    return low - room <= left.value <= high + room and not _one_term_slipped(left, right)


def _one_term_slipped(left: Side, right: Side) -> bool:
    """Whether just one term was worked out, and is off by more than a unit of its last decimal.

    The room of the other numbers that were rounded is none of its own.
    """
    mine, theirs = _narrowed(left, right)
    gap = abs(mine.value - theirs.value)
    return mine is not left and theirs.worked and gap > 1.95 * precision(theirs.value) + left.room


def _narrowed(left: Side, right: Side) -> tuple[Side, Side]:
    """The one part that changed its value between two sides, if it is one; as it was written."""
    left, right = _inside(left, right)
    if len(left.terms) != len(right.terms):
        return left, right
    wrong = [
        (mine, theirs, sign, other)
        for (sign, mine), (other, theirs) in zip(left.terms, right.terms, strict=True)
        if abs(sign * mine.value - other * theirs.value) > precision(theirs.value)
    ]
    if len(wrong) != 1 or wrong[0][0].worked:
        return left, right
    mine, theirs, sign, other = wrong[0]
    if sign == other:
        return mine, theirs
    if sign > 0 and theirs.worked:
        turned = Number(-theirs.value)
        return mine, Side(turned, -theirs.value, turned)
    return left, right


def _inside(left: Side, right: Side) -> tuple[Side, Side]:
    """The one part that two sides differ in: 1 + 0.9587 and 1.9587, of 1/(1 + 0.9587) = 1/1.9587.

    Terms of a sum are told apart by `_narrowed`.
    """
    if isinstance(left.tree, Sum | Difference) or type(left.tree) is not type(right.tree):
        return left, right
    parts, others = children(left.tree), children(right.tree)
    told, retold = children(left.told), children(right.told)
    differing = [n for n, (a, b) in enumerate(zip(parts, others, strict=False)) if a != b]
    alike = len({len(some) for some in (parts, others, told, retold)}) == 1
    if len(differing) != 1 or not alike or rebuilt(left.tree, others) != right.tree:
        return left, right
    here = differing[0]
    mine, theirs = (
        Side(tree[here], evaluate(tree[here], {}), words[here])
        for tree, words in ((parts, told), (others, retold))
    )
    return _inside(mine, theirs)


def _place(operation: Expression, step: Step, foreseen: Sequence[Variants]) -> str:
    """The weight whose term an operation is, or the step's own place."""
    form = Form(operation)
    for variants in foreseen:
        for node in walk(step.quantity.expression):
            names = step.parameters(node)
            if isinstance(node, Ref) or len(names) != 1 or node == step.quantity.expression:
                continue
            if alike(form, Form(numbered(node, variants.worlds[0]))):
                return names[0]
    return step.place
