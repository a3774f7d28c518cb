"""Scanning values: numbers with their sign, mixed numbers, fraction characters, percentages."""

from __future__ import annotations

import math
import re

from engine.expression import Expression, Negative, Number, Quotient, Sum
from engine.reading.characters import FRACTIONS, SUPERSCRIPTS
from engine.reading.numbers import MIXED, literal
from engine.reading.results import Refusal
from engine.reading.tokens import Scan, Token
from engine.reading.words import NUMBERS, SPOKEN_DIGITS

ORDINARY = 30
"""Digits up to which a number can be neither too large nor too small for a float."""

_HEXADECIMAL = re.compile(r"0[xX][0-9A-Fa-f]+(?![0-9A-Za-z.(])")
_SPACED_COMMA = re.compile(r"0(?: +, *| *, +)([0-9]{1,15})(?![0-9A-Za-z.,%/^*²³])")
_POWER_FOLLOWS = re.compile(r" *(?:\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")


def scan_number(scan: Scan, written: str, start: int) -> int:
    """A number; with its sign, when it has one and no power binds tighter than the sign."""
    text = scan.text
    if written == "0" and (found := _HEXADECIMAL.match(text, start)):
        raise Refusal("hexadecimal", start, found.end())
    if written == "0" and scan.after_prefix_minus and (found := _SPACED_COMMA.match(text, start)):
        scan.literal = False  # "- 0 , 21": nobody answers −0 and 21
        return _add(
            scan, (start, found.end()), float(f"0.{found[1]}"), f"0.{found[1]}", len(found[1])
        )
    end = start + len(written)
    if text[end : end + 1] == " " and not scan.after_value:
        mixed = MIXED.match(text, start)
        if mixed and 0 < int(mixed[2]) < int(mixed[3]):
            return _mixed(scan, mixed, start)
    whole, _, fraction = written.partition(".")
    if (whole + fraction).isdigit() and len(written) < ORDINARY:  # the usual case, in short
        value, digits, decimals = float(written), written, len(fraction)
    else:
        number = literal(written, start)
        scan.literal = scan.literal and number.plain
        end, digits, decimals = number.end, number.digits, number.decimals
        value = number.value(start)
    return _add(scan, (start, end), value, digits, decimals)


def scan_number_word(scan: Scan, word: str, start: int, end: int) -> int:
    """`zero` to `ten`, and `half`."""
    scan.literal = False
    digits, decimals = NUMBERS[word]
    return _add(scan, (start, end), float(digits), digits, decimals)


def scan_spoken(scan: Scan, written: str, start: int) -> int:
    """`zero point oh three`: a number as dictation writes it down."""
    scan.literal = False
    whole, _, after = written.lower().partition("point")
    decimals = [SPOKEN_DIGITS[word] for word in after.split()]
    digits = f"{NUMBERS[whole.strip()][0] if whole.strip() else 0}.{''.join(decimals)}"
    end = start + len(written)
    return _add(scan, (start, end), float(digits), digits, len(decimals))


def _add(scan: Scan, place: tuple[int, int], value: float, digits: str, decimals: int) -> int:
    """Adds a number, with the minus before it unless a power binds tighter."""
    start, end = place
    if scan.after_prefix_minus and not _POWER_FOLLOWS.match(scan.text, end):
        start = scan.tokens.pop().start
        token = Token("SIGNED", scan.text[start:end], start, Number(-value))
    else:
        token = Token("NUMBER", scan.text[start:end], start, Number(value))
    token.digits, token.decimals = digits, decimals
    scan.tokens.append(token)
    return end


def _mixed(scan: Scan, found: re.Match[str], start: int) -> int:
    whole, top, bottom = (float(part) for part in found.groups())
    node: Expression = Sum((Number(whole), Quotient(Number(top), Number(bottom))))
    scan.literal = False
    if scan.after_prefix_minus:
        start = scan.tokens.pop().start
        node = Negative(node)
    return scan.add("MIXED", scan.text[start : found.end()], start, node)


def scan_fraction(scan: Scan, written: str, start: int) -> int:
    """`½` by itself, or with the whole number before it (`3½`)."""
    top, bottom = (float(part) for part in FRACTIONS[written])
    node: Expression = Quotient(Number(top), Number(bottom))
    if not scan.after_value:
        return scan.add("FRACTION", written, start, node)
    before = scan.tokens.pop()
    whole = before.digits or ""
    if before.type not in ("NUMBER", "SIGNED") or not whole.isdigit() or whole[0] == "0":
        raise Refusal("two_numbers", before.start, start + 1)
    node = Sum((Number(float(whole)), node))
    if before.type == "SIGNED":
        node = Negative(node)
    scan.literal = False
    return scan.add("MIXED", scan.text[before.start : start + 1], before.start, node)


def scan_percent(scan: Scan, written: str, start: int) -> int:
    """A percent sign or word: makes the number before it a percentage, digit for digit."""
    before, end = scan.last, start + len(written)
    if before is None or before.digits is None or before.decimals is None:
        raise Refusal("percent_in_working", start, end)
    value = literal(before.digits, before.start).value(before.start, shift=-2)
    if before.type == "SIGNED" and isinstance(before.node, Number):
        value = math.copysign(value, before.node.value)
    before.type, before.node = "PERCENT", Number(value)
    before.decimals += 2
    before.digits, before.end, before.text = None, end, scan.text[before.start : end]
    scan.literal = False
    return end


def scan_exponent(scan: Scan, written: str, start: int) -> int:
    """Small raised digits, as in `0.437²` and `10⁻³`."""
    return scan.add("EXPONENT", written, start, Number(float(written.translate(SUPERSCRIPTS))))
