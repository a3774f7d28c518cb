"""Values side by side: which of them are a product (`3(4)`), and which are two numbers."""

from __future__ import annotations

from engine.expression import Number
from engine.reading.results import Refusal
from engine.reading.tokens import VALUE_ENDS, VALUE_STARTS, Scan, Token

_OPENS = frozenset(("OPEN", "OPEN_BAR"))
_CLOSES = frozenset(("CLOSE", "CLOSE_BAR"))
_DIVIDES = frozenset(("OVER", "TIMES", "PLUS", "MINUS", "EQUALS", "SEPARATOR"))
_NUMERIC = frozenset(("NUMBER", "SIGNED", "PERCENT", "MIXED", "FRACTION"))


def join(scan: Scan, sides: list[Token]) -> list[Token]:
    """The tokens with a times sign wherever two values side by side can only be a product.

    Also notes what is well defined but often misjudged, so that it is echoed: −0.5², 2^3^2, 1/2/3.

    Raises:
        Refusal: two values side by side that need not be a product.
    """
    joined: list[Token] = []
    before: Token | None = None
    divided = [False]  # per open bracket: whether the term so far ends in a division
    for place, token in enumerate(sides):
        kind = token.type
        if kind in _OPENS:
            divided.append(False)
        elif kind in _CLOSES and len(divided) > 1:
            divided.pop()
        elif kind in _DIVIDES:
            divided[-1] = kind == "OVER"
        if before is not None:
            if before.type in VALUE_ENDS and token.type in VALUE_STARTS:
                _refuse_doubtful(before, token)
                _refuse_aside(before, sides[place : place + 3])
                if divided[-2 if kind in _OPENS else -1]:
                    raise Refusal("division_then_product", before.start, token.end)
                scan.literal = False
                joined.append(Token("TIMES", "", token.start))
            elif before.type == "FUNCTION" and token.type != "OPEN":
                if scan.text[token.start : token.start + 2] == "- ":
                    raise Refusal("dash_or_minus", token.start, token.start + 1)
                scan.literal = False
            elif token.type in ("SIGNED", "MINUS") and before.type == "MINUS":
                scan.literal = scan.literal and token.start > before.end
            elif token.type in ("POWER", "EXPONENT", "OVER"):
                _note(scan, joined, token.type)
        joined.append(token)
        before = token
    if len(joined) == 3 and joined[1].type == "MINUS":
        _note_dash(scan, joined[0], joined[2])
    return joined


def _refuse_doubtful(before: Token, token: Token) -> None:
    start, end = before.start, token.end
    if before.type in _NUMERIC and token.type in _NUMERIC:
        raise Refusal("two_numbers", start, end)
    if before.type in ("EULER", "EXPONENT") or token.type == "EULER":
        raise Refusal("missing_sign", start, end)
    if before.text.endswith((".", ",")):
        raise Refusal("missing_sign", start, end)
    if token.type in _NUMERIC and (before.type != "CLOSE" or before.end != token.start):
        raise Refusal("two_numbers" if before.type != "NAME" else "missing_sign", start, end)
    if (
        "NAME" in (before.type, token.type)
        and token.type != "OPEN"
        and not (before.type in ("NUMBER", "SIGNED") and before.end == token.start)
    ):
        raise Refusal("missing_sign", start, end)


def _refuse_aside(before: Token, following: list[Token]) -> None:
    """Refuses `0.03 (H1)` and `0.563 (0.5627)`: a product, or a number and an aside?"""
    if before.end == following[0].start or before.type not in ("NUMBER", "SIGNED"):
        return
    if [token.type for token in following[::2]] != ["OPEN", "CLOSE"]:
        return
    if following[1].type == "NAME" or (following[1].type == "NUMBER" and before.decimals):
        raise Refusal("missing_sign", before.start, following[2].end)


def _note_dash(scan: Scan, left: Token, right: Token) -> None:
    """Notes `0.5-0.6`, which may be a range, and `H1 - 0.03`, which may be a label with a dash."""
    if not isinstance(right.node, Number) or right.type != "NUMBER":
        return
    glued = right.start - left.end == 1
    ranges = isinstance(left.node, Number) and left.node.value < right.node.value and glued
    if ranges or (left.type == "NAME" and not glued):
        scan.literal = False


def _note(scan: Scan, joined: list[Token], kind: str) -> None:
    kinds = ["", "", "", *(token.type for token in joined[-4:])]
    if kind == "OVER":
        scan.literal = scan.literal and kinds[-2] != "OVER"
        return
    in_exponent = kinds[-2] == "POWER" or kinds[-3:-1] == ["POWER", "MINUS"]
    after_sign = kinds[-2] == "MINUS" and kinds[-3] not in VALUE_ENDS
    if in_exponent or after_sign:
        scan.literal = False
