"""From tokens to trees, by the plan that the grammar has for tokens of such kinds."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from engine.reading.naming import EULER
from engine.reading.refusals import why
from engine.reading.results import Refusal
from engine.reading.shapes import plan
from engine.reading.tokens import Token
from engine.reading.words import FUNCTIONS

Parts: TypeAlias = list[Any]
"""What a rule is made of: trees, and the tokens between them."""

HALF = Number(0.5)
_WHOLE = frozenset(("NUMBER", "SIGNED", "PERCENT", "MIXED", "FRACTION", "NAME"))
"""Kinds of token that are a side by themselves, with nothing to parse."""


def _called(token: Token, argument: Expression) -> Expression:
    name = FUNCTIONS[token.text.lower()]
    if name == "max":
        raise Refusal("function_arguments", token.start, token.end)
    if name == "sqrt":
        return Power(argument, HALF)
    return Call(name, argument)


class _Rules:
    """One method per rule of the grammar; `value` and `bracket` need none."""

    def added(self, parts: Parts) -> Expression:
        """Terms from left to right; a run of plus signs is one Sum."""
        result, run = parts[0], [parts[0]]
        for sign, term in zip(parts[1::2], parts[2::2], strict=True):
            if sign.type == "PLUS":
                run.append(term)
                result = None
                continue
            result = Difference(Sum(tuple(run)) if result is None else result, term)
            run = [result]
        return Sum(tuple(run)) if result is None else cast("Expression", result)

    def multiplied(self, parts: Parts) -> Expression:
        """Factors from left to right; a run of times signs is one Product."""
        result, run = parts[0], [parts[0]]
        for sign, factor in zip(parts[1::2], parts[2::2], strict=True):
            if sign.type != "OVER":
                run.append(factor)
                result = None
                continue
            result = Quotient(Product(tuple(run)) if result is None else result, factor)
            run = [result]
        return Product(tuple(run)) if result is None else cast("Expression", result)

    def negative(self, parts: Parts) -> Expression:
        """A minus before anything but a plain number."""
        return Negative(parts[1])

    def power(self, parts: Parts) -> Expression:
        """`a^b`, and `e^b`, which is a call of exp."""
        base, exponent = parts[0], parts[2]
        return Call("exp", exponent) if base is EULER else Power(base, exponent)

    def raised(self, parts: Parts) -> Expression:
        """`a²`."""
        return self.power([parts[0], None, parts[1].node])

    def negative_power(self, parts: Parts) -> Expression:
        """`-a^b`, where the power binds tighter than the sign."""
        return Negative(self.power(parts[1:]))

    def negative_raised(self, parts: Parts) -> Expression:
        """`-a²`."""
        return Negative(self.raised(parts[1:]))

    def absolute(self, parts: Parts) -> Expression:
        """`|x|`."""
        return Call("abs", parts[1])

    def root(self, parts: Parts) -> Expression:
        """`√x`, the power one half."""
        return Power(parts[1], HALF)

    def call(self, parts: Parts) -> Expression:
        """A function with its argument in brackets."""
        return _called(parts[0], parts[2])

    def bare_call(self, parts: Parts) -> Expression:
        """A function with one number after it: `sigmoid 0.252`."""
        return _called(parts[0], parts[1].node)

    def maximum(self, parts: Parts) -> Expression:
        """`max(0, z)` is ReLU; any other maximum is none of the lesson's functions."""
        name, first, second = parts[0], parts[2], parts[4]
        if name.text.lower() == "max":
            for zero, other in ((first, second), (second, first)):
                if zero == Number(0.0):
                    return Call("relu", other)
        raise Refusal("function_arguments", name.start, name.end)


_RULES = _Rules()


def tree(tokens: list[Token]) -> Expression:
    """The tree of one side.

    Args:
        tokens: the side's tokens, at least one.

    Raises:
        Refusal: the grammar can't derive it.
    """
    if len(tokens) == 1 and tokens[0].type in _WHOLE and tokens[0].node is not None:
        return tokens[0].node
    found = plan(tuple([token.type for token in tokens]))
    if isinstance(found, int):
        raise why(tokens, found)
    slots: Parts = [*tokens, *[token.node for token in tokens]]
    for rule, parts in found.steps:
        slots.append(getattr(_RULES, rule)([slots[part] for part in parts]))
    return cast("Expression", slots[found.result])
