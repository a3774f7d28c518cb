"""Expressions in words on paper: in symbols, with numbers, and worked line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.decimals import short_text
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
    children,
    evaluate,
    rebuilt,
    walk,
    with_numbers,
)
from engine.functions import FUNCTIONS
from engine.rounding import rounded_part

Naming: TypeAlias = Callable[[str], str]
"""How a reference is written: its id in, a symbol or number out."""

_EXPONENTS = {2.0: "²", 3.0: "³"}
_LOOSE, _SUM, _PRODUCT, _POWER, _ATOM = range(5)


@dataclass(frozen=True, slots=True)
class Literal:
    """A number already written out, with its sign told apart so that brackets fall right."""

    text: str


def symbols(expression: Expression, naming: Naming = lambda name: name) -> str:
    """A tree in symbols, with as few brackets as it can be read with.

    >>> symbols(Sum((Product((Ref("x1"), Ref("w11"))), Product((Ref("x2"), Ref("w12"))))))
    'x1 × w11 + x2 × w12'
    >>> symbols(Power(Difference(Ref("target"), Ref("p")), Number(2.0)))
    '(target − p)²'
    """
    return _written(expression, naming)


def _written(node: Expression, naming: Naming) -> str:
    match node:
        case Number(value):
            return short_text(value, 6)[0]
        case Ref(name):
            return naming(name)
        case Sum(terms):
            return " + ".join(_operand(t, naming, _SUM, first=i == 0) for i, t in enumerate(terms))
        case Difference(left, right):
            return (
                f"{_operand(left, naming, _SUM, first=True)} − {_operand(right, naming, _PRODUCT)}"
            )
        case Negative(operand):
            return f"−{_operand(operand, naming, _PRODUCT)}"
        case Product(factors):
            return " × ".join(
                _operand(f, naming, _PRODUCT if i == 0 else _POWER, first=i == 0)
                for i, f in enumerate(factors)
            )
        case Quotient(numerator, denominator):
            top = _operand(numerator, naming, _PRODUCT, first=True)
            return f"{top} / {_operand(denominator, naming, _POWER)}"
        case Power(base, exponent):
            bottom = _operand(base, naming, _ATOM)
            if isinstance(exponent, Number) and exponent.value in _EXPONENTS:
                return bottom + _EXPONENTS[exponent.value]
            return f"{bottom}^{_operand(exponent, naming, _ATOM)}"
        case Call("exp", argument):
            return f"e^{_operand(argument, naming, _ATOM)}"
        case Call("abs", argument):
            return f"|{_written(argument, naming)}|"
        case Call(function, argument):
            return f"{FUNCTIONS[function].printed}({_written(argument, naming)})"


def _operand(node: Expression, naming: Naming, least: int, *, first: bool = False) -> str:
    """A part inside a larger expression, in brackets where it binds looser than its place needs."""
    text = _written(node, naming)
    if _binding(node) < least:
        return f"({text})"
    if text.startswith("−") and not (first and least <= _PRODUCT):
        return f"({text})"
    return text


def _binding(node: Expression) -> int:
    match node:
        case Sum() | Difference():
            return _SUM
        case Product() | Quotient() | Negative():
            return _PRODUCT
        case Power() | Call("exp", _):
            return _POWER
        case _:
            return _ATOM


def worked(
    expression: Expression, values: Mapping[str, float], naming: Naming, places: int | None = None
) -> list[str]:
    """A tree worked out line by line, the innermost operations of each line first.

    Args:
        expression: the tree.
        values: the numbers to put in, as shown (already rounded where the learner rounds).
        naming: how each reference's number is written.
        places: the decimals that what is worked out on the way is rounded to; None for all.

    Returns:
        The lines before the result: first with numbers, then one for each round of operations;
        every line after the first opens with `= ` or, where it shows rounded numbers, `≈ `.

    >>> tree = Sum((Product((Ref("x1"), Ref("w11"))), Product((Ref("x2"), Ref("w12")))))
    >>> numbers = {"x1": 0.6, "w11": 0.4, "x2": 0.7, "w12": -0.3}
    >>> worked(tree, numbers, lambda name: short_text(numbers[name])[0])
    ['0.6 × 0.4 + 0.7 × (−0.3)', '= 0.24 + (−0.21)']
    """
    lines = [symbols(expression, naming)]
    before = with_numbers(expression, values, _signed)
    node = _reduced(before, places)
    while not isinstance(node, Number):
        numbers = (part.value for part in walk(node) if isinstance(part, Number))
        whole = all(short_text(number, 6)[1] for number in numbers)
        rounds = places is not None and node != _reduced(before, None)
        lines.append(f"{'=' if whole and not rounds else '≈'} {symbols(node)}")
        before, node = node, _reduced(node, places)
    return lines


def _signed(node: Expression) -> Expression:
    """A node with a minus before a number taken into the number."""
    match node:
        case Negative(Number(value)):
            return Number(-value)
        case _:
            return node


def _reduced(node: Expression, places: int | None, *, inside: bool = False) -> Expression:
    """The tree with every operation on plain numbers done once, and rounded if it is inside."""
    parts = children(node)
    if not parts:
        return node
    if isinstance(node, Product) and parts[0] == Number(0.0):
        return parts[0]
    if all(isinstance(part, Number) for part in parts):
        value = evaluate(node, {})
        if inside and places is not None:
            value = rounded_part(node, value, places)
        return Number(float(f"{value:.12g}"))
    return _signed(rebuilt(node, tuple(_reduced(part, places, inside=True) for part in parts)))
