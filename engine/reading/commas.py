"""Commas: which mark decimals, which separate the two arguments of max( , ), which make a list."""

from __future__ import annotations

import re

from engine.reading.results import Refusal

_MAX = re.compile(r"max *[(\[{]", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[0-9]),(?=[0-9])")
_LEADING_ZERO = re.compile(r"0[0-9]")
_NUMBER = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
_ONE_COMMA = re.compile(r"([0-9]*),([0-9]+)\.?")
_PAIR = re.compile(r"([(\[{]) *-?[0-9]+,([1-9])[0-9]* *[)\]}]")


def settled(text: str) -> bool:
    """Whether `1,252` can only be a decimal, because another comma of the text can only be one.

    >>> settled("1,252 - 1,222 = 0,03"), settled("1,252 - 1,222"), settled("1,252 - 0.5")
    (True, False, False)
    """
    decimal = False
    for number in _NUMBER.findall(text):
        found = _ONE_COMMA.fullmatch(number)
        if found is None and ("," in number.strip(",") or "." in number.strip(".")):
            return False
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
        candidates = _top_level(text, found.end())
        semicolons = [place for place in candidates if text[place] == ";"]
        commas = [place for place in candidates if text[place] == ","]
        separators = semicolons or [place for place in commas if not _may_be_decimal(text, place)]
        if not separators and len(commas) == 1:
            if _LEADING_ZERO.match(text, commas[0] + 1):
                raise Refusal("function_arguments", found.start(), commas[0] + 3)
            separators, plain = commas, False
        if len(separators) != 1:
            end = candidates[-1] + 1 if candidates else found.end()
            raise Refusal("function_arguments", found.start(), end)
        text = text[: separators[0]] + mark + text[separators[0] + 1 :]
    return text, plain


def _top_level(text: str, position: int) -> list[int]:
    """Places of commas and semicolons up to the bracket that closes the one before `position`."""
    depth, places = 1, []
    for place in range(position, len(text)):
        character = text[place]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and character in ",;":
            places.append(place)
    return places


def _may_be_decimal(text: str, place: int) -> bool:
    """Whether a comma stands between digits and the number after it has no point of its own."""
    if not _GLUED.match(text, place):
        return False
    before, after = text[:place], text[place + 1 :].lstrip("0123456789")
    number = before[len(before.rstrip("0123456789.,")) :]
    point_after = len(after) > 1 and after[0] == "." and after[1].isdigit()
    return not (point_after or "." in number)
