"""From the tokens of one side to its tree, by precedence climbing; says at once why it can't.

    sum      term (("+" | "-") term)*
    term     MIXED | factor (("*" | "/" | nothing) factor)*
    factor   SIGNED | "-"? atom power?
    power    "^" factor | EXPONENT
    atom     number | name | "(" sum ")" | "|" sum "|" | "√" atom | FUNCTION "(" sum ("," sum)? ")"
             | FUNCTION number-or-name, where nothing stands beside it

A sign that belongs to a number (−0.3) is part of it (SIGNED), so "-" here is a subtraction or the
sign of something longer: −(0.3 + 1), −x1, −0.5² (which is −(0.5²)). What is well defined but often
misjudged is echoed: −0.5², 2^3^2, 1/2/3, 3(4).
"""

from __future__ import annotations

from itertools import pairwise

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
from engine.functions import TYPED
from engine.reading.results import Reason, Refusal
from engine.reading.scanner import EULER
from engine.reading.tokens import DEEPEST, NUMERIC, VALUE_ENDS, VALUE_STARTS, Scan, Token

_HALF, _ZERO = Number(0.5), Number(0.0)
_SIGNS = frozenset(("PLUS", "MINUS"))
_MINUSES = frozenset(("SIGNED", "MINUS"))
_VALUES = frozenset(("NUMBER", "FRACTION", "NAME", "EULER"))
_BARE = frozenset(("NUMBER", "SIGNED", "NAME"))


def parse(scan: Scan, tokens: list[Token]) -> Expression:
    """The tree of one side."""
    if len(tokens) == 1 and tokens[0].node is not None and tokens[0].kind != "EXPONENT":
        return tokens[0].node
    found = _Side(scan, tokens).tree()
    if len(tokens) == 3 and tokens[1].kind == "MINUS" and tokens[2].kind == "NUMBER":
        scan.literal = scan.literal and not _may_be_dash(tokens[0], tokens[2])
    return found


def _may_be_dash(left: Token, right: Token) -> bool:
    """Whether `0.5-0.6` may be a range, or `H1 - 0.03` a label with a dash."""
    glued = right.start - left.end == 1
    if isinstance(left.node, Number) and isinstance(right.node, Number):
        return glued and left.node.value < right.node.value
    return left.kind == "NAME" and not glued


class _Side:
    """The tokens of one side, and how far they have been parsed."""

    def __init__(self, scan: Scan, tokens: list[Token]) -> None:
        self.scan, self.tokens = scan, tokens
        self.at = self.depth = 0
        self.kind = tokens[0].kind
        """The kind of the token that comes next; END after the last."""

    def tree(self) -> Expression:
        """All of it."""
        found = self.sum()
        if self.at < len(self.tokens):
            raise self.refusal()
        return found

    def take(self) -> Token:
        """The next token."""
        token = self.tokens[self.at]
        self.at += 1
        self.kind = self.tokens[self.at].kind if self.at < len(self.tokens) else "END"
        return token

    def node(self) -> Expression:
        """The tree that the next token stands for."""
        found = self.take().node
        assert found is not None
        return found

    def close(self, kind: str) -> None:
        """Takes a bracket, which must come next."""
        if self.kind != kind:
            raise self.refusal()
        self.take()

    def sum(self) -> Expression:
        """Terms from left to right; a run of plus signs is one Sum."""
        run = [self.term()]
        while self.kind in _SIGNS:
            if self.kind == "PLUS":
                self.take()
                run.append(self.term())
            else:
                sign = self.deeper()
                glued = self.kind in _MINUSES and self.tokens[self.at].start == sign.end
                self.scan.literal = self.scan.literal and not glued
                left = run[0] if len(run) == 1 else Sum(tuple(run))
                run = [Difference(left, self.term())]
        return run[0] if len(run) == 1 else Sum(tuple(run))

    def term(self) -> Expression:
        """Factors from left to right; a run of times signs is one Product."""
        if self.kind == "MIXED":
            return self.node()
        run, divided = [self.factor()], False
        while True:
            if self.kind == "OVER":
                self.deeper()
                self.scan.literal = self.scan.literal and not divided
                top = run[0] if len(run) == 1 else Product(tuple(run))
                run, divided = [Quotient(top, self.factor())], True
                continue
            if self.kind == "TIMES":
                self.take()
                divided = False
            elif self.kind in VALUE_STARTS:
                self.side_by_side(divided=divided)
            else:
                return run[0] if len(run) == 1 else Product(tuple(run))
            run.append(self.factor())

    def side_by_side(self, *, divided: bool) -> None:
        """Two values with nothing between: `3(4)` is a product, `12 3.7` is two numbers."""
        before, token = self.tokens[self.at - 1 : self.at + 1]
        in_sum = any(one.kind in _SIGNS for one in self.tokens)
        if not (in_sum and before.kind == "NUMBER" and token.kind == "NAME" and self.is_term()):
            _refuse_doubtful(before, token, in_sum=in_sum)
        _refuse_aside(before, self.tokens[self.at : self.at + 3])
        if divided:
            raise Refusal("division_then_product", before.start, token.end)
        self.scan.literal = False

    def is_term(self) -> bool:
        """Whether a number and a name with a space are a product in a sum: `0.6 H1 + 0.9 H2`.

        The name may be a label at the end of a side with no other such term, and where the side
        ends in a minus and a number: `H1 = 0.05 H2 −0.02`.
        """
        kinds = [token.kind for token in self.tokens]
        several = list(pairwise(kinds)).count(("NUMBER", "NAME")) > 1
        return kinds[-2:] != ["MINUS", "NUMBER"] and (several or self.at + 1 < len(kinds))

    def factor(self, *, raised: bool = False) -> Expression:
        """A value with its sign and its power; `raised` in an exponent."""
        if self.kind == "SIGNED":
            return self.node()
        if self.kind != "MINUS":
            return self.power(self.atom(), doubtful=raised)
        self.take()
        return Negative(self.power(self.atom(), doubtful=True))

    def power(self, base: Expression, *, doubtful: bool) -> Expression:
        """The base with the power after it, if there is one."""
        if self.kind not in ("POWER", "EXPONENT"):
            return base
        self.scan.literal = self.scan.literal and not doubtful
        if self.kind == "EXPONENT":
            exponent = self.node()
        else:
            self.deeper()
            exponent = self.factor(raised=True)
        return Call("exp", exponent) if base is EULER else Power(base, exponent)

    def deeper(self) -> Token:
        """The next token, by which the tree grows one level deeper."""
        self.depth += 1
        if self.depth > 2 * DEEPEST:
            raise Refusal("too_deep", self.tokens[0].start, self.tokens[-1].end)
        return self.take()

    def atom(self) -> Expression:
        """A number, a name, or what holds together by brackets."""
        kind = self.kind
        if kind in _VALUES:
            return self.node()
        if kind == "ROOT":
            self.deeper()
            return Power(self.atom(), _HALF)
        if kind in ("OPEN", "OPEN_BAR"):
            self.take()
            found = self.sum()
            self.close(kind.replace("OPEN", "CLOSE"))
            return found if kind == "OPEN" else Call("abs", found)
        if kind == "FUNCTION":
            beside = self.at > 0 and self.tokens[self.at - 1].kind in VALUE_ENDS
            name = self.take()
            if self.kind in _BARE and self.at + 1 == len(self.tokens) and not beside:
                return _called(name, self.without_brackets())
            self.close("OPEN")
            arguments = [self.sum()]
            if self.kind == "SEPARATOR":
                self.take()
                arguments.append(self.sum())
            self.close("CLOSE")
            return _called(name, *arguments)
        raise self.refusal()

    def without_brackets(self) -> Expression:
        """What a function is of in `-ln 0.649`, with nothing after it."""
        start = self.tokens[self.at].start
        if self.scan.text.startswith("- ", start):  # or a label with a dash
            raise Refusal("dash_or_minus", start, start + 1)
        self.scan.literal = False
        return self.node()

    def refusal(self) -> Refusal:
        """Why it can't go on here, told from the tokens around the place."""
        before = self.tokens[self.at - 1] if self.at else None
        at = self.tokens[min(self.at, len(self.tokens) - 1)]
        last = before.kind if before else ""
        reason: Reason = "missing_sign" if last in VALUE_ENDS else "missing_number"
        if last in _SIGNS and (self.kind == "SIGNED" or self.kind in _SIGNS):
            reason = "double_sign"
        elif "PERCENT" in (self.kind, last):
            reason = "percent_in_working"
        elif "FUNCTION" in (self.kind, last):
            reason = "function_brackets"
        elif "MIXED" in (self.kind, last):
            reason = "mixed_in_working"
        return Refusal(reason, (before or at).start, at.end)


def _called(name: Token, argument: Expression, other: Expression | None = None) -> Expression:
    """A function of a value; `max(0, z)` is ReLU, and no other maximum is of the lesson."""
    function = TYPED.get(name.said, name.said)
    if function == "max" and other is not None and _ZERO in (argument, other):
        return Call("relu", other if argument == _ZERO else argument)
    if function == "max" or other is not None:
        raise Refusal("function_arguments", name.start, name.end)
    return Power(argument, _HALF) if function == "sqrt" else Call(function, argument)


def _refuse_doubtful(before: Token, token: Token, *, in_sum: bool) -> None:
    """Refuses two values side by side that need not be a product: `12 3.7`, `H1 0.03`, `x1 w11`.

    Names that are glued, `x1w11`, or in a sum, `x1 w11 + x2 w12`, can be nothing else.
    """
    start, end = before.start, token.end
    if before.kind in ("EULER", "EXPONENT") or token.kind == "EULER":
        raise Refusal("missing_sign", start, end)
    glued = before.end == token.start
    if token.kind in NUMERIC and (before.kind != "CLOSE" or not glued):
        raise Refusal("two_numbers" if before.kind != "NAME" else "missing_sign", start, end)
    named = "NAME" in (before.kind, token.kind) and token.kind != "OPEN"
    if named and not glued and not (in_sum and before.kind in ("NAME", "CLOSE")):
        raise Refusal("missing_sign", start, end)


def _refuse_aside(before: Token, following: list[Token]) -> None:
    """Refuses `0.03 (H1)` and `0.563 (0.5627)`: a product, or a number and an aside?"""
    if before.end == following[0].start or before.kind not in ("NUMBER", "SIGNED"):
        return
    if [token.kind for token in following[::2]] != ["OPEN", "CLOSE"]:
        return
    if following[1].kind == "NAME" or (following[1].kind == "NUMBER" and before.decimals):
        raise Refusal("missing_sign", before.start, following[2].end)
