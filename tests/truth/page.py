"""What stands on a learner's page: its lines, its equalities, and what its result follows from."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.truth.tree import FUNCTIONS, Node, NotArithmeticError, has_work, read, walk

Bounds = tuple[float, float]
"""The least and the greatest that something may be."""

_BECAUSE = re.compile(r"\b(?:because|since|as|from)\b")
_SIDES = re.compile(r"[=≈]")


@dataclass(frozen=True)
class Line:
    """One line: its sides, from left to right."""

    sides: tuple[Node, ...]


@dataclass(frozen=True)
class Equality:
    """Two neighbouring sides of a line."""

    left: Node
    right: Node
    holds: bool | None
    """Whether it is true to the digits written; None where it is only cut off or a hair off."""
    carries_on: bool
    """Whether the right side goes on working from the left side's result."""


class Page:
    """A typed answer, read.

    Args:
        typed: the text.
        known: the names that may stand in it, with the ids they stand for.
        spans: between what values a learner may hold each id: rightly, and with own values.
        exact: numbers that are given, and so are what they say.
        strict: whether what stands on the page counts though the result does not follow from it.

    Raises:
        NotArithmeticError: it holds what is no arithmetic.
    """

    def __init__(
        self,
        typed: str,
        known: Mapping[str, str],
        spans: Sequence[Callable[[str], Bounds]],
        exact: Collection[float] = (),
        *,
        strict: bool = False,
    ) -> None:
        self.typed, self.spans = typed, spans
        self.exact, self.strict = exact, strict
        self.lines = [_line(text, known) for text in re.split(r"[\n;]", typed) if text.strip()]
        if not self.lines:
            raise NotArithmeticError(typed)

    @property
    def result(self) -> Node | None:
        """The number on the last side; None where there is still something to work out."""
        last = self.lines[-1].sides[-1]
        return _number(last)

    @cached_property
    def equalities(self) -> list[list[Equality]]:
        """The equalities of each line."""
        return [
            [self._equality(line.sides, at) for at in range(len(line.sides) - 1)]
            for line in self.lines
        ]

    def _equality(self, sides: tuple[Node, ...], at: int) -> Equality:
        left, right = sides[at], sides[at + 1]
        first = _number(_leftmost(right)) if has_work(right) else None
        carries = (
            first is not None and self.agree(left, first) is True and not self.agree(left, right)
        )
        return Equality(left, right, True if carries else self.agree(left, right), carries)

    def agree(self, left: Node, right: Node) -> bool | None:
        """Whether two sides are equal to the digits written."""
        found = {self._agree(left, right, span) for span in self.spans}
        return True if True in found else None if None in found else False

    def _agree(self, left: Node, right: Node, span: Callable[[str], Bounds]) -> bool | None:
        low, high = bounds(left, span)
        if math.isnan(low):
            return None
        fixed = {part.text for part in walk(left) if part.op == "number"}
        fixed |= {part.text for part in walk(right) if part.op == "number" and self.is_exact(part)}
        if not has_work(right):
            fixed = set()

        def off(loose: float) -> float:
            least, most = bounds(right, span, loose=loose, fixed=fixed)
            return max(least - high, low - most)

        tiny = 1e-9 * max(1.0, abs(low))
        if off(0.5) <= tiny:
            return None if off(0.0) > tiny and _says_little(right) else True
        return None if off(1.0) <= tiny else False

    def is_exact(self, part: Node) -> bool:
        """Whether a written number is what it says, and not rounded: given, or short."""
        return part.decimals < 2 or any(abs(part.value - abs(x)) < 1e-12 for x in self.exact)

    def works(self) -> Iterator[Node]:
        """Every side with something to work out."""
        for line in self.lines:
            yield from (side for side in line.sides if has_work(side))

    @property
    def shows_work(self) -> bool:
        """Whether there is anything but a number."""
        return any(True for _ in self.works())

    @property
    def last_work(self) -> Node | None:
        """The last side with something to work out: what the result was got from."""
        return ([None, *self.works()])[-1]

    @property
    def towards_result(self) -> list[Node]:
        """The sides of the last line that stand for the whole result, true or not."""
        line, equalities = self.lines[-1], self.equalities[-1]
        start = max((at + 1 for at, one in enumerate(equalities) if one.carries_on), default=0)
        return [side for side in line.sides[start:] if has_work(side)]

    @cached_property
    def accounts(self) -> list[Node]:
        """Every side that the result follows from by equalities that hold, also written out.

        Written out: a number that an earlier line came to is put back as what it was worked from.
        """
        if self.strict:
            return self.set_ups
        found: list[Node] = []
        line, equalities = self.lines[-1], self.equalities[-1]
        for at in reversed(range(len(line.sides))):
            if at < len(equalities) and (not equalities[at].holds or equalities[at].carries_on):
                break
            if has_work(line.sides[at]) and (at < len(equalities) or self.result is None):
                found.append(line.sides[at])
        return self._and_written_out(found, self.true_results)

    def _and_written_out(self, sides: list[Node], results: Mapping[float, Node]) -> list[Node]:
        written = [(side, self.written_out(side, results)) for side in sides]
        return sides + [out for side, out in written if out != side]

    @cached_property
    def results(self) -> dict[float, Node]:
        """What earlier work came to, with the work; true or not."""
        return self._results(only_true=False)

    @cached_property
    def true_results(self) -> dict[float, Node]:
        """The same, where every equality on the way holds."""
        return self._results(only_true=True)

    def _results(self, *, only_true: bool) -> dict[float, Node]:
        found: dict[float, Node] = {}
        for line, equalities in zip(self.lines, self.equalities, strict=True):
            for at, equality in enumerate(equalities):
                end = equality.right
                if equality.carries_on:
                    end = _leftmost(end)
                number = _number(end)
                if number is None or (at == len(equalities) - 1 and line is self.lines[-1]):
                    continue
                if only_true and not all(one.holds for one in equalities[: at + 1]):
                    continue
                work = next((s for s in line.sides[: at + 1] if has_work(s)), None)
                if equality.carries_on:
                    work = equality.left
                if work is not None and has_work(work):
                    found.setdefault(number.value, work)
        return found

    def written_out(self, node: Node, results: Mapping[float, Node], depth: int = 4) -> Node:
        """The tree with earlier results put back as what they were worked from."""
        number = _number(node)
        if number is not None:
            if depth and number.value in results:
                return self.written_out(results[number.value], results, depth - 1)
            if depth and -number.value in results and number.value:
                return Node("neg", (self.written_out(results[-number.value], results, depth - 1),))
            return node
        parts = tuple(self.written_out(part, results, depth) for part in node.parts)
        return Node(node.op, parts, node.value, node.text)

    @cached_property
    def set_ups(self) -> list[Node]:
        """Every side with work, as it stands and written out: what the page sets out to compute."""
        return self._and_written_out(list(self.works()), self.results)

    def numbers(self) -> Iterator[Node]:
        """Every number that is written."""
        for line in self.lines:
            for side in line.sides:
                yield from (part for part in walk(side) if part.op == "number" and part.text)

    def has(self, node: Node) -> bool:
        """Whether an expression stands on the page, whatever its brackets."""
        wanted = shape(node)
        return any(shape(part) == wanted for side in self.works() for part in _runs(side))


def _runs(node: Node) -> Iterator[Node]:
    """Every part of a side, also those in a row: b + c in a + b + c."""
    for part in walk(node):
        yield part
        if part.op in ("+", "-", "*", "/"):
            left, right = part.parts
            while left.op in ("+", "-") and part.op in ("+", "-"):
                middle = left.parts[1]
                middle = Node("neg", (middle,)) if left.op == "-" else middle
                yield Node(part.op, (middle, right))
                left = left.parts[0]
            while left.op == "*" and part.op == "*":
                yield Node("*", (left.parts[1], right))
                left = left.parts[0]


def _line(text: str, known: Mapping[str, str]) -> Line:
    pieces = _BECAUSE.split(text, maxsplit=1)
    if len(pieces) == 2:
        text = f"{pieces[1]} = {pieces[0]}"
    sides = [read(side.strip(), known) for side in _SIDES.split(text) if side.strip()]
    while len(sides) > 1 and sides[0].op == "name":
        sides.pop(0)
    return Line(tuple(sides))


def _number(node: Node) -> Node | None:
    """A number with its sign; None for anything else."""
    if node.op == "number":
        return node
    if node.op == "neg" and node.parts[0].op == "number":
        return Node("number", (), -node.parts[0].value, f"-{node.parts[0].text}")
    return None


def _says_little(right: Node) -> bool:
    """Whether a number has no two digits by which to tell what it rounds: 0.6, 0, 0.00."""
    written = _number(right)
    return written is not None and len(digits(written)) < 2


def digits(node: Node) -> str:
    """The digits of a written number that count."""
    return node.text.lstrip("-").replace(".", "").lstrip("0")


def _leftmost(node: Node) -> Node:
    while node.op in ("+", "-", "*", "/"):
        node = node.parts[0]
    return node


def shape(node: Node) -> object:
    """A tree up to brackets, order, and whether a minus is a sign or takes away."""
    if node.op == "number":
        return ("#", round(node.value, 6) + 0.0)
    if node.op == "name":
        return ("name", node.text)
    if node.op in ("+", "-", "neg"):
        return ("+", tuple(sorted(map(repr, _terms(node, 1)))))
    if node.op == "*":
        sign, found = _factors(node)
        whole = ("*", tuple(sorted(map(repr, found))))
        return whole if sign > 0 else ("+", (repr((-1, whole)),))
    if node.op == "max" and not node.parts[0].value:
        return ("relu", (shape(node.parts[1]),))
    return (node.op, tuple(shape(part) for part in node.parts))


def _terms(node: Node, sign: int) -> list[tuple[int, object]]:
    if node.op == "+":
        return _terms(node.parts[0], sign) + _terms(node.parts[1], sign)
    if node.op == "-":
        return _terms(node.parts[0], sign) + _terms(node.parts[1], -sign)
    if node.op == "neg":
        return _terms(node.parts[0], -sign)
    if node.op == "number" and node.value < 0:
        return [(-sign, shape(Node("number", (), -node.value)))]
    if node.op == "*":
        turned, found = _factors(node)
        return [(sign * turned, ("*", tuple(sorted(map(repr, found)))))]
    return [(sign, shape(node))]


def _factors(node: Node) -> tuple[int, list[object]]:
    if node.op == "*":
        one, left = _factors(node.parts[0])
        two, right = _factors(node.parts[1])
        nothing = ("#", 0.0) in left + right  # which has no sign
        return 1 if nothing else one * two, left + right
    if node.op == "neg":
        sign, found = _factors(node.parts[0])
        return -sign, found
    if node.op == "number" and node.value < 0:
        return -1, [shape(Node("number", (), -node.value))]
    return 1, [shape(node)]


def bounds(
    node: Node,
    span: Callable[[str], Bounds],
    *,
    loose: float = 0.0,
    fixed: set[str] | frozenset[str] = frozenset(),
) -> Bounds:
    """Between what a tree's value lies.

    Args:
        node: the tree.
        span: of the names in it.
        loose: how many units of its last decimal a written number may be off.
        fixed: numbers that are not, as written.
    """

    def of(part: Node) -> Bounds:
        if part.op == "number":
            give = 0.0
            if loose and part.text and part.text not in fixed and part.decimals:
                give = loose * 10.0**-part.decimals  # a whole number is meant as it stands
            return part.value - give, part.value + give
        if part.op == "name":
            return span(part.text)
        inner = [of(p) for p in part.parts]
        return _operated(part.op, inner)

    try:
        low, high = of(node)
    except (ArithmeticError, ValueError):
        return math.nan, math.nan
    return (low, high) if math.isfinite(low + high) else (math.nan, math.nan)


def _operated(op: str, inner: list[Bounds]) -> Bounds:
    (a, b) = inner[0]
    if op == "neg":
        return -b, -a
    if op == "abs":
        return (0.0 if a < 0 < b else min(abs(a), abs(b))), max(abs(a), abs(b))
    if op == "max":
        return max(low for low, _ in inner), max(high for _, high in inner)
    if op in FUNCTIONS:
        return float(FUNCTIONS[op](a)), float(FUNCTIONS[op](b))
    c, d = inner[1]
    if op == "+":
        return a + c, b + d
    if op == "-":
        return a - d, b - c
    if op == "/" and c <= 0 <= d:
        raise ZeroDivisionError
    if op == "^" and (c != d or (a < 0 < b and c != 2)):
        raise ArithmeticError
    if op == "^" and a < 0 < b:
        return 0.0, max(a * a, b * b)
    if op == "^":
        ends = [a**c, b**c]
    elif op == "*":
        ends = [a * c, a * d, b * c, b * d]
    else:
        ends = [a / c, a / d, b / c, b / d]
    return min(ends), max(ends)
