"""Numbers as typed: with their sign, mixed, as a percentage, a fraction character, or spoken.

A comma is a decimal comma when there is one of it and no point, unless exactly three digits follow
a whole part that is not zero: `1,234` may be a thousand or one and a bit, so it is only read where
another comma of the text settles it. Other commas make a list, or separate what `max( , )` is of.
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
_MAX = re.compile(r"max *[(\[{]", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[0-9]),[0-9]++(?!\.[0-9])")
_RUN = re.compile(r"[0-9.,]*$")
_COMMAS = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
_ONE_COMMA = re.compile(r"([0-9]*),([0-9]+)\.?")
_PAIR = re.compile(r"([(\[{]) *-?[0-9]+,[1-9][0-9]* *[)\]}]")
_PER_CENT = re.compile(rf" ?({NUMBER})(?![%/])")
_DOT_DECIMAL = re.compile(r"·[0-9]+(?![0-9^*⁻⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,][0-9])")
_POWER_FOLLOWS = re.compile(r" *(?:\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")


def literal(written: str, start: int, *, decimal_commas: bool = False) -> tuple[str, int, int]:
    """One cluster of digits, points and commas.

    >>> literal("0,563", 0), literal("1.2e3", 0)
    (('0.563', 3, 5), ('1.2e3', 0, 5))
    """
    end = start + len(written)
    mantissa, _, exponent = written.lower().partition("e")
    if written.endswith("."):  # a sentence's full stop
        mantissa, end = mantissa[:-1], end - 1
    points, commas = mantissa.count("."), mantissa.count(",")
    if points == 2 and commas == 1:
        raise Refusal("several_answers", start, end)
    if not (points and commas) and points + commas > 1:
        raise Refusal("several_points" if points else "several_commas", start, end)
    mantissa = mantissa.replace(",", ".")
    whole, _, fraction = mantissa.partition(".")
    doubtful = commas and whole.strip("0") and len(fraction) == 3 and not decimal_commas
    if doubtful or points + commas > 1:
        raise Refusal("thousands_or_decimal", start, end)
    decimals = max(0, len(fraction) - int(exponent or 0))
    return mantissa + (f"e{exponent}" if exponent else ""), decimals, end


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
        digits = written if fraction else whole_part
        return _add(scan, (start, end), float(written), digits, len(fraction))
    settled = (
        scan.decimal_commas
        and not scan.words.decimal_comma
        and written[-4:-3] == ","
        and written[0] != "0"
    )
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
    token.digits, token.decimals = digits, decimals
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
    if not whole.isdigit() or whole[0] == "0":
        raise Refusal("two_numbers", before.start, start + 1)
    mixed = Sum((Number(float(whole)), node))
    signed = before.kind == "SIGNED"
    if not signed:
        scan.tokens.pop()
    return _add_mixed(scan, before.start, start + 1, mixed, minus=signed)


def scan_percent(scan: Scan, written: str, start: int) -> int:
    """A percent sign or word: makes the number before it a percentage, digit for digit.

    Where none is before a sign it is the one behind it, as in Turkish: `%71`.
    """
    before, end = scan.last, start + len(written)
    if written == "%" and not scan.after_value and (found := _PER_CENT.match(scan.text, end)):
        end = scan_number(scan, found[1], found.start(1))
        before = scan.last
    if before is None or not before.digits:
        raise Refusal("percent_in_working", start, end)
    number = value(before.digits, before.start, end, shift=-2)
    before.node = Number(-number if before.kind == "SIGNED" else number)
    before.kind, before.digits, before.decimals = "PERCENT", "", (before.decimals or 0) + 2
    before.end, before.text = end, scan.text[before.start : end]
    scan.literal = False
    return end


def scan_exponent(scan: Scan, written: str, start: int) -> int:
    """Small raised digits, as in `0.437²` and `10⁻³`."""
    return scan.add("EXPONENT", written, start, Number(float(written.translate(SUPERSCRIPTS))))


def refuse_decimal_dot(scan: Scan, start: int) -> None:
    """Refuses a middle dot that looks like a decimal point: `0·03`; `2·3` is a product, echoed."""
    before = scan.last
    if before is None or before.end != start or not (before.digits or "0").isdigit():
        return
    if found := _DOT_DECIMAL.match(scan.text, start):
        if before.digits.startswith("0") or scan.text[start + 1] == "0":
            raise Refusal("dot", before.start, found.end())
        scan.literal = False


def commas_are_decimal(text: str) -> bool:
    """Whether `1,252` can only be a decimal, because another comma of the text can only be one.

    >>> commas_are_decimal("1,252 - 1,222 = 0,03"), commas_are_decimal("1,252 - 1,222")
    (True, False)
    """
    decimal = False
    for number in _COMMAS.findall(text):
        if "." in number.strip(".") or number.strip(",").count(",") > 1:
            return False
        found = _ONE_COMMA.fullmatch(number)
        if found and (not found[1].strip("0") or len(found[2]) != 3):
            decimal = True
    return decimal


def refuse_list(text: str) -> bool:
    """Whether a pair in round brackets may be a point, `(1,2)`, so that it is better echoed."""
    pairs = list(_PAIR.finditer(text))
    for found in pairs:
        if found[1] != "(":
            raise Refusal("several_answers", *found.span())
    return bool(pairs)


def mark_arguments(text: str, mark: str) -> tuple[str, bool]:
    """Replaces the sign between the two arguments of each `max( , )` by `mark`.

    A semicolon separates; so does a comma with a space or a sign beside it, or one after which
    comes a number with a point. Of the rest, a comma between digits is a decimal comma.

    >>> mark_arguments("max(0, 0,03)", "|"), mark_arguments("max(0,0.03)", "|")
    (('max(0| 0,03)', True), ('max(0|0.03)', True))
    """
    plain = True
    for found in _MAX.finditer(text):
        places, depth = list[int](), 1
        for place in range(found.end(), len(text)):
            depth += (text[place] in "([{") - (text[place] in ")]}")
            if not depth:
                break
            if depth == 1 and text[place] in ",;":
                places.append(place)
        separators = [place for place in places if text[place] == ";"] or [
            place for place in places if not _may_be_decimal(text, place)
        ]
        if not separators and len(places) == 1:
            if text[places[0] + 1] == "0" and text[places[0] + 2 : places[0] + 3].isdigit():
                raise Refusal("function_arguments", found.start(), places[0] + 3)
            separators, plain = places, False
        if len(separators) != 1:
            end = places[-1] + 1 if places else found.end()
            raise Refusal("function_arguments", found.start(), end)
        text = text[: separators[0]] + mark + text[separators[0] + 1 :]
    return text, plain


def _may_be_decimal(text: str, place: int) -> bool:
    """Whether a comma stands between digits, and the numbers beside it have no point."""
    before = _RUN.search(text[:place])
    return _GLUED.match(text, place) is not None and before is not None and "." not in before[0]
