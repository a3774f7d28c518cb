"""`read`: one text, one answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import repeat
from types import MappingProxyType
from typing import cast

from engine.expression import Expression, Number, Power, Ref, children, evaluate, refs, walk
from engine.reading.arguments import mark_arguments
from engine.reading.characters import plain
from engine.reading.joining import join
from engine.reading.phrasing import NEW_LINE, phrase
from engine.reading.results import Reading, Reason, Refusal, Unreadable, Written
from engine.reading.scanning import ARGUMENT_COMMA, scan_text
from engine.reading.sentences import because
from engine.reading.tokens import DEEPEST, VALUE_STARTS, Scan, Token
from engine.reading.trees import tree
from engine.reading.values import ORDINARY

LONGEST = 1000
"""Code points of an answer, without the space around it."""

_LONGEST_LITERAL = 9
_LONGEST_PIECE = 24
_NUMERIC = frozenset(("NUMBER", "SIGNED", "PERCENT", "MIXED", "FRACTION"))
_QUOTES = ('"', "'", "`")
_GROWS = frozenset(("POWER", "EXPONENT", "FUNCTION", "OVER"))
_NO_NAMES: Mapping[str, float | None] = MappingProxyType({})
_NUMBER = re.compile(r"(?<![\w.,])-?(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)(?!\w)")
_PLAIN_NUMBER = re.compile(r"([-−]?)([0-9]{1,15}(?:\.([0-9]{0,17}))?|\.([0-9]{1,17}))")


def read(text: str, names: Mapping[str, float | None] = _NO_NAMES) -> Reading | Unreadable:
    """Reads what a learner typed.

    Args:
        text: anything at all, as it came.
        names: the names a learner may use, like `{"x1": 0.6, "w11": 0.4, "p": None}`. Those with a
            value become `Ref`s; the others are labels only: they and what is worked from them may
            stand before an equals sign, and nowhere else. Any other name is a label too.

    Returns:
        The one reading, or why there is none. Never raises.

    >>> read("0.6*0.4 + 0.7*-0.3 = 0,03").value
    0.03
    >>> read("H1 = .030").label, read("H1 = .030").decimals
    ('H1', 3)
    >>> read("12 3.7").reason
    'two_numbers'
    """
    simple = _PLAIN_NUMBER.fullmatch(text)
    if simple is not None:
        sign, digits, after, after_point = simple.groups()
        value = -float(digits) if sign else float(digits)
        decimals = len(after or after_point or "")
        written = Written(Number(value), f"-{digits}" if sign else digits, value, decimals)
        return Reading(None, (written,), literal=True)
    stripped = text.strip()
    if len(stripped) > LONGEST:
        return _unreadable(text, "too_long", 0, len(text))
    offset = text.find(stripped)
    clean, positions, echo = plain(stripped)
    try:
        return _read(clean, names, literal=not echo)
    except Refusal as refusal:
        reason, start, end = refusal.reason, refusal.start, refusal.end
        if reason == "words" and (number := _NUMBER.search(clean)):
            reason, (start, end) = "words_around", number.span()
        if positions is not None and positions:
            start = positions[min(start, len(positions) - 1)]
            end = positions[min(end, len(positions)) - 1] + 1
        found = _unreadable(text, reason, start + offset, max(start, end) + offset)
        return replace(found, name=refusal.name) if refusal.name else found


def _unreadable(text: str, reason: Reason, start: int, end: int) -> Unreadable:
    piece = " ".join(text[start : min(end, start + 200)].split())
    if len(piece) > _LONGEST_PIECE:
        piece = piece[: _LONGEST_PIECE - 1] + "…"
    return Unreadable(reason, start, end, piece)


def _read(text: str, names: Mapping[str, float | None], *, literal: bool) -> Reading:
    start, end = _without_quotes(text)
    if start >= end:
        raise Refusal("blank" if not text.strip() else "lone_sign", 0, len(text))
    plain_arguments = True
    if "max" in text or "MAX" in text or "Max" in text:
        text, plain_arguments = mark_arguments(text, ARGUMENT_COMMA)
    scan = Scan(text, names)
    scan.literal = literal and plain_arguments
    scan_text(scan, start, end)
    try:
        return _reading(scan, (start, end), reason=True)
    except Refusal:
        if because(scan.tokens) is None:
            raise
    return _reading(scan, (start, end), reason=False)


def _reading(scan: Scan, inside: tuple[int, int], *, reason: bool) -> Reading:
    """The reading of a scanned text, with the reason given for it or without."""
    text = scan.text
    start, end = inside
    label, sides = phrase(scan, reason=reason)
    if not any(token.type in VALUE_STARTS for token in sides):
        wordless = not any(character.isalnum() for character in text)
        raise Refusal("lone_sign" if wordless else "words", start, end)
    split, starts = _split(join(scan, sides))
    chain, starts = _chained(scan, split, starts)
    if len(chain) == 1 and sides[0].type == "EULER" and len(sides) == 1:
        raise Refusal("unknown_name", start, end)
    return Reading(label, chain, scan.literal, starts)


def _chained(
    scan: Scan, sides: list[list[Token]], starts: tuple[int, ...]
) -> tuple[tuple[Written, ...], tuple[int, ...]]:
    """The sides with their values; those with names that are only labels are left out."""
    trees = [tree(side) for side in sides]
    kept = [all(scan.names.get(name) is not None for name in refs(found)) for found in trees]
    if not kept[-1]:
        start, end = sides[-1][0].start, sides[-1][-1].end
        if len(sides) == 1 and isinstance(trees[0], Ref):
            raise Refusal("only_a_name", start, end, trees[0].id)
        raise Refusal("name_elsewhere", start, end)
    if all(kept):
        return tuple(map(_written, sides, trees, repeat(scan))), starts
    scan.literal = False
    places = [place for place, keep in enumerate(kept) if keep]
    starts = tuple(dict.fromkeys(sum(place < start for place in places) for start in starts))
    return tuple(_written(sides[place], trees[place], scan) for place in places), starts


def _without_quotes(text: str) -> tuple[int, int]:
    """Where the text begins and ends inside the spaces and quotes around it."""
    start, end = 0, len(text)
    while True:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if end - start < 2 or text[start] not in _QUOTES or text[end - 1] != text[start]:
            return start, end
        start, end = start + 1, end - 1


def _split(tokens: list[Token]) -> tuple[list[list[Token]], tuple[int, ...]]:
    """The tokens of each side, none of which may be empty, and with which sides a line begins."""
    sides: list[list[Token]] = [[]]
    starts = [0]
    equals = tokens[0]
    for token in tokens:
        if token.type == "EQUALS":
            if not sides[-1]:
                raise Refusal("missing_number", equals.start, token.end)
            if token.text == NEW_LINE:
                starts.append(len(sides))
            sides.append([])
            equals = token
        else:
            sides[-1].append(token)
    if not sides[-1]:
        raise Refusal("missing_number", equals.start, equals.end)
    return sides, tuple(starts)


def _written(side: list[Token], expression: Expression, scan: Scan) -> Written:
    start, end = side[0].start, side[-1].end
    text, names = scan.text, cast("Mapping[str, float]", scan.names)  # those in the tree have one
    if isinstance(expression, Number):
        value = expression.value
    else:
        if len(side) > DEEPEST and _depth(expression) > 2 * DEEPEST:
            raise Refusal("too_deep", start, end)
        value = _value(expression, names, start, end, risky=any(map(_may_overflow, side)))
    typed = text[start:end].replace(ARGUMENT_COMMA, ";")
    return Written(expression, typed, value, _decimals(side), _is_number(side))


def _is_number(side: list[Token]) -> bool:
    """Whether nothing is left to do: one number, a whole one over a whole one, times 10^n."""
    tokens = [token for token in side if token.type not in ("OPEN", "CLOSE")]
    if tokens[0].type == "MINUS" and tokens[1].type == "NUMBER":
        tokens = tokens[1:]
    kinds = [token.type for token in tokens]
    if len(kinds) == 1:
        return kinds[0] in _NUMERIC
    if kinds in (["NUMBER", "OVER", "NUMBER"], ["SIGNED", "OVER", "NUMBER"]):
        return all((tokens[place].digits or "").isdigit() for place in (0, 2))
    power = kinds[-2:] in (["POWER", "NUMBER"], ["POWER", "SIGNED"])
    ten = len(kinds) - (3 if power else 2)
    if not (power or kinds[-1] == "EXPONENT") or tokens[ten].digits != "10":
        return False
    return ten == 0 or (ten == 2 and kinds[1] == "TIMES" and kinds[0] in ("NUMBER", "SIGNED"))


def _value(
    tree: Expression, names: Mapping[str, float], start: int, end: int, *, risky: bool
) -> float:
    """The value of a tree, checked to be finite, all its parts included."""
    try:
        value = evaluate(tree, names)
        finite = math.isfinite(value)
        if finite and risky:
            finite = all(math.isfinite(evaluate(part, names)) for part in walk(tree))
    except ZeroDivisionError:
        raise Refusal("division_by_zero", start, end) from None
    except OverflowError:
        raise Refusal("too_large", start, end) from None
    except ValueError:
        reason: Reason = "division_by_zero" if _raises_zero(tree, names) else "no_real_value"
        raise Refusal(reason, start, end) from None
    if not finite:
        raise Refusal("too_large", start, end)
    return value


def _raises_zero(tree: Expression, names: Mapping[str, float]) -> bool:
    """Whether some 0 has an exponent below 0, which divides by it."""
    for node in walk(tree):
        if isinstance(node, Power):
            try:
                if evaluate(node.base, names) == 0 and evaluate(node.exponent, names) < 0:
                    return True
            except (ArithmeticError, ValueError):
                continue
    return False


def _may_overflow(token: Token) -> bool:
    """Whether a part may have no value although the whole has one: 1/(1e300 × 1e300), 0 × 1/0."""
    if token.digits is None:
        return token.type in _GROWS
    return "e" in token.digits or len(token.digits) > ORDINARY


def _depth(tree: Expression) -> int:
    """How many nodes lie on the longest way down."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(node))
    return deepest


def _decimals(side: list[Token]) -> int | None:
    """The decimals of a side that is one number, perhaps in brackets or times a power of ten."""
    if len(side) == 1:
        return side[0].decimals
    if len(side) > _LONGEST_LITERAL:
        return None
    tokens = [token for token in side if token.type not in ("OPEN", "CLOSE")]
    if len(tokens) == 1:
        return tokens[0].decimals
    kinds = [token.type for token in tokens]
    if kinds[1:4] in (["TIMES", "NUMBER", "POWER"], ["TIMES", "NUMBER", "EXPONENT"]):
        number, ten, exponent = tokens[0], tokens[2], tokens[-1]
        size = exponent.node.value if isinstance(exponent.node, Number) else 0.5
        whole = len(tokens) <= 5 and len(tokens) == len(side) and size.is_integer()
        if whole and ten.digits == "10" and number.decimals is not None and abs(size) < 400:
            return max(0, number.decimals - int(size))
    return None
