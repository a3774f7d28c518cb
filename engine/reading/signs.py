"""Scanning signs: operators, brackets, bars, line ends, and what belongs to no answer at all."""

from __future__ import annotations

import re
import unicodedata

from engine.reading.results import Reason, Refusal
from engine.reading.tokens import Scan

_KINDS = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "×": "TIMES",
    "·": "TIMES",
    "/": "OVER",
    "^": "POWER",
    "**": "POWER",
    "√": "ROOT",
    ":": "COLON",
    "~": "ABOUT",
}
_OPENS = {")": "(", "]": "[", "}": "{"}
_SIGN_FOLLOWS = re.compile(r" *(?:[-+]|(?:minus|plus|negative)\b)", re.IGNORECASE)
_LOST_POWER = re.compile(r"[xX×·] ?10-[0-9]+(?![0-9.,(])")
_DOT_DECIMAL = re.compile(r"·[0-9]+(?![0-9.,^*⁻⁰¹²³⁴⁵⁶⁷⁸⁹])")


def scan_sign(scan: Scan, written: str, start: int) -> int:
    """An operator, equals sign, arrow, colon or tilde."""
    if written == "±":
        raise Refusal("plus_minus", start, start + 1)
    if written in "×·":
        refuse_lost_power(scan, start)
        if written == "·":
            _refuse_decimal_dot(scan, start)
    kind = _KINDS.get(written, "EQUALS")
    if written[-1] in "→>":
        kind, scan.literal = "SO", False
    return scan_operator(scan, kind, written, start)


def scan_operator(scan: Scan, kind: str, written: str, start: int) -> int:
    """An operator of a known kind, written as a sign or as a word.

    A plus that is only the sign of what follows is checked and then left out.
    """
    end = start + len(written)
    if kind in ("EQUALS", "SO"):
        scan.all_closed()
    elif kind in ("PLUS", "MINUS") and not scan.after_value:
        before = scan.last
        spaced = scan.text[end : end + 1] == " "
        if before is not None and before.type == "LINE" and (kind == "PLUS" or spaced):
            raise Refusal("line_sign", start, end)
        after_word = before is not None and before.type == "WORD" and spaced
        after_sign = before is not None and before.type in ("PLUS", "MINUS")
        if kind == "PLUS" and not after_word and not after_sign:
            if found := _SIGN_FOLLOWS.match(scan.text, end):
                raise Refusal("double_sign", start, found.end())
            return end
    return scan.add(kind, written, start)


def refuse_lost_power(scan: Scan, start: int) -> None:
    """Refuses `2x10-3`: a product and a difference, or 2 × 10⁻³ that lost its raised digits?"""
    if scan.after_value and (found := _LOST_POWER.match(scan.text, start)):
        raise Refusal("lost_power", start, found.end())


def _refuse_decimal_dot(scan: Scan, start: int) -> None:
    """Refuses a middle dot that looks like a decimal point: `0·03`; `2·3` is a product, echoed."""
    before = scan.last
    if before is None or before.end != start or not (before.digits or ".").isdigit():
        return
    if found := _DOT_DECIMAL.match(scan.text, start):
        if (before.digits or "").startswith("0") or scan.text[start + 1] == "0":
            raise Refusal("dot", before.start, found.end())
        scan.literal = False


def scan_open(scan: Scan, written: str, start: int) -> int:
    """An opening bracket of any of the three kinds."""
    return scan.open("OPEN", written, start)


def scan_close(scan: Scan, written: str, start: int) -> int:
    """A closing bracket; it must match the last one opened."""
    if not scan.opened or scan.opened[-1].text != _OPENS[written]:
        place = scan.opened[-1].start if scan.opened else start
        raise Refusal("unclosed_bracket", place, start + 1)
    scan.opened.pop()
    return scan.add("CLOSE", written, start)


def scan_bar(scan: Scan, written: str, start: int) -> int:
    """A bar of `|x|`: it closes when a value has just ended inside an open one, else it opens."""
    inside = bool(scan.opened) and scan.opened[-1].type == "OPEN_BAR"
    if inside and (scan.after_value or scan.tokens[-1].type == "WORD"):
        scan.opened.pop()
        return scan.add("CLOSE_BAR", written, start)
    return scan.open("OPEN_BAR", written, start)


def scan_line(scan: Scan, written: str, start: int) -> int:
    """A line end; inside brackets it is only a space."""
    if scan.tokens and not scan.opened and scan.tokens[-1].type != "LINE":
        return scan.add("LINE", written, start)
    return start + 1


def stranger(text: str, position: int) -> Refusal:
    """Why a character that belongs to no answer is refused."""
    character = text[position]
    start, end = position, position + 1
    around = text[max(0, position - 1) : position + 2]
    reason: Reason = "odd_character"
    category = unicodedata.category(character)
    if character in "'_" and len(around) == 3 and around[0].isdigit() and around[2].isdigit():
        reason = "thousands"
        start, end = position - 1, position + 2
    elif character in "<>≤≥≠≮≯":
        reason = "comparison"
    elif character == "…":
        reason = "ellipsis"
    elif character == "∞":
        reason = "not_finite"
    elif category == "Sc" or character in "°℃℉′″#№":
        reason = "units"
    elif category in ("So", "Sk", "Cn", "Co") or character == "\u20e3":
        reason = "emoji" if category != "Co" else "odd_character"
    elif category.startswith("L"):
        reason = "words"
    return Refusal(reason, start, end)
