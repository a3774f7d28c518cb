"""Why the grammar could not go on at a token, told from the tokens around it."""

from __future__ import annotations

from engine.reading.results import Reason, Refusal
from engine.reading.tokens import OPERATORS, VALUE_ENDS, Token

_SIGNS = frozenset(("PLUS", "MINUS"))
_WANTS_VALUE = OPERATORS | {"OPEN", "OPEN_BAR"}
_ENDS_SIDE = frozenset(("END", "EQUALS", "CLOSE", "CLOSE_BAR", "SEPARATOR"))


def why(tokens: list[Token], place: int) -> Refusal:
    """The refusal for tokens that the grammar could follow up to `tokens[place]`.

    Args:
        tokens: what was given to the grammar; not empty.
        place: index of the token it could not take, or their number if it wanted more.
    """
    at = tokens[place] if place < len(tokens) else None
    before = tokens[place - 1] if place else None
    start = before.start if before else tokens[0].start
    end = at.end if at else tokens[-1].end
    return Refusal(_reason(tokens, place, at, before), start, end)


def _reason(tokens: list[Token], place: int, at: Token | None, before: Token | None) -> Reason:
    kind = at.type if at else "END"
    last = before.type if before else "START"
    signed = kind == "SIGNED" or kind in _SIGNS
    if signed and last in _SIGNS:
        return "double_sign"
    if "PERCENT" in (kind, last):
        return "percent_in_working"
    if _bare_function(tokens[: place + 1]):
        return "function_brackets"
    if kind == "SEPARATOR" or (last == "SEPARATOR" and kind in _ENDS_SIDE):
        return "function_arguments"
    if "MIXED" in (kind, last):
        return "mixed_in_working"
    if last in _WANTS_VALUE or (last == "START" and kind in OPERATORS):
        return "missing_number"
    if last in VALUE_ENDS and kind in VALUE_ENDS:
        return "missing_sign"
    return "unclear"


def _bare_function(tokens: list[Token]) -> bool:
    """Whether a function has no brackets after it."""
    return any(
        token.type == "FUNCTION" and (place + 1 == len(tokens) or tokens[place + 1].type != "OPEN")
        for place, token in enumerate(tokens)
    )
