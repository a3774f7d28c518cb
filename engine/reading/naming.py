"""Scanning letters: names, functions, operator words, and the x that may be a times sign."""

from __future__ import annotations

import math
import re

from engine.expression import Number, Ref
from engine.reading import words
from engine.reading.results import Refusal
from engine.reading.signs import refuse_lost_power, scan_operator
from engine.reading.spelling import bare
from engine.reading.tokens import Scan, Token
from engine.reading.values import scan_number_word, scan_percent

EULER = Number(math.e)
"""The base in `e^-0.252`; known again by identity."""

_JOINS = frozenset(" ([._'")
"""What may follow a word inside a name."""

_X_NUMBER = re.compile(r"[xX][0-9]+")
_POINT_FOLLOWS = re.compile(r"[.,][0-9]")
_POWER_OF_TEN = re.compile(r"[xX]10 *(?:\^|\*\*|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])")
_LOOKS_LIKE_DIGITS = re.compile(r"[oOlI][0-9oOlI]*")


def _known(scan: Scan, written: str) -> str | None:
    """The name that is meant: as written, else the only one alike but for case and underscores."""
    return written if written in scan.names else scan.spellings.alike.get(bare(written))


def scan_name(scan: Scan, written: str, start: int) -> int:
    """A run of letters and digits that begins with a letter, or a phrase of the tables."""
    before = scan.last
    if written[0] in "xX" and scan.after_value and _x_is_times(scan, written, start):
        return scan.add("TIMES", written[0], start)
    end = start + len(written)
    if (phrase := _phrase(scan, written, start)) is not None:
        name, end = phrase
        _refuse_glued(scan, scan.text[start:end], start, before)
        return scan.add("NAME", scan.text[start:end], start, Ref(name))
    if written in scan.names:
        _refuse_glued(scan, written, start, before)
        return scan.add("NAME", written, start, Ref(written))
    word = " ".join(written.lower().split())
    if word in words.FUNCTIONS:
        return scan.add("FUNCTION", written, start)
    if word in words.OPERATORS:
        return _operator_word(scan, word, written, start)
    if word in words.NUMBERS:
        return scan_number_word(scan, word, start, end)
    if word == "e":
        if before is not None and before.digits is not None:
            raise Refusal("unfinished_exponent", before.start, end)
        return scan.add("EULER", written, start, EULER)
    if word in ("percent", "pct"):
        return scan_percent(scan, written, start)
    if word == "of" and before is not None and before.type == "FUNCTION":
        return end
    if word in words.NOT_FINITE:
        raise Refusal("not_finite", start, end)
    _refuse_glued(scan, written, start, before)
    known = _known(scan, written)
    if known is not None:
        return scan.add("NAME", written, start, Ref(known))
    return scan.add("WORD", written, start)


def _phrase(scan: Scan, written: str, start: int) -> tuple[str, int] | None:
    """The name of several words that begins here, if one does, and where it ends."""
    follows = scan.text[start + len(written) : start + len(written) + 1]
    if not scan.names or (follows not in _JOINS and _JOINS.isdisjoint(written)):
        return None
    return scan.spellings.phrase(scan.text, start)


def _refuse_glued(scan: Scan, written: str, start: int, before: Token | None) -> None:
    """Refuses a letter glued to a number that may be a mistyped digit or a unit: `0.O3`, `5p`."""
    if before is None or before.digits is None or before.end != start:
        return
    if _LOOKS_LIKE_DIGITS.fullmatch(written):
        raise Refusal("letter_for_digit", before.start, start + len(written))
    if len(written) == 1 or scan.text[start - 1] in ".,":
        raise Refusal("missing_sign", before.start, start + len(written))


def _x_is_times(scan: Scan, written: str, start: int) -> bool:
    """Whether an x after a value is a times sign; refuses where it may be a name: `0.6 x1`."""
    before = scan.tokens[-1]
    refuse_lost_power(scan, start)
    if len(written) == 1:
        return True
    if _POINT_FOLLOWS.match(scan.text, start + len(written)) and _X_NUMBER.fullmatch(written):
        return True
    if _known(scan, written) is not None:
        raise Refusal("times_or_name", before.start, start + len(written))
    if _POWER_OF_TEN.match(scan.text, start):
        return True
    if _X_NUMBER.fullmatch(written):
        if before.end != start:
            raise Refusal("times_or_name", before.start, start + len(written))
        scan.literal = False
        return True
    return _known(scan, written[1:]) is not None


def _operator_word(scan: Scan, word: str, written: str, start: int) -> int:
    kind = words.OPERATORS[word]
    end = start + len(written)
    if kind == "EXPONENT":
        before = scan.last
        if before is not None and before.type == "SIGNED":
            raise Refusal("signed_power", before.start, end)
        scan.literal = False
        return scan.add(kind, written, start, Number(2.0 if word == "squared" else 3.0))
    if word == "negative" and scan.after_value:
        raise Refusal("words", start, end)
    scan.literal = False
    return scan_operator(scan, kind, written, start)
