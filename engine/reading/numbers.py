"""Numbers as typed: with their sign, mixed, as a percentage, a fraction character, or spoken.

A comma is a decimal comma when there is one of it and no point, unless exactly three digits follow
a whole part that is not zero: `1,234` may be a thousand or one and a bit, so it is only read where
another comma of the text settles it (`commas.py`).
"""

from __future__ import annotations

import math
import re

from engine.expression import Expression, Negative, Number, Quotient, Sum
from engine.reading.characters import FRACTIONS, SUPERSCRIPTS
from engine.reading.results import Refusal
from engine.reading.tokens import Scan, Token

NUMBER = (
    r"(?:[0-9]+(?:[.,][0-9]+)*(?:\.(?! *(?:\n|$)))?|[.,][0-9]+(?:[.,][0-9]+)*)(?:[eE][+-]?[0-9]+)?"
)
ORDINARY = 30
"""Digits up to which a number can be neither too large nor too small for a float."""

_MIXED = re.compile(r"([1-9][0-9]*) +([0-9]+)/([0-9]+)(?![0-9/eE]|[.,][0-9])")
_HEXADECIMAL = re.compile(r"0[xX][0-9A-Fa-f]+(?![0-9A-Za-z(]|\.[0-9])")
_SPACED_COMMA = re.compile(r"0(?: +, *| *, +)([0-9]{1,15})(?![0-9A-Za-z.,%/^*²³])")
_POWER_FOLLOWS = re.compile(r" *(?:\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")


def literal(written: str, start: int, *, decimal_commas: bool = False) -> tuple[str, int, int]:
    """One cluster of digits, points and commas.

    >>> literal("0,563", 0), literal("1.2e3", 0)
    (('0.563', 3, 5), ('1.2e3', 0, 5))
    """
    end = start + len(written)
    mantissa, _, exponent = written.lower().partition("e")
    if mantissa.endswith(".") and not exponent and ("." in mantissa[:-1] or "," in mantissa):
        mantissa = mantissa[:-1]  # a sentence's full stop
        end -= 1
    points, commas = mantissa.count("."), mantissa.count(",")
    if points == 2 and commas == 1:
        raise Refusal("several_answers", start, end)
    if points and commas:
        raise Refusal("thousands_or_decimal", start, end)
    if points > 1 or commas > 1:
        raise Refusal("several_points" if points > 1 else "several_commas", start, end)
    whole, _, fraction = mantissa.replace(",", ".").partition(".")
    if commas and whole.strip("0") and len(fraction) == 3 and not decimal_commas:
        raise Refusal("thousands_or_decimal", start, end)
    decimals = max(0, len(fraction) - int(exponent or 0))
    return mantissa.replace(",", ".") + (f"e{exponent}" if exponent else ""), decimals, end


def value(digits: str, start: int, end: int, shift: int = 0) -> float:
    """Digits as a float, times 10 to the power of `shift`."""
    mantissa, _, exponent = digits.partition("e")
    found = float(f"{mantissa}e{int(exponent or 0) + shift}" if exponent or shift else mantissa)
    if math.isinf(found):
        raise Refusal("too_large", start, end)
    if found == 0 and mantissa.strip("0.") != "":
        raise Refusal("too_small", start, end)
    return found


def scan_number(scan: Scan, written: str, start: int) -> int:
    """A number; with its sign, when it has one and no power binds tighter than the sign."""
    text, end = scan.text, start + len(written)
    if written == "0":
        if found := _HEXADECIMAL.match(text, start):
            raise Refusal("hexadecimal", start, found.end())
        if scan.after_prefix_minus and (found := _SPACED_COMMA.match(text, start)):
            scan.literal = False  # "- 0 , 21": nobody answers −0 and 21
            digits = f"0.{found[1]}"
            return _add(scan, (start, found.end()), float(digits), digits, len(found[1]))
    if text[end : end + 1] == " " and not scan.after_value:
        mixed = _MIXED.match(text, start)
        if mixed and 0 < int(mixed[2]) < int(mixed[3]):
            whole, top, bottom = (float(part) for part in mixed.groups())
            node = Sum((Number(whole), Quotient(Number(top), Number(bottom))))
            return _add_mixed(scan, start, mixed.end(), node, minus=scan.after_prefix_minus)
    whole_part, _, fraction = written.partition(".")
    if (whole_part + fraction).isdigit() and len(written) < ORDINARY:  # the usual case, in short
        return _add(scan, (start, end), float(written), written, len(fraction))
    settled = scan.decimal_commas and written[-4:-3] == "," and written[0] != "0"
    scan.literal = scan.literal and written[0] != "," and not settled
    digits, decimals, end = literal(written, start, decimal_commas=scan.decimal_commas)
    return _add(scan, (start, end), value(digits, start, end), digits, decimals)


def scan_spoken(scan: Scan, written: str, start: int) -> int:
    """`zero point oh three`: a number as dictation writes it down."""
    words = scan.words
    scan.literal = False
    said = written.lower().split()
    place = next(place for place, word in enumerate(said) if word in words.point)
    whole = "".join(words.spoken_digits.get(w) or words.numbers.get(w) or w for w in said[:place])
    after = "".join(words.spoken_digits.get(word, word) for word in said[place + 1 :])
    digits = f"{whole or 0}.{after}"
    inside = (start, start + len(written))
    return _add(scan, inside, value(digits, *inside), digits, len(after))


def scan_number_word(scan: Scan, word: str, start: int, end: int) -> int:
    """`zero` to `ten`, and `half`."""
    scan.literal = False
    digits = scan.words.numbers[word]
    decimals = len(digits.partition(".")[2])
    return _add(scan, (start, end), float(digits), digits, decimals)


def _add(scan: Scan, place: tuple[int, int], number: float, digits: str, decimals: int) -> int:
    """Adds a number, with the minus before it unless a power binds tighter."""
    kind, (start, end) = "NUMBER", place
    if scan.after_prefix_minus and not _POWER_FOLLOWS.match(scan.text, end):
        start, kind, number = scan.tokens.pop().start, "SIGNED", -number
    token = Token(kind, scan.text[start:end], start, Number(number))
    token.digits, token.decimals = digits.rstrip("."), decimals
    scan.tokens.append(token)
    return end


def _add_mixed(scan: Scan, start: int, end: int, node: Expression, *, minus: bool) -> int:
    scan.literal = False
    if minus:
        start, node = scan.tokens.pop().start, Negative(node)
    return scan.add("MIXED", scan.text[start:end], start, node)


def scan_fraction(scan: Scan, written: str, start: int) -> int:
    """`½` by itself, or with the whole number before it (`3½`)."""
    top, bottom = (float(part) for part in FRACTIONS[written])
    node = Quotient(Number(top), Number(bottom))
    before = scan.last
    if before is None or not scan.after_value:
        return scan.add("FRACTION", written, start, node)
    whole = before.digits
    if before.kind not in ("NUMBER", "SIGNED") or not whole.isdigit() or whole[0] == "0":
        raise Refusal("two_numbers", before.start, start + 1)
    mixed = Sum((Number(float(whole)), node))
    signed = before.kind == "SIGNED"
    if not signed:
        scan.tokens.pop()
    return _add_mixed(scan, before.start, start + 1, mixed, minus=signed)


def scan_percent(scan: Scan, written: str, start: int) -> int:
    """A percent sign or word: makes the number before it a percentage, digit for digit."""
    before, end = scan.last, start + len(written)
    if before is None or not before.digits or before.decimals is None:
        raise Refusal("percent_in_working", start, end)
    number = value(before.digits, before.start, end, shift=-2)
    before.node = Number(-number if before.kind == "SIGNED" else number)
    before.kind, before.digits, before.decimals = "PERCENT", "", before.decimals + 2
    before.end, before.text = end, scan.text[before.start : end]
    scan.literal = False
    return end


def scan_exponent(scan: Scan, written: str, start: int) -> int:
    """Small raised digits, as in `0.437²` and `10⁻³`."""
    return scan.add("EXPONENT", written, start, Number(float(written.translate(SUPERSCRIPTS))))
