"""Expressions in words on paper: in symbols, with numbers, and worked line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
"""How tightly what is written holds together; a sign in front may stand bare where it is first."""


@dataclass(frozen=True, slots=True)
class Style:
    """What may differ between two ways to write the same tree."""

    name: Naming = str
    number: Callable[[float], str] = lambda value: short_text(value, 6)[0]
    over: str = " / "
    under_minus: int = _PRODUCT
    """What a minus needs no brackets for."""


def full(value: float, digits: str = "") -> str:
    """A number with all its digits, or in a format, with our minus and a raised power of ten.

    >>> full(-0.5), full(2.5e-7), full(1 / 3, ".10g")
    ('−0.5', '2.5 × 10⁻⁷', '0.3333333333')
    """
    mantissa, _, exponent = (format(value, digits) if digits else repr(value)).partition("e")
    text = mantissa.removesuffix(".0").replace("-", "−")
    return f"{text} × 10{str(int(exponent)).translate(_RAISED)}" if exponent else text


AS_TYPED = Style(number=full, over="/", under_minus=_ATOM)
"""With all digits, and showing how a minus before a product or a power was read."""


def symbols(expression: Expression, naming: Naming = str) -> str:
    """A tree in symbols, with few brackets.

    >>> symbols(Sum((Product((Ref("x1"), Ref("w11"))), Product((Ref("x2"), Ref("w12"))))))
    'x1 × w11 + x2 × w12'
    >>> symbols(Power(Difference(Ref("target"), Ref("p")), Number(2.0)))
    '(target − p)²'
    """
    return _written(expression, Style(naming))[0]


def formula(expression: Expression) -> str:
    """A tree that was typed; reading it again gives the same value.

    >>> formula(Negative(Power(Number(0.5), Number(2.0))))
    '−(0.5²)'
    """
    return _written(expression, AS_TYPED)[0]


def _written(node: Expression, style: Style) -> tuple[str, int]:
    """The text of a tree, and how tightly it holds together."""
    match node:
        case Ref():
            text = style.name(node.id)
            return text, _SIGN if text.startswith("−") else _ATOM
        case Number():
            text = style.number(node.value)
            return text, _SUM if "×" in text else _SIGN if text.startswith("−") else _ATOM
        case Product(factors):
            others = [_at(factor, style, _POWER) for factor in factors[1:]]
            return " × ".join([_at(factors[0], style, _PRODUCT, first=True), *others]), _PRODUCT
        case Sum(terms):
            others = [_at(term, style, _PRODUCT) for term in terms[1:]]
            return " + ".join([_at(terms[0], style, _SUM, first=True), *others]), _SUM
        case Difference(left, right):
            above = _at(left, style, _SUM, first=True)
            return f"{above} − {_at(right, style, _PRODUCT)}", _SUM
        case Quotient(top, bottom):
            above = _at(top, style, _POWER, first=True)
            return f"{above}{style.over}{_at(bottom, style, _POWER)}", _PRODUCT
        case Negative(operand):
            return f"−{_at(operand, style, style.under_minus)}", _SIGN
        case Power(base, Number(0.5)):
            return f"√({_written(base, style)[0]})", _ATOM
        case Power(base, Number(whole)) if whole.is_integer() and abs(whole) < 100:
            return _at(base, style, _ATOM) + str(int(whole)).translate(_RAISED), _POWER
        case Power(base, exponent):
            return f"{_at(base, style, _ATOM)}^{_at(exponent, style, _ATOM)}", _POWER
        case Call("exp", argument):
            text = _at(argument, style, _ATOM)
            return f"e^({text})" if " " in text and text[0] != "(" else f"e^{text}", _POWER
        case Call(function, argument):
            inside = _written(argument, style)[0]
            if function == "abs":
                return f"|{inside}|", _ATOM
            return f"{FUNCTIONS[function].printed}({inside})", _ATOM


def _at(part: Expression, style: Style, least: int, *, first: bool = False) -> str:
    """A part, in brackets unless it holds together for its place and no sign follows another."""
    text, tight = _written(part, style)
    bare = tight >= least or tight == _SIGN
    return text if bare and (first or not text.startswith("−")) else f"({text})"


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
    lines = (f"{sign} {symbols(node)}" for sign, node in worked_trees(expression, values, places))
    return [symbols(expression, naming), *lines]


def worked_trees(
    expression: Expression, values: Mapping[str, float], places: int | None = None
) -> Iterator[tuple[str, Expression]]:
    """The trees of the lines after the first of what is `worked`, each with `=` or `≈`."""
    before = with_numbers(expression, values, _signed)
    node = _reduced(before, places)
    while not isinstance(node, Number):
        numbers = (part.value for part in walk(node) if isinstance(part, Number))
        whole = all(short_text(number, 6)[1] for number in numbers)
        rounds = places is not None and node != _reduced(before, None)
        yield "=" if whole and not rounds else "≈", node
        before, node = node, _reduced(node, places)


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
