"""What the sides come to: values, whether one is a number, and what two sides give away."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import pairwise
from typing import cast

from engine.expression import (
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    evaluate,
    refs,
    walk,
)
from engine.reading.numbers import ORDINARY
from engine.reading.parser import parse
from engine.reading.results import Reading, Reason, Refusal, Written
from engine.reading.scanner import ARGUMENT_COMMA, EULER
from engine.reading.sides import Sides
from engine.reading.tokens import VALUE_STARTS, Scan, Token
from engine.tolerances import NEGLIGIBLE, NOISE

_GROWS = frozenset(("POWER", "EXPONENT", "FUNCTION", "OVER"))
_TEN = Number(10.0)


def read_sides(
    scan: Scan,
    found: Sides,
    values_of: Callable[[str | None], Mapping[str, float | None]] | None,
) -> Reading:
    """The reading of the sides; those with names that are only labels are left out."""
    if not found.sides or not any(token.kind in VALUE_STARTS for token in scan.tokens):
        wordless = not any(character.isalnum() for character in scan.text)
        raise Refusal("lone_sign" if wordless else "words", 0, len(scan.text))
    sides = found.sides
    trees = [parse(scan, side) for side in sides]
    values = values_of(found.label) if values_of else scan.names
    elsewhere: list[str] = []
    labelled = found.labelled
    starts, last = found.starts, sides[-1]
    if any(token.kind == "NAME" for token in scan.tokens):
        strange = [[name for name in refs(tree) if values.get(name) is None] for tree in trees]
        kept = [not names for names in strange]
        if not kept[-1]:
            if len(trees) == 1 and isinstance(trees[0], Ref):
                if values_of and trees[0].id == found.label:  # whose value the caller knows
                    named = Written(trees[0], trees[0].id, 0.0, None, is_number=False)
                    return Reading(found.label, (named,), literal=True)
                raise Refusal("only_a_name", last[0].start, last[-1].end, trees[0].id)
            at = next(t for t in last if isinstance(t.node, Ref) and t.node.id in strange[-1])
            raise Refusal("name_elsewhere", at.start, at.end)
        if not all(kept):
            scan.literal = False
            for tree, names in zip(trees, strange, strict=True):
                elsewhere += () if isinstance(tree, Ref) else names
            sides = [side for side, keep in zip(sides, kept, strict=True) if keep]
            trees = [tree for tree, keep in zip(trees, kept, strict=True) if keep]
            labelled = sum(kept[:labelled])
            starts = list(dict.fromkeys(sum(kept[:start]) for start in starts))
    if len(trees) == 1 and trees[0] is EULER:
        raise Refusal("unknown_name", last[0].start, last[0].end)
    numbers = cast("Mapping[str, float]", values)  # those in the trees have one
    sides, trees = _result_last(scan, sides, trees, starts[-1], numbers)
    chain = tuple([_written(scan, sides[n], tree, numbers) for n, tree in enumerate(trees)])
    if "10" in scan.text:
        for n, side in enumerate(sides):
            _refuse_lost_power(side, chain[n], chain[n + 1] if n + 1 < len(chain) else None)
    for begin, end in pairwise((0, *starts, len(sides))):
        statement = sides[begin:end]
        if all(len(side) == 1 and side[0].decimals is not None for side in statement):
            for first, second in pairwise(statement):
                _refuse_false_equality(scan, first[0], second[0])
    return Reading(found.label, chain, scan.literal, tuple(starts), tuple(elsewhere), labelled)


def _result_last(
    scan: Scan,
    sides: list[list[Token]],
    trees: list[Expression],
    start: int,
    values: Mapping[str, float],
) -> tuple[list[list[Token]], list[Expression]]:
    """The sides with the result after the work that gives it, where it stands before.

    So it does in `0.03 = 0.24 - 0.21` and `0.03 (0.24 - 0.21)`. Where the work comes to something
    else, the second is a product.
    """
    match sides[start:], trees[start:]:
        case [[number], work], [Number(result), tree]:
            pass
        case [[number, opening, *work, _]], [Product((Number(result), tree))]:
            if opening.kind != "OPEN" or number.end == opening.start:
                return sides, trees
        case _:
            return sides, trees
    if number.decimals is None or _is_number(tree, work):
        return sides, trees
    value = _value(tree, values, work[0].start, work[-1].end, risky=True)
    if abs(value - result) > 0.5 * 10.0 ** -max(2, number.decimals) + NOISE:
        return sides, trees
    scan.literal = False
    return [*sides[:start], work, [number]], [*trees[:start], tree, Number(result)]


def _written(
    scan: Scan, side: list[Token], tree: Expression, values: Mapping[str, float]
) -> Written:
    start, end = side[0].start, side[-1].end
    typed = scan.text[start:end].replace(ARGUMENT_COMMA, ";")
    if len(side) == 1 and isinstance(tree, Number):
        return Written(tree, typed, tree.value, side[0].decimals)
    value = _value(tree, values, start, end, risky=any(map(_may_overflow, side)))
    is_number = (len(side) == 1 and side[0].kind == "MIXED") or _is_number(tree, side)
    decimals = _decimals(tree, side) if is_number else None
    return Written(tree, typed, value, decimals, is_number)


def _is_number(tree: Expression, side: list[Token]) -> bool:
    """Whether a side has nothing left to do: one number, whole over whole, or times 10^n."""
    if isinstance(tree, Negative):
        first = next((token for token in side if token.digits), side[0])
        return (
            first.kind != "SIGNED"
            and not isinstance(tree.operand, Negative)
            and (_is_number(tree.operand, side))
        )
    match tree:
        case Number():
            return True
        case Quotient(Number(), Number(bottom)):
            return bottom >= 0 and all((token.digits or "0").isdigit() for token in side)
        case Power() as power:
            return _exponent(power) is not None
        case Product((Number(), Power() as power)):
            return _exponent(power) is not None
        case _:
            return False


def _exponent(power: Power) -> int | None:
    """The exponent of a whole power of ten."""
    size = power.exponent
    if power.base != _TEN or not isinstance(size, Number) or not size.value.is_integer():
        return None
    return int(size.value)


def _decimals(tree: Expression, side: list[Token]) -> int | None:
    """The decimals of a number as typed, its power of ten counted in."""
    if isinstance(tree, Negative):
        tree = tree.operand
    typed = next((token.decimals for token in side if token.decimals is not None), None)
    if isinstance(tree, Number) or typed is None:
        return typed
    if isinstance(tree, Product) and isinstance(tree.factors[1], Power):
        return max(0, typed - (_exponent(tree.factors[1]) or 0))
    return None


def _refuse_lost_power(side: list[Token], written: Written, result: Written | None) -> None:
    """Refuses `3×10−2`, which may have lost its raised digits, unless its own result tells."""
    for place in range(len(side) - 3):
        first, times, ten, *rest = side[place : place + 6]
        if (times.kind, ten.digits) != ("TIMES", "10") or first.kind not in ("NUMBER", "SIGNED"):
            continue
        kinds = [token.kind for token in rest]
        bracketed = kinds == ["OPEN", "SIGNED", "CLOSE"]
        if not (bracketed or kinds[:2] == ["MINUS", "NUMBER"]) or not rest[1].digits.isdigit():
            continue
        if result is None or not _fits(written, result):
            raise Refusal("lost_power", first.start, rest[1 + bracketed].end)


def _fits(written: Written, result: Written) -> bool:
    """Whether a result is the value of what stands before it, rounded."""
    return abs(written.value - result.value) <= 0.5 * 10.0 ** -(result.decimals or 0) + NOISE


def _refuse_false_equality(scan: Scan, first: Token, second: Token) -> None:
    """Refuses `3 = 4` and `5==5`: two numbers of which it must be asked which one is meant."""
    if "==" in scan.text[first.end : second.start]:
        raise Refusal("comparison", first.start, second.end)
    one, other = (evaluate(token.node or _TEN, {}) for token in (first, second))
    apart = 0.5 * 10.0 ** -min(first.decimals or 0, second.decimals or 0)
    if first.decimals == second.decimals:
        apart, scan.literal = 0.0, False
    if abs(one - other) > apart + NEGLIGIBLE:
        raise Refusal("unequal", first.start, second.end)


def _value(
    tree: Expression, names: Mapping[str, float], start: int, end: int, *, risky: bool
) -> float:
    """The value of a tree, checked to be finite, all its parts included where one is risky."""
    try:
        values = [evaluate(part, names) for part in (walk(tree) if risky else (tree,))]
    except ZeroDivisionError:
        raise Refusal("division_by_zero", start, end) from None
    except OverflowError:
        raise Refusal("too_large", start, end) from None
    except ValueError:
        powers = [part for part in walk(tree) if isinstance(part, Power)]
        divides = any(_raises_zero(power, names) for power in powers)
        reason: Reason = "division_by_zero" if divides else "no_real_value"
        raise Refusal(reason, start, end) from None
    if not all(map(math.isfinite, values)):
        raise Refusal("too_large", start, end)
    return values[0]


def _raises_zero(power: Power, names: Mapping[str, float]) -> bool:
    """Whether 0 has an exponent below 0, which divides by it."""
    with suppress(ArithmeticError, ValueError):
        return evaluate(power.base, names) == 0 and evaluate(power.exponent, names) < 0
    return False


def _may_overflow(token: Token) -> bool:
    """Whether a part may have no value although the whole has one: 1/(1e300 × 1e300), 0 × 1/0."""
    if not token.digits:
        return token.kind in _GROWS
    return "e" in token.digits or len(token.digits) > ORDINARY
