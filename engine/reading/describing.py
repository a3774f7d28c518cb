"""What was read, written the way the tutor writes: − for minus, × for times, no code characters."""

from __future__ import annotations

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
)
from engine.functions import FUNCTIONS
from engine.reading.results import Reading, Written

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)


def describe(reading: Reading) -> str:
    """What was read, for an echo; of work never what it comes to.

    >>> from engine.reading import read
    >>> describe(read("56%")), describe(read("3 1/2")), describe(read("-0.5^2"))
    ('0.56', '3.5 (3 + 1/2)', '−(0.5²)')
    """
    *before, last = (" = ".join(map(_side, line)) for line in reading.lines)
    if len(reading.chain) == 1:
        last = _alone(reading.answer)
    label = "" if reading.label is None else f"{reading.label} = "
    return "; ".join([*before, label + last])


def _side(side: Written) -> str:
    return formula(side.named or side.expression)


def _alone(side: Written) -> str:
    """One side: of a number its value, and in brackets how it was read, where that differs."""
    if not side.is_number:
        return _side(side)
    written = number(side.value)
    return written if isinstance(side.expression, Number) else f"{written} ({_side(side)})"


def number(value: float) -> str:
    """A number in at most 10 significant digits.

    >>> number(-0.5), number(2.5e-7), number(1 / 3)
    ('−0.5', '2.5 × 10⁻⁷', '0.3333333333')
    """
    return _with_power(f"{value:.10g}")


def _with_power(written: str) -> str:
    """A number as Python writes it, with our minus and a raised power of ten."""
    mantissa, _, exponent = written.partition("e")
    text = mantissa.removesuffix(".0").replace("-", "−")
    return f"{text} × 10{str(int(exponent)).translate(_RAISED)}" if exponent else text


def formula(expression: Expression) -> str:
    """A tree in one line; reading it gives the same value.

    >>> formula(Sum((Number(0.24), Number(-0.21))))
    '0.24 + (−0.21)'
    """
    return _write(expression)[0]


def _write(expression: Expression) -> tuple[str, int]:
    """The text of a tree, and how tightly it holds together."""
    match expression:
        case Number(value):
            text = _with_power(repr(value))
            tight = _ATOM if text[0] != "−" and "×" not in text else _SIGN
            return text, tight if "×" not in text else _SUM
        case Ref(name):
            return name, _ATOM
        case Sum(terms):
            return " + ".join([_at(terms[0], _SUM, first=True), *_all(terms[1:], _PRODUCT)]), _SUM
        case Difference(left, right):
            return f"{_at(left, _SUM, first=True)} − {_at(right, _PRODUCT)}", _SUM
        case Product(factors):
            first = _at(factors[0], _PRODUCT, first=True)
            return " × ".join([first, *_all(factors[1:], _POWER)]), _PRODUCT
        case Quotient(top, bottom):
            return f"{_at(top, _POWER, first=True)}/{_at(bottom, _POWER)}", _PRODUCT
        case Negative(operand):
            return f"−{_at(operand, _ATOM)}", _SIGN
        case Power(base, Number(0.5)):
            return f"√({formula(base)})", _ATOM
        case Power(base, exponent):
            return _at(base, _ATOM) + _raised(exponent), _POWER
        case Call("exp", argument):
            return f"e^({formula(argument)})", _POWER
        case Call("abs", argument):
            return f"abs({formula(argument)})", _ATOM
        case Call(function, argument):
            return f"{FUNCTIONS[function].printed}({formula(argument)})", _ATOM


def _all(parts: tuple[Expression, ...], least: int) -> list[str]:
    return [_at(part, least) for part in parts]


def _at(expression: Expression, least: int, *, first: bool = False) -> str:
    """A part, in brackets unless it holds together for its place; coming first, a sign may."""
    text, tight = _write(expression)
    bare = first if tight == _SIGN else tight >= least
    return text if bare else f"({text})"


def _raised(exponent: Expression) -> str:
    if isinstance(exponent, Number) and exponent.value.is_integer() and abs(exponent.value) < 100:
        return str(int(exponent.value)).translate(_RAISED)
    return f"^({formula(exponent)})"
